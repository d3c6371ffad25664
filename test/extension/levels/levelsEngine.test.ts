import assert from 'node:assert/strict';
import { remoteLifetimeMs } from '../../../src/core/levels/definition';
import { createEngine, type Engine } from '../../../src/extension/engine';
import { createLevelsEngine, type LoadLevels } from '../../../src/extension/levels/levelsEngine';
import { createConnection } from '../../../src/gitlab/connection';
import { PublicFetchError } from '../../../src/sources/fetchPublic';
import { tempFolder, type TempFolder } from '../../app/tempFolder';
import { demoTokens, fillDemo } from '../../fakes/gitlab/demo';
import { startFakeGitLab, type FakeGitLab } from '../../fakes/gitlab/server';

const badge = (id: string, min = 1) => `badges:\n  - id: ${id}\n    levels:\n      - name: bronze\n        checks:\n          - { type: BUS_FACTOR, threshold: { timeRangeInMonths: 6, min: ${min} } }\n`;
const { signal } = new AbortController();

describe('loading levels in the editor', () => {
  let folder: TempFolder;
  const asked: string[] = [];
  let now: number;
  let answer: () => Promise<string>;
  const engine = () =>
    createLevelsEngine({
      connect: () => assert.fail('no GitLab is asked'),
      limit: () => {},
      now: () => new Date(now),
      fetchPublic: async (url) => {
        asked.push(url);
        return { text: await answer(), contentType: 'application/yaml' } as never;
      },
    });
  const load = (levels: ReturnType<typeof engine>, more: Partial<LoadLevels> = {}) => levels.load({ root: folder.root, unsavedText: null, accesses: [], remote: 'whenDue', ...more }, signal);
  const ids = async (loading: ReturnType<typeof load>) => (await loading).definition?.badges.map(({ id }) => id) ?? null;
  const write = (text: string) => folder.put('.badge-api.yaml', text);

  beforeEach(() => {
    asked.length = 0;
    now = Date.parse('2026-03-05T10:00:00.000Z');
    answer = () => Promise.resolve(badge('remote'));
    folder = tempFolder();
  });
  afterEach(() => folder.remove());

  it('finds no file where there is none', async () => {
    assert.deepEqual(await load(engine()), { file: null, definition: { gitClients: [], badges: [], broken: [], personalEmailDomains: [], remoteConfigUrl: null, subsequentUseApiDomain: null }, problems: [], text: '', badgesFile: null, unavailable: null });
  });

  it('takes what is not saved over what is', async () => {
    write(badge('saved'));
    assert.deepEqual(await ids(load(engine())), ['saved']);
    assert.deepEqual(await ids(load(engine(), { unsavedText: badge('typed') })), ['typed']);
    assert.deepEqual(await ids(load(engine(), { unsavedText: '' })), []);
  });

  for (const [what, file, baseUrl, expected] of [
    ['is read for its own GitLab', '.gitlab-token', 'https://gitlab.example.com', 'glpat-of-a-file'],
    ['is read for no other GitLab', '.gitlab-token', 'https://gitlab.example.org', null],
    ['is read for no other part of the same host', '.gitlab-token', 'https://gitlab.example.com/gitlab', null],
    ['is not read outside of the folder', '../.gitlab-token', 'https://gitlab.example.com', null],
    ['need not be there', 'missing', 'https://gitlab.example.com', null],
  ] as const) {
    it(`has a token file that ${what}`, async () => {
      folder.put('.gitlab-token', 'glpat-of-a-file\n');
      write(`gitClients:\n  - { baseUrl: "${baseUrl}", tokenFile: ${file} }\n${badge('saved')}`);
      assert.equal((await engine().tokenOfFile(folder.root, 'https://gitlab.example.com'))?.value ?? null, expected);
    });
  }

  it('has no definition of what cannot be read, but its problems', async () => {
    const { definition, problems, text } = await load(engine(), { unsavedText: 'badges: [' });
    assert.equal(definition, null);
    assert.deepEqual([problems[0]?.file, problems[0]?.severity, text], ['.badge-api.yaml', 'error', 'badges: [']);
  });

  describe('from a remote configuration', () => {
    const url = 'https://config.example.org/levels.yaml';

    beforeEach(() => write(`remoteConfigUrl: "${url}"\n`));

    it('fetches it once, however often the text is looked at', async () => {
      const levels = engine();
      assert.deepEqual(await ids(load(levels)), ['remote']);
      assert.deepEqual(await ids(load(levels)), ['remote']);
      assert.deepEqual(await ids(load(levels, { remote: 'never' })), ['remote']);
      assert.deepEqual(asked, [url]);
      assert.equal((await load(levels)).badgesFile, url);
    });

    it('fetches it again when that is asked for', async () => {
      const levels = engine();
      await load(levels);
      answer = () => Promise.resolve(badge('changed'));
      assert.deepEqual(await ids(load(levels, { remote: 'anew' })), ['changed']);
      assert.deepEqual(await ids(load(levels)), ['changed']);
      assert.equal(asked.length, 2);
    });

    it('looks again whether it changed once five minutes have passed, where it may', async () => {
      const levels = engine();
      await load(levels);
      answer = () => Promise.resolve(badge('changed'));
      now += remoteLifetimeMs - 1;
      assert.deepEqual(await ids(load(levels)), ['remote']);
      now += 1;
      assert.deepEqual(await ids(load(levels, { remote: 'never' })), ['remote']);
      assert.deepEqual(await ids(load(levels)), ['changed']);
      assert.deepEqual(await ids(load(levels)), ['changed']);
      assert.equal(asked.length, 2);
    });

    it('fetches nothing where it may not, and calls that no problem of the text', async () => {
      for (const remote of ['never', { refused: 'not trusted' }] as const) {
        const { definition, problems, unavailable } = await load(engine(), { remote });
        assert.equal(definition, null);
        assert.deepEqual(problems, []);
        assert.match(unavailable ?? '', typeof remote === 'string' ? /not fetched yet/ : /not trusted/);
      }
      assert.deepEqual(asked, []);
    });

    it('does not count what it fetched before, once that is refused', async () => {
      const levels = engine();
      await load(levels);
      assert.equal(await ids(load(levels, { remote: { refused: 'not trusted' } })), null);
    });

    it('fetches another one that the text names now', async () => {
      const levels = engine();
      await load(levels);
      assert.equal(await ids(load(levels, { unsavedText: 'remoteConfigUrl: "https://config.example.org/other.yaml"\n', remote: 'never' })), null);
      await load(levels, { unsavedText: 'remoteConfigUrl: "https://config.example.org/other.yaml"\n' });
      assert.deepEqual(asked, [url, 'https://config.example.org/other.yaml']);
    });

    it('says why it could not be had, at its address in the file, and asks no second time by itself', async () => {
      answer = () => Promise.reject(new PublicFetchError(`${url} answered 500`));
      const levels = engine();
      const { definition, problems, unavailable } = await load(levels);
      assert.equal(definition, null);
      assert.match(unavailable ?? '', /answered 500/);
      assert.deepEqual(problems.map(({ file, line, code }) => [file, line, code]), [['.badge-api.yaml', 1, 'remote-config']]);
      await load(levels);
      assert.equal(asked.length, 1);
    });

    it('shows what is wrong in it where its address stands', async () => {
      answer = () => Promise.resolve(`${badge('remote')}  - id: broken\n    levels: []\n`);
      const { problems } = await load(engine());
      assert.equal(problems.length, 1);
      assert.deepEqual([problems[0]?.file, problems[0]?.line, problems[0]?.column], ['.badge-api.yaml', 1, 18]);
      assert.match(problems[0]?.message ?? '', /^https:\/\/config\.example\.org\/levels\.yaml:8:\d+: /);
    });
  });
});

