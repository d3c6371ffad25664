import type { Written } from '../core/definition';
import { checkTypeOf } from '../core/levels/definition';
import type { CheckDefinition, GitClientDefinition, LevelDefinition, LeveledBadgeDefinition, LevelsDefinition, Threshold } from '../core/levels/definition';
import type { Problem, Range } from '../core/problem';
import { stemOf } from '../core/stem';
import { configRepoPlaceholder } from './configRepo';
import { normalizeInstance } from './instance';
import { judgeChecks, judgeLevels, type LevelReading } from './levelRules';
import { levelsFields, notNecessaryKeys, type LevelsFile } from './levelsFields';
import { maxProblems } from './limits';
import type { KeysIn } from './shape';
import { withReplacedTexts } from './tree';
import type { ObjectNode, TreeNode } from './tree';
import { TreeReader, writtenText } from './treeReader';
import { validate } from './validate';
import type { Validation } from './validate';
import { quoted } from './words';
import { readYamlTree } from './yamlTree';

interface LevelsConfig {
  /** What is asked for, without the entries that are wrong. Null where the text cannot be read as a whole. */
  readonly definition: LevelsDefinition | null;
  /** The settings at the top of the text that have a value, be it a wrong one. */
  readonly keys: ReadonlySet<string>;
  /** In the order of the text, at most 100. */
  readonly problems: readonly Problem[];
  readonly root: TreeNode | null;
}

/** Reads a `.badge-api.yaml`. An error within a badge costs that badge, elsewhere the entry it stands in. */
export function readLevelsConfig(
  text: string,
  options: {
    /** What `<badge-config-repo>` stands for; left out, it stays: the files lie beside this one. */
    readonly configRepo?: string | undefined;
  } = {},
): LevelsConfig {
  const tree = readYamlTree(text);
  const none: LevelsConfig = { definition: null, keys: new Set(), problems: tree.problems, root: tree.root };
  if (tree.root === null) return none;
  const { configRepo } = options;
  const root = configRepo === undefined ? tree.root : withReplacedTexts(tree.root, configRepoPlaceholder, configRepo);
  // A tree with syntax errors in it is a guess. And where not all problems are kept, what is sound cannot be told.
  const isGuess = tree.isGuess || tree.problems.length >= maxProblems;
  if (root.type === 'null') return isGuess ? none : { ...none, definition: emptyLevels };
  const validation = validate(root, levelsFields);
  const reader = root.type === 'object' ? new Reader(root, validation, tree.problems.filter(({ severity }) => severity === 'error')) : null;
  const definition = reader?.read() ?? null;
  const problems = [...tree.problems, ...validation.problems, ...(reader?.problems ?? [])].sort((a, b) => a.range.start - b.range.start).slice(0, maxProblems);
  const given = root.type === 'object' ? root.properties.filter(({ value }) => value.type !== 'null') : [];
  return { definition: isGuess ? null : definition, keys: new Set(given.map(({ key }) => key)), problems, root };
}

export const emptyLevels: LevelsDefinition = { gitClients: [], badges: [], broken: [], personalEmailDomains: [], remoteConfigUrl: null, subsequentUseApiDomain: null };

class Reader extends TreeReader<KeysIn<typeof levelsFields>> {
  /** What the shapes alone do not tell, by place and code: what an alias stands for is judged once for each alias. */
  private readonly found = new Map<string, Problem>();

  constructor(
    private readonly root: ObjectNode,
    validation: Validation,
    /** Of the tree. */
    private readonly treeErrors: readonly Problem[],
  ) {
    super(validation);
  }

  get problems(): readonly Problem[] {
    return [...this.found.values()];
  }

  read(): LevelsDefinition {
    return {
      gitClients: this.gitClients(),
      ...this.badges(),
      personalEmailDomains: [...new Set(this.items('personalEmailDomains').flatMap((item) => (this.isSound(item) ? (writtenText(item)?.toLowerCase() ?? []) : [])))],
      remoteConfigUrl: this.text(this.root, 'remoteConfigUrl') ?? null,
      subsequentUseApiDomain: this.text(this.root, 'subsequentUseApiDomain') ?? null,
    };
  }

  private gitClients(): readonly GitClientDefinition[] {
    const clients = new Map<string, GitClientDefinition>();
    for (const item of this.items('gitClients')) {
      if (item.type !== 'object' || !this.isSound(item)) continue;
      const written = this.text(item, 'baseUrl');
      const baseUrl = normalizeInstance(written?.value ?? '');
      if (written === undefined || baseUrl === null) continue;
      if (clients.has(baseUrl)) {
        this.report({ code: 'duplicate-client', severity: 'warning', message: `${quoted(baseUrl)} is listed above already: the first entry counts, remove one of the two.`, range: written.range ?? item.range });
        continue;
      }
      clients.set(baseUrl, { baseUrl, tokenFile: this.text(item, 'tokenFile') ?? null, maxRequestsPerSecond: this.number(item, 'maxRequestsPerSecond'), range: item.range });
    }
    return [...clients.values()];
  }

