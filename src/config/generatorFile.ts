import type { BadgeStyle } from '../core/badge';
import type { ArtifactSource, BadgeOverride, GeneratorDefinition, ReportSource, StaticBadgeDefinition, Written } from '../core/definition';
import { type FactOptions, isFactStem } from '../core/facts';
import type { BrokenBadge } from '../core/look';
import type { Problem } from '../core/problem';
import { stemOf } from '../core/stem';
import { defaultStaticColor, generatorFields, type GeneratorFile } from './fields';
import { maxProblems } from './limits';
import { LookReader } from './lookReader';
import { readPublish } from './publish';
import { statementAt, tomlStatements, type TomlStatement } from './tomlStatements';
import { readTemplateBadges } from './templateBadges';
import { readTomlTree } from './tomlTree';
import { nodeAtPath } from './tree';
import type { ObjectNode, Tree, TreeNode } from './tree';
import { writtenText } from './treeReader';
import { validate } from './validate';
import type { Validation } from './validate';
import { readYamlTree } from './yamlTree';

/** `yaml`: `.gitlab/badges.yaml`. `toml`: `.gitlab/badges.toml`. `pyproject`: the table `[tool.badges_gitlab]` of `pyproject.toml`. */
export type GeneratorFileKind = 'yaml' | 'toml' | 'pyproject';

export interface GeneratorConfig {
  /** False only for a `pyproject.toml` without our table: the file says nothing to us, and another place may. */
  readonly present: boolean;
  /** What is asked for, without the entries that are wrong. Null where there is none (`present`) or it cannot be read as a whole (`problems`). */
  readonly definition: GeneratorDefinition | null;
  /** In the order of the text, at most 100. */
  readonly problems: readonly Problem[];
  /** Our part of the text, with the positions of the whole; null where it holds none, or nothing could be made of it. */
  readonly root: TreeNode | null;
}

export function readGeneratorConfig(text: string, kind: GeneratorFileKind): GeneratorConfig {
  const tree = readGeneratorTree(text, kind);
  if (tree === null) return { present: false, definition: null, problems: [], root: null };
  const { root, isGuess } = tree;
  if (root === null) return { present: true, definition: null, problems: tree.problems, root };
  if (root.type === 'null') return { present: true, definition: isGuess ? null : {}, problems: tree.problems, root };
  const validation = validate(root, generatorFields);
  const publish = root.type === 'object' ? readPublish({ root, text, isSound: (node) => validation.isSound(node), isPatchy: tree.problems.some(({ severity }) => severity === 'error') }) : null;
  const templates = root.type === 'object' ? readTemplateBadges(root, text, validation) : null;
  const problems = [...tree.problems, ...validation.problems, ...(publish?.problems ?? []), ...(templates?.problems ?? [])].sort((a, b) => a.range.start - b.range.start).slice(0, maxProblems);
  if (root.type !== 'object' || isGuess) return { present: true, definition: null, problems, root };
  const definition = new Reader(root, text, validation).read();
  return { present: true, definition: { ...definition, ...(templates?.badges && { templateBadges: templates.badges }), ...(publish?.definition && { publish: publish.definition }) }, problems, root };
}

/** The part of a file that is ours, as a tree with the positions of the whole file; null where a `pyproject.toml` has none. */
function readGeneratorTree(text: string, kind: GeneratorFileKind): Tree | null {
  if (kind === 'yaml') return readYamlTree(text);
  if (kind === 'pyproject' && !text.includes('badges_gitlab')) return null;
  const tree = readTomlTree(text);
  if (kind === 'toml' || tree.root === null) return tree;
  const root = nodeAtPath(tree.root, ['tool', 'badges_gitlab']);
  if (!root) return tree.isGuess ? { ...tree, root: null } : null;
  const problems = tree.problems.length === 0 ? [] : problemsInTable(text, tree.problems);
  return { root, problems, isGuess: problems.length > 0 };
}

/** Those below a header of our table, or in a line that names it: the rest of a `pyproject.toml` is for other tools to judge. */
function problemsInTable(text: string, problems: readonly Problem[]): readonly Problem[] {
  const statements = tomlStatements(text);
  const headers = statements.filter(({ kind }) => kind === 'header');
  const names = (statement: TomlStatement | undefined) => statement !== undefined && text.slice(statement.start, statement.end).includes('badges_gitlab');
  return problems.filter(({ range }) => names(statementAt(headers, range.start)) || names(statementAt(statements, range.start)));
}

class Reader extends LookReader {
  constructor(
    private readonly root: ObjectNode,
    document: string,
    validation: Validation,
  ) {
    super(validation, document);
  }

  read(): GeneratorDefinition {
    const path = this.text(this.root, 'path');
    const style = this.text(this.root, 'style');
    const facts = this.facts();
    const junitXml = this.reports('junit_xml');
    const junitBadges = this.junitBadges();
    const coverageReport = this.reports('coverage_report');
    const findingsReport = this.reports('findings_report');
    const staticBadges = this.staticBadges();
    const linkBadges = this.texts('link_badges');
    const overrides = this.overrides();
    return {
      ...(path && { path }),
      ...(style && { style: style as Written<BadgeStyle> }),
      ...(facts && { facts }),
      ...(junitXml && { junitXml }),
      ...(junitBadges && { junitBadges }),
      ...(coverageReport && { coverageReport }),
      ...(findingsReport && { findingsReport }),
      ...(staticBadges && { staticBadges }),
      ...(linkBadges && { linkBadges }),
      ...(overrides && { overrides }),
    };
  }

