import type { BadgeRecord } from '../core/plan';
import { readGeneratorConfig, type GeneratorFileKind } from './generatorFile';
import { appendToToml } from './editToml';
import { appendToYaml } from './editYaml';

/** Badges for the lists of the section `publish`. */
interface PublishAdditions {
  readonly project: readonly BadgeRecord[];
  /** By the full path of the group; where the text lists the group in another spelling, in that one. */
  readonly groups: ReadonlyMap<string, readonly BadgeRecord[]>;
}

/**
 * The text with further badges at the end of the lists of `publish`, which are made where they are missing. Nothing else
 * changes: comments, order, formatting, line ends and byte order mark stay byte for byte. `problem` says why it cannot be
 * done, e.g. because the text has a syntax error, or the list is an alias.
 */
export function addToPublish(text: string, kind: GeneratorFileKind, additions: PublishAdditions): { readonly text: string } | { readonly problem: string } {
  const lists = [
    ...(additions.project.length > 0 ? [{ path: ['publish', 'project'], badges: additions.project }] : []),
    ...[...additions.groups].flatMap(([group, badges]) => (badges.length > 0 ? [{ path: ['publish', 'groups', group], badges }] : [])),
  ];
  let edited = text;
  for (const { path, badges } of lists) {
    const result = kind === 'yaml' ? appendToYaml(edited, path, badges) : appendToToml(edited, kind === 'toml' ? path : ['tool', 'badges_gitlab', ...path], badges);
    if ('problem' in result) return result;
    edited = result.text;
  }
  // The edit goes by positions, so its result is read back: whatever was not foreseen is refused, not written.
  return saysSo(text, edited, kind, additions) ? { text: edited } : { problem: 'The file is written in a way that cannot be added to safely: add the badges by hand.' };
}

function saysSo(before: string, after: string, kind: GeneratorFileKind, additions: PublishAdditions): boolean {
  const old = readGeneratorConfig(before, kind);
  const now = readGeneratorConfig(after, kind);
  const errors = (problems: typeof now.problems) => problems.filter(({ severity }) => severity === 'error').length;
  const expected = badgesByList(old.definition?.publish);
  for (const [list, badges] of [['', additions.project] as const, ...additions.groups]) {
    const key = list.toLowerCase();
    if (badges.length > 0) expected.set(key, [...(expected.get(key) ?? []), ...badges.map(inOrder)]);
  }
  // Places move: those of what is written, and those that a mistake names.
  const rest = ({ definition }: typeof now) => JSON.stringify({ ...definition, publish: null, overrides: [...(definition?.overrides ?? [])] }, (key, value: unknown) => (key === 'range' || key === 'at' ? undefined : value));
  return errors(now.problems) <= errors(old.problems) && JSON.stringify([...badgesByList(now.definition?.publish)].sort()) === JSON.stringify([...expected].sort()) && rest(now) === rest(old);
}

type Definition = NonNullable<ReturnType<typeof readGeneratorConfig>['definition']>;

/** By paths in lower case; the project's list under the empty one, which no group has. */
function badgesByList(publish: Definition['publish']): Map<string, BadgeRecord[]> {
  const lists = [...(publish?.project ? [['', publish.project] as const] : []), ...(publish?.groups ?? [])];
  return new Map(lists.map(([list, { badges }]) => [list.toLowerCase(), badges.map(({ value }) => inOrder(value))]));
}

function inOrder({ name, link_url, image_url }: BadgeRecord): BadgeRecord {
  return { name, link_url, image_url };
}
