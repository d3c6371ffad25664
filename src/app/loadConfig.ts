import { readGeneratorConfig, type GeneratorFileKind } from '../config/generatorFile';
import { atPosition, type Position } from '../config/position';
import type { GeneratorDefinition } from '../core/definition';
import type { FileProblem, Severity } from '../core/problem';
import { FileError, type Folder } from './ports';

export interface LoadedConfig {
  /** The file that counts, as the user knows it; null where there is none. */
  readonly file: string | null;
  /** Empty where there is no file, or it cannot be read as a whole. */
  readonly definition: GeneratorDefinition;
  readonly problems: readonly FileProblem[];
  /** The file is there, or was asked for, and cannot be read as a whole. */
  readonly unreadable: boolean;
}

/** The places of a configuration; the first one that has one counts, the others are not read. */
export const configFiles = ['.gitlab/badges.yaml', '.gitlab/badges.yml', '.gitlab/badges.toml', 'pyproject.toml'] as const;

/** Far more than a person writes. */
export const maxConfigBytes = 1024 * 1024;

/** Reads the configuration of a folder, or the file the user named. Never rejects for what a file holds. */
export async function loadConfig(folder: Pick<Folder, 'readText'>, explicitFile?: string): Promise<LoadedConfig> {
  for (const file of explicitFile === undefined ? configFiles : [explicitFile]) {
    let text: string | null;
    try {
      text = await folder.readText(file, maxConfigBytes);
    } catch (error) {
      if (error instanceof FileError) return unreadable(file, error.message, error.place);
      throw error;
    }
    if (text === null) {
      if (explicitFile === undefined) continue;
      return unreadable(file, `${file}: there is no such file.`);
    }
    const { present, definition, problems } = readGeneratorConfig(text, formatOf(file));
    if (!present && explicitFile === undefined && problems.length === 0) continue;
    return {
      file,
      definition: definition ?? {},
      problems: problems.map((problem) => atPosition(problem, text, file)),
      unreadable: definition === null && (present || problems.length > 0),
    };
  }
  return { file: null, definition: {}, problems: [], unreadable: false };
}

/** By its name. */
export function formatOf(file: string): GeneratorFileKind {
  if (/(^|[\\/])pyproject\.toml$/.test(file)) return 'pyproject';
  return file.endsWith('.toml') ? 'toml' : 'yaml';
}

function unreadable(file: string, message: string, place?: Position): LoadedConfig {
  return { file, definition: {}, problems: [unreadableFile(file, message, place)], unreadable: true };
}

/** Of a file that no text can be had of. */
export function unreadableFile(file: string, message: string, { line, column }: Position = { line: 1, column: 1 }): FileProblem {
  return { ...wholeFileProblem('unreadable-file', message, file), line, column, endLine: line, endColumn: column };
}

/** A problem with a file as a whole, of which no text is there to point into. */
export function wholeFileProblem(code: string, message: string, file: string, severity: Severity = 'error'): FileProblem {
  return { file, code, severity, message, range: { start: 0, end: 0 }, line: 1, column: 1, endLine: 1, endColumn: 1 };
}
