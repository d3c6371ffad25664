import type { Range } from '../core/problem';
import { badgeArtifacts, badgeCache, badgeJob, badgeJobLines, badgeRules, installCommand, usualJobNames, type BadgeJobKind, type BadgeJobOptions, type JobPlace } from './badgeJob';
import { ciFileOf, coversFile, defaultStage, keepsFolder, type CiFile, type CiJob } from './ciFile';
import { documentEnd, isFlow } from './editYaml';
import { itemLines } from './language/removal';
import { textLiteral } from './language/literals';
import { migrateCommand } from './migrateCommand';
import { indentationAt, insertBelow, insertInBrackets, insertLines } from './textInsertion';
import { memberOf, propertyOf, type ObjectNode, type Property, type TreeNode } from './tree';
import { quoted } from './words';
import { yamlFlow, yamlLines, yamlStyleOf, type YamlValue } from './yamlText';
import { readYamlTree } from './yamlTree';

export interface CiEditOptions extends BadgeJobOptions {
  /** Paths and globs of the reports that the badges are made from. */
  readonly reports: readonly string[];
}

/** What becomes of a pipeline, or why nothing does; `range` is the place in the text where something is wrong. */
export type CiEdit = ChangedCi | CiObstacle;

export interface ChangedCi {
  readonly text: string;
  readonly job: string;
  readonly change: 'added' | 'updated' | 'none';
  /** What the user should know, as sentences. */
  readonly remarks: readonly string[];
}

export interface CiObstacle {
  readonly problem: string;
  readonly range: Range | null;
}

/**
 * The text of `.gitlab-ci.yml` with the badge job. Where a job runs the command line already, it is given what it lacks. All else stays
 * byte for byte: comments, anchors, order, line ends, byte order mark. What is not foreseen is refused.
 * @param whole the pipeline with what it includes, as far as that is known
 */
export function addBadgeJob(text: string, whole: CiFile | null, options: CiEditOptions): CiEdit {
  const own = readPipeline(text);
  if ('problem' in own) return own;
  const ci = whole ?? ciFileOf(own.root, false);
  const jobs = [...ci.jobs.values()];
  const known = jobs.find((job) => badgeCommandOf(job) === options.kind);
  const remarks = remarksOn(ci, own.root, options, known);
  if (!known) return addJob(own, ci, options, remarks);
  if (!own.root.properties.some(({ key }) => key === known.name)) {
    return { text, job: known.name, change: 'none', remarks: [`The job ${quoted(known.name)} of an included file does this already.`, ...remarks] };
  }
  const updated = updateJob(own, known, options);
  return 'problem' in updated ? updated : { text: updated.text, job: known.name, change: updated.text === text ? 'none' : 'updated', remarks };
}

/** Which of our jobs a job is, by the commands that it runs. */
export function badgeCommandOf({ script }: Pick<CiJob, 'script'>): BadgeJobKind | null {
  const commands = script.flatMap(commandsOf).flatMap((command) => /^(?:\S*\/)?badgesmith(?:\s+(\S+))?/.exec(command)?.slice(1, 2) ?? []);
  if (commands.some((name) => name === undefined || name === 'generate' || name.startsWith('-'))) return 'generate';
  return commands.some((name) => name === 'check' || name === 'plan') ? 'review' : null;
}

