import { parseUrl } from '../../config/parseUrl';
import { differences } from '../../core/plan';
import { rowTraits } from '../contributions';
import { folderReasons, inheritedCount, noBadgeName, noPublishedBadges, notInConfiguration, notRead, onGitLab, otherGroups, readBefore, scopeNames, willBeDeleted } from '../messages';
import { oneLine } from '../oneLine';
import type { FolderState } from '../view/folderModel';
import type { RowLook } from '../view/rowLook';
import { shownUrl, type PublishedBadge, type PublishedTarget } from './published';
import type { ReadPublished } from './publishedModel';

export function targetRow(target: PublishedTarget): RowLook {
  const { isInherited, access, changes, failure } = target;
  const notes = [
    ...(failure === null ? [] : [oneLine(failure)]),
    ...(isInherited ? [inheritedCount(target.badges.length)] : []),
    ...(access.may || failure !== null ? [] : [access.why]),
    ...(changes === null && target.target?.scope === 'project' ? [notInConfiguration()] : []),
  ];
  const label = target.target ? scopeNames[target.target.scope] : scopeNames.group;
  const description = [target.target?.path ?? otherGroups(), ...notes].join(' · ');
  return {
    label,
    description,
    ...(failure === null ? {} : { icon: 'warning', color: 'list.warningForeground' }),
    spoken: `${label} ${description}`,
    traits: [rowTraits.target, ...(access.may ? [rowTraits.writable] : [])].join(' '),
  };
}

export function publishedRow(entry: PublishedBadge, target: PublishedTarget): RowLook {
  const { badge, record } = entry;
  const label = (record.name && oneLine(record.name)) || noBadgeName();
  const description = descriptionOf(entry);
  const traits = [badge ? rowTraits.published : rowTraits.pending, ...(target.access.may ? [rowTraits.writable] : [])].join(' ');
  return { label, description, ...iconOf(entry), spoken: `${label}: ${description || onGitLab()}`, traits };
}

/** Where the picture is that GitLab shows; null where it shows none. */
export function pictureUrl(entry: PublishedBadge): string | null {
  if (!entry.badge) return null;
  const { value, shown, before } = urlRow(entry, 'image_url');
  const url = before === null ? (shown ?? value) : entry.badge.rendered_image_url;
  return parseUrl(url) ? url : null;
}

/** What is said above the badges, or in their place; the other states have a text of their own. */
export function publishedMessage(state: FolderState<ReadPublished>): string {
  if (state.kind === 'nothing' && state.obstacle === 'error') return notRead(state.detail ?? folderReasons.error);
  if (state.kind !== 'read') return '';
  if (state.trouble !== undefined) return readBefore(state.trouble, new Date(state.published.at).toLocaleTimeString());
  return state.published.targets.every(({ badges, changes, failure }) => badges.length === 0 && !changes?.length && failure === null) ? noPublishedBadges() : '';
}

/** A URL of a badge, with its new value where a push would change it. */
export function urlRow({ badge, change, record }: PublishedBadge, field: 'link_url' | 'image_url'): { readonly value: string; readonly shown: string | null; readonly before: string | null } {
  const changed = change?.action === 'update' && differences(change.before, change.after).includes(field);
  const value = record[field];
  const rendered = field === 'link_url' ? badge?.rendered_link_url : badge?.rendered_image_url;
  const shown = badge && !changed && rendered !== undefined ? shownUrl(value, rendered) : null;
  return { value, shown: shown === value ? null : shown, before: changed ? change.before[field] : null };
}

function descriptionOf({ change, isListed }: PublishedBadge): string {
  if (change === null || (change.action === 'keep' && isListed)) return '';
  return change.action === 'delete' ? willBeDeleted(change.reason) : change.reason;
}

function iconOf({ change, isListed }: PublishedBadge): Pick<RowLook, 'icon' | 'color'> {
  switch (change?.action) {
    case 'create':
      return { icon: 'diff-added', color: 'gitDecoration.addedResourceForeground' };
    case 'update':
      return { icon: 'diff-modified', color: 'gitDecoration.modifiedResourceForeground' };
    case 'delete':
      return { icon: 'diff-removed', color: 'gitDecoration.deletedResourceForeground' };
    case 'keep':
      return { icon: isListed ? 'check' : 'circle-outline' };
    case undefined:
      return { icon: 'circle-outline' };
  }
}
