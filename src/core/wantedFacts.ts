import type { GeneratorDefinition } from './definition';
import { expandFacts, factOptions, type FactOptions, type FactStem, factStems } from './facts';

export interface WantedFact {
  readonly stem: FactStem;
  readonly options: FactOptions;
}

/** The fact badges that a definition asks for, in the order in which they are shown, each with the options that it knows. */
export function wantedFacts({ facts, overrides }: GeneratorDefinition): readonly WantedFact[] {
  const stems = new Set<string>(expandFacts(facts?.value ?? 'all'));
  return factStems.flatMap((stem) => {
    if (!stems.has(stem)) return [];
    const given = overrides?.get(stem)?.value.options ?? {};
    const options = Object.fromEntries((factOptions[stem] ?? []).flatMap((key) => (given[key] === undefined ? [] : [[key, given[key]]])));
    return [{ stem, options }];
  });
}
