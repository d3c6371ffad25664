interface SarifDriver {
  /** Of Badgesmith. */
  readonly version: string;
  readonly rules: readonly { readonly id: string }[];
}

/** A text as a message: braces stand for placeholders there, unless they are doubled (section 3.11.5). */
export function sarifText(text: string): string {
  return text.replace(/[{}]/g, '$&$&');
}

/** A SARIF 2.1.0 log of one run, with the results last: https://docs.oasis-open.org/sarif/sarif/v2.1.0/ */
export function sarifDocument({ version, rules }: SarifDriver, results: readonly object[], properties?: object): object {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'badgesmith', version, rules } }, columnKind: 'utf16CodeUnits', ...(properties && { properties }), results }],
  };
}
