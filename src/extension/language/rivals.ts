import type { Syntax } from '../../config/language/configFile';
import { layerOf } from '../../config/language/diagnose';
import type { Problem } from '../../core/problem';

/** The values of the setting `badgesmith.validate`. */
export const validateModes = ['auto', 'all', 'semantic', 'off'] as const;
export type ValidateMode = (typeof validateModes)[number];

/** Another extension, or VS Code itself, that looks after files of a syntax. */
export interface Rival {
  /** It reports mistakes of syntax. */
  readonly reportsSyntax: boolean;
  /** It compares the file with a JSON Schema, ours maybe. */
  readonly hasSchema: boolean;
}

/** What is installed here and how it is set up. */
interface Surroundings {
  /** Whether an extension is installed and not switched off. It may not run yet: nobody is told when it starts. */
  readonly has: (extension: string) => boolean;
  readonly setting: (section: string, key: string) => unknown;
}

/** Who else looks after a file: another extension, or for JSON VS Code itself, with our schemas for files of `hasOwnSchema`. Null: nobody. */
export function rivalFor(syntax: Syntax, text: string, path: string, hasOwnSchema: boolean, { has, setting }: Surroundings): Rival | null {
  switch (syntax) {
    case 'json': {
      const validates = setting('json', 'validate.enable') !== false;
      return { reportsSyntax: validates, hasSchema: validates && hasOwnSchema };
    }
    case 'yaml': {
      if (!has('redhat.vscode-yaml')) return null;
      const validates = setting('yaml', 'validate') !== false;
      return { reportsSyntax: validates, hasSchema: validates && (namesSchema(text, syntax) || hasSchemaBySetting(setting('yaml', 'schemas'), path, syntax)) };
    }
    case 'toml': {
      if (!has('tamasfe.even-better-toml')) return null;
      const validates = setting('evenBetterToml', 'schema.enabled') !== false;
      return { reportsSyntax: true, hasSchema: validates && (namesSchema(text, syntax) || hasSchemaBySetting(setting('evenBetterToml', 'schema.associations'), path, syntax)) };
    }
  }
}

/** The problems to show, so that nothing is shown twice. */
export function shownProblems(problems: readonly Problem[], mode: ValidateMode, rival: Rival | null): readonly Problem[] {
  if (mode === 'off') return [];
  if (mode === 'all') return problems;
  const meaningAlone = mode === 'semantic' || rival?.hasSchema;
  return problems.filter(({ code }) => {
    const layer = layerOf(code);
    return layer === 'meaning' || (!meaningAlone && !(layer === 'syntax' && rival?.reportsSyntax));
  });
}

/** Whether a text names a schema that the other extension takes. */
export function namesSchema(text: string, syntax: Syntax): boolean {
  return syntax === 'yaml' ? /^\s*#\s*yaml-language-server\s*:.*\$schema\s*=/m.test(text) : syntax === 'toml' && /^\s*#:schema\s+\S/m.test(text);
}

/** Whether a setting that gives schemas to files gives one to this file: `{ url: glob | glob[] }` of YAML, `{ regex: url }` of TOML. */
export function hasSchemaBySetting(setting: unknown, file: string, syntax: Syntax): boolean {
  if (typeof setting !== 'object' || setting === null) return false;
  const path = file.replaceAll('\\', '/');
  if (syntax === 'toml') return Object.keys(setting).some((pattern) => safely(() => new RegExp(pattern).test(path)));
  return Object.values(setting)
    .flat()
    .some((glob) => typeof glob === 'string' && safely(() => globPattern(glob).test(path)));
}

/** A glob that matches the end of a path, as that extension reads it. */
function globPattern(glob: string): RegExp {
  const source = glob
    .replace(/^(?:\.?\/|\*\*\/)+/, '')
    .split(/(\*\*\/?|\*|\?)/)
    .map((part) => (part.startsWith('**') ? '.*' : part === '*' ? '[^/]*' : part === '?' ? '[^/]' : part.replace(/[.+^${}()|[\]\\]/g, '\\$&')))
    .join('');
  return new RegExp(`(?:^|/)${source}$`);
}

/** A setting may hold any text as a pattern. */
function safely(test: () => boolean): boolean {
  try {
    return test();
  } catch {
    return false;
  }
}
