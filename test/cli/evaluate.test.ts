import assert from 'node:assert/strict';
import { tempFolder, type TempFolder } from '../app/tempFolder';
import { manyCommits, manyProjects } from '../fakes/gitlab/builders';
import { testNow, type TestInstance } from '../fakes/gitlab/testInstance';
import { secret, startLevelsStage, type LevelsStage } from './levelsStage';
import type { Given } from './runCommand';

interface Document {
  now: string;
  server: string;
  requests: number;
  projects: { project: string; archived: boolean; reason?: string; badges: { id: string; level: string | null; status: string; levels: { name: string; reached: boolean | null; checks: Record<string, unknown>[] }[] }[] }[];
}

/** Two badges: one of commits, one of releases. */
const config = `badges:
  - id: maintained
    levels:
      - name: bronze
        checks:
          - type: COMMITS
            threshold: { timeRangeInMonths: 6, min: 2 }
      - name: silver
        checks:
          - type: COMMITS
            threshold: { timeRangeInMonths: 6, min: 4 }
  - id: released
    levels:
      - name: gold
        checks:
          - type: RELEASES
            threshold: { timeRangeInMonths: 6, min: 1 }
`;

describe('badgesmith evaluate', () => {
  let stage: LevelsStage;
  let temp: TempFolder;
  let instance: TestInstance;
  beforeEach(async () => {
    stage = await startLevelsStage({ '.badge-api.yaml': config });
    ({ temp, instance } = stage);
  });
  afterEach(() => stage.close());

  async function call(args: readonly string[], given: Partial<Given> = {}) {
    const ran = await stage.run('evaluate', args, given);
    return { ...ran, json: () => JSON.parse(ran.stdout) as Document };
  }
  const project = (...args: string[]) => call(['--project', 'acme/web/shop', ...args]);
  const group = (...args: string[]) => call(['--group', 'acme', '--recursive', ...args]);
  const levelsOf = ({ projects }: Document) => projects.map(({ project: path, badges }) => [path, ...badges.map(({ level, status }) => level ?? status)]);

  describe('one project', () => {
    it('prints one document', async () => {
      const { code, json, stderr } = await project('--json');
      assert.equal(code, 0, stderr);
      const document = json();
      assert.deepEqual(Object.keys(document), ['now', 'server', 'projects', 'requests']);
      assert.deepEqual([document.now, document.requests], [testNow.toISOString(), instance.gitlab.requests.length]);
      assert.deepEqual(levelsOf(document), [['acme/web/shop', 'bronze', 'not_reached']]);
      const [bronze] = document.projects[0]?.badges[0]?.levels ?? [];
      const { type, outcome, value, threshold, range, sample, evidence } = bronze?.checks[0] ?? {};
      assert.deepEqual(
        { type, outcome, value, threshold, range, sample },
        { type: 'COMMITS', outcome: 'pass', value: 3, threshold: { timeRangeInMonths: 6, min: 2, max: null }, range: { from: '2025-09-05T10:00:00.000Z', to: testNow.toISOString() }, sample: 3 },
      );
      assert(Array.isArray(evidence) && evidence.length > 0);
      assert.equal(bronze?.reached, true);
    });

    it('prints SARIF, with the place of each check in the configuration', async () => {
      const { code, stdout } = await project('--format', 'sarif');
      assert.equal(code, 0);
      const { version, runs } = JSON.parse(stdout) as { version: string; runs: { results: { ruleId: string; kind: string; locations: { physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } } }[] }[] }[] };
      assert.equal(version, '2.1.0');
      const results = runs.flatMap((each) => each.results);
      assert.deepEqual(
        results.map(({ ruleId, kind, locations: [place] }) => [ruleId, kind, place?.physicalLocation.artifactLocation.uri, place?.physicalLocation.region.startLine]),
        [['COMMITS', 'pass', '.badge-api.yaml', 6], ['COMMITS', 'fail', '.badge-api.yaml', 10], ['RELEASES', 'fail', '.badge-api.yaml', 16]],
      );
    });

    it('is kept with --out: documents, and the badges that are known', async () => {
      const { code, stdout, stderr } = await project('--json', '--out', 'results');
      assert.equal(code, 0, stderr);
      const badges = ['maintained', 'released'].flatMap((id) => [`results/badges/${id}.json`, `results/badges/${id}.svg`]);
      assert.deepEqual(temp.files(), ['.badge-api.yaml', ...badges, 'results/evaluation.json', 'results/evaluation.sarif']);
      assert.equal(temp.text('results/evaluation.json'), stdout);
      assert.equal(temp.text('results/evaluation.sarif'), (await project('--format', 'sarif')).stdout);
      assert.match(temp.text('results/badges/maintained.svg'), /bronze/);
      instance.gitlab.faults.next({ match: { path: /repository\/commits/ }, action: { status: 403, body: { message: '403' } }, times: Infinity });
      const again = await project('--out', 'results');
      assert.equal(again.code, 0);
      assert.match(again.stderr, /^warning: maintained: /m);
      assert.match(temp.text('results/badges/maintained.svg'), /bronze/);
    });

    it('prints ladders', async () => {
      const { code, stdout } = await project();
      assert.equal(code, 0);
      assert.match(stdout, /^acme\/web\/shop, as of 2026-03-05T10:00:00\.000Z\n\nmaintained: bronze\n {2}bronze: reached\n {4}passed {2}✓ {2}3 commits since 5 September 2025, needs 2\n {2}silver: 1 check missing\n {4}failed {2}✗ /);
      assert.match(stdout, /\nreleased: not reached: /);
    });

    it('gives the same for the same moment, whatever the clock says', async () => {
      const first = await project('--json', '--now', '2026-02-01T12:00:00+02:00');
      instance.gitlab.faults.latencyMs = 5;
      const second = await project('--json', '--now', '2026-02-01T10:00:00Z');
      assert.equal(first.stdout, second.stdout);
      assert.equal(first.json().now, '2026-02-01T10:00:00.000Z');
    });

    it('is about one badge where that is wanted, and asks for nothing else', async () => {
      const { json } = await project('--badge', 'released', '--json');
      assert.deepEqual(levelsOf(json()), [['acme/web/shop', 'not_reached']]);
      assert(!instance.gitlab.requests.some(({ path }) => path.endsWith('/commits')));
      const { code, stderr } = await project('--badge', 'relesed');
      assert.equal(code, 2);
      assert.match(stderr, /no badge of that id\. It has maintained, released\./);
    });
  });

  describe('the token', () => {
    beforeEach(() => {
      for (const name of ['file', 'private', 'job']) instance.gitlab.data.addToken({ value: `glpat-${name}`, user: instance.users.owner, name, ...(name === 'job' && { kind: 'job', project: instance.shop }) });
      temp.put('.token', 'glpat-file\n');
      temp.put('.badge-api.yaml', `gitClients:\n  - { baseUrl: "${instance.gitlab.url}", type: gitlab, tokenFile: .token }\n${config}`);
    });
    const job = () => ({ CI_SERVER_URL: instance.gitlab.url, CI_JOB_TOKEN: 'glpat-job' });
    const sent = () => [...new Set(instance.gitlab.requests.map(({ credential }) => credential?.name ?? null))];
    const cases: [what: string, args: string[], env: () => Record<string, string>, name: string | null][] = [
      ['of the option first', ['-t', secret], () => ({ ...job(), GITLAB_TOKEN: 'x' }), 'given'],
      ['of GITLAB_TOKEN then', [], () => ({ ...job(), GITLAB_TOKEN: secret, PRIVATE_TOKEN: 'glpat-private' }), 'given'],
      ['of PRIVATE_TOKEN then', [], () => ({ ...job(), PRIVATE_TOKEN: 'glpat-private' }), 'private'],
      ['of the token file before that of the job', [], job, 'file'],
    ];
    for (const [what, args, env, name] of cases) {
      it(`is that ${what}`, async () => {
        const { code, stdout, stderr } = await call(['--project', 'acme/web/shop', '--verbose', ...args], { env: env() });
        assert.equal(code, 0, stderr);
        assert.deepEqual(sent(), [name]);
        for (const token of ['glpat-file', 'glpat-private', 'glpat-job']) assert(!(stdout + stderr).includes(token));
      });
    }

    it('is that of the job where the file is not there, which is told', async () => {
      temp.put('.badge-api.yaml', temp.text('.badge-api.yaml').replace('.token', '.none'));
      const { code, stderr } = await call(['--project', 'acme/web/shop'], { env: job() });
      assert.equal(code, 1);
      assert.match(stderr, /^\.badge-api\.yaml:2:\d+ error \S+ \.none: there is no such file/m);
      assert.deepEqual(sent(), ['job']);
    });

    it('need not be in the file where another one is given', async () => {
      temp.put('.badge-api.yaml', temp.text('.badge-api.yaml').replace('.token', '.none'));
      assert.equal((await project()).code, 0);
    });

    it('of a file outside is not read for a configuration that was found, but for one that was named', async () => {
      const outside = tempFolder({ token: 'glpat-file' });
      temp.put('.badge-api.yaml', temp.text('.badge-api.yaml').replace('.token', `${outside.root}/token`));
      const { code, stderr } = await call(['--project', 'acme/web/shop'], { env: {} });
      assert.equal(code, 1);
      assert.match(stderr, /--config/);
      assert.deepEqual(sent(), [null]);
      assert.equal((await call(['--project', 'acme/web/shop', '--config', '.badge-api.yaml'], { env: {} })).code, 0);
      outside.remove();
    });

    it('of a job lists no group, and that is said', async () => {
      temp.put('.badge-api.yaml', config);
      instance.shop.visibility = 'private';
      instance.gitlab.data.addProject({ path: 'open', namespace: instance.web });
      const { stderr, json } = await call(['--group', 'acme/web', '--json'], { env: job() });
      assert.match(stderr, /^warning: GitLab lists the projects of a group to no CI job token: only public ones are found\. Set GITLAB_TOKEN/m);
      assert.deepEqual(json().projects.map(({ project: path }) => path), ['acme/web/open']);
    });
  });

  describe('a group', () => {
    beforeEach(() => {
      const { data } = instance.gitlab;
      for (const each of manyProjects(data, instance.acme, 5)) manyCommits(data, each, each.id % 5, { from: '2026-02-01T00:00:00.000Z' });
      data.addProject({ path: 'old', namespace: instance.web, archived: true });
    });
    const paths = ['acme/project-1', 'acme/project-2', 'acme/project-3', 'acme/project-4', 'acme/project-5', 'acme/web/old', 'acme/web/shop'];

    it('prints a table with archived projects marked, and how many are at each level', async () => {
      const { code, stdout, stderr } = await group();
      assert.equal(code, 0, stderr);
      assert.match(stdout, /^project +maintained +released\nacme\/project-1 +/);
      assert.match(stdout, /^acme\/web\/old \(archived\) +not reached +not reached$/m);
      assert.match(stdout, /^maintained: \d silver, \d bronze, \d not reached$/m);
      assert.match(stdout, /^7 projects, 1 archived$/m);
      assert.deepEqual(temp.files(), ['.badge-api.yaml']);
    });

    it('says where projects may be where it has none itself', async () => {
      instance.gitlab.data.addGroup({ path: 'offices' });
      const { code, stderr } = await call(['--group', 'offices']);
      assert.equal(code, 0, stderr);
      assert.match(stderr, /^0 projects of offices\.\nWith --recursive the projects of its subgroups count, too\.$/m);
      assert.doesNotMatch((await call(['--group', 'offices', '--recursive'])).stderr, /With --recursive/);
    });

    it('prints one document, sorted by path', async () => {
      const { json } = await group('--json');
      assert.deepEqual(json().projects.map(({ project: path }) => path), paths);
      assert.deepEqual(json().projects.filter(({ archived }) => archived).map(({ project: path }) => path), ['acme/web/old']);
      assert.equal(json().requests, instance.gitlab.requests.length);
      assert.deepEqual((await call(['--group', 'acme', '--json'])).json().projects.length, 5);
    });

    it('gives from its shards, merged, what one run gives', async () => {
      const whole = (await group('--json')).json();
      for (const index of [1, 2, 3]) {
        const { code, stderr } = await group('--shard', `${index}/3`, '--out', `out/${index}`);
        assert.equal(code, 0, stderr);
        assert.match(stderr, new RegExp(`shard ${index}/3`));
      }
      const merged = await call(['--merge', 'out/1', 'out/2', 'out/3', '--json']);
      assert.equal(merged.code, 0, merged.stderr);
      const { requests: _, ...document } = merged.json();
      const { requests: __, ...expected } = whole;
      assert.deepEqual(document, expected);
      for (const format of ['text', 'sarif']) assert.equal((await call(['--merge', 'out/1', 'out/2', 'out/3', '--format', format])).stdout, (await group('--format', format)).stdout);
    });

    it('keeps no secret of the configuration', async () => {
      temp.put('.badge-api.yaml', `${config}  - id: open\n    levels:\n      - name: gold\n        checks: [{ type: MANUAL, decisionJsonUrl: "${instance.gitlab.url}/acme/web/shop/-/raw/main/open.json?private_token=hidden" }]\n`);
      await group('--out', 'out');
      const kept = temp.files().filter((file) => file.startsWith('out/'));
      assert.equal(kept.length, 8);
      for (const file of kept) assert(!/hidden|glpat/.test(temp.text(file)), file);
    });

    it('takes its shard from a parallel job', async () => {
      const { json } = await call(['--group', 'acme', '--recursive', '--json'], { env: { GITLAB_TOKEN: secret, CI_NODE_INDEX: '2', CI_NODE_TOTAL: '2' } });
      const { json: rest } = await call(['--group', 'acme', '--recursive', '--json'], { env: { GITLAB_TOKEN: secret, CI_NODE_INDEX: '1', CI_NODE_TOTAL: '2' } });
      assert.deepEqual([...json().projects, ...rest().projects].map(({ project: path }) => path).sort(), paths);
    });

    it('says which shards are missing', async () => {
      await group('--shard', '1/3', '--out', 'out');
      const { code, stderr } = await call(['--merge', 'out']);
      assert.equal(code, 1);
      assert.match(stderr, /warning: Of acme with its subgroups, the shards 2\/3, 3\/3 are missing\./);
    });

    it('refuses to merge what does not belong together', async () => {
      await group('--shard', '1/2', '--out', 'a');
      await group('--shard', '2/2', '--out', 'b', '--now', '2026-03-01');
      const { code, stdout, stderr } = await call(['--merge', 'a', 'b']);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, /^a and b do not belong together: --now is 2026-03-05T10:00:00\.000Z there, 2026-03-01T00:00:00\.000Z here\./);
    });

    it('lets a failed project cost itself, and tries it again', async () => {
      instance.gitlab.faults.next({ match: { path: /project-3/ }, action: { status: 501 }, times: Infinity });
      const first = await group('--out', 'out', '--json', '--now', '2026-03-05');
      assert.equal(first.code, 1);
      assert.match(first.json().projects[2]?.reason ?? '', /501/);
      assert.equal(first.json().projects.filter(({ reason }) => reason === undefined).length, 6);
      instance.gitlab.faults.clear();
      const before = instance.gitlab.requests.length;
      const second = await group('--out', 'out', '--json', '--now', '2026-03-05');
      assert.equal(second.code, 0);
      assert.match(second.stderr, /^6 of them are in out already\.$/m);
      assert(instance.gitlab.requests.slice(before).every(({ path }) => /groups|project-3/.test(path)));
    });

    it('keeps what is done when interrupted, and says how to go on', async () => {
      const controller = new AbortController();
      let answers = 0;
      const fetching: typeof fetch = async (url, init) => {
        const response = await fetch(url, init);
        if ((answers += 1) === 12) controller.abort();
        return response;
      };
      const stopped = await call(['--group', 'acme', '--recursive', '--out', 'out'], { signal: controller.signal, fetch: fetching });
      assert.deepEqual([stopped.code, stopped.stdout], [130, '']);
      assert.match(stopped.stderr, /Interrupted\. \d of 7 projects are in out\. To go on, run it again with --now 2026-03-05T10:00:00\.000Z\.$/m);
      const { code, json } = await group('--out', 'out', '--json', '--now', '2026-03-05T10:00:00.000Z');
      assert.equal(code, 0);
      assert.deepEqual(json().projects.map(({ project: path }) => path), paths);
    });

    it('starts anew for another definition, and says so', async () => {
      await group('--out', 'out');
      temp.put('.badge-api.yaml', config.replace('min: 4', 'min: 5'));
      const { code, stderr } = await group('--out', 'out');
      assert.equal(code, 0);
      assert.match(stderr, /The results in out are of another run \(the configuration of the badges is another\): they are replaced\./);
      temp.put('.badge-api.yaml', `# a comment\n${config.replace('min: 4', 'min: 5')}`);
      assert.match((await group('--out', 'out')).stderr, /7 of them are in out already/);
    });

    it('leaves no file of its own where nothing is to be kept', async () => {
      const controller = new AbortController();
      const running = call(['--group', 'acme'], { signal: controller.signal, fetch: (url, init) => (typeof url === 'string' && url.includes('commits') && controller.abort(), fetch(url, init)) });
      const { code, stderr } = await running;
      assert.equal(code, 130);
      assert.match(stderr, /Nothing is kept: with --out/);
      assert.deepEqual(temp.files(), ['.badge-api.yaml']);
    });
  });

  describe('exit codes', () => {
    const wrongType = config.replace('type: RELEASES', 'type: RELEASE');
    const cases: [code: number, what: string, args: string[], message: RegExp, prepare?: () => void][] = [
      [0, 'for a badge that is not reached', ['--project', 'acme/web/shop'], /^$/],
      [0, 'for a badge that is unknown', ['--project', 'acme/web/shop'], /^$/, () => instance.gitlab.faults.next({ match: { path: /releases|tags/ }, action: { status: 403, body: { message: '403' } }, times: Infinity })],
      [1, 'for an unknown badge with --strict', ['--project', 'acme/web/shop', '--strict'], /^$/, () => instance.gitlab.faults.next({ match: { path: /releases|tags/ }, action: { status: 403, body: { message: '403' } }, times: Infinity })],
      [1, 'for a fact that failed', ['--project', 'acme/web/shop'], /501/, () => instance.gitlab.faults.next({ match: { path: /repository\/commits/ }, action: { status: 501 }, times: Infinity })],
      [1, 'for a project that is not there', ['--project', 'acme/nothing'], /^$/],
      [1, 'for a group that is not there', ['--group', 'nobody'], /The projects of nobody: .*404/],
      [1, 'for a badge whose entry is wrong', ['--project', 'acme/web/shop'], /^\.badge-api\.yaml:16:\d+ error \S+ .*RELEASES/, () => temp.put('.badge-api.yaml', wrongType)],
      [2, 'for a configuration that cannot be read as a whole', ['--project', 'acme/web/shop'], /^\.badge-api\.yaml:1:\d+ error/, () => temp.put('.badge-api.yaml', '- a\n')],
      [2, 'for a configuration that is not there', ['--project', 'acme/web/shop', '--config', 'none.yaml'], /none\.yaml: there is no such file/],
      [2, 'for no project', [], /no git remote/],
      [2, 'for a folder of results that is a file', ['--group', 'acme', '--out', '.badge-api.yaml'], /\.badge-api\.yaml/],
      [2, 'for folders to merge that are not there', ['--merge', 'nowhere'], /nowhere holds no results/],
      [3, 'for a token that GitLab does not know', ['--project', 'acme/web/shop', '-t', 'wrong'], /^$/],
      [3, 'for a token that GitLab does not know, with a group', ['--group', 'acme', '-t', 'wrong'], /401/],
    ];
    for (const [code, what, args, message, prepare] of cases) {
      it(`${code} ${what}`, async () => {
        prepare?.();
        const result = await call(args);
        assert.equal(result.code, code, result.stderr);
        assert.match(result.stderr, message);
      });
    }
    it('2 without any configuration', async () => {
      temp.remove();
      temp = tempFolder();
      const { code, stderr } = await project();
      assert.equal(code, 2);
      assert.match(stderr, /There is no \.badge-api\.yaml/);
    });
    it('130 when interrupted', async () => {
      instance.gitlab.faults.next({ action: { hang: true }, times: Infinity });
      const controller = new AbortController();
      const running = call(['--project', 'acme/web/shop'], { signal: controller.signal });
      await instance.gitlab.arrival({});
      controller.abort();
      assert.equal((await running).code, 130);
    });
  });

  it('explains itself', async () => {
    const { code, stdout } = await call(['--help']);
    assert.equal(code, 0);
    assert.match(stdout, /^Usage: badgesmith evaluate /);
  });
});
