import assert from 'node:assert/strict';
import { planBadges, type BadgeRecord, type Target } from '../../../src/core/plan';
import type { PublishedTarget } from '../../../src/extension/published/published';
import type { ReadPublished } from '../../../src/extension/published/publishedModel';
import { badgeOfPage, publishedPage } from '../../../src/extension/published/publishedPageView';
import type { FolderState } from '../../../src/extension/view/folderModel';
import type { GitLabBadge } from '../../../src/gitlab/badges';

const written = (name: string): BadgeRecord => ({ name, link_url: 'https://gitlab.example.com/%{project_path}', image_url: `https://gitlab.example.com/%{project_path}/${name}.svg` });
const standing = (id: number, name: string, kind: GitLabBadge['kind'] = 'project'): GitLabBadge => ({
  ...written(name),
  id,
  kind,
  rendered_link_url: 'https://gitlab.example.com/acme/shop',
  rendered_image_url: `https://gitlab.example.com/acme/shop/${name}.svg`,
});
const project: Target = { scope: 'project', path: 'acme/shop' };
const group: Target = { scope: 'group', path: 'acme' };
const own = (badges: readonly GitLabBadge[], wanted: readonly BadgeRecord[] | null = null): PublishedTarget => ({
  target: project,
  isInherited: false,
  access: { may: true },
  badges,
  changes: wanted && planBadges(project, wanted, badges, { prune: false }),
  listed: wanted?.length ?? 0,
  failure: null,
});
const inherited = (badges: readonly GitLabBadge[]): PublishedTarget => ({ ...own(badges), target: group, isInherited: true, access: { may: false, why: 'needs Owner' } });
const read = (targets: readonly PublishedTarget[]): FolderState<ReadPublished> => ({
  kind: 'read',
  published: { project: 'acme/shop', instance: 'https://gitlab.example.com', example: { id: 1, path: 'acme/shop', defaultBranch: 'main' }, targets, configFile: null, prune: false, mayWrite: true, at: '2026-03-01T00:00:00.000Z' },
});
const page = (targets: readonly PublishedTarget[]) => publishedPage('shop', read(targets), false);
const badges = (targets: readonly PublishedTarget[]) => page(targets).targets.flatMap((target) => target.badges);

describe('the page of the badges on GitLab', () => {
  it('names the project, its groups, and what the token lacks there', () => {
    const { title, message, targets } = page([own([standing(1, 'a')]), inherited([standing(2, 'b', 'group')])]);
    assert.equal(title, 'Badges of acme/shop on gitlab.example.com');
    assert.equal(message, '');
    assert.deepEqual(targets.map((target) => target.title), ['project acme/shop · not configured', 'group acme · inherited, 1 · needs Owner']);
  });

  it('has both URLs of a badge as they are shown and as they are written', () => {
    const [badge] = badges([own([standing(1, 'a')])]);
    assert.deepEqual(badge?.link, { written: 'https://gitlab.example.com/%{project_path}', shown: 'https://gitlab.example.com/acme/shop', before: null });
    assert.deepEqual(badge?.image, { written: 'https://gitlab.example.com/%{project_path}/a.svg', shown: 'https://gitlab.example.com/acme/shop/a.svg', before: null });
    assert.equal(badge?.picture, 'https://gitlab.example.com/acme/shop/a.svg');
  });

  it('shows the picture that GitLab shows, not the one of the configuration', () => {
    const [badge] = badges([own([standing(1, 'a')], [{ ...written('a'), image_url: 'https://example.org/new.svg' }])]);
    assert.equal(badge?.picture, 'https://gitlab.example.com/acme/shop/a.svg');
    assert.deepEqual(badge?.image, { written: 'https://example.org/new.svg', shown: null, before: 'https://gitlab.example.com/%{project_path}/a.svg' });
    assert.equal(badge?.state, 'image URL differs');
  });

  it('has no picture and no place for what is not on GitLab yet, and nothing to edit', () => {
    const [badge] = badges([own([], [written('new')])]);
    assert.deepEqual([badge?.picture, badge?.place, badge?.canEdit, badge?.state], [null, null, false, 'not on GitLab yet']);
  });

  it('has no picture where the address is none', () => assert.equal(badges([own([{ ...standing(1, 'a'), image_url: 'x', rendered_image_url: 'x' }])])[0]?.picture, null));

  it('places the badges of the project among those of its groups by age', () => {
    const all = badges([own([standing(2, 'second'), standing(9, 'last')]), inherited([standing(1, 'first', 'group')])]);
    assert.deepEqual(all.map(({ name, place }) => [name, place]), [['second', 2], ['last', 9], ['first', 1]]);
  });

  it('places no badge of a group that the project does not inherit from', () => assert.equal(badges([{ ...inherited([standing(1, 'other', 'group')]), isInherited: false }])[0]?.place, null));

  it('offers to edit what the token may change', () => assert.deepEqual(badges([own([standing(1, 'a')]), inherited([standing(2, 'b', 'group')])]).map(({ canEdit }) => canEdit), [true, false]));

  it('tells badges apart, also those that are not on GitLab yet', () => {
    const keys = badges([own([standing(1, 'a')], [written('a'), written('b'), written('b')]), inherited([standing(2, 'a', 'group')])]).map(({ key }) => key);
    assert.equal(new Set(keys).size, 4);
  });

  it('finds the badge of a key, and none for a key of another time', () => {
    const state = read([own([standing(1, 'a'), standing(2, 'b')], [written('new')])]);
    assert.equal(badgeOfPage(state, '2')?.entry.badge?.name, 'b');
    assert.equal(badgeOfPage(state, '3'), undefined);
    assert.equal(badgeOfPage(state, 'null'), undefined);
    assert.equal(badgeOfPage({ kind: 'loading' }, '1'), undefined);
  });

  const messages = {
    'while it is read': [{ kind: 'loading' }, 'Reading badges…'],
    'where nobody is signed in': [{ kind: 'nothing', obstacle: 'signedOut' }, 'shop: not signed in.'],
    'where it could not be read': [{ kind: 'nothing', obstacle: 'error', detail: 'GitLab cannot be reached.' }, 'GitLab cannot be reached. Refresh this view to try again.'],
    'where there is nothing': [read([own([])]), 'GitLab shows no badge for this project yet.'],
  } satisfies Record<string, readonly [FolderState<ReadPublished>, string]>;
  for (const [when, [state, text]] of Object.entries(messages)) it(`says so ${when}`, () => assert.equal(publishedPage('shop', state, false).message, text));

  it('says when the badges were read that could not be read again', () => {
    const state = read([own([standing(1, 'a')])]);
    const { message, targets } = publishedPage('shop', state.kind === 'read' ? { ...state, trouble: 'GitLab cannot be reached.' } : state, false);
    assert.match(message, /^GitLab cannot be reached\. These badges were read at .+\.$/);
    assert.equal(targets.length, 1);
  });
});
