import type { PublishDefinition, PublishedList, Written } from '../core/definition';
import type { BadgeRecord } from '../core/plan';
import type { Problem, Range, Severity } from '../core/problem';
import { complaintsAboutBadgeUrl } from './badgeUrl';
import { memberOf, propertyOf } from './tree';
import type { ObjectNode, Property, TreeNode } from './tree';
import { textOf } from './validate';
import { quoted } from './words';

interface PublishReading {
  /** Undefined where there is no `publish` section. */
  readonly definition: PublishDefinition | undefined;
  /** What the shape of the section alone does not tell. */
  readonly problems: readonly Problem[];
}

interface PublishSource {
  readonly root: ObjectNode;
  readonly text: string;
  /** Whether the shapes leave a node usable. */
  readonly isSound: (node: TreeNode) => boolean;
  /** Whether a part of the text could not be understood: then any list may lack an entry. */
  readonly isPatchy: boolean;
}

/** Longest name, in characters, that GitLab's database keeps. */
export const maxBadgeName = 255;

/** Whether a text can be the full path of a group: `acme/web`. A number is an id. */
export function isGroupPath(text: string): boolean {
  return /^[\w.-]+(?:\/[\w.-]+)*$/.test(text) && !/^\d+$/.test(text);
}

/** Reads the section `publish`. An entry that is wrong costs itself, and keeps its list from deleting anything. */
export function readPublish(source: PublishSource): PublishReading {
  const sections = source.root.properties.filter(({ key, value }) => key === 'publish' && value.type !== 'null');
  const [section] = sections;
  return section ? new PublishReader(source, section, sections.length > 1).read() : { definition: undefined, problems: [] };
}

class PublishReader {
  private readonly problems: Problem[] = [];
  private readonly isPatchy: boolean;

  constructor(
    private readonly source: PublishSource,
    private readonly section: Property,
    isTwice: boolean,
  ) {
    this.isPatchy = source.isPatchy || isTwice;
  }

  read(): PublishReading {
    const { value, keyRange } = this.section;
    if (value.type !== 'object') return { definition: { prune: false, project: unreadable(value.range), groups: new Map() }, problems: [] };
    const pruneNode = propertyOf(value, 'prune')?.value;
    const prune = pruneNode?.type === 'boolean' && pruneNode.value;
    const project = this.project(value);
    if (prune && !project) {
      const message = '“prune” leaves the badges of the project alone, because “project” lists none: write “project: []” if all of them are to go.';
      this.report('prune-without-project', message, propertyOf(value, 'prune')?.keyRange ?? keyRange, 'info');
    }
    return { definition: { prune, project, groups: this.groups(value) }, problems: this.problems };
  }

  private project(section: ObjectNode): PublishedList | null {
    const [first, second] = given(section, 'project');
    if (!first) return null;
    const list = this.list(first.value);
    return second ? withBroken(list, second.keyRange) : list;
  }

  private groups(section: ObjectNode): PublishDefinition['groups'] {
    const lists = new Map<string, PublishedList>();
    const spellings = new Map<string, string>();
    const [groups, again] = given(section, 'groups');
    for (const { key, keyRange, value } of groups?.value.type === 'object' ? groups.value.properties : []) {
      if (!this.judgeGroupPath(key, keyRange)) continue;
      const earlier = spellings.get(key.toLowerCase());
      if (earlier !== undefined) {
        this.report('duplicate-group', `The group ${quoted(key)} is listed above already: put its badges into that list.`, keyRange);
        lists.set(earlier, withBroken(lists.get(earlier) as PublishedList, keyRange));
        continue;
      }
      spellings.set(key.toLowerCase(), key);
      const list = this.list(value);
      lists.set(key, again ? withBroken(list, again.keyRange) : list);
    }
    return lists;
  }

  private judgeGroupPath(path: string, range: Range): boolean {
    if (isGroupPath(path)) return true;
    this.report('bad-group', `${quoted(path)} is not the full path of a group: write it as in the address of the group's page, such as acme/web.`, range);
    return false;
  }

  private list(node: TreeNode): PublishedList {
    if (node.type !== 'array') return unreadable(node.range);
    const badges: Written<BadgeRecord>[] = [];
    const broken: Written<string | null>[] = this.isPatchy ? [{ value: null, range: node.range }] : [];
    const names = new Set<string>();
    for (const item of node.items) {
      const nameNode = memberOf(item, 'name');
      const record = item.type === 'object' ? this.record(item) : null;
      if (record) badges.push({ value: record, range: item.range });
      else broken.push({ value: (nameNode && textOf(nameNode, { asWritten: true })) ?? null, range: item.range });
      if (!record || record.name === null) continue;
      if (names.has(record.name)) {
        const message = `Another badge of this list is named ${quoted(record.name)}, too: GitLab shows both, and they are told apart by their image URL only.`;
        this.report('duplicate-name', message, nameNode?.range ?? item.range, 'warning');
      }
      names.add(record.name);
    }
    return { badges, broken, range: node.range };
  }

  /** Null where the entry cannot be used. Every part is judged, so that all that is wrong is said at once. */
  private record(item: ObjectNode): BadgeRecord | null {
    const name = this.part(item, 'name');
    const linkUrl = this.part(item, 'link_url');
    const imageUrl = this.part(item, 'image_url');
    const fine = [this.judgeName(name), this.judgeUrl(linkUrl), this.judgeUrl(imageUrl)].every(Boolean);
    if (!fine || !linkUrl || !imageUrl || !this.source.isSound(item)) return null;
    return { name: name?.value ?? null, link_url: linkUrl.value.trim(), image_url: imageUrl.value.trim() };
  }

  private part(item: ObjectNode, key: string): { readonly value: string; readonly range: Range } | null {
    const node = propertyOf(item, key)?.value;
    const value = node && this.source.isSound(node) ? textOf(node, key === 'name' ? { asWritten: true } : {}) : null;
    return node && value !== null ? { value, range: node.range } : null;
  }

  private judgeName(name: { readonly value: string; readonly range: Range } | null): boolean {
    const length = name ? [...name.value].length : 0;
    if (!name || length <= maxBadgeName) return true;
    this.report('long-name', `The name has ${length} characters; GitLab keeps ${maxBadgeName} at most.`, name.range);
    return false;
  }

  private judgeUrl(url: { readonly value: string; readonly range: Range } | null): boolean {
    if (!url) return true;
    const complaints = complaintsAboutBadgeUrl(url.value);
    for (const { code, severity, message, about } of complaints) this.report(code, message, about === null ? url.range : this.locate(about, url.range), severity);
    return complaints.every(({ severity }) => severity !== 'error');
  }

  /** Where a part of a text is written, if it is written as it is. */
  private locate(part: string, range: Range): Range {
    const at = this.source.text.slice(range.start, range.end).indexOf(part);
    return at < 0 ? range : { start: range.start + at, end: range.start + at + part.length };
  }

  private report(code: string, message: string, range: Range, severity: Severity = 'error'): void {
    this.problems.push({ code, severity, message, range });
  }
}

/** All properties of a key that have a value: a key that is given twice is a problem, and the first counts. */
function given(node: ObjectNode, key: string): readonly Property[] {
  return node.properties.filter((property) => property.key === key && property.value.type !== 'null');
}

function unreadable(range: Range): PublishedList {
  return { badges: [], broken: [{ value: null, range }], range };
}

function withBroken(list: PublishedList, range: Range): PublishedList {
  return { ...list, broken: [...list.broken, { value: null, range }] };
}
