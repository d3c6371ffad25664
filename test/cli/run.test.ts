import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterEach, before, beforeEach, describe, it } from 'mocha';
import { run } from '../../src/cli/run';
import { draw } from '../../src/drawing/draw';
import { endpointJson } from '../app/generating';
import { tempFolder, type TempFolder } from '../app/tempFolder';
import { accessLevel, type FakeProject } from '../fakes/gitlab/data';
import { type FakeGitLab, startFakeGitLab } from '../fakes/gitlab/server';

describe('badgesmith on the command line', () => {
  let temp: TempFolder;
  let gitlab: FakeGitLab;
  let shop: FakeProject;
  let inJob: Record<string, string>;

  beforeEach(async () => {
    temp = tempFolder();
    gitlab = await startFakeGitLab({ relativeRoot: '/gitlab' });
    const user = gitlab.data.addUser({ username: 'web-team' });
    shop = gitlab.data.addProject({ path: 'shop', name: 'Shop', visibility: 'private', namespace: gitlab.data.addGroup({ path: 'acme' }), members: [{ user, accessLevel: accessLevel.reporter }] });
    gitlab.data.addToken({ value: 'glpat-secret', user, scopes: ['read_api'] });
    gitlab.data.addToken({ value: 'glcbt-secret', user, kind: 'job', project: shop });
    inJob = { CI_API_V4_URL: `${gitlab.url}/api/v4`, CI_SERVER_URL: gitlab.url, CI_PROJECT_ID: String(shop.id), CI_JOB_TOKEN: 'glcbt-secret' };
  });
  afterEach(async () => {
    temp.remove();
    await gitlab.close();
  });

  async function call(args: readonly string[], env: Readonly<Record<string, string>> = {}, options: { signal?: AbortSignal; cwd?: string; fetch?: (url: string, init: RequestInit) => Promise<Response> } = {}) {
    let stdout = '';
    let stderr = '';
    const code = await run(
      args,
      {
        env: { PATH: process.env['PATH'], ...env },
        cwd: options.cwd ?? temp.root,
        stdout: { write: (text) => (stdout += text) },
        stderr: { write: (text) => (stderr += text) },
        fetch: options.fetch ?? ((url, init) => fetch(url, init)),
        loadDraw: () => Promise.resolve(draw),
        now: () => new Date('2026-01-01T00:00:00.000Z'),
        version: '1.2.3',
      },
      options.signal ?? new AbortController().signal,
    );
    return { code, stdout, stderr };
  }
  const report = (stdout: string) => JSON.parse(stdout) as { project: string | null; path: string; requests: number; badges: { stem: string; status: string; reason?: string; message: string | null; file: string | null }[] };
  const svgs = () => temp.files().filter((file) => file.endsWith('.svg'));

  describe('in a job', () => {
    it('needs no option, as the reference', async () => {
      const { code, stdout } = await call([], { ...inJob, PRIVATE_TOKEN: 'glpat-secret' });
      assert.equal(code, 0);
      assert.match(stdout, /^written +name +Shop$/m);
      assert.ok(svgs().includes('public/badges/name.svg'));
      assert.ok(gitlab.requests.every(({ path: asked }) => asked.startsWith(`/gitlab/api/v4/projects/${shop.id}`)));
    });
    it('uses the API address where it differs from the server, and the server where there is none', async () => {
      const { CI_API_V4_URL: _, ...older } = inJob;
      assert.equal((await call([], { ...older, PRIVATE_TOKEN: 'glpat-secret' })).code, 0);
      assert.equal((await call([], { ...inJob, CI_SERVER_URL: 'https://gitlab.invalid', PRIVATE_TOKEN: 'glpat-secret' })).code, 0);
    });
    for (const [what, args, env, name] of [
      ['the one of the option', ['-t', 'glpat-secret'], { GITLAB_TOKEN: 'x', PRIVATE_TOKEN: 'x' }, 'glpat-secret'],
      ['GITLAB_TOKEN', [], { GITLAB_TOKEN: 'glpat-secret', PRIVATE_TOKEN: 'x' }, 'glpat-secret'],
      ['PRIVATE_TOKEN', [], { PRIVATE_TOKEN: 'glpat-secret' }, 'glpat-secret'],
      ['the job token', [], { GITLAB_TOKEN: '' }, 'glcbt-secret'],
    ] as const) {
      it(`sends ${what}`, async () => {
        await call(args, { ...inJob, ...env });
        assert.deepEqual([...new Set(gitlab.requests.map(({ credential }) => credential?.name))], [name]);
      });
    }
    it('sends the job token to no other server', async () => {
      await call(['--server', gitlab.url, '--project', 'acme/shop'], { CI_SERVER_URL: 'https://gitlab.invalid', CI_PROJECT_ID: '1', CI_JOB_TOKEN: 'glcbt-secret' });
      assert.ok(gitlab.requests.length > 0 && gitlab.requests.every(({ credential }) => credential === null));
    });
    it('says that the project is missing where facts of one are wanted, and only there', async () => {
      assert.match((await call([])).stderr, /warning: .*--server and --project/);
      temp.put('.gitlab/badges.yaml', 'facts: []\nstatic_badges: [[a, b, red]]');
      assert.doesNotMatch((await call([])).stderr, /--project/);
    });
    it('takes CI_PROJECT_ID for the named server where CI names none', async () => {
      await call(['--server', gitlab.url], { CI_PROJECT_ID: inJob.CI_PROJECT_ID ?? '', GITLAB_TOKEN: 'glpat-secret' });
      assert.ok(gitlab.requests.some(({ path }) => path.endsWith(`/projects/${inJob.CI_PROJECT_ID}`)));
    });
    it('says no token, not even with --verbose', async () => {
      gitlab.faults.next({ match: { path: /releases/ }, action: { status: 400, body: { message: 'glpat-secret' } } });
      const { stdout, stderr } = await call(['--verbose', '--json', '-t', 'glpat-secret'], inJob);
      assert.ok(!stderr.includes('glpat-secret'));
      assert.ok(!temp.files().some((file) => temp.text(file).includes('glpat-secret')));
      assert.ok(stdout.length > 0);
    });
    it('downloads nothing twice with --cache', async () => {
      const args = ['-t', 'glpat-secret', '--cache', 'cache', '--json'];
      await call(args, inJob);
      const before = gitlab.requests.length;
      const { stdout } = await call(args, inJob);
      assert.ok(report(stdout).badges.some(({ status }) => status === 'unchanged'));
      const again = gitlab.requests.slice(before).filter(({ status }) => status === 200);
      assert.deepEqual(again.map(({ path: asked }) => asked), []);
    });
  });

  describe('in a checkout of a history that is longer than GitLab looks', () => {
    const git = (folder: string, ...args: string[]) => execFileSync('git', args, { cwd: folder, env: { PATH: process.env['PATH'], HOME: temp.root }, encoding: 'utf8' }).trim();
    const commits = 2_100;

    /** Everybody of 60 addresses writes 35 commits; one has another name for some, and a merge at the end is by somebody else. */
    beforeEach(() => {
      git(temp.root, 'init', '-q', '-b', 'main', 'origin');
      const lines = Array.from({ length: commits }, (_, index) => {
        const author = `${index % 120 === 0 ? 'Other Name' : `Author ${index % 60}`} <a${index % 60}@${index % 2 === 0 ? 'example.com' : 'EXAMPLE.com'}> ${1_600_000_000 + index} +0000`;
        return `commit refs/heads/main\nmark :${index + 1}\nauthor ${author}\ncommitter ${author}\ndata 1\nx\n`;
      });
      const merge = 'commit refs/heads/main\nauthor Merger <merger@example.com> 1700000000 +0000\ncommitter Merger <merger@example.com> 1700000000 +0000\ndata 1\nm\nmerge :100\n';
      execFileSync('git', ['fast-import', '--quiet'], { cwd: path.join(temp.root, 'origin'), input: lines.join('') + merge, env: { PATH: process.env['PATH'], HOME: temp.root } });
      temp.put('.gitlab/badges.yaml', 'facts: [contributors]');
      gitlab.data.addCommit(shop, { sha: git(path.join(temp.root, 'origin'), 'rev-parse', 'main'), message: 'm' });
      shop.statisticsCommitCount = commits + 1;
    });
    const contributors = async (...clone: readonly string[]) => {
      git(temp.root, 'clone', '-q', ...clone, `file://${path.join(temp.root, 'origin')}`, 'clone');
      git(temp.root, 'init', '-q');
      const folder = path.join(temp.root, 'clone');
      const { stdout, stderr } = await call(['--json', '--config', path.join(temp.root, '.gitlab/badges.yaml'), '-p', path.join(temp.root, 'out')], { ...inJob, GITLAB_TOKEN: 'glpat-secret', HOME: temp.root }, { cwd: folder });
      return { message: report(stdout).badges[0]?.message, stderr };
    };
    it('counts everybody in the checkout', async () => assert.equal((await contributors()).message, '60'));
    it('leaves it to GitLab in a shallow checkout, and says so', async () => {
      const { message, stderr } = await contributors('--depth', '20');
      assert.equal(message, '1');
      assert.match(stderr, /warning: contributors: GitLab looks at the last 2,000 commits only.*GIT_DEPTH: 0/);
    });
    it('leaves it to GitLab where the checkout is of another project', async () => {
      shop.commits = [];
      gitlab.data.addCommit(shop, { message: 'of another history' });
      assert.equal((await contributors()).message, '1');
    });
    it('leaves it to GitLab where the history is short', async () => {
      shop.statisticsCommitCount = 2_000;
      assert.equal((await contributors()).message, '1');
    });
  });

  describe('with the value of a command', () => {
    const printing = (script: string) => `facts: []\ntemplate_badges: [{ label: a, message: "{v}", values: { v: { command: [${JSON.stringify(process.execPath)}, -e, ${JSON.stringify(script)}] } } }]`;
    const shown = async (script: string, env: Readonly<Record<string, string>> = {}, args: readonly string[] = ['--allow-commands']) => {
      temp.put('.gitlab/badges.yaml', printing(script));
      const { stdout } = await call(['--json', ...args], { GITLAB_TOKEN: 'glpat-secret', ...env });
      const [badge] = report(stdout).badges;
      return badge?.reason ?? badge?.message;
    };
    it('runs none unless that is allowed', async () => {
      assert.match((await shown("require('fs').writeFileSync('ran', '')", {}, [])) ?? '', /is run on the command line only, where --allow-commands is given/);
      assert.ok(!temp.files().includes('ran'));
    });
    it('runs it in the folder', async () => assert.equal(await shown("console.log(require('fs').readdirSync('.').join())"), '.gitlab'));
    it('gives it no token, by whatever name or in whatever text', async () => {
      const env = { MY_PASSWORD: 'p', CI_REPOSITORY_URL: 'https://gitlab-ci-token:glpat-secret@gitlab.example.com/a.git', LANG_OF_MINE: 'C' };
      assert.equal(await shown("console.log(Object.keys(process.env).filter((name) => name !== 'PATH').sort().join())", env), 'LANG_OF_MINE');
    });
    it('gives it nothing to read', async () => assert.equal(await shown("process.stdin.on('end', () => console.log('ended')).resume()"), 'ended'));
    for (const [script, reason] of [
      ['process.exit(3)', /it ended with the exit code 3\.$/],
      ["console.log('glpat-secret'); process.exit(1)", /it ended with the exit code 1\.$/],
      ["process.stdout.write('x'.repeat(2 ** 21))", /it printed more than 1 MiB\.$/],
    ] as const) {
      it(`fails the badge alone for ${script}`, async () => assert.match((await shown(script)) ?? '', reason));
    }
    it('fails the badge where there is no such program', async () => {
      temp.put('.gitlab/badges.yaml', 'facts: []\ntemplate_badges: [{ label: a, message: "{v}", values: { v: { command: [no-such-program] } } }]');
      const { code, stdout } = await call(['--json', '--allow-commands']);
      assert.equal(code, 1);
      assert.equal(report(stdout).badges[0]?.reason, '“no-such-program”: there is no such program.');
    });
  });

  describe('at home', () => {
    const git = (...args: string[]) => execFileSync('git', args, { cwd: temp.root, env: { PATH: process.env['PATH'], HOME: temp.root } });
    beforeEach(() => git('init', '-q'));
    const asked = async (env: Readonly<Record<string, string>> = {}, args: readonly string[] = []) => {
      const urls: string[] = [];
      const tokens = new Set<string | null>();
      await call(args, { HOME: temp.root, GITLAB_TOKEN: 'glpat-secret', ...env }, {
        fetch: (url, init) => {
          urls.push(url);
          tokens.add(new Headers(init.headers).get('private-token'));
          return Promise.resolve(Response.json({}, { status: 404 }));
        },
      });
      return { url: urls.find((url) => /projects\/[^/]+$/.test(url.split('?')[0] ?? ''))?.split('?')[0], tokens: [...tokens] };
    };
    for (const [remote, url] of [
      ['git@gitlab.example.com:acme/web/shop.git', 'https://gitlab.example.com/api/v4/projects/acme%2Fweb%2Fshop'],
      ['ssh://git@gitlab.example.com:2222/acme/shop.git', 'https://gitlab.example.com/api/v4/projects/acme%2Fshop'],
      ['https://gitlab-ci-token:x@gitlab.example.com:8443/acme/shop.git', 'https://gitlab.example.com:8443/api/v4/projects/acme%2Fshop'],
      ['git@altssh.gitlab.com:acme/shop.git', 'https://gitlab.com/api/v4/projects/acme%2Fshop'],
    ] as const) {
      it(`finds the project by the remote ${remote}`, async () => {
        git('remote', 'add', 'origin', remote);
        assert.deepEqual(await asked(), { url, tokens: ['glpat-secret'] });
      });
    }
    it('follows insteadOf', async () => {
      git('config', 'url.git@gitlab.example.com:.insteadOf', 'work:');
      git('remote', 'add', 'upstream', 'work:acme/shop.git');
      assert.equal((await asked()).url, 'https://gitlab.example.com/api/v4/projects/acme%2Fshop');
    });
    it('finds the project below a server that is named', async () => {
      git('remote', 'add', 'origin', 'https://example.com/gitlab/acme/shop.git');
      assert.equal((await asked({}, ['--server', 'https://example.com/gitlab'])).url, 'https://example.com/gitlab/api/v4/projects/acme%2Fshop');
    });
    for (const remote of ['git@github.com:acme/shop.git', '/srv/git/shop.git']) {
      it(`sends nothing for the remote ${remote}`, async () => {
        git('remote', 'add', 'origin', remote);
        assert.deepEqual(await asked(), { url: undefined, tokens: [] });
      });
    }
    it('says what to do where there is no remote', async () => {
      const { code, stdout } = await call([]);
      assert.equal(code, 0);
      assert.match(stdout, /^unknown +issues, .*: There is no git remote: name the project with --server and --project\.$/m);
    });
  });

  describe('output', () => {
    it('is one JSON document with --json', async () => {
      temp.put('public/badges/hello.json', endpointJson('hello', 'world', { color: 'orange' }));
      const { stdout } = await call(['generate', '--json', '-s', 'a/b', 'c', 'red'], { ...inJob, PRIVATE_TOKEN: 'glpat-secret' });
      const document = report(stdout);
      assert.deepEqual(Object.keys(document), ['project', 'path', 'badges', 'requests']);
      assert.deepEqual([document.project, document.path], [String(shop.id), 'public/badges']);
      assert.deepEqual(document.badges.find(({ stem }) => stem === 'hello'), {
        stem: 'hello',
        label: 'hello',
        message: 'world',
        color: 'orange',
        file: 'public/badges/hello.svg',
        source: 'public/badges/hello.json',
        status: 'written',
      });
      const failed = document.badges.find(({ status }) => status === 'failed');
      assert.deepEqual([failed?.message, failed?.file], [null, null]);
      assert.match(failed?.reason ?? '', /cannot name a file/);
      assert.equal(document.requests, gitlab.requests.length);
    });
    it('does not steer the terminal', async () => {
      temp.put('public/badges/x.json', endpointJson('x', 'a\u001b[31mb\u202ec'));
      assert.ok(!/[\u001b\u202e]/.test((await call([])).stdout));
    });
  });

  describe('options', () => {
    it('are those of the reference', async () => {
      temp.put('r1.xml', '<testsuite tests="1"/>');
      temp.put('r2.xml', '<testsuite tests="2"/>');
      const pages: string[] = [];
      const { code } = await call(['-p', 'out', '--junit-xml', 'r1.xml', '--junit-xml=r2.xml', '-s', 'a b', '1', 'red', '-s', 'c', '-2', 'blue', '-lb', 'https://e.org/1', 'https://e.org/2', '--strict'], {}, {
        fetch: (url) => {
          pages.push(url);
          return Promise.resolve(new Response(`<svg><title>l${pages.length}: x</title></svg>`));
        },
      });
      assert.equal(code, 1);
      assert.deepEqual(pages.sort(), ['https://e.org/1', 'https://e.org/2']);
      assert.deepEqual(svgs(), ['a_b', 'c', 'l1', 'l2', 'tests', 'tests_complete', 'total_tests', 'total_time'].map((stem) => `out/${stem}.svg`));
      assert.match(temp.text('out/total_tests.json'), /"message": "3"/);
    });
    it('replace what the file says, lists too', async () => {
      temp.put('pyproject.toml', '[tool.badges_gitlab]\npath = "a"\nstatic_badges = [["x", "1", "red"], ["y", "1", "red"]]\nlink_badges = []\n');
      await call(['-s', 'z', '1', 'red']);
      assert.deepEqual(svgs(), ['a/z.svg']);
    });
    it('may lead anywhere, a file may not', async () => {
      const elsewhere = tempFolder({ 'r.xml': '<testsuite tests="1"/>', 'c.yaml': 'facts: []\nstatic_badges: [[a, b, red]]' });
      assert.equal((await call(['-p', elsewhere.root, '--junit-xml', `${elsewhere.root}/*.xml`, '--config', `${elsewhere.root}/c.yaml`])).code, 0);
      assert.ok(elsewhere.files().includes('a.svg') && elsewhere.files().includes('tests.svg'));
      temp.put('.gitlab/badges.yaml', `facts: []\npath: ${elsewhere.root}/more\nstatic_badges: [[a, b, red]]`);
      assert.equal((await call([])).code, 1);
      assert.ok(!elsewhere.files().some((file) => file.startsWith('more')));
      elsewhere.remove();
    });
    it('say the version and help', async () => {
      assert.deepEqual(await call(['-V']), { code: 0, stdout: 'badgesmith 1.2.3\n', stderr: '' });
      for (const args of [['-h'], ['--help'], ['generate', '-h']]) assert.match((await call(args)).stdout, /^Usage: badgesmith \[generate\]/);
    });
  });

  describe('exit codes (10: nearly every failure of the reference exits 0)', () => {
    const cases: readonly [code: number, what: string, args: readonly string[], prepare?: () => void][] = [
      [0, 'for badges that are unknown', []],
      [1, 'for unknown badges with --strict', ['--strict']],
      [1, 'for a failed badge', ['-s', 'a', 'b', 'gren']],
      [1, 'for a bad entry of the configuration', [], () => temp.put('.gitlab/badges.yaml', 'static_badges: [[a]]')],
      [2, 'for an unknown option', ['--nonsense']],
      [2, 'for an unknown command', ['evaluat']],
      [2, 'for an argument too many', ['generate', 'glpat-secret']],
      [2, 'for a value that is missing', ['-p']],
      [2, 'for a static badge of two values', ['-s', 'a', 'b']],
      [2, 'for link badges without one', ['-lb', '--strict']],
      [2, 'for a server that is no address', ['--server', 'ftp://x']],
      [2, 'for a configuration that cannot be read as a whole', [], () => temp.put('.gitlab/badges.yaml', '- a')],
      [2, 'for a configuration that is not there', ['--config', 'nowhere.yaml']],
    ];
    for (const [code, what, args, prepare] of cases) {
      it(`${code} ${what}`, async () => {
        prepare?.();
        const result = await call(args);
        assert.equal(result.code, code, result.stderr);
        assert.ok(code === 0 || result.stderr !== '');
        assert.ok(!result.stderr.includes('glpat-secret'));
      });
    }
    it('3 for a token GitLab does not know, and the other badges are written', async () => {
      const { code } = await call(['-s', 'a', 'b', 'red'], { ...inJob, PRIVATE_TOKEN: 'wrong' });
      assert.equal(code, 3);
      assert.deepEqual(svgs(), ['public/badges/a.svg']);
    });
    it('3 for a GitLab that cannot be reached', async () => {
      await gitlab.close();
      assert.equal((await call([], { ...inJob, PRIVATE_TOKEN: 'glpat-secret' })).code, 3);
    });
    it('130 when interrupted, with nothing half-written', async () => {
      gitlab.faults.next({ action: { hang: true }, times: Infinity });
      const controller = new AbortController();
      const running = call(['-s', 'a', 'b', 'red'], inJob, { signal: controller.signal });
      await gitlab.arrival({});
      controller.abort();
      assert.equal((await running).code, 130);
      assert.deepEqual(temp.files(), []);
    });
    it('problems have file, line and column', async () => {
      temp.put('.gitlab/badges.yaml', 'facts: []\nstatic_badges:\n  - [a]\n');
      assert.match((await call([])).stderr, /^\.gitlab\/badges\.yaml:3:\d+ error \S+ /m);
    });
  });

  describe('as a process', () => {
    const program = path.resolve('dist/cli.js');
    const start = (args: readonly string[], env: Readonly<Record<string, string>>) =>
      new Promise<{ code: number | string | null | undefined; stdout: string }>((resolve) => {
        execFile(process.execPath, [program, ...args], { cwd: temp.root, env: { PATH: process.env['PATH'], ...env } }, (error, stdout) => resolve({ code: error ? error.code : 0, stdout }));
      });
    before(function () {
      if (!existsSync(program)) this.skip();
    });

    it('writes badges', async () => {
      const { code, stdout } = await start(['--json'], { ...inJob, PRIVATE_TOKEN: 'glpat-secret' });
      assert.equal(code, 0);
      assert.equal(report(stdout).badges.find(({ stem }) => stem === 'name')?.status, 'written');
    });
    it('goes through a proxy', async function () {
      this.timeout(30_000);
      const proxied = await start(['--json'], { ...inJob, PRIVATE_TOKEN: 'glpat-secret', HTTP_PROXY: 'http://127.0.0.1:9' });
      assert.equal(proxied.code, 3);
      const direct = await start(['--json'], { ...inJob, PRIVATE_TOKEN: 'glpat-secret', HTTP_PROXY: 'http://127.0.0.1:9', NO_PROXY: '127.0.0.1' });
      assert.equal(direct.code, 0);
    });
  });
});
