import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { CollectPorts } from '../../src/app/collect';
import { createConnection } from '../../src/gitlab/connection';
import { PublicFetchError, type PublicAnswer } from '../../src/sources/fetchPublic';
import { manyCommits, manyIssues, manyTags } from '../fakes/gitlab/builders';
import { accessLevel, type FakeProject, type FakeUser } from '../fakes/gitlab/data';
import { type FakeGitLab, startFakeGitLab } from '../fakes/gitlab/server';
import { badgeOf, endpointJson, generateIn, messageOf } from './generating';
import { tempFolder, type TempFolder } from './tempFolder';

/** Where badges-gitlab 1.0.2 goes wrong. Exit codes, proxies and servers of CI are in test/cli. */
describe('what the reference generator gets wrong', () => {
  let temp: TempFolder;
  let gitlab: FakeGitLab;
  let user: FakeUser;
  let shop: FakeProject;

  beforeEach(async () => {
    temp = tempFolder();
    gitlab = await startFakeGitLab();
    user = gitlab.data.addUser({ username: 'web-team' });
    shop = gitlab.data.addProject({ path: 'shop', namespace: gitlab.data.addGroup({ path: 'acme' }), members: [{ user, accessLevel: accessLevel.reporter }] });
    gitlab.data.addToken({ value: 'secret', user, scopes: ['read_api'] });
  });
  afterEach(async () => {
    temp.remove();
    await gitlab.close();
  });

  const onGitLab = (token = 'secret'): Pick<CollectPorts, 'project'> => ({
    project: {
      connection: createConnection({ instance: gitlab.url, token: { kind: 'private', value: token }, fetch: (url, init) => fetch(url, init), retry: { attempts: 1 } }),
      ref: { instance: gitlab.url, project: 'acme/shop' },
      isJobToken: false,
    },
  });

  it('1: contributors and releases are counted beyond one page', async () => {
    const authors = Array.from({ length: 130 }, (_, index) => ({ name: `A${index}`, email: `a${index}@example.com` }));
    manyCommits(gitlab.data, shop, 130, { authors });
    manyTags(gitlab.data, shop, 120, { author: user });
    for (const hideTotals of [false, true]) {
      gitlab.faults.hideTotals = hideTotals;
      const { snapshot } = await generateIn(temp, onGitLab());
      assert.deepEqual([messageOf(snapshot, 'contributors'), messageOf(snapshot, 'releases')], ['130', '120']);
    }
  });

  it('2: the commit count downloads no commits', async () => {
    manyCommits(gitlab.data, shop, 500);
    temp.put('.gitlab/badges.yaml', 'facts: [commits]');
    const { snapshot } = await generateIn(temp, onGitLab());
    assert.deepEqual([messageOf(snapshot, 'commits'), snapshot.requests], ['500', 1]);
  });

  it('3: a static or link badge may be the first file of a fresh folder', async () => {
    temp.put('.gitlab/badges.yaml', 'facts: []\nstatic_badges: [[a, b, red]]\nlink_badges: ["https://example.org/x.svg"]');
    const { outcome } = await generateIn(temp, { fetchPublic: () => Promise.resolve(answerOf('<svg><title>chat: x</title></svg>')) });
    assert.deepEqual([...outcome], [['a', 'written'], ['chat', 'written']]);
  });

  it('4: skipped tests are not called failed', async () => {
    temp.put('.gitlab/badges.yaml', 'facts: []\njunit_xml: r.xml');
    temp.put('r.xml', '<testsuite tests="5" skipped="2"/>');
    assert.equal(messageOf((await generateIn(temp)).snapshot, 'tests'), '3 passed');
  });

  it('5: a <testsuites> root, missing attributes and nested suites add up', async () => {
    temp.put('.gitlab/badges.yaml', 'facts: []\njunit_xml: r.xml');
    temp.put('r.xml', '<testsuites><testsuite tests="3"><testsuite tests="2"/><testsuite tests="1" failures="1"/></testsuite><testsuite tests="4"/></testsuites>');
    assert.equal(messageOf((await generateIn(temp)).snapshot, 'tests_complete'), '6 passed, 1 failed, 0 errors, 0 skipped');
  });

  it('6: two badges of one label do not overwrite each other silently', async () => {
    temp.put('.gitlab/badges.yaml', 'facts: []\nstatic_badges: [[a, first, red], [A, second, red]]');
    const { snapshot, outcome } = await generateIn(temp);
    assert.equal(messageOf(snapshot, 'a'), 'first');
    assert.match(outcome.get('a (2)') ?? '', /^failed: .*static badge "A".*static badge "a"/);
  });

  it('7: a label does not become a path', async () => {
    temp.put('.gitlab/badges.yaml', 'facts: []\nstatic_badges: [["../../x", a, red], ["a/b", c, red]]');
    await generateIn(temp);
    assert.deepEqual(temp.files(), ['.gitlab/badges.yaml']);
  });

  it('8: an error page or an error SVG is not saved as the badge', async () => {
    temp.put('.gitlab/badges.yaml', 'facts: []\nlink_badges: ["https://example.org/1.svg", "https://example.org/2.svg"]');
    const { outcome } = await generateIn(temp, {
      fetchPublic: (url) => (url.includes('1.svg') ? Promise.reject(new PublicFetchError('answered 404')) : Promise.resolve(answerOf('<html><title>x: y</title></html>'))),
    });
    assert.match(outcome.get('link:1') ?? '', /^failed: link badge answered 404/);
    assert.match(outcome.get('link:2') ?? '', /^failed: link badge sent no SVG/);
    assert.deepEqual(temp.files(), ['.gitlab/badges.yaml']);
  });

  describe('9: one thing that is wrong does not lose the other badges', () => {
    it('a broken JSON', async () => {
      temp.put('public/badges/a.json', '{');
      temp.put('public/badges/b.json', endpointJson('b', 'c'));
      const { outcome } = await generateIn(temp);
      assert.match(outcome.get('a') ?? '', /^failed: /);
      assert.equal(outcome.get('b'), 'written');
    });
    it('an empty repository', async () => {
      const { outcome } = await generateIn(temp, onGitLab());
      assert.match(outcome.get('contributors') ?? '', /^unknown: The repository has no commits yet/);
      assert.equal(outcome.get('name'), 'written');
    });
    it('disabled issues', async () => {
      shop.features.issues = 'disabled';
      const { outcome } = await generateIn(temp, onGitLab());
      assert.match(outcome.get('issues') ?? '', /^unknown: Issues are switched off/);
      assert.equal(outcome.get('name'), 'written');
    });
    it('a 403', async () => {
      gitlab.faults.next({ match: { path: /releases/ }, action: { status: 403, body: { message: '403 Forbidden' } } });
      const { outcome } = await generateIn(temp, onGitLab());
      assert.match(outcome.get('release') ?? '', /^unknown: /);
      assert.equal(outcome.get('name'), 'written');
    });
    it('an expired token', async () => {
      gitlab.data.addToken({ value: 'old-secret', user, expiresAt: '2020-01-01' });
      temp.put('public/badges/b.json', endpointJson('b', 'c'));
      const { outcome, snapshot } = await generateIn(temp, onGitLab('old-secret'));
      assert.match(outcome.get('name') ?? '', /^failed: .*401.*expired/);
      assert.equal(outcome.get('b'), 'written');
      assert.match(snapshot.unusable ?? '', /expired/);
    });
  });

  it('11: isError, labelColor, logo and style of a JSON count', async () => {
    const logoSvg = '<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>';
    temp.put('public/badges/a.json', endpointJson('a', 'b', { labelColor: '#123456', style: 'for-the-badge', logoSvg }));
    const { snapshot } = await generateIn(temp);
    const badge = badgeOf(snapshot, 'a');
    assert.ok(badge.status === 'known' && badge.face.style === 'for-the-badge');
    const svg = temp.text('public/badges/a.svg');
    assert.ok(svg.includes('#123456') && svg.includes('data:image/svg+xml;base64,') && svg.includes('height="28"'));
  });

  it('13: colours follow the value where the user wants them to', async () => {
    manyIssues(gitlab.data, shop, 3, { author: user, closed: 3 });
    temp.put('.gitlab/badges.yaml', 'facts: [open_issues]\nbadges:\n  open_issues: { color: { 0: brightgreen, 1: yellow } }');
    const badge = badgeOf((await generateIn(temp, onGitLab())).snapshot, 'open_issues');
    assert.deepEqual(badge.status === 'known' && [badge.face.message, badge.face.color], ['0', 'brightgreen']);
  });
});

function answerOf(text: string): PublicAnswer {
  return { text, bytes: Buffer.from(text), contentType: '' };
}
