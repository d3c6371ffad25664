import { isShieldsColor, parseColor } from '../../core/color';
import { leastContrast, textContrast } from '../../core/contrast';
import { defaultFactStems, expandFacts, factOptions, type FactOptions, factStems } from '../../core/facts';
import { expandJunit, junitStems } from '../../core/junitStems';
import { nearest } from '../../core/nearest';
import { findPlaceholders, isPlaceholderName, resolvePlaceholders } from '../../core/placeholder';
import type { Problem, Range, Severity } from '../../core/problem';
import { stemOf } from '../../core/stem';
import { partOf } from '../place';
import { complaintAbout } from '../textChecks';
import { memberOf, propertyOf, type ArrayNode, type ObjectNode, type StringNode, type TreeNode } from '../tree';
import { numberKey, textOf } from '../validate';
import { anyOf, didYouMean, quoted } from '../words';
import { artifactComplaint, readArtifactUrl } from './artifactUrl';
import { visitShapes, type ConfigDocument } from './document';
import type { Values } from './values';

const allOptions = new Set<string>(Object.values(factOptions).flatMap((options) => options ?? []));

/** What is wrong with the configuration of the generator although each value by itself is allowed, or does not fit what lies around it. */
export function judgeGenerator(document: ConfigDocument, values: Values): readonly Problem[] {
  if (document.root?.type !== 'object') return [];
  return new Judge(document, document.root, values).judge();
}

class Judge {
  private readonly problems: Problem[] = [];

  constructor(
    private readonly document: ConfigDocument,
    private readonly root: ObjectNode,
    private readonly values: Values,
  ) {}

  judge(): readonly Problem[] {
    this.judgeStems();
    this.judgeRepeated('facts', 'This fact badge is listed above already.');
    this.judgeRepeated('link_badges', 'This URL is listed above already: the same badge would be made twice.');
    this.judgeOverrides();
    visitShapes(this.document, (node, shape) => {
      if (shape.type === 'map' && shape.numericKeys && node.type === 'object') this.judgeThresholds(node);
      if (shape.type === 'record' && shape.name === 'artifact' && node.type === 'object') this.judgeArtifactSource(node);
      if (shape.type !== 'text') return;
      if ((shape.source === 'report' || shape.source === 'valueFile') && node.type === 'string') this.judgeFiles(node);
      if (shape.source === 'badgeUrl' && node.type === 'string') this.judgeUrl(node);
      if (shape.check === 'link' && node.type === 'string') this.judgeLink(node);
      if (shape.check === 'color') this.judgeContrast(node, textOf(node, shape));
    });
    return this.problems;
  }

  /** Static and template badges that would share a file with each other or with a badge that is always made. */
  private judgeStems(): void {
    const makers = new Map<string, string>();
    for (const stem of this.madeStems()) makers.set(stem, 'a badge that is made anyway');
    for (const { label, range } of ownLabels(this.root)) {
      const result = stemOf(label);
      if (!('stem' in result)) continue;
      const key = result.stem.toLowerCase();
      const other = makers.get(key);
      if (other !== undefined) this.report('duplicate-stem', `The label ${quoted(label)} makes the file ${quoted(result.stem)}, as ${other} does: the later badge would be lost. Choose another label.`, range);
      else makers.set(key, `the badge ${quoted(label)} above`);
    }
  }

  private madeStems(): readonly string[] {
    const facts = propertyOf(this.root, 'facts')?.value;
    const wanted = facts?.type === 'array' ? expandFacts(facts.items.flatMap((item) => (item.type === 'string' ? [item.value] : []))) : defaultFactStems;
    const has = (key: string) => (propertyOf(this.root, key)?.value.type ?? 'null') !== 'null';
    const junit = propertyOf(this.root, 'junit_badges')?.value;
    const junitWanted = expandJunit(junit?.type === 'array' ? junit.items.flatMap((item) => (item.type === 'string' ? [item.value] : [])) : 'all');
    return [...wanted, ...(has('junit_xml') ? junitWanted : []), ...(has('coverage_report') ? ['coverage', 'branch_coverage'] : []), ...(has('findings_report') ? ['findings'] : [])];
  }

