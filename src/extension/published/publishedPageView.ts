import type { PublishedPage, ShownBadge, ShownUrl } from '../../webview/publishedProtocol';
import * as messages from '../messages';
import type { FolderState } from '../view/folderModel';
import type { ChosenBadge } from './changeBadge';
import { badgesOf } from './published';
import type { ReadPublished } from './publishedModel';
import { pictureUrl, publishedMessage, publishedRow, targetRow, urlRow } from './publishedRow';

/** What the page of the badges on GitLab shows of a folder. */
export function publishedPage(folderName: string, state: FolderState<ReadPublished>, busy: boolean): PublishedPage {
  const published = state.kind === 'read' ? state.published : null;
  return {
    title: published ? messages.publishedHeading(published.project, published.instance) : folderName,
    message: state.kind === 'loading' ? messages.loadingBadges() : state.kind === 'nothing' && state.obstacle !== 'error' ? messages.obstacleOf(folderName, state.obstacle) : publishedMessage(state),
    busy: busy || state.kind === 'loading',
    targets: (published?.targets ?? []).map((target) => ({ title: targetRow(target).spoken, badges: chosenOf(target).map(shownBadge) })),
  };
}

/** The badge that the page knows by a key; only one that stands on GitLab can be edited. */
export function badgeOfPage(state: FolderState<ReadPublished>, key: string): ChosenBadge | undefined {
  const all = state.kind === 'read' ? state.published.targets.flatMap(chosenOf) : [];
  return all.find(({ entry }) => entry.badge !== null && String(entry.badge.id) === key);
}

function chosenOf(target: ChosenBadge['target']): readonly ChosenBadge[] {
  return badgesOf(target).map((entry) => ({ target, entry }));
}

function shownBadge(chosen: ChosenBadge, index: number): ShownBadge {
  const { target, entry } = chosen;
  const { label, description } = publishedRow(entry, target);
  const isOnPage = target.isInherited || target.target?.scope === 'project';
  return {
    key: keyOf(chosen, index),
    name: label,
    state: description,
    picture: pictureUrl(entry),
    // GitLab shows the oldest first.
    place: entry.badge && isOnPage ? entry.badge.id : null,
    link: shownUrlOf(entry, 'link_url'),
    image: shownUrlOf(entry, 'image_url'),
    canEdit: entry.badge !== null && target.target !== null && target.access.may,
  };
}

function shownUrlOf(entry: ChosenBadge['entry'], field: 'link_url' | 'image_url'): ShownUrl {
  const { value, shown, before } = urlRow(entry, field);
  return { written: value, shown, before };
}

/** GitLab numbers the badges of all projects and groups together. */
function keyOf({ target, entry }: ChosenBadge, index: number): string {
  return entry.badge ? String(entry.badge.id) : `${target.target?.scope} ${target.target?.path} ${index}`;
}