describe('the levels of a project in the editor', () => {
  let folder: TempFolder;
  let gitlab: FakeGitLab;
  let engine: Engine;

  before(async () => {
    folder = tempFolder();
    gitlab = await startFakeGitLab();
    fillDemo(gitlab.data, { now: new Date(), url: gitlab.url });
    engine = createEngine({ debug: () => {}, info: () => {}, warn: () => {} });
  });
  after(async () => {
    folder.remove();
    await gitlab.close();
  });

  const project = () => ({ ref: { instance: gitlab.url, project: 'acme/shop' }, token: { kind: 'private', value: demoTokens.maintainer } }) as const;
  const load = async (text: string) => {
    const loaded = await engine.levels.load({ root: folder.root, unsavedText: text, accesses: [], remote: 'never' }, signal);
    return { ...loaded, definition: loaded.definition ?? assert.fail() };
  };

  it('are judged anew by the same facts, without a request', async () => {
    const { definition } = await load(badge('maintained', 2));
    const fetched = await engine.levels.fetch(folder.root, project(), [], definition, signal);
    assert.ok(fetched.requests > 0);
    assert.equal(engine.levels.evaluate(definition, fetched).badges[0]?.status, 'not_reached');
    gitlab.requests.length = 0;
    assert.equal(engine.levels.evaluate((await load(badge('maintained', 1))).definition, fetched).badges[0]?.level, 'bronze');
    assert.deepEqual(gitlab.requests, []);
  });

  it('keep to the requests per second that the configuration allows each GitLab', async () => {
    const limits: [string, number | null][] = [];
    const { ref, token } = project();
    const levels = createLevelsEngine({
      connect: () => createConnection({ instance: gitlab.url, token, fetch: (url, init) => fetch(url, init) }),
      limit: (instance, requestsPerSecond) => limits.push([instance, requestsPerSecond]),
      fetchPublic: () => assert.fail('nothing else is asked'),
      now: () => new Date(),
    });
    const other = '  - { baseUrl: "https://other.example.com", maxRequestsPerSecond: 3 }\n';
    const { definition: ownAndOther } = await load(`gitClients:\n  - { baseUrl: "${gitlab.url}", maxRequestsPerSecond: 50 }\n${other}${badge('maintained')}`);
    await levels.fetch(folder.root, { ref, token }, [], ownAndOther, signal);
    assert.deepEqual(limits.splice(0), [[gitlab.url, 50], ['https://other.example.com', 3]]);
    const { definition: otherAlone } = await load(`gitClients:\n${other}${badge('maintained')}`);
    await levels.fetch(folder.root, { ref, token }, [], otherAlone, signal);
    assert.deepEqual(limits, [[gitlab.url, null], ['https://other.example.com', 3]]);
  });

  it('are drawn as badges, by facts that are there or by others', async () => {
    const { definition } = await load(badge('maintained'));
    const fetched = await engine.levels.fetch(folder.root, project(), [], definition, signal);
    gitlab.requests.length = 0;
    const drawing = { root: folder.root, project: project(), accesses: [], definition, isAnew: true };
    const { badges } = await engine.levels.draw({ ...drawing, fetched }, signal);
    assert.deepEqual(badges.map(({ stem, status, origin }) => [stem, status, origin.kind]), [['maintained', 'known', 'levels']]);
    assert.deepEqual(gitlab.requests, []);
    const others = await engine.levels.draw({ ...drawing, fetched: null }, signal);
    assert.deepEqual(others.badges.map(({ stem, status }) => [stem, status]), [['maintained', 'known']]);
    assert.ok(gitlab.requests.length > 0);
  });

  it('are written as JSON and SARIF, with the places of the text', async () => {
    const { definition, text, badgesFile } = await load(badge('maintained', 2));
    const fetched = await engine.levels.fetch(folder.root, project(), [], definition, signal);
    const report = { version: '1.2.3', fetched, evaluation: engine.levels.evaluate(definition, fetched), definition, text, badgesFile };
    const json = JSON.parse(await engine.levels.report({ ...report, format: 'json' })) as Record<string, unknown>;
    assert.deepEqual(Object.keys(json), ['now', 'server', 'projects', 'requests']);
    assert.deepEqual([json['server'], json['requests']], [gitlab.url, fetched.requests]);
    const sarif = JSON.parse(await engine.levels.report({ ...report, format: 'sarif' })) as { runs: { results: { ruleId: string; locations: { physicalLocation: unknown }[] }[] }[] };
    const [result] = sarif.runs[0]?.results ?? [];
    assert.equal(result?.ruleId, 'BUS_FACTOR');
    assert.deepEqual(result.locations[0]?.physicalLocation, { artifactLocation: { uri: '.badge-api.yaml' }, region: { startLine: 6, startColumn: 13, endLine: 6, endColumn: 78 } });
  });
});