  private judgeRepeated(key: string, message: string): void {
    const seen = new Set<string>();
    for (const item of this.items(key)) {
      if (item.type !== 'string') continue;
      if (seen.has(item.value)) this.report('duplicate-item', message, item.range);
      seen.add(item.value);
    }
  }

  /** Changes to badges that nobody makes. Which stems link badges have, only their SVGs tell. */
  private judgeOverrides(): void {
    const overrides = propertyOf(this.root, 'badges')?.value;
    if (overrides?.type !== 'object') return;
    const made = [...this.madeStems(), ...ownStems(this.document)];
    const all = [...made, ...factStems, ...junitStems, ...(this.values.stems ?? [])];
    for (const { key, keyRange, value } of overrides.properties) {
      if (value.type === 'object') this.judgeOptions(key, value);
      if (made.includes(key) || this.values.stems?.includes(key)) continue;
      if ((factStems as readonly string[]).includes(key)) {
        this.report('unused-override', `The badge ${quoted(key)} is not in the list “facts”, so this changes nothing.`, keyRange, 'info');
        continue;
      }
      const guess = nearest(key, all);
      const isMaybeMade = all.includes(key) || this.items('link_badges').length > 0;
      if (guess === null && isMaybeMade) continue;
      if (guess !== null && guess !== key) this.report('unknown-stem', `No badge that is made here has the file name ${quoted(key)}.${didYouMean(guess)}`, keyRange, 'warning');
      else if (!isMaybeMade) this.report('unknown-stem', `No badge that is made here has the file name ${quoted(key)}; it counts only for a JSON file of that name in the output folder.`, keyRange, 'info');
    }
  }

  private judgeOptions(stem: string, override: ObjectNode): void {
    const known = factOptions[stem] ?? [];
    for (const { key, keyRange } of override.properties) {
      if (!allOptions.has(key) || known.includes(key as keyof FactOptions)) continue;
      const instead = known.length === 0 ? '' : ` What narrows it down is ${anyOf(known)}.`;
      this.report('unused-option', `${quoted(key)} says nothing about the badge ${quoted(stem)}.${instead}`, keyRange);
    }
  }

  private judgeThresholds(node: ObjectNode): void {
    const seen = new Set<number>();
    for (const { key, keyRange } of node.properties) {
      const value = numberKey(key);
      if (value === null) continue;
      if (seen.has(value)) this.report('duplicate-threshold', `A colour from ${value} on is given above already: the first one counts.`, keyRange);
      seen.add(value);
    }
  }

  private judgeContrast(node: TreeNode, text: string | null): void {
    const color = text === null || isShieldsColor(text) ? null : parseColor(text);
    if (!color || textContrast(color.hex) >= leastContrast) return;
    const ratio = Math.floor(textContrast(color.hex) * 10) / 10;
    this.report('low-contrast', `The text of a badge is hard to read on ${quoted(text ?? '')}: the contrast is ${ratio} : 1, and WCAG asks for ${leastContrast} : 1 at least. Choose a darker or a lighter colour.`, node.range);
  }

