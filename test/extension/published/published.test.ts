import assert from 'node:assert/strict';
import { planBadges, type BadgeRecord } from '../../../src/core/plan';
import { badgesOf, pendingChanges, shownUrl, type PublishedTarget } from '../../../src/extension/published/published';
import { publishedRow, targetRow, urlRow } from '../../../src/extension/published/publishedRow';
import type { GitLabBadge } from '../../../src/gitlab/badges';

const link = 'https://gitlab.example.com/%{project_path}';
const image = (name: string) => `${link}/badges/${name}.svg`;
const record = (name: string, changed: Partial<BadgeRecord> = {}): BadgeRecord => ({ name, link_url: link, image_url: image(name), ...changed });
const standing = (id: number, name: string): GitLabBadge => {
  const badge = record(name);
  const rendered = (url: string) => url.replace('%{project_path}', 'acme/shop');
  return { ...badge, id, kind: 'project', rendered_link_url: rendered(badge.link_url), rendered_image_url: rendered(badge.image_url) };
};

function target(badges: readonly GitLabBadge[], wanted: readonly BadgeRecord[] | null, changed: Partial<PublishedTarget> = {}, prune = false): PublishedTarget {
  const of = { scope: 'project', path: 'acme/shop' } as const;
  return { target: of, isInherited: false, access: { may: true }, badges, changes: wanted && planBadges(of, wanted, badges, { prune }), listed: wanted?.length ?? 0, failure: null, ...changed };
}

/** The rows as the view has them: icon, name, what is to be said. */
function rows(of: PublishedTarget): readonly string[] {
  return badgesOf(of).map((entry) => {
    const { icon, label, description } = publishedRow(entry, of);
    return `${icon} ${label} ${description}`.trim();
  });
}

describe('the rows of published badges', () => {
  const badges = [standing(1, 'pipeline'), standing(2, 'coverage')];

  it('show what stands on GitLab where the configuration lists nothing', () => assert.deepEqual(rows(target(badges, null)), ['circle-outline pipeline', 'circle-outline coverage']));

  it('show what a push would do, in the order of GitLab, then what is new', () => {
    const wanted = [record('license'), record('coverage', { image_url: 'https://example.org/c.svg' }), record('pipeline')];
    assert.deepEqual(rows(target(badges, wanted)), ['check pipeline', 'diff-modified coverage image URL differs', 'diff-added license not on GitLab yet']);
  });

  it('show what is not listed, and what is to be deleted', () => {
    assert.deepEqual(rows(target(badges, [record('pipeline')])), ['check pipeline', 'circle-outline coverage not in the configuration, and prune is off']);
    assert.deepEqual(rows(target(badges, [record('pipeline')], {}, true)), ['check pipeline', 'diff-removed coverage to be deleted: not in the configuration']);
  });

  it('count what a push would change', () => {
    const wanted = [record('license'), record('pipeline')];
    const published = { project: 'acme/shop', instance: 'https://gitlab.example.com', example: { id: 1, path: 'acme/shop', defaultBranch: 'main' }, configFile: null, prune: false, mayWrite: true, at: '', targets: [target(badges, wanted, {}, true), target(badges, null)] };
    assert.equal(pendingChanges(published), 2);
  });

  it('offer changes only where the token may make them', () => {
    const mine = target(badges, [record('new')]);
    const others = { ...mine, access: { may: false, why: 'needs Maintainer' } } as const;
    assert.deepEqual(badgesOf(mine).map((entry) => publishedRow(entry, mine).traits), ['published writable', 'published writable', 'pending writable']);
    assert.deepEqual(badgesOf(others).map((entry) => publishedRow(entry, others).traits), ['published', 'published', 'pending']);
    assert.equal(targetRow(mine).traits, 'target writable');
    assert.equal(targetRow(others).description, 'acme/shop · needs Maintainer');
  });

  it('are one line each, and name what has no name', () => {
    const odd = target([{ ...standing(1, 'a'), name: 'two\nlines' }, { ...standing(2, 'b'), name: null }], null);
    assert.deepEqual(rows(odd), ['circle-outline two lines', 'circle-outline (no name)']);
  });

  it('say where badges come from', () => {
    const group = target([standing(1, 'release')], null, { target: { scope: 'group', path: 'acme' }, isInherited: true, access: { may: false, why: 'needs Owner' } });
    assert.equal(targetRow(group).spoken, 'group acme · inherited, 1 · needs Owner');
    assert.equal(targetRow({ ...group, target: null }).description, 'above, which this token may not read · inherited, 1 · needs Owner');
    assert.equal(targetRow(target([], null)).description, 'acme/shop · not configured');
    assert.equal(targetRow(target([], [], { failure: 'could not be read: gone', access: { may: false, why: 'x' } })).description, 'acme/shop · could not be read: gone');
  });
});

describe('a URL of a published badge', () => {
  it('is shown with its placeholders replaced', () => {
    const [entry] = badgesOf(target([standing(1, 'a')], null));
    assert.deepEqual(urlRow(entry!, 'image_url'), { value: image('a'), shown: 'https://gitlab.example.com/acme/shop/badges/a.svg', before: null });
  });

  it('is shown with its old value where a push would change it', () => {
    const [entry] = badgesOf(target([standing(1, 'a')], [record('a', { image_url: 'https://example.org/a.svg' })]));
    assert.deepEqual(urlRow(entry!, 'image_url'), { value: 'https://example.org/a.svg', shown: null, before: image('a') });
    assert.equal(urlRow(entry!, 'link_url').before, null);
  });

  const rendered: [fact: string, written: string, old: string, escaped: string][] = [
    ['without placeholders', 'https://a.example/x%20y', 'https://a.example/x%20y', 'https://a.example/x%2520y'],
    ['with an escape beside a placeholder', 'https://a.example/%{project_path}.svg?text=a%20b', 'https://a.example/acme/shop.svg?text=a%20b', 'https://a.example/acme/shop.svg?text=a%2520b'],
    ['with an escape before a placeholder', 'https://a.example/%2F/%{project_id}', 'https://a.example/%2F/7', 'https://a.example/%252F/7'],
    ['with a letter that is escaped', 'https://a.example/ü/%{project_id}', 'https://a.example/ü/7', 'https://a.example/%C3%BC/7'],
    ['with a placeholder that stays', 'https://a.example/%{x}/%{project_id}', 'https://a.example/%{x}/7', 'https://a.example/%25%7Bx%7D/7'],
    ['with a lone %', 'https://a.example/%{project_id}/100%', 'https://a.example/7/100%', 'https://a.example/7/100%25'],
    ['with a value that looks like a part of the URL', 'https://a.example/%{project_name}/a/%{project_id}/a', 'https://a.example/a/a/a/7/a', 'https://a.example/a/a/a/7/a'],
  ];
  for (const [fact, written, old, escaped] of rendered) {
    it(`${fact} is the same whether or not GitLab escapes what it renders`, () => assert.deepEqual([shownUrl(written, old), shownUrl(written, escaped)], [old, old]));
  }
  it('may keep the escapes of a value, which mean the same', () => assert.equal(shownUrl('https://a.example/%{project_title}', 'https://a.example/The%20Shop'), 'https://a.example/The%20Shop'));
  it('behind an asset proxy is that of the proxy', () => assert.equal(shownUrl('https://a.example/%{project_id}.svg', 'https://assets.example/0a1b/68747470'), 'https://assets.example/0a1b/68747470'));
});
