import type { Range } from '../core/problem';
import { installCommand, nodeImage } from './badgeJob';
import { differsOnlyIn, ownProperty, readPipeline, replace, setJobImage, type CiObstacle, type Pipeline } from './editCi';
import { itemLines } from './language/removal';
import { textLiteral } from './language/literals';
import { migrateCommand } from './migrateCommand';
import { lineStart } from './textInsertion';
import type { ObjectNode, StringNode, TreeNode } from './tree';
import { quoted } from './words';
import { readYamlTree } from './yamlTree';

export interface MigratedCi {
  readonly text: string;
  /** Jobs that were changed, hidden ones included. */
  readonly jobs: readonly string[];
  /** What stays as it was, and what the user should know, as sentences. */
  readonly remarks: readonly string[];
}

/**
 * A pipeline whose jobs run `badgesmith` in the place of badges-gitlab, with the options they gave it. What a job does besides stays. A job
 * that uses Python for more than that is left alone and named. Null where nothing runs badges-gitlab.
 */
export function migrateCi(text: string): MigratedCi | CiObstacle | null {
  if (!/badges[-_]gitlab/.test(text)) return null;
  const own = readPipeline(text);
  if ('problem' in own) return own;
  const names = own.root.properties.filter(({ value }) => value.type === 'object' && usesReference(value)).map(({ key }) => key);
  if (names.length === 0) return null;
  const remarks: string[] = [];
  const jobs: string[] = [];
  let migrated = text;
  for (const name of names) {
    const result = migrateJob(migrated, name);
    remarks.push(...result.remarks);
    if (result.text !== null) {
      migrated = result.text;
      jobs.push(name);
    }
  }
  return { text: migrated, jobs, remarks };
}

/** Whether a job runs badges-gitlab, or runs in its image. */
function usesReference(job: ObjectNode): boolean {
  const image = ownProperty(job, 'image')?.value;
  return [...stepsOf(job)].some(({ value }) => migrateCommand(value).runs) || isReferenceImage(image);
}

function isReferenceImage(image: TreeNode | undefined): boolean {
  const name = image?.type === 'object' ? ownProperty(image, 'name')?.value : image;
  return name?.type === 'string' && /(?:^|\/)felipe_public\/badges-gitlab(?:[:@/]|$)/.test(name.value);
}

/** The texts of its scripts that stand in the job itself. */
function* stepsOf(job: ObjectNode): Generator<StringNode> {
  for (const key of ['before_script', 'script', 'after_script']) {
    const script = ownProperty(job, key)?.value;
    const items = script?.type === 'array' ? script.items : script ? [script] : [];
    for (const item of items) if (item.type === 'string' && item.range.start >= job.range.start && item.range.end <= job.range.end) yield item;
  }
}

function migrateJob(text: string, name: string): { readonly text: string | null; readonly remarks: readonly string[] } {
  const pipeline = readPipeline(text);
  const job = 'problem' in pipeline ? undefined : pipeline.root.properties.find(({ key }) => key === name)?.value;
  if ('problem' in pipeline || job?.type !== 'object') return { text: null, remarks: [] };
  const steps = [...stepsOf(job)].map((step) => ({ step, ...migrateCommand(step.value) }));
  const foreign = steps.flatMap((step) => step.foreign);
  if (foreign.length > 0) return { text: null, remarks: [`The job ${quoted(name)} also runs ${quoted(foreign[0] ?? '')} in its image, so it stays: take badges-gitlab out of it, and add a badge job of its own.`] };

  const edited = rewritten(pipeline, name, steps);
  if (edited === null) return { text: null, remarks: [`The job ${quoted(name)} is written in a way that cannot be changed safely: change it by hand.`] };
  const kept = steps.flatMap((step) => step.kept);
  return {
    text: edited,
    remarks: [
      ...steps.flatMap((step) => step.remarks),
      ...(kept.length > 0 ? [`The job ${quoted(name)} also runs ${quoted(kept[0] ?? '')}: see to it that ${nodeImage} can do that.`] : []),
      ...(/\.cache\/pip|venv|PIP_CACHE_DIR/.test(text.slice(pipeline.start + job.range.start, pipeline.start + job.range.end)) ? [`What the job ${quoted(name)} keeps for pip is of no use any more.`] : []),
    ],
  };
}

type Step = { readonly step: StringNode } & ReturnType<typeof migrateCommand>;

/** Null where the result does not say what it should. */
function rewritten({ text, start }: Pipeline, name: string, steps: readonly Step[]): string | null {
  const body = text.slice(start);
  const installs = steps.some((step) => step.installs);
  const first = steps.find((step) => step.runs);
  let result = body;
  // From the end, so that the places before stay.
  for (const { step, lines, isChanged } of [...steps].reverse()) {
    const isFirst = step === first?.step;
    const wanted = isFirst && !installs ? [installCommand, ...lines] : lines;
    if (!isChanged && wanted === lines) continue;
    const edited = wanted.length === 0 ? withoutItem(result, step.range) : withStep(result, step, wanted);
    if (edited === null) return null;
    result = edited;
  }
  const withImage = setJobImage(result, name, nodeImage);
  if (withImage === null || !differsOnlyIn(body, withImage, name) || !runsAsWanted(withImage, name, steps, installs ? null : (first?.step ?? null))) return null;
  return text.slice(0, start) + withImage;
}

function withoutItem(body: string, range: Range): string | null {
  const lines = itemLines(body, range);
  return lines && replace(body, lines, '');
}

/** A step of several lines stays one where it was a block, else each line is an item of its own. */
function withStep(body: string, { range, value }: StringNode, lines: readonly string[]): string | null {
  const written = body.slice(range.start, range.end);
  if (written.startsWith('|')) {
    const [header = '', ...rest] = written.split(/\r\n|\r|\n/);
    const indentation = /^[ \t]*/.exec(rest.find((line) => line.trim() !== '') ?? '')?.[0] ?? '';
    const lineBreak = /\r\n|\r|\n/.exec(written)?.[0] ?? '\n';
    return replace(body, range, [header, ...lines.map((line) => indentation + line)].join(lineBreak));
  }
  if (written.startsWith('>') || /[\r\n]/.test(value)) return null;
  const before = body.slice(lineStart(body, range.start), range.start);
  if (/^\s*- +$/.test(before)) {
    const lineBreak = /\r\n|\r|\n/.exec(body)?.[0] ?? '\n';
    return replace(body, range, lines.map((line) => textLiteral(line, 'block')).join(lineBreak + before));
  }
  // In brackets, or the only command behind the key.
  return replace(body, range, textLiteral(lines.join(' && '), 'flow'));
}

/** The scripts as they are read now are those that were meant. */
function runsAsWanted(body: string, name: string, steps: readonly Step[], installsBefore: StringNode | null): boolean {
  const { root } = readYamlTree(body);
  const job = root?.type === 'object' ? ownProperty(root, name)?.value : undefined;
  if (job?.type !== 'object') return false;
  const commands = (texts: readonly string[]) => texts.flatMap((text) => text.split(/\r\n|\r|\n| && /)).map((line) => line.trim()).filter((line) => line !== '');
  const wanted = steps.flatMap(({ step, lines }) => (step === installsBefore ? [installCommand, ...lines] : lines));
  return JSON.stringify(commands([...stepsOf(job)].map(({ value }) => value))) === JSON.stringify(commands(wanted));
}