  private judgeFiles(node: StringNode): void {
    if (this.values.filesOf?.get(node.value)?.length !== 0) return;
    const what = /[*?[{]/.test(node.value) ? 'No file matches' : 'There is no file';
    this.report('no-file', `${what} ${quoted(node.value)} in the workspace folder right now. That is fine if a job makes it.`, node.range, 'info');
  }

  /** The URL of a link badge or of a click on a static one, where GitLab replaces nothing. */
  private judgeLink(node: StringNode): void {
    const [placeholder] = findPlaceholders(node.value);
    if (!placeholder) return;
    this.report('placeholder-without-effect', `GitLab replaces placeholders in the URLs of “publish” only: here %{${placeholder.name.slice(0, 40)}} stays as it is.`, this.within(node, placeholder.range));
  }

  private judgeUrl(node: StringNode): void {
    this.judgePlaceholders(node);
    this.judgeArtifact(node);
  }

  private judgePlaceholders(node: StringNode): void {
    const { placeholders = {}, unsupportedPlaceholders = [] } = this.values;
    for (const { name, range, known } of findPlaceholders(node.value)) {
      if (!known || !isPlaceholderName(name)) continue;
      if (unsupportedPlaceholders.includes(name)) this.report('unsupported-placeholder', `This GitLab is too old for %{${name}}: it stays in the URL as text.`, this.within(node, range));
      else if (placeholders[name] === null) this.report('empty-placeholder', `%{${name}} stands for nothing in this project yet, so it stays in the URL as text.`, this.within(node, range), 'info');
    }
    for (const match of node.value.matchAll(/%(?:25)?%?7B(\w+)%7D/gi)) {
      const name = match[1] ?? '';
      if (!isPlaceholderName(name)) continue;
      this.report('outdated-placeholder', `Only old versions of GitLab replace a placeholder that is percent-encoded: write %{${name}}.`, this.within(node, { start: match.index, end: match.index + match[0].length }));
    }
  }

  private judgeArtifact(node: StringNode): void {
    const url = readArtifactUrl(node.value);
    const complaint = url && this.isOwnProject(url.base) ? artifactComplaint(url, this.values.ci) : null;
    if (complaint) this.report(complaint.code, complaint.message, this.within(node, complaint.range));
  }

  /** A report that a job of the last pipeline is to have kept. */
  private judgeArtifactSource(node: ObjectNode): void {
    const [job, path] = [propertyOf(node, 'job')?.value, propertyOf(node, 'path')?.value];
    if (job?.type !== 'string' || path?.type !== 'string') return;
    const complaint = artifactComplaint({ base: '', job: job.value, jobRange: job.range, file: path.value, fileRange: path.range }, this.values.ci);
    if (complaint) this.report(complaint.code, complaint.message, complaint.range);
  }

  /** Whether a URL leads into the project whose `.gitlab-ci.yml` lies here. */
  private isOwnProject(base: string): boolean {
    const { project } = this.values;
    if (/\/%\{project_path\}$/.test(base)) return !project || base.toLowerCase().startsWith(project.instance.toLowerCase());
    if (!project) return false;
    const resolved = resolvePlaceholders(base, this.values.placeholders ?? {});
    return resolved.toLowerCase() === `${project.instance}/${project.path}`.toLowerCase();
  }

  /** Where a part of a text stands, if it is written as it is. */
  private within(node: TreeNode, part: Range): Range {
    return partOf(this.document.text, node, part);
  }

  private items(key: string): ArrayNode['items'] {
    const node = propertyOf(this.root, key)?.value;
    return node?.type === 'array' ? node.items : [];
  }

  private report(code: string, message: string, range: Range, severity: Severity = 'warning'): void {
    this.problems.push({ code, severity, message, range });
  }
}

/** The file names of the badges that a text itself makes: static ones, and those of templates. */
export function ownStems({ root }: ConfigDocument): readonly string[] {
  return ownLabels(root).flatMap(({ label }) => {
    const result = stemOf(label);
    return 'stem' in result ? [result.stem] : [];
  });
}

function ownLabels(root: TreeNode | null): readonly { readonly label: string; readonly range: Range }[] {
  const lists = ['static_badges', 'template_badges'].map((key) => memberOf(root, key));
  return lists.flatMap((list) => (list?.type === 'array' ? list.items : [])).flatMap((item) => {
    const node = item.type === 'array' ? item.items[0] : memberOf(item, 'label');
    const label = node && textOf(node, { asWritten: true });
    // What an alias stands for is written elsewhere, and right there.
    const isHere = node && item.range.start <= node.range.start && node.range.end <= item.range.end;
    return node && typeof label === 'string' ? [{ label, range: isHere ? node.range : item.range }] : [];
  });
}

/** Paths and globs of files that the text names, to be looked for: see `Values.filesOf`. */
export function namedFiles(document: ConfigDocument): readonly string[] {
  const files = new Set<string>();
  visitShapes(document, (node, shape) => {
    if (shape.type === 'text' && (shape.source === 'report' || shape.source === 'valueFile') && node.type === 'string' && complaintAbout('path', node.value) === null) files.add(node.value);
  });
  return [...files];
}