  private facts(): GeneratorDefinition['facts'] {
    const node = this.value(this.root, 'facts');
    if (node?.type === 'array') {
      const stems = this.soundItems(node.items).flatMap((item) => (item.type === 'string' && (isFactStem(item.value) || item.value === 'all') ? [item.value] : []));
      return { value: [...new Set(stems)], range: node.range };
    }
    return node && this.isSound(node) ? { value: 'all', range: node.range } : undefined;
  }

  private junitBadges(): GeneratorDefinition['junitBadges'] {
    const node = this.value(this.root, 'junit_badges');
    if (node?.type === 'array') return { value: [...new Set(this.soundItems(node.items).flatMap((item) => writtenText(item) ?? []))], range: node.range };
    return node && this.isSound(node) ? { value: 'all', range: node.range } : undefined;
  }

  /** An entry that is wrong is a badge that says so, as long as its label names a file. */
  private staticBadges(): readonly Written<StaticBadgeDefinition | BrokenBadge>[] | undefined {
    const node = this.value(this.root, 'static_badges');
    if (node?.type !== 'array') return undefined;
    return node.items.flatMap((item) => {
      const value = !this.isSound(item) ? this.brokenBadge(item) : item.type === 'object' ? this.staticTable(item) : staticRow(item);
      return value ? [{ value, range: item.range }] : [];
    });
  }

  private brokenBadge(node: TreeNode): BrokenBadge | null {
    const written = node.type === 'array' ? node.items[0] : node.type === 'object' ? this.value(node, 'label') : undefined;
    const label = written && writtenText(written);
    return label != null && 'stem' in stemOf(label) ? { label, mistake: this.mistakeIn(node) } : null;
  }

  private staticTable(node: ObjectNode): StaticBadgeDefinition {
    const link = this.text(node, 'link')?.value;
    return {
      label: this.text(node, 'label')?.value ?? '',
      message: this.text(node, 'message')?.value ?? '',
      color: this.text(node, 'color')?.value ?? defaultStaticColor,
      ...this.look(node),
      ...(link !== undefined && { link }),
    };
  }

  private overrides(): GeneratorDefinition['overrides'] {
    const node = this.value(this.root, 'badges');
    if (node?.type !== 'object') return undefined;
    const overrides = new Map<string, Written<BadgeOverride>>();
    for (const { key, value } of node.properties) {
      if (value.type === 'null' || overrides.has(key)) continue;
      overrides.set(key, { value: value.type === 'object' ? this.override(value) : { mistake: this.mistakeIn(value) }, range: value.range });
    }
    return overrides;
  }

  private override(node: ObjectNode): BadgeOverride {
    const label = this.text(node, 'label')?.value;
    const options = this.factOptions(node);
    const color = this.color(node);
    return {
      ...(label !== undefined && { label }),
      ...(color !== undefined && { color }),
      ...this.look(node),
      ...(Object.keys(options).length > 0 && { options }),
      ...(!this.isSound(node) && { mistake: this.mistakeIn(node) }),
    };
  }

  private factOptions(node: ObjectNode): FactOptions {
    const branch = this.text(node, 'branch')?.value;
    const job = this.text(node, 'job')?.value;
    const milestone = this.text(node, 'milestone')?.value;
    const name = this.text(node, 'package')?.value;
    const labels = this.value(node, 'labels');
    const prerelease = this.value(node, 'prerelease');
    return {
      ...(branch !== undefined && { branch }),
      ...(job !== undefined && { job }),
      // With one label less, more would be counted than was asked for.
      ...(labels?.type === 'array' && this.isSound(labels) && { labels: labels.items.flatMap((item) => writtenText(item) ?? []) }),
      ...(milestone !== undefined && { milestone }),
      ...(prerelease?.type === 'boolean' && { prerelease: prerelease.value }),
      ...(name !== undefined && { package: name }),
    };
  }

  /** One path, glob or artifact, or a list of them, as a list. One that is wrong stays in it: a sum without it would be another one. */
  private reports(key: keyof GeneratorFile): readonly Written<ReportSource>[] | undefined {
    const node = this.value(this.root, key);
    if (!node) return undefined;
    return (node.type === 'array' ? node.items : [node]).flatMap((item) => {
      const value = !this.isSound(item) ? { mistake: this.mistakeIn(item) } : item.type === 'object' ? this.artifact(item) : writtenText(item);
      return value === null ? [] : [{ value, range: item.range }];
    });
  }

  private artifact(node: ObjectNode): ArtifactSource {
    const branch = this.text(node, 'branch')?.value;
    return { job: this.text(node, 'job')?.value ?? '', path: this.text(node, 'path')?.value ?? '', ...(branch !== undefined && { branch }) };
  }

  /** A list of texts. */
  private texts(key: keyof GeneratorFile): readonly Written<string>[] | undefined {
    const node = this.value(this.root, key);
    if (node?.type !== 'array') return undefined;
    return this.soundItems(node.items).flatMap((item) => {
      const value = writtenText(item);
      return value === null ? [] : [{ value, range: item.range }];
    });
  }
}

function staticRow(node: TreeNode): StaticBadgeDefinition | null {
  if (node.type !== 'array') return null;
  const [label = '', message = '', color = defaultStaticColor] = node.items.map((item) => writtenText(item) ?? '');
  return { label, message, color };
}
