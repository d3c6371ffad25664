/**
 * Reads the way to a value in a file: `version`, `project.version`, `packages[0].name`, `dependencies["@types/node"]`. Null where it is
 * none.
 */
export function parseKeyPath(text: string): readonly (string | number)[] | null {
  const steps: (string | number)[] = [];
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at, at + maxStep);
    const found = (at === 0 ? start : next).exec(rest);
    if (!found) return null;
    const { name, index, quoted } = found.groups ?? {};
    steps.push(name ?? quoted?.slice(1, -1) ?? Number(index));
    at += found[0].length;
  }
  return steps.length > 0 && steps.length <= maxSteps ? steps : null;
}

const name = String.raw`(?<name>[^\s.[\]"']+)`;
const bracket = String.raw`\[(?:(?<index>\d{1,9})|(?<quoted>"[^"]*"|'[^']*'))\]`;
const start = new RegExp(`^(?:${name}|${bracket})`);
const next = new RegExp(`^(?:\\.${name}|${bracket})`);

const maxStep = 256;
const maxSteps = 32;