  private badges(): Pick<LevelsDefinition, 'badges' | 'broken'> {
    const list = this.value(this.root, 'badges');
    if (list !== undefined && list.type !== 'array') return { badges: [], broken: [{ value: null, range: list.range }] };
    const badges: LeveledBadgeDefinition[] = [];
    const broken: Written<string | null>[] = [];
    const stems = new Map<string, string>();
    for (const item of list?.items ?? []) {
      const badge = item.type === 'object' ? this.badge(item, stems) : null;
      if (badge) badges.push(badge);
      else broken.push({ value: item.type === 'object' ? idOf(item) : null, range: item.range });
    }
    return { badges, broken };
  }

  /** Null where something is wrong with it. Every part is judged, so that all that is wrong is said at once. */
  private badge(node: ObjectNode, stems: Map<string, string>): LeveledBadgeDefinition | null {
    const id = this.text(node, 'id');
    const levelNodes = this.value(node, 'levels');
    const readings = (levelNodes?.type === 'array' ? levelNodes.items : []).flatMap((level) => (level.type === 'object' ? [this.level(level)] : []));
    const fine = [this.isUnique(id, stems), ...readings.map(({ checks }) => this.judge(judgeChecks(checks))), this.judge(judgeLevels(readings)), this.isIntact(node)].every(Boolean);
    if (!fine || id === undefined || !this.isSound(node)) return null;
    return { id: id.value, description: this.description(node), levels: readings.map(({ definition }) => definition), range: node.range };
  }

  private isUnique(id: Written<string> | undefined, stems: Map<string, string>): boolean {
    const name = stemOf(id?.value ?? '');
    if (id?.range === undefined || !('stem' in name)) return true;
    const earlier = stems.get(name.stem);
    if (earlier === undefined) {
      stems.set(name.stem, id.value);
      return true;
    }
    const why = earlier === id.value ? `Another badge above has the id ${quoted(id.value)}, too` : `The ids ${quoted(id.value)} and ${quoted(earlier)} would name the same file`;
    return this.report({ code: 'duplicate-id', severity: 'error', message: `${why}: give one of the two another id.`, range: id.range });
  }

  /** A level as far as it is sound; whether it is as a whole is asked of the badge. */
  private level(node: ObjectNode): LevelReading {
    const checkNodes = this.value(node, 'checks');
    const checks = (checkNodes?.type === 'array' ? checkNodes.items : []).flatMap((check) => {
      const definition = check.type === 'object' && this.isSound(check) ? this.check(check) : null;
      return check.type === 'object' && definition ? [{ definition, node: check }] : [];
    });
    const mark = notNecessaryKeys.map((key) => this.value(node, key)).find((value) => value !== undefined);
    const definition: LevelDefinition = {
      name: this.text(node, 'name')?.value ?? '',
      description: this.description(node),
      svgUrl: this.text(node, 'svgUrl')?.value ?? null,
      notNecessaryForNextHigherLevel: mark?.type === 'boolean' && mark.value,
      checks: checks.map((check) => check.definition),
      range: node.range,
    };
    return { definition, node, checks };
  }

  private check(node: ObjectNode): CheckDefinition | null {
    const type = checkTypeOf(this.text(node, 'type')?.value ?? '');
    if (type === null) return null;
    const threshold = this.value(node, 'threshold');
    const number = (key: keyof Threshold) => (threshold?.type === 'object' ? this.number(threshold, key) : null);
    return {
      type,
      description: this.description(node),
      threshold: { timeRangeInMonths: number('timeRangeInMonths'), min: number('min'), max: number('max') },
      decisionJsonUrl: type === 'MANUAL' ? (this.text(node, 'decisionJsonUrl')?.value ?? null) : null,
      range: node.range,
    };
  }

  private description(node: ObjectNode): string | null {
    return this.text(node, 'description')?.value || null;
  }

  private number(parent: ObjectNode, key: KeysIn<typeof levelsFields>): number | null {
    const node = this.value(parent, key);
    return node?.type === 'number' && this.isSound(node) ? node.value : null;
  }

  private items(key: keyof LevelsFile): readonly TreeNode[] {
    const node = this.value(this.root, key);
    return node?.type === 'array' ? node.items : [];
  }

  /** Whether no part of it is a guess of the parser's, such as the first of two values of one key. */
  private isIntact(node: TreeNode): boolean {
    return this.treeErrors.every(({ range }) => !holds(node, range.start));
  }

  /** Answers whether what they are about can still be used. */
  private judge(problems: readonly Problem[]): boolean {
    return problems.map((problem) => this.report(problem)).every(Boolean);
  }

  private report(problem: Problem): boolean {
    const { code, range } = problem;
    if (this.found.size < maxProblems) this.found.set(`${range.start} ${range.end} ${code}`, problem);
    return problem.severity !== 'error';
  }
}

/** What an alias stands for lies outside the range of its parent. */
function holds(node: TreeNode, offset: number): boolean {
  if (isIn(node.range, offset)) return true;
  if (node.type === 'array') return node.items.some((item) => holds(item, offset));
  return node.type === 'object' && node.properties.some(({ keyRange, value }) => isIn(keyRange, offset) || holds(value, offset));
}

function isIn({ start, end }: Range, offset: number): boolean {
  return start <= offset && offset <= end;
}

function idOf(node: ObjectNode): string | null {
  const id = node.properties.find(({ key }) => key === 'id')?.value;
  return id === undefined ? null : writtenText(id);
}
