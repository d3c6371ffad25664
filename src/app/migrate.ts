import type { CiObstacle } from '../config/editCi';
import { migrateCi } from '../config/migrateCi';
import { readGeneratorConfig } from '../config/generatorFile';
import { readCiTexts } from './ciJobs';
import { loadConfig, maxConfigBytes } from './loadConfig';
import type { Folder } from './ports';

/** What a folder has of badges-gitlab, and what becomes of it. */
export interface Migration {
  /** Files of the pipeline that change. */
  readonly files: readonly { readonly file: string; readonly before: string; readonly after: string }[];
  /** Jobs that change. */
  readonly jobs: readonly string[];
  /** Files that use badges-gitlab and cannot be changed. */
  readonly obstacles: readonly (CiObstacle & { readonly file: string; readonly text: string })[];
  /** What stays, and what the user should know, as sentences. */
  readonly remarks: readonly string[];
}

const pyproject = 'pyproject.toml';

/** Finds badges-gitlab in the pipeline of a folder, with the files of the folder that it includes, and in its `pyproject.toml`. Null where there is none. */
export async function planMigration(files: Pick<Folder, 'readText' | 'find'>, signal: AbortSignal): Promise<Migration | null> {
  const [texts, table] = await Promise.all([readCiTexts(files, signal), tableRemarks(files)]);
  const found = [...texts].flatMap(([file, text]) => ((result) => (result ? [{ file, text, result }] : []))(migrateCi(text)));
  if (found.length === 0 && table === null) return null;
  const changed = found.flatMap(({ file, text, result }) => ('problem' in result ? [] : [{ file, text, result }]));
  return {
    files: changed.flatMap(({ file, text, result }) => (result.text === text ? [] : [{ file, before: text, after: result.text }])),
    jobs: changed.flatMap(({ result }) => result.jobs),
    obstacles: found.flatMap(({ file, text, result }) => ('problem' in result ? [{ ...result, file, text }] : [])),
    remarks: [...changed.flatMap(({ result }) => result.remarks), ...(table ?? [])],
  };
}

/** What to say of the table of badges-gitlab, which needs no change; null where there is none. */
async function tableRemarks(files: Pick<Folder, 'readText'>): Promise<readonly string[] | null> {
  const text = await files.readText(pyproject, maxConfigBytes).catch(() => null);
  const { present, problems } = text === null ? { present: false, problems: [] } : readGeneratorConfig(text, 'pyproject');
  const depends = text !== null && /^[^#\n]*["']?badges-gitlab\b/m.test(text) ? [`${pyproject} names badges-gitlab as a dependency, which is not needed any more.`] : [];
  if (!present) return depends.length > 0 ? depends : null;
  const { file } = await loadConfig(files);
  const counts = file === pyproject ? `[tool.badges_gitlab] in ${pyproject} is read as it stands.` : `[tool.badges_gitlab] in ${pyproject} does not count beside ${file ?? 'another configuration'}.`;
  const mistakes = problems.length > 0 ? [`${problems.length === 1 ? 'One thing' : `${problems.length} things`} in it ${problems.length === 1 ? 'is' : 'are'} marked: ${problems[0]?.message ?? ''}`] : [];
  return [counts, ...mistakes, ...depends];
}
