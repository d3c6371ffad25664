import assert from 'node:assert/strict';
import { mkdirSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { collect } from '../../src/app/collect';
import { openFolder } from '../../src/app/diskFolder';
import { writeBadges } from '../../src/app/write';
import type { Badge } from '../../src/core/badge';
import { badgeOf, endpointJson, generateIn, messageOf, quietLog } from './generating';
import { tempFolder, type TempFolder } from './tempFolder';

const config = '.gitlab/badges.yaml';
const fact = (stem: string, label = stem, message = '1'): Badge => ({
  status: 'known',
  stem,
  label,
  origin: { kind: 'gitlab', text: 'acme/shop on gitlab.example.com', at: '' },
  face: { label, message, color: 'red' },
});

describe('generating', () => {
  let temp: TempFolder;
  beforeEach(() => (temp = tempFolder()));
  afterEach(() => temp.remove());
  const svgs = () => temp.files().filter((file) => file.endsWith('.svg'));

  it('writes an SVG and a JSON for each badge, the same bytes each time', async () => {
    temp.put(config, 'facts: []\nstatic_badges: [[Hello World, "1.0", blue]]');
    assert.deepEqual([...(await generateIn(temp)).outcome], [['hello_world', 'written']]);
    const files = temp.files();
    assert.deepEqual(files, [config, 'public/badges/hello_world.json', 'public/badges/hello_world.svg']);
    for (const file of files) utimesSync(path.join(temp.root, file), 1, 1);
    assert.deepEqual([...(await generateIn(temp)).outcome], [['hello_world', 'unchanged']]);
    for (const file of files) assert.equal(statSync(path.join(temp.root, file)).mtimeMs, 1000);
  });

  it('shows facts, reports, static badges and files in this order', async () => {
    temp.put(config, 'facts: [name]\njunit_xml: r.xml\nstatic_badges: [[a, b, red]]');
    temp.put('r.xml', '<testsuite tests="1"/>');
    temp.put('public/badges/0.json', endpointJson('zero', 'x'));
    assert.deepEqual((await generateIn(temp)).snapshot.badges.map(({ stem }) => stem), ['name', 'total_tests', 'total_time', 'tests', 'tests_complete', 'a', '0']);
  });

  it('uses the facts of an earlier snapshot, those that are wanted', async () => {
    temp.put(config, 'facts: [tag]');
    const { snapshot } = await generateIn(temp, {}, { factBadges: [fact('name'), fact('tag', 'tag', 'v1')] });
    assert.deepEqual(snapshot.badges.map(({ stem }) => stem), ['tag']);
    assert.equal(messageOf(snapshot, 'tag'), 'v1');
  });

  describe('the coverage of GitLab and of a report', () => {
    const gitlabs = fact('coverage', 'coverage', '12%');
    const cobertura = '<coverage><packages><package><classes><class><lines><line number="1" hits="1"/></lines></class></classes></package></packages></coverage>';
    const coverage = async (report: string | null, facts: readonly Badge[] = [gitlabs]) => {
      temp.put(config, 'facts: [coverage]\ncoverage_report: c.xml');
      if (report !== null) temp.put('c.xml', report);
      const { badges } = (await generateIn(temp, {}, { factBadges: facts })).snapshot;
      return badges.filter(({ stem }) => stem.startsWith('coverage')).map((badge) => (badge.status === 'known' ? badge.face.message : badge.status));
    };
    it('is the report’s where there is one', async () => assert.deepEqual(await coverage(cobertura), ['100%']));
    it('is GitLab’s where there is no report yet', async () => assert.deepEqual(await coverage(null), ['12%']));
    it('fails with a broken report: GitLab’s may be older than what is tested here', async () => assert.deepEqual(await coverage('<oops'), ['failed']));
    it('is unknown with a report that gives no answer', async () => {
      assert.deepEqual(await coverage('<coverage lines-valid="NaN" lines-covered="0"/>'), ['unknown']);
      assert.deepEqual(await coverage('<coverage/>'), ['unknown']);
    });
    it('is unknown where a report is written wrong: a sum without it would be another one', async () => {
      temp.put('c.xml', cobertura);
      temp.put(config, 'facts: []\ncoverage_report: [c.xml, 7]\njunit_xml: { job: a }\njunit_badges: [tests]');
      const { snapshot, outcome } = await generateIn(temp);
      assert.deepEqual(snapshot.badges.map(({ stem, origin }) => [stem, origin.text, outcome.get(stem)]), [
        ['coverage', 'c.xml', 'unknown: Expected a path, a glob, or an artifact { job, path }, not a number. Put it in quotes if it is meant as a text. (.gitlab/badges.yaml:2:26)'],
        ['tests', '.gitlab/badges.yaml', 'unknown: “path” must be given here. (.gitlab/badges.yaml:3:12)'],
      ]);
    });
    it('is unknown where neither says it', async () => assert.deepEqual(await coverage(null, [{ status: 'unknown', stem: 'coverage', label: 'coverage', origin: gitlabs.origin, reason: 'None.' }]), ['unknown']));
  });

  describe('template badges', () => {
    const outcomes = async (text: string, facts: readonly Badge[] = []) => {
      temp.put(config, text);
      const { snapshot, outcome } = await generateIn(temp, {}, { factBadges: facts });
      return snapshot.badges.map(({ stem }) => [stem, outcome.get(stem) ?? '', messageOf(snapshot, stem)]);
    };
    it('are made of facts and tests that are no badges of their own', async () => {
      temp.put('r.xml', '<testsuite><testcase/><testcase><failure/></testcase></testsuite>');
      const text = 'facts: []\njunit_xml: r.xml\njunit_badges: [tests]\ntemplate_badges: [{ label: Health, message: "{release.tag} · {pass_rate} of {total_tests}" }]';
      assert.deepEqual(await outcomes(text, [fact('release.tag', 'release', 'v1'), fact('tag')]), [['tests', 'written', '1 passed, 1 failed'], ['health', 'written', 'v1 · 50% of 2']]);
      assert.match(temp.text('public/badges/health.svg'), /v1 · 50% of 2/);
    });
    it('know the coverage of a report before that of GitLab', async () => {
      temp.put('c.info', 'SF:a\nDA:1,1\nDA:2,0\nDA:3,1\nend_of_record\n');
      const text = (report: string) => `facts: []\ncoverage_report: ${report}\ntemplate_badges: [{ label: a, message: "{coverage|fixed(1)}" }]`;
      assert.deepEqual((await outcomes(text('c.info'), [fact('coverage', 'coverage', '12%')])).at(-1), ['a', 'written', '66.7']);
      assert.deepEqual((await outcomes(text('none.info'), [fact('coverage', 'coverage', '12%')])).at(-1), ['a', 'written', '12.0']);
    });
    it('cost only themselves', async () => {
      const text = 'facts: []\nstatic_badges: [[x, y, red]]\ntemplate_badges: [{ label: a, message: "{nam}" }, { label: b, message: "{name}" }]';
      assert.deepEqual(await outcomes(text, [fact('name', 'Name', 'Shop')]), [['x', 'written', 'y'], ['a', 'unknown: “nam” names no fact, and no entry of “values”. Did you mean “name”? (.gitlab/badges.yaml:3:42)', null], ['b', 'written', 'Shop']]);
    });
    it('are unknown where what is written about their fact is wrong', async () => {
      const text = (name: string) => `facts: []\ntemplate_badges: [{ label: a, message: "{${name}}" }]\nbadges: { issues: { lables: [bug] }, release_version: { prerelease: often } }`;
      assert.deepEqual(await outcomes(text('issues'), [fact('issues')]), [['a', 'unknown: “lables” is not known here: use label, color, label_color, style, logo, logo_color, logo_size, cache_seconds, branch, job, labels, milestone, prerelease or package. Did you mean “labels”? (.gitlab/badges.yaml:3:21)', null]]);
      assert.deepEqual(await outcomes(text('release.version'), [fact('release.version')]), [['a', 'unknown: Expected true or false, not a text. (.gitlab/badges.yaml:3:69)', null]]);
    });
    it('are changed as any other badge', async () => {
      const text = 'facts: []\ntemplate_badges: [{ label: a, message: "{name} {coverage|round}" }]\nbadges: { a: { label: other, label_color: black, color: { 0: red, 80: green } } }';
      temp.put(config, text);
      const { snapshot } = await generateIn(temp, {}, { factBadges: [fact('name', 'Name', 'Shop'), fact('coverage', 'coverage', '87%')] });
      assert.deepEqual(snapshot.badges.map((badge) => badge.status === 'known' && badge.face), [{ label: 'other', message: 'Shop 87', color: 'green', labelColor: 'black' }]);
    });
    it('without a project leave the files of another job to speak', async () => {
      temp.put('public/badges/a.json', endpointJson('a', 'of another job'));
      temp.put(config, 'facts: []\ntemplate_badges: [{ label: a, message: "{name}" }]');
      const { snapshot } = await generateIn(temp);
      assert.deepEqual(snapshot.badges.map(({ stem }) => [stem, messageOf(snapshot, stem)]), [['a', 'of another job']]);
    });
  });

  it('colours a fact by its value where its message is no number', async () => {
    temp.put(config, 'facts: [commit_age, open_merge_requests, name]\nbadges: { commit_age: { color: { 0: green, 7: orange } }, open_merge_requests: { color: { 0: green, 1000: orange } }, name: { color: { 0: green } } }');
    const facts = [{ ...fact('open_merge_requests', 'merge requests', '1.2k open'), value: 1234 }, { ...fact('commit_age', 'last commit', '5 March 2021'), value: 8 }, fact('name', 'Name', 'Shop')];
    const { badges } = (await generateIn(temp, {}, { factBadges: facts })).snapshot;
    assert.deepEqual(badges.map((badge) => badge.status === 'known' && badge.face.color), ['orange', 'orange', 'red']);
  });

  it('draws logos by name, a badge without one that is only missing here, and none with one that does not exist', async () => {
    temp.put(config, 'facts: []\nstatic_badges: [{ label: chat, message: join, logo: Matrix }, { label: plain, message: x }, { label: odd, message: x, logo: nosuchlogo }, { label: rusty, message: x, logo: Rust }]\nbadges: { plain: { logo: gitlab } }');
    temp.put('public/badges/file.json', endpointJson('file', 'x', { namedLogo: 'github', logoColor: 'red' }));
    temp.put('public/badges/typo.json', endpointJson('typo', 'x', { namedLogo: 'githubb' }));
    const warnings: string[] = [];
    const ports = { log: { ...quietLog, warn: (text: string) => void warnings.push(text) } };
    const { snapshot } = await generateIn(temp, ports);
    const logos = snapshot.badges.map((badge) => [badge.stem, badge.status === 'known' && badge.face.logo !== undefined]);
    assert.deepEqual(logos, [['chat', true], ['plain', true], ['odd', false], ['rusty', false], ['file', true], ['typo', false]]);
    assert.ok(temp.text('public/badges/chat.svg').includes('<image'));
    assert.match(temp.text('public/badges/chat.json'), /"namedLogo": "Matrix"/);
    assert.match(warnings.join('\n'), /^static badge "rusty" of .*: The logo "Rust" is not built in, so the badge is drawn without it\..*$/);
    const reason = (stem: string) => ((badge) => (badge.status === 'unknown' ? badge.reason : badge.status))(badgeOf(snapshot, stem));
    assert.match(reason('odd'), /^There is no logo "nosuchlogo"\..* \(static badge "odd" of .*\)$/);
    assert.match(reason('typo'), /^There is no logo "githubb"\. Did you mean "github"\?.* \(public\/badges\/typo\.json:1:\d+\)$/);
    const again = await generateIn(temp, ports);
    assert.deepEqual(['chat', 'plain', 'rusty', 'file'].map((stem) => again.outcome.get(stem)), Array(4).fill('unchanged'));
  });

  describe('what is written wrong about a badge', () => {
    const png = 'data:image/svg+xml;base64,' + Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><image href="&#104;ttps://e.org/a.png"/></svg>').toString('base64');
    for (const [what, text, reason] of [
      ['thresholds out of order', 'badges: { name: { color: { 0: red, 80: green, 60: yellow } } }', /^60 stands out of order behind 80: .* \(\.gitlab\/badges\.yaml:2:47\)$/],
      ['a colour that is none', 'badges: { name: { color: gren } }', /^“gren” is not a colour.* \(\.gitlab\/badges\.yaml:2:26\)$/],
      ['a logo that does not exist', 'badges: { name: { logo: nosuchlogo } }', /There is no logo "nosuchlogo"\./],
      ['a logo that is an address', 'badges: { name: { logo: "https://e.org/a.svg" } }', /^The logo “https:\/\/e\.org\/a\.svg” cannot be used.* \(\.gitlab\/badges\.yaml:2:25\)$/],
      ['a logo with an image from elsewhere, however it is written', `badges: { name: { logo: "${png}" } }`, /The logo holds href="https:\/\/e\.org\/a\.png"/],
    ] as const) {
      it(`makes it unknown, leaves its file, and costs no other: ${what}`, async () => {
        temp.put(config, `facts: [name]\n${text}\nstatic_badges: [[fine, yes, green]]`);
        temp.put('public/badges/name.svg', 'good');
        const { snapshot, outcome } = await generateIn(temp, {}, { factBadges: [fact('name', 'Name', 'Shop')] });
        const badge = badgeOf(snapshot, 'name');
        assert.match(badge.status === 'unknown' ? badge.reason : badge.status, reason);
        assert.equal(temp.text('public/badges/name.svg'), 'good');
        assert.equal(outcome.get('fine'), 'written');
      });
    }
    it('is said by a static badge, too', async () => {
      temp.put(config, 'facts: []\nstatic_badges: [[a, b, gren], { label: c, message: d, logo: "a/b.svg" }]');
      const { outcome } = await generateIn(temp);
      assert.match(outcome.get('a') ?? '', /^unknown: “gren” is not a colour.* \(\.gitlab\/badges\.yaml:2:24\)$/);
      assert.match(outcome.get('c') ?? '', /^unknown: The logo “a\/b\.svg” cannot be used.* \(\.gitlab\/badges\.yaml:2:61\)$/);
    });
  });

  it('writes nothing for what is unknown or failed, and leaves what is there', async () => {
    temp.put(config, 'facts: [name]\nstatic_badges: [[a, b, gren]]');
    temp.put('public/badges/a.svg', 'old');
    const { outcome } = await generateIn(temp);
    assert.equal(outcome.get('name'), 'unknown: There is no git remote.');
    assert.deepEqual(svgs(), ['public/badges/a.svg']);
    assert.equal(temp.text('public/badges/a.svg'), 'old');
  });

  it('fails a badge whose file cannot be written, and no other', async () => {
    temp.put(config, 'facts: []\nstatic_badges: [[a, b, red], [c, d, red]]');
    mkdirSync(path.join(temp.root, 'public/badges/a.svg'), { recursive: true });
    const { outcome } = await generateIn(temp);
    assert.match(outcome.get('a') ?? '', /^failed: public\/badges\/a\.svg is a folder/);
    assert.equal(outcome.get('c'), 'written');
  });

  it('writes nothing outside the folder', async () => {
    const outside = tempFolder();
    symlinkSync(outside.root, path.join(temp.root, 'out'));
    const definition = (file: string) => ({ path: { value: file }, facts: { value: [] }, staticBadges: [{ value: { label: 'a', message: 'b', color: 'red' } }] });
    for (const place of ['out', '../elsewhere', outside.root]) {
      const { outcome } = await generateIn(temp, {}, { definition: definition(place) });
      assert.match(outcome.get('a') ?? '', /^failed: .* leads out of the workspace folder/);
    }
    assert.deepEqual(outside.files(), []);
    outside.remove();
  });

  it('stops between two files when cancelled', async () => {
    const badges = Array.from({ length: 200 }, (_, index) => fact(`b${index}`));
    const controller = new AbortController();
    const folder = openFolder(temp.root);
    const snapshot = { project: null, path: 'out', badges, problems: [], requests: 0, at: '' };
    const writing = writeBadges(snapshot, { folder, draw: () => '<svg/>' }, {}, controller.signal, (done) => done === 20 && controller.abort());
    await assert.rejects(writing, { name: 'AbortError' });
    const files = temp.files().filter((file) => file.endsWith('.svg'));
    assert.ok(files.length >= 20 && files.length < 100);
    assert.ok(temp.files().every((file) => !file.endsWith('.tmp')));
  });

  describe('overrides', () => {
    const color = async (message: string, wanted: string) => {
      temp.put(config, `facts: []\nbadges:\n  x: { color: ${wanted} }`);
      temp.put('public/badges/x.json', endpointJson('x', message, { color: 'blue' }));
      const badge = badgeOf((await generateIn(temp)).snapshot, 'x');
      return badge.status === 'known' && badge.face.color;
    };
    const steps = '{ 0: red, 60: yellow, 80: green }';
    for (const [message, wanted, expected] of [
      ['59.9%', steps, 'red'],
      ['60%', steps, 'yellow'],
      ['80', steps, 'green'],
      ['412 passed', steps, 'green'],
      ['-5', steps, 'red'],
      ['12.34s', steps, 'red'],
      ['5 March 2021', steps, 'blue'],
      ['none', steps, 'blue'],
      ['none', 'orange', 'orange'],
    ] as const) {
      it(`color ${message} ${expected} by ${wanted}`, async () => assert.equal(await color(message, wanted), expected));
    }
    it('change label and style', async () => {
      temp.put(config, 'facts: []\nbadges:\n  x: { label: other, style: plastic }');
      temp.put('public/badges/x.json', endpointJson('x', 'y'));
      const badge = badgeOf((await generateIn(temp)).snapshot, 'x');
      assert.deepEqual(badge.status === 'known' && [badge.label, badge.face.label, badge.face.style], ['other', 'other', 'plastic']);
    });
    it('leave the color of an error alone', async () => {
      temp.put(config, 'facts: []\nbadges:\n  x: { color: green, label: other }');
      temp.put('public/badges/x.json', endpointJson('x', 'down', { isError: true, color: 'red' }));
      const badge = badgeOf((await generateIn(temp)).snapshot, 'x');
      assert.deepEqual(badge.status === 'known' && [badge.face.color, badge.face.label], ['red', 'other']);
    });
  });

  describe('two badges of one file name', () => {
    it('are reported, the first one is written', async () => {
      temp.put(config, 'facts: []\nstatic_badges: [[Chat, one, red], [chat, two, blue], [CHAT, three, green]]');
      const { snapshot, outcome } = await generateIn(temp);
      assert.deepEqual([...outcome.keys()], ['chat', 'chat (2)', 'chat (3)']);
      assert.equal(messageOf(snapshot, 'chat'), 'one');
      assert.match(outcome.get('chat (2)') ?? '', /^failed: static badge "chat" of \.gitlab\/badges\.yaml makes the same file name "chat" as static badge "Chat" of \.gitlab\/badges\.yaml/);
    });
    it('are those that differ in how an accent is composed', async () => {
      temp.put('public/badges/caf\u00e9.json', endpointJson('a', 'b'));
      temp.put('public/badges/cafe\u0301.json', endpointJson('a', 'b'));
      const stems = (await generateIn(temp)).snapshot.badges.filter(({ origin }) => origin.kind === 'endpoint').map(({ status }) => status);
      assert.deepEqual(stems.sort(), ['failed', 'known']);
    });
    it("leave another tool's JSON as it is", async () => {
      temp.put(config, 'facts: []\nstatic_badges: [[tests, ours, red]]');
      const foreign = endpointJson('pytest', '5 passed');
      temp.put('public/badges/tests.json', foreign);
      const { outcome } = await generateIn(temp);
      assert.equal(outcome.get('tests'), 'written');
      assert.match(outcome.get('tests (2)') ?? '', /^failed: public\/badges\/tests\.json makes the same file name "tests" as static badge "tests"/);
      assert.equal(temp.text('public/badges/tests.json'), foreign);
    });
    it('are not a badge and its own earlier JSON, nor that of the reference', async () => {
      temp.put(config, 'facts: []\nstatic_badges: [[a, new, red], [b, new, red]]\nbadges: { a: { label: renamed } }');
      temp.put('public/badges/a.json', '{ "schemaVersion": 1, "label": "older", "message": "old", "color": "red" }\n');
      temp.put('public/badges/b.json', endpointJson('b', 'old', { color: 'red' }));
      assert.deepEqual([...(await generateIn(temp)).outcome], [['a', 'written'], ['b', 'written']]);
      assert.match(temp.text('public/badges/b.json'), /"new"/);
    });
  });

  it('lets files speak for the facts where there is no project', async () => {
    temp.put(config, 'facts: [name, tag]');
    temp.put('public/badges/name.json', endpointJson('Name', 'Shop'));
    const { outcome } = await generateIn(temp);
    assert.deepEqual([...outcome], [['tag', 'unknown: There is no git remote.'], ['name', 'written']]);
  });

  it('never rewrites the JSON of another tool', async () => {
    const text = `  ${endpointJson('x', 'y')}\r\n`;
    temp.put('public/badges/x.json', text);
    await generateIn(temp);
    assert.equal(temp.text('public/badges/x.json'), text);
    assert.deepEqual(svgs(), ['public/badges/x.svg']);
  });

  describe('bad input costs its own badge', () => {
    beforeEach(() => {
      temp.put(config, 'facts: []\nstatic_badges: [[fine, yes, green]]');
    });
    const spoil = async (stem: string, reason: RegExp) => {
      const { outcome } = await generateIn(temp);
      assert.match(outcome.get(stem) ?? '', reason);
      assert.equal(outcome.get('fine'), 'written');
    };
    it('broken JSON', async () => {
      temp.put('public/badges/x.json', '{"schemaVersion": 1,\n"label"');
      await spoil('x', /^failed: public\/badges\/x\.json:2:8: : is missing before the end of the file/);
    });
    it('a JSON of 100 MB', async () => {
      temp.put('public/badges/x.json', Buffer.alloc(100_000_000, 0x20));
      await spoil('x', /^failed: public\/badges\/x\.json is larger than 1 MiB/);
    });
    it('a folder called x.json', async () => {
      mkdirSync(path.join(temp.root, 'public/badges/x.json'), { recursive: true });
      await spoil('x', /^failed: public\/badges\/x\.json is a folder/);
    });
    it('a link out of the folder', async () => {
      temp.put('public/badges/y.json', endpointJson('y', 'z'));
      symlinkSync('/etc/hostname', path.join(temp.root, 'public/badges/x.json'));
      await spoil('x', /^failed: public\/badges\/x\.json leads out of the workspace folder/);
    });
    it('a JSON that is not UTF-8', async () => {
      temp.put('public/badges/x.json', Buffer.from([0x7b, 0xff]));
      await spoil('x', /is not UTF-8/);
    });
    it('an unknown colour', async () => {
      temp.put('public/badges/x.json', endpointJson('x', 'y', { color: 'gren' }));
      await spoil('x', /^failed: public\/badges\/x\.json:1:\d+: unknown color "gren", did you mean "green"/);
    });
    it('a name that Windows keeps', async () => {
      temp.put('public/badges/con.json', endpointJson('x', 'y'));
      await spoil('con', /^failed: .*no badge can be written under this name/);
    });
    it('unreadable XML', async () => {
      temp.put(config, 'facts: []\njunit_xml: r.xml\nstatic_badges: [[fine, yes, green]]');
      temp.put('r.xml', '<testsuite>\n<oops');
      await spoil('tests', /^failed: .*r\.xml:2:\d+: /);
    });
    it('an unreadable coverage report', async () => {
      temp.put(config, 'facts: []\ncoverage_report: lcov.info\nstatic_badges: [[fine, yes, green]]');
      temp.put('lcov.info', 'SF:a\nLF:3\n');
      await spoil('coverage', /^failed: .*lcov\.info:1:1: .* the report is cut off/);
    });
    it('a coverage report that gives no answer', async () => {
      temp.put(config, 'facts: []\ncoverage_report: lcov.info\nstatic_badges: [[fine, yes, green]]');
      temp.put('lcov.info', 'SF:a\nLF:NaN\nend_of_record\n');
      await spoil('coverage', /^unknown: lcov\.info:2:4: LF:NaN is no count/);
    });
    it('a report of findings that gives no answer', async () => {
      temp.put(config, 'facts: []\nfindings_report: "*.sarif"\nstatic_badges: [[fine, yes, green]]');
      temp.put('a.sarif', '{"runs": [{"results": [\n{"level": "huge"}]}]}');
      await spoil('findings', /^unknown: a\.sarif:2:11: level must be/);
    });
    it('a row of one item, with its position', async () => {
      temp.put(config, 'facts: []\nstatic_badges:\n  - [a]\n  - [fine, yes, green]');
      const { snapshot, outcome } = await generateIn(temp);
      assert.match(outcome.get('a') ?? '', /^unknown: A row needs 3 items.* \(\.gitlab\/badges\.yaml:3:5\)$/);
      assert.equal(outcome.get('fine'), 'written');
      assert.deepEqual(snapshot.problems.map(({ line, severity }) => [line, severity]), [[3, 'error']]);
    });
  });

  it('handles 10,000 files', async function () {
    this.timeout(60_000);
    for (let index = 0; index < 10_000; index += 1) temp.put(`public/badges/b${index}.json`, endpointJson(`b${index}`, 'x'));
    const controller = new AbortController();
    const folder = openFolder(temp.root);
    const snapshot = await collect(
      { folder, project: { missing: '' }, fetchPublic: () => Promise.reject(new Error()), now: () => new Date(0), log: quietLog },
      { definition: { facts: { value: [] } }, definitionFile: null, problems: [] },
      controller.signal,
    );
    let most = 0;
    let drawn = 0;
    const written = await writeBadges(
      snapshot,
      {
        folder: {
          async write(file, text) {
            most = Math.max(most, drawn);
            const result = await folder.write(file, text);
            drawn -= 1;
            return result;
          },
        },
        draw: () => ((drawn += 1), '<svg/>'),
      },
      {},
      controller.signal,
    );
    assert.ok(most <= 16, `${most} SVGs at once`);
    assert.ok(written.length === 10_000 && written.every(({ status }) => status === 'written'));
  });
});
