import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { put, record, shown, startStage, type Role, type Stage } from '../app/publishing';
import { tempFolder, type TempFolder } from '../app/tempFolder';
import { runCommand } from './runCommand';

interface ChangeJson {
  action: string;
  scope: string;
  target: string;
  name: string | null;
  before?: object;
  after?: object;
  reason: string;
  result?: string;
}

describe('badgesmith plan, apply and import', () => {
  let temp: TempFolder;
  let stage: Stage;
  beforeEach(async () => {
    temp = tempFolder();
    stage = await startStage();
  });
  afterEach(async () => {
    temp.remove();
    await stage.gitlab.close();
  });

  interface CallOptions {
    /** Whose token is in the environment; null: none. */
    readonly role?: Role | null;
    /** What the user answers when asked; without them there is no terminal. */
    readonly answers?: boolean[];
    readonly env?: Readonly<Record<string, string>>;
    readonly signal?: AbortSignal;
    readonly fetching?: typeof fetch;
    /** Options that name the project; none where the environment does. */
    readonly place?: readonly string[];
  }

  async function call(args: readonly string[], { role = 'owner', answers, env, signal, fetching, place = ['--server', stage.gitlab.url, '--project', 'acme/web/shop'] }: CallOptions = {}) {
    const asked: string[] = [];
    const { code, stdout, stderr } = await runCommand([...args, ...place], {
      env: { ...(role && { GITLAB_TOKEN: `glpat-test-${role}` }), ...env },
      cwd: temp.root,
      ...(fetching && { fetch: fetching }),
      ...(answers && { confirm: (question: string) => Promise.resolve((asked.push(question), answers.shift() ?? false)) }),
      now: () => new Date('2026-01-01T00:00:00.000Z'),
      signal,
    });
    assert(!(stdout + stderr).includes('glpat-test'));
    return { code, stdout, stderr, asked, json: () => JSON.parse(stdout) as { changes: ChangeJson[]; failures: { target: string }[]; warnings: { message: string }[]; requests: number } };
  }
  const writesOf = () => stage.gitlab.requests.filter(({ method }) => method !== 'GET');

  const entry = (name: string, part = name) => `    - { name: ${name}, link_url: "https://example.com/l", image_url: "https://example.com/${part}.svg" }\n`;
  const configure = (...lines: string[]) => temp.put('.gitlab/badges.yaml', `publish:\n${lines.join('')}`);

  describe('plan', () => {
    it('prints the changes as one document', async () => {
      put(stage, stage.shop, [record('kept'), record('changed', 'old'), record('other')]);
      configure('  project:\n', entry('kept'), entry('changed', 'new'), entry('added'));
      const { code, json } = await call(['plan', '--json', '--prune']);
      assert.equal(code, 0);
      const at = { scope: 'project', target: 'acme/web/shop' };
      assert.deepEqual(json().changes, [
        { action: 'keep', ...at, name: 'kept', before: record('kept'), after: record('kept'), reason: 'the same on GitLab' },
        { action: 'update', ...at, name: 'changed', before: record('changed', 'old'), after: record('changed', 'new'), reason: 'image URL differs' },
        { action: 'create', ...at, name: 'added', after: record('added'), reason: 'not on GitLab yet' },
        { action: 'delete', ...at, name: 'other', before: record('other'), reason: 'not in the configuration' },
      ]);
      // The project, its badges, and the token's scopes, since something would be written.
      assert.deepEqual([json().failures, json().warnings, json().requests], [[], [], 3]);
      assert.deepEqual(writesOf(), []);
    });

    it('prints a readable comparison', async () => {
      put(stage, stage.shop, [record('kept'), record('changed', 'old'), record('other\u001b[31m')]);
      configure('  prune: true\n', '  project:\n', entry('kept'), entry('changed', 'new'), entry('added'));
      const { stdout } = await call(['plan']);
      assert.equal(
        stdout,
        [
          'project acme/web/shop: 1 to create, 1 to update, 1 to delete, 1 stay',
          '  ~ changed: image URL differs',
          '      image  - https://example.com/old.svg',
          '             + https://example.com/new.svg',
          '  + added: not on GitLab yet',
          '      link   https://example.com/l',
          '      image  https://example.com/added.svg',
          '  - other [31m: not in the configuration',
          '      link   https://example.com/l',
          '      image  https://example.com/other [31m.svg',
          '  = kept: the same on GitLab',
          '',
        ].join('\n'),
      );
    });

    it('counts a wrong entry as failed, at its place, and goes on', async () => {
      put(stage, stage.shop, [record('a')]);
      configure('  prune: true\n', '  project:\n', entry('b'), '    - { name: a, link_url: "ftp://example.com", image_url: "https://example.com/a.svg" }\n');
      const { code, stderr, json } = await call(['plan', '--json']);
      assert.equal(code, 1);
      assert.match(stderr, /^\.gitlab\/badges\.yaml:5:28 error bad-url /m);
      assert.deepEqual(json().changes.map(({ action, name }) => [action, name]), [['create', 'b'], ['keep', 'a']]);
    });

    it('tells of a group that is not there, at its list', async () => {
      configure('  project:\n', entry('a'), '  groups:\n    nobody:\n  ', entry('b').trimStart().padStart(entry('b').length + 2));
      const { code, stderr, json } = await call(['plan', '--json']);
      assert.equal(code, 1);
      assert.match(stderr, /^\.gitlab\/badges\.yaml:6:\d+ error not-planned There is no group nobody/m);
      assert.deepEqual([json().changes.length, json().failures.map(({ target }) => target)], [1, ['nobody']]);
    });

    it('warns of a role that is too low', async () => {
      configure('  project:\n', entry('a'));
      const { code, stderr, json } = await call(['plan', '--json'], { role: 'developer' });
      assert.equal(code, 0);
      assert.match(stderr, /:3:\d+ warning not-allowed .*Maintainer; this token has Developer/);
      assert.match(json().warnings[0]?.message ?? '', /Maintainer/);
    });

    it('warns of a token that may only read, before anything is tried', async () => {
      stage.gitlab.data.tokens.find(({ value }) => value === 'glpat-test-owner')!.scopes = ['read_api'];
      configure('  project:\n', entry('a'));
      const { code, stderr } = await call(['plan']);
      assert.equal(code, 0);
      assert.match(stderr, /:3:\d+ warning not-allowed Changing badges needs a token with the scope api; this one has read_api\./);
      const applied = await call(['apply', '--yes', '--json']);
      assert.deepEqual([applied.code, writesOf()], [1, []]);
    });

    const useless: [fact: string, args: string[], code: number, message: RegExp][] = [
      ['without a configuration', ['plan'], 2, /no configuration file.*badgesmith import/],
      ['without the section', ['plan', '--config', 'other.yaml'], 2, /other\.yaml has no section “publish”/],
      ['with a file that is not there', ['plan', '--config', 'none.yaml'], 2, /none\.yaml/],
      ['with a file that cannot be read', ['plan', '--config', 'broken.toml'], 2, /broken\.toml:1:/],
      ['with an option of another command', ['plan', '--yes'], 2, /plan has no option --yes/],
      ['with an option without its value', ['plan', '--config', '--json'], 2, /--config needs a file/],
      ['with an argument too many', ['plan', 'glpat-secret'], 2, /argument too many/],
    ];
    for (const [fact, args, code, message] of useless) {
      it(`exits with ${code} ${fact}`, async () => {
        temp.put('other.yaml', 'path: public\n');
        temp.put('broken.toml', '[publish\n');
        const result = await call(args);
        assert.equal(result.code, code, result.stderr);
        assert.match(result.stderr, message);
        assert(!result.stderr.includes('glpat-secret'));
        assert.deepEqual([result.stdout, stage.gitlab.requests.length], ['', 0]);
      });
    }

    it('exits with 3 where GitLab cannot be used', async () => {
      configure('  project:\n', entry('a'));
      const { code, stderr, json } = await call(['plan', '--json'], { role: null, env: { GITLAB_TOKEN: 'glpat-wrong' } });
      assert.equal(code, 3);
      assert.match(stderr, /401/);
      assert.deepEqual(json().changes, []);
      const { code: unreachable } = await call(['plan'], { fetching: () => Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error(), { code: 'ECONNREFUSED' }) })) });
      assert.equal(unreachable, 3);
    });

    for (const command of ['plan', 'apply', 'import']) {
      it(`explains ${command}`, async () => {
        const { code, stdout } = await call([command, '--help']);
        assert.equal(code, 0);
        assert.match(stdout, new RegExp(`^Usage: badgesmith ${command} `));
      });
    }
  });

  describe('apply', () => {
    it('makes GitLab show the configuration and says what became of each change', async () => {
      put(stage, stage.shop, [record('kept')]);
      configure('  project:\n', entry('kept'), entry('added'));
      const { code, json, stderr } = await call(['apply', '--yes', '--json']);
      assert.equal(code, 0);
      assert.deepEqual(json().changes.map(({ action, name, result, reason }) => [action, name, result, reason]), [
        ['keep', 'kept', 'done', 'the same on GitLab'],
        ['create', 'added', 'done', 'not on GitLab yet'],
      ]);
      assert.match(stderr, /1\/1 done: project acme\/web\/shop, added: created/);
      assert.deepEqual(shown(stage.shop), [record('kept'), record('added')]);
      const again = await call(['apply', '--yes', '--json']);
      assert(again.json().changes.every(({ action }) => action === 'keep'));
    });

    it('never deletes without prune', async () => {
      put(stage, stage.shop, [record('old')]);
      configure('  project: []\n');
      assert.equal((await call(['apply', '--yes'])).code, 0);
      assert.equal(stage.shop.badges.length, 1);
      assert.equal((await call(['apply', '--yes', '--prune'])).code, 0);
      assert.equal(stage.shop.badges.length, 0);
    });

    it('writes nothing and exits with 2 without a terminal and --yes', async () => {
      configure('  project:\n', entry('a'));
      const { code, stderr } = await call(['apply']);
      assert.equal(code, 2);
      assert.match(stderr, /needs --yes/);
      assert.deepEqual(writesOf(), []);
    });

    it('asks on a terminal, and does as it is told', async () => {
      configure('  project:\n', entry('a'));
      const no = await call(['apply'], { answers: [false] });
      assert.deepEqual([no.code, no.asked.length, writesOf().length], [1, 1, 0]);
      assert.match(no.asked[0] ?? '', /127\.0\.0\.1.*1 to create/);
      const yes = await call(['apply'], { answers: [true] });
      assert.deepEqual([yes.code, yes.asked.length, writesOf().length], [0, 1, 1]);
      const nothing = await call(['apply'], { answers: [] });
      assert.deepEqual([nothing.code, nothing.asked.length], [0, 0]);
    });

    it('asks for what the token may change, and not where that is nothing', async () => {
      configure('  project:\n', entry('a'), '  groups:\n    acme/web:\n', entry('b').replace('    -', '      -'));
      const some = await call(['apply'], { role: 'maintainer', answers: [true] });
      assert.deepEqual([some.code, some.asked.length], [1, 1]);
      assert.match(some.asked[0] ?? '', /\(1 to create\)\?$/);
      const none = await call(['apply'], { role: 'developer', answers: [] });
      assert.deepEqual([none.code, none.asked, shown(stage.shop), shown(stage.web)], [1, [], [record('a')], []]);
    });

    it('shows the plan again, and asks again, where GitLab has changed meanwhile', async () => {
      configure('  project:\n', entry('a'));
      const answers = new Proxy([true, true], {
        get(target, key, receiver): unknown {
          if (key === 'shift' && target.length === 2) put(stage, stage.shop, [record('a', 'old')]);
          return Reflect.get(target, key, receiver);
        },
      });
      const { code, asked, stdout, stderr } = await call(['apply'], { answers });
      assert.equal(code, 0);
      assert.equal(asked.length, 2);
      assert.match(stderr, /have changed meanwhile/);
      assert.match(stdout, /\+ a: not on GitLab yet[^]*~ a: image URL differs/);
      assert.deepEqual(shown(stage.shop), [record('a')]);
    });

    it('exits with 1 where a change failed or could not be tried', async () => {
      configure('  project:\n', entry('a'));
      const { code, json } = await call(['apply', '--yes', '--json'], { role: 'developer' });
      assert.equal(code, 1);
      assert.deepEqual(json().changes.map(({ result }) => result), ['failed']);
      assert.match(json().changes[0]?.reason ?? '', /Maintainer/);
    });

    it('exits with 130 when interrupted, with what was done', async () => {
      configure('  project:\n', entry('a'), entry('b'), entry('c'));
      const controller = new AbortController();
      const fetching: typeof fetch = async (url, init) => {
        const response = await fetch(url, init);
        if (stage.shop.badges.length === 2) controller.abort();
        return response;
      };
      const { code, json } = await call(['apply', '--yes', '--json'], { signal: controller.signal, fetching });
      assert.equal(code, 130);
      assert.equal(json().changes[0]?.result, 'done');
      assert.equal(json().changes[2]?.result, 'skipped');
      assert.equal((await call(['apply', '--yes'])).code, 0);
      assert.deepEqual(shown(stage.shop), [record('a'), record('b'), record('c')]);
    });
  });

  describe('import', () => {
    it('makes a configuration that plans nothing', async () => {
      put(stage, stage.shop, [record('b', '%{project_path}'), record(null), record('b', 'second'), record('ü "x"')]);
      put(stage, stage.acme, [record('inherited')]);
      const { code, stdout } = await call(['import', '--json']);
      assert.equal(code, 0);
      const result = JSON.parse(stdout) as { file: string; status: string; imported: { name: string | null }[] };
      assert.deepEqual([result.file, result.status, result.imported.map(({ name }) => name)], ['.gitlab/badges.yaml', 'written', ['b', null, 'b', 'ü "x"']]);
      const plan = await call(['plan', '--json', '--prune']);
      assert.equal(plan.code, 0);
      assert(plan.json().changes.every(({ action, reason }) => action === 'keep' && reason === 'the same on GitLab'), plan.stdout);
      assert.equal(plan.json().changes.length, 4);
      assert.match((await call(['import'])).stderr, /stays as it is/);
    });

    it('adds to the file that is there, byte for byte', async () => {
      put(stage, stage.shop, [record('a'), record('b')]);
      put(stage, stage.web, [record('g')]);
      const before = `\uFEFF# mine\r\npublish: # soon\r\n  groups:\r\n    acme/web: [] # ours\r\n  project:\r\n  - {name: a,   link_url: 'https://example.com/l', image_url: https://example.com/a.svg} # first\r\n\r\n# end\r\n`;
      temp.put('.gitlab/badges.yml', before);
      assert.equal((await call(['import'])).code, 0);
      const expected = before
        .replace('[]', '[{ name: "g", link_url: "https://example.com/l", image_url: "https://example.com/g.svg" }]')
        .replace('# first\r\n', '# first\r\n  - name: "b"\r\n    link_url: "https://example.com/l"\r\n    image_url: "https://example.com/b.svg"\r\n');
      assert.equal(temp.text('.gitlab/badges.yml'), expected);
      assert((await call(['plan', '--json'])).json().changes.every(({ reason }) => reason === 'the same on GitLab'));
    });

    it('adds to pyproject.toml and to a file that is named', async () => {
      put(stage, stage.shop, [record('a')]);
      const before = '[project]\nname = "x" # mine\n\n[tool.badges_gitlab]\npath = "public"\n';
      temp.put('pyproject.toml', before);
      assert.equal((await call(['import'])).code, 0);
      assert.equal(temp.text('pyproject.toml'), `${before}\n[[tool.badges_gitlab.publish.project]]\nname = "a"\nlink_url = "https://example.com/l"\nimage_url = "https://example.com/a.svg"\n`);
      assert.equal((await call(['import', '--out', 'here/badges.toml'])).code, 0);
      assert.match(temp.text('here/badges.toml'), /^\[\[publish\.project\]\]\nname = "a"\n/);
      assert((await call(['plan', '--json', '--config', 'here/badges.toml'])).json().changes.every(({ action }) => action === 'keep'));
    });

    it('takes the groups that are named, too', async () => {
      put(stage, stage.shop, [record('a')]);
      put(stage, stage.web, [record('g')]);
      const { code, stdout } = await call(['import', '--group', 'acme/web', 'nobody', '--json']);
      const { imported, failures } = JSON.parse(stdout) as { imported: { target: string }[]; failures: { target: string }[] };
      assert.deepEqual([code, imported.map(({ target }) => target), failures.map(({ target }) => target)], [1, ['acme/web/shop', 'acme/web'], ['nobody']]);
      assert((await call(['plan', '--json'])).json().changes.every(({ reason }) => reason === 'the same on GitLab'));
    });

    for (const path of ['12', 'acme web', '/acme', '--json']) {
      it(`exits with 2 for a group ${path}`, async () => {
        const { code, stderr } = await call(['import', '--group', path]);
        assert.deepEqual([code, temp.files(), stage.gitlab.requests.length], [2, [], 0]);
        assert.match(stderr, /--group needs/);
      });
    }

    it('leaves out what cannot stand in a configuration, and says so', async () => {
      put(stage, stage.shop, [{ ...record('a'), link_url: 'https://me:pa55word@example.com' }, record('b')]);
      const { code, stderr } = await call(['import']);
      assert.equal(code, 1);
      assert.match(stderr, /a: left out\. This URL holds a user name/);
      assert(!temp.text('.gitlab/badges.yaml').includes('pa55word'));
    });

    it('touches nothing it cannot read', async () => {
      put(stage, stage.shop, [record('a')]);
      temp.put('.gitlab/badges.yaml', 'publish: &p\n  project: *p\n');
      const before = temp.text('.gitlab/badges.yaml');
      assert.equal((await call(['import'])).code, 2);
      assert.equal(temp.text('.gitlab/badges.yaml'), before);
    });

    it('exits with 3 where GitLab cannot be used, and makes no file', async () => {
      assert.equal((await call(['import'], { role: null, env: { GITLAB_TOKEN: 'glpat-wrong' } })).code, 3);
      assert.deepEqual(temp.files(), []);
    });
  });

  describe('with a job token', () => {
    const inJob = { role: null, env: { CI_JOB_TOKEN: 'glcbt-job' } } as const;
    beforeEach(() => {
      const user = stage.gitlab.data.users.find(({ username }) => username === 'owner');
      assert(user);
      stage.gitlab.data.addToken({ value: 'glcbt-job', user, kind: 'job', project: stage.shop });
    });

    it('writes to the project, and says that groups are out of its reach', async () => {
      configure('  project:\n', entry('a'), '  groups:\n    acme: []\n    acme/web:\n', entry('b').replace('    -', '      -'));
      const { code, stderr } = await call(['apply', '--yes'], { ...inJob, env: { ...inJob.env, CI_SERVER_URL: stage.gitlab.url } });
      assert.equal(code, 1);
      assert.match(stderr, /A job token cannot change the badges of the group acme\/web/);
      assert.deepEqual([shown(stage.shop), shown(stage.web)], [[record('a')], []]);
    });

    it('writes to a private project, which is hidden from it, by the path that GitLab CI names', async () => {
      stage.shop.visibility = 'private';
      configure('  project:\n', entry('a'));
      const env = { ...inJob.env, CI_API_V4_URL: `${stage.gitlab.url}/api/v4`, CI_PROJECT_ID: String(stage.shop.id), CI_PROJECT_PATH: 'acme/web/shop' };
      const { code, json } = await call(['apply', '--yes', '--json'], { ...inJob, env, place: [] });
      assert.equal(code, 0);
      assert.deepEqual(json().changes.map(({ target, name, result }) => [target, name, result]), [['acme/web/shop', 'a', 'done']]);
      assert.deepEqual(shown(stage.shop), [record('a')]);
    });

    it('says what to do where GitLab is too old to take it', async () => {
      configure('  project:\n', entry('a'));
      const env = { ...inJob.env, CI_SERVER_URL: stage.gitlab.url };
      stage.gitlab.faults.next({ match: { method: 'POST' }, action: { status: 401, body: { message: '401 Unauthorized' } } });
      const applied = await call(['apply', '--yes'], { ...inJob, env });
      assert.deepEqual([applied.code, /a job token is not accepted for this.*Use an access token/.test(applied.stderr)], [1, true]);
      stage.gitlab.faults.next({ times: 2, action: { status: 404, body: { message: '404 Project Not Found' } } });
      const hidden = await call(['plan'], { ...inJob, env });
      assert.equal(hidden.code, 1);
      assert.match(hidden.stderr, /:3:\d+ error not-planned There is no project acme\/web\/shop on GitLab, or this GitLab takes no job token for its badges: use an access token\./);
    });
  });
});
