import type { GeneratorDefinition } from './definition';
import { expandFacts, factDetails, type FactName, type FactOptions, factOptions, factStems, optionsFrom } from './facts';
import { namesInBadge } from './template/badge';

export interface WantedFact {
  readonly stem: FactName;
  readonly options: FactOptions;
}

/**
 * The facts that a definition needs, each with the options that it knows: those that become badges (see `shownFacts`), in the order in
 * which they are shown, and those that templates name.
 */
export function wantedFacts(definition: GeneratorDefinition): readonly WantedFact[] {
  const { templateBadges = [], overrides } = definition;
  const names = new Set([...shownFacts(definition), ...templateBadges.flatMap(({ value }) => namesInBadge(value))]);
  return [...factStems, ...factDetails].flatMap((stem) => {
    if (!names.has(stem)) return [];
    const about = optionsFrom[stem] ?? stem;
    const given = overrides?.get(about)?.value.options ?? {};
    const options = Object.fromEntries((factOptions[about] ?? []).flatMap((key) => (given[key] === undefined ? [] : [[key, given[key]]])));
    return [{ stem, options }];
  });
}

/** The stems of the facts that become badges. */
export function shownFacts({ facts }: GeneratorDefinition): ReadonlySet<string> {
  return new Set(expandFacts(facts?.value ?? 'all'));
}