/** The single commands of a line or lines of shell, without what only sets variables for them. */
function commandsOf(script: string): readonly string[] {
  return script.split(/[\r\n]|&&|\|\|?|;/).map((command) => command.trim().replace(/^(?:(?:[A-Za-z_]\w*=(?:"[^"]*"|'[^']*'|\S*)|exec|npx(?:\s+(?:(?:-p|--package)\s+\S+|-\S+))*)\s+)+/, ''));
}

/** A text whose pipeline can be edited. */
export interface Pipeline {
  readonly text: string;
  /** Where the pipeline starts: behind a header that declares inputs, else 0. */
  readonly start: number;
  /** With offsets from `start`. */
  readonly root: ObjectNode;
}

/** The pipeline of a text, or why it cannot be edited. */
export function readPipeline(text: string): Pipeline | CiObstacle {
  const start = headerLength(text);
  const { root, problems } = readYamlTree(text.slice(start));
  const shifted = ({ start: from, end }: Range): Range => ({ start: start + from, end: start + end });
  // GitLab takes the last of two keys, which is nothing that has to be corrected here.
  const mistake = problems.find(({ severity, code }) => severity === 'error' && code !== 'duplicate-key');
  if (mistake) return { problem: mistake.message, range: shifted(mistake.range) };
  if (root?.type === 'null') return { text, start, root: { type: 'object', range: { start: text.length - start, end: text.length - start }, properties: [] } };
  if (root?.type !== 'object') return { problem: 'A pipeline is a mapping of jobs, which this is not.', range: root && shifted(root.range) };
  if (isFlow(text.slice(start), root)) return { problem: 'The pipeline is written in braces: add the job by hand.', range: shifted({ start: root.range.start, end: root.range.start + 1 }) };
  return { text, start, root };
}

/** https://docs.gitlab.com/ci/yaml/#header-keywords: a document with the key `spec`, before the one with the jobs. */
function headerLength(text: string): number {
  const marker = /^---(?=\s|$)/gm;
  for (let found = marker.exec(text); found; found = marker.exec(text)) {
    const before = text.slice(0, found.index);
    if (!/^\uFEFF?spec\s*:/m.test(before)) continue;
    const { root } = readYamlTree(before);
    return root?.type === 'object' && propertyOf(root, 'spec') ? found.index : 0;
  }
  return 0;
}

function addJob({ text, start, root }: Pipeline, ci: CiFile, options: CiEditOptions, remarks: readonly string[]): CiEdit {
  const body = text.slice(start);
  const usual = usualJobNames[options.kind];
  const name = freeName(usual, ci.names);
  const lines = badgeJobLines(name, badgeJob(options, placeOf(ci, options)), options.kind, yamlStyleOf(body, root));
  const end = root.properties.length === 0 ? emptyEnd(body) : documentEnd(body, root.range.end);
  const isSpaced = body.slice(0, end).replace('\uFEFF', '').trim() === '' || /(?:^|\n|\r(?!\n))[ \t]*(?:\r\n|\n|\r)$/.test(body.slice(0, end));
  // A text in block style may keep the line breaks behind it as its own: then there is none to add.
  for (const block of isSpaced ? [lines] : [['', ...lines], lines]) {
    const edited = insertLines(body, end, block);
    if ('text' in edited && differsOnlyIn(body, edited.text, name)) {
      const renamed = name === usual ? [] : [`The name ${quoted(usual)} is taken, so the job is called ${quoted(name)}.`];
      return { text: text.slice(0, start) + edited.text, job: name, change: 'added', remarks: [...renamed, ...remarks] };
    }
  }
  return unsafe;
}

/** The end of a document with nothing in it. */
function emptyEnd(body: string): number {
  const marker = body.search(/^\.\.\.(?=\s|$)/m);
  return marker < 0 ? body.length : marker;
}

const unsafe: CiObstacle = { problem: 'The file is written in a way that cannot be added to safely: add the job by hand.', range: null };

function freeName(usual: string, names: ReadonlySet<string>): string {
  let name = usual;
  for (let number = 2; names.has(name); number++) name = `${usual}-${number}`;
  return name;
}

/** Behind the jobs whose reports it reads, in a stage that is there. */
function placeOf(ci: CiFile, options: CiEditOptions): JobPlace {
  const needed = options.kind === 'generate' ? suppliersOf(ci, options.reports) : [];
  const order = ['.pre', ...ci.stages, '.post'];
  const usual = ci.stages.includes(defaultStage) ? defaultStage : (ci.stages.at(-1) ?? '.post');
  const stage = [usual, ...needed.map((job) => job.stage)].reduce((latest, each) => (order.indexOf(each) > order.indexOf(latest) ? each : latest));
  return { stage: stage === defaultStage ? null : stage, needs: needed.map(({ name }) => name), skips: ci.sharedScripts };
}

/** The jobs that make reports. */
function suppliersOf(ci: CiFile, reports: readonly string[]): readonly CiJob[] {
  return [...ci.jobs.values()].filter((job) => badgeCommandOf(job) === null && reports.some((report) => reportsMade(job).some((file) => overlap(file, report)) || keeps(job, report)));
}

function reportsMade({ reports }: CiJob): readonly string[] {
  return Object.values(reports).flat();
}

function keeps({ artifacts }: CiJob, report: string): boolean {
  return (artifacts ?? []).some((path) => overlap(path, report));
}

/** Whether two paths or globs may mean the same file, as far as can be told. */
function overlap(one: string, other: string): boolean {
  const isGlob = (path: string) => /[*?[{$]/.test(path);
  return one === other || (!isGlob(other) && coversFile(one, other)) || (!isGlob(one) && coversFile(other, one));
}

function remarksOn(ci: CiFile, root: ObjectNode, { kind, reports }: CiEditOptions, known: CiJob | undefined): readonly string[] {
  const remarks: string[] = [];
  for (const job of kind === 'generate' ? suppliersOf(ci, reports) : []) {
    const lost = reportsMade(job).filter((file) => reports.some((report) => overlap(file, report)) && job.artifacts !== null && !keeps(job, file));
    if (lost.length > 0) remarks.push(`The job ${quoted(job.name)} keeps ${lost.join(', ')} for GitLab only: name it under artifacts: paths as well, so that later jobs get it.`);
  }
  const reference = known ? undefined : [...ci.jobs.values()].find(({ script }) => script.some((step) => migrateCommand(step).runs));
  if (reference && kind === 'generate') remarks.push(`The job ${quoted(reference.name)} runs badges-gitlab: “Migrate from badges-gitlab” has it run badgesmith instead.`);
  if (!known && !letsThrough(root, kind)) remarks.push(`workflow: rules decides which pipelines there are: see to it that it lets ${kind === 'generate' ? 'the default branch and schedules' : 'merge requests'} through.`);
  return remarks;
}

/** Whether the rules for whole pipelines say something about those in which the job is to run. */
function letsThrough(root: ObjectNode, kind: BadgeJobKind): boolean {
  const workflow = propertyOf(root, 'workflow')?.value;
  const rules = memberOf(workflow, 'rules');
  if (rules?.type !== 'array') return true;
  const wanted = kind === 'generate' ? /CI_COMMIT_BRANCH|CI_DEFAULT_BRANCH|CI_COMMIT_REF_NAME|schedule/ : /merge_request_event|CI_MERGE_REQUEST/;
  return rules.items.some((rule) => {
    if (rule.type !== 'object') return true;
    const condition = propertyOf(rule, 'if')?.value;
    return condition?.type !== 'string' || wanted.test(condition.value);
  });
}

/** Gives a job what it lacks of ours; what it says of its own stays, but for the image that is asked for. */
function updateJob(pipeline: Pipeline, job: CiJob, options: CiEditOptions): { readonly text: string } | CiObstacle {
  const head = pipeline.text.slice(0, pipeline.start);
  let body = pipeline.text.slice(pipeline.start);
  for (const step of [setImage, dropInstall, keepFolder, keepCache, addRules]) {
    const place = placeOfJob(body, job.name);
    if (!place) return { problem: `The job ${quoted(job.name)} is written in a way that cannot be added to: change it by hand.`, range: null };
    const edited = step(place, job, options);
    if (edited === null) return unsafe;
    body = edited;
  }
  return differsOnlyIn(pipeline.text.slice(pipeline.start), body, job.name) ? { text: head + body } : unsafe;
}

/** A job that is written out in a text. */
interface OwnJob {
  readonly body: string;
  readonly root: ObjectNode;
  readonly job: ObjectNode;
}

function placeOfJob(body: string, name: string): OwnJob | null {
  const { root } = readYamlTree(body);
  const job = memberOf(root, name);
  if (root?.type !== 'object' || job?.type !== 'object' || !isWithin(job.range, root.range) || body.charAt(job.range.start) === '*') return null;
  return { body, root, job };
}

/** An edit of a job: its text, the same where there is nothing to do, null where it cannot be done. */
type Step = (place: OwnJob, job: CiJob, options: CiEditOptions) => string | null;

const setImage: Step = (place, _job, { image }) => (image === null ? place.body : withImage(place, image));

function withImage(place: OwnJob, image: string): string | null {
  const written = ownProperty(place.job, 'image');
  if (!written) return addProperty(place, 'image', image);
  // Also where further settings of the image stand beside its name.
  const name = written.value.type === 'object' ? propertyOf(written.value, 'name')?.value : written.value;
  if (name?.type !== 'string' || place.body.charAt(name.range.start) === '*') return null;
  return name.value === image ? place.body : replace(place.body, name.range, textLiteral(image, isFlow(place.body, place.job) ? 'flow' : 'block'));
}

/** A pipeline with another image for a job that stands in it; null where that cannot be done. */
export function setJobImage(body: string, job: string, image: string): string | null {
  const place = placeOfJob(body, job);
  return place && withImage(place, image);
}

const dropInstall: Step = ({ body, job }, _job, { image }) => {
  const script = ownProperty(job, 'script')?.value;
  if (image === null || script?.type !== 'array') return body;
  const item = script.items.find((each) => each.type === 'string' && each.value.trim() === installCommand);
  const lines = item && itemLines(body, item.range);
  return lines ? replace(body, lines, '') : body;
};

const keepFolder: Step = (place, job, { kind, folder }) => {
  const { body } = place;
  if (kind !== 'generate' || job.artifacts === null || keepsFolder(job, folder)) return body;
  const artifacts = ownProperty(place.job, 'artifacts')?.value;
  if (!artifacts) return addProperty(place, 'artifacts', badgeArtifacts(kind, folder));
  if (artifacts.type !== 'object') return null;
  const paths = ownProperty(artifacts, 'paths')?.value;
  if (!paths) return addProperty({ ...place, job: artifacts }, 'paths', [...job.artifacts, folder]);
  if (paths.type !== 'array') return null;
  const last = paths.items.at(-1);
  if (isFlow(body, paths)) return textOf(insertInBrackets(body, paths.range, last?.range, [textLiteral(folder, 'flow')]));
  const dash = last ? body.lastIndexOf('-', last.range.start - 1) : -1;
  const indentation = dash < 0 ? null : indentationAt(body, dash);
  return indentation === null ? null : textOf(insertBelow(body, paths.range.end, [`${indentation}- ${textLiteral(folder, 'block')}`]));
};

/** A folder that its command names as the cache is of use where GitLab keeps it. */
const keepCache: Step = (place, { script }) => {
  const [, folder] = /\sbadgesmith\b.*\s--cache[ =]([\w./-]+)/.exec(` ${script.join(' ; ')}`) ?? [];
  const defaults = propertyOf(place.root, 'default')?.value;
  const isSaid = propertyOf(place.job, 'cache') ?? propertyOf(place.job, 'extends') ?? propertyOf(place.root, 'cache') ?? (defaults?.type === 'object' ? propertyOf(defaults, 'cache') : undefined);
  return folder === undefined || isSaid ? place.body : addProperty(place, 'cache', badgeCache(folder));
};

const whenKeys = ['rules', 'only', 'except', 'extends', 'when', 'trigger'];

const addRules: Step = (place, _job, { kind }) => (whenKeys.some((key) => propertyOf(place.job, key)) ? place.body : addProperty(place, 'rules', badgeRules(kind)));

/** A property that stands in the mapping itself, not in one that is merged into it. */
export function ownProperty(node: ObjectNode, key: string): Property | undefined {
  return node.properties.find((property) => property.key === key && isWithin(property.keyRange, node.range));
}

function addProperty({ body, root, job }: OwnJob, key: string, value: YamlValue): string | null {
  const own = job.properties.filter(({ keyRange }) => isWithin(keyRange, job.range));
  const [first, last] = [own[0], own.at(-1)];
  if (!first || !last) return null;
  if (isFlow(body, job)) return textOf(insertInBrackets(body, job.range, { start: last.keyRange.start, end: Math.max(last.keyRange.end, last.value.range.end) }, [`${key}: ${yamlFlow(value)}`]));
  const indentation = indentationAt(body, first.keyRange.start);
  return indentation === null ? null : textOf(insertBelow(body, job.range.end, yamlLines(key, value, indentation, yamlStyleOf(body, root))));
}

/** The edits go by positions, so their result is read back. */
export function differsOnlyIn(before: string, after: string, job: string): boolean {
  const [old, now] = [readYamlTree(before), readYamlTree(after)];
  const errors = (problems: typeof old.problems) => problems.filter(({ severity }) => severity === 'error').length;
  return errors(now.problems) === errors(old.problems) && restOf(now.root, job) === restOf(old.root, job) && now.root?.type === 'object' && propertyOf(now.root, job)?.value.type === 'object';
}

function restOf(root: TreeNode | null, job: string): string {
  const properties = root?.type === 'object' ? root.properties.filter(({ key }) => key !== job) : [];
  return JSON.stringify(properties.map(({ key, value }) => [key, value]), (key, value: unknown) => (key === 'range' || key === 'keyRange' ? undefined : value));
}

export function replace(text: string, { start, end }: Range, written: string): string {
  return text.slice(0, start) + written + text.slice(end);
}

function textOf(edited: { readonly text: string } | { readonly problem: string }): string | null {
  return 'text' in edited ? edited.text : null;
}

function isWithin(inner: Range, outer: Range): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}
