import assert from 'node:assert/strict';
import path from 'node:path';
import { openFolder } from '../../src/app/diskFolder';
import { loadLocalLevels, loadRemoteLevels, type LocalLevelsOptions, type RemoteLevelsOptions } from '../../src/app/loadLevels';
import { createConnection } from '../../src/gitlab/connection';
import { createFetchPublic } from '../../src/sources/fetchPublic';
import { secret } from '../gitlab/expect';
import { closeServers, sendHtml, startServer, type Handler, type TestServer } from '../gitlab/testServer';
import { tempFolder, type TempFolder } from './tempFolder';

const badge = (id: string, svg = ''): string => `  - id: ${id}\n    levels:\n      - name: gold\n${svg && `        svgUrl: ${svg}\n`}        checks: [{ type: COMMITS, threshold: { min: 1 } }]\n`;
const config = (id: string, more = ''): string => `${more}badges:\n${badge(id)}`;

describe('the configuration of leveled badges', () => {
  let temp: TempFolder;
  let system: TempFolder;
  beforeEach(() => {
    temp = tempFolder();
    system = tempFolder();
  });
  afterEach(() => {
    temp.remove();
    system.remove();
    closeServers();
  });

  const local = (options: LocalLevelsOptions = {}) => loadLocalLevels(openFolder(temp.root, { alsoAllowed: options.explicitFile === undefined ? [] : [options.explicitFile] }), options);
  const ids = ({ definition }: { readonly definition: { readonly badges: readonly { readonly id: string }[] } }) => definition.badges.map(({ id }) => id);

  describe('on this machine', () => {
    it('is empty where there is none', async () => {
      const found = await local({ system: openFolder(system.root) });
      assert.deepEqual([found.file, ids(found), found.problems, found.unreadable], [null, [], [], false]);
    });

    it('is the named file, else that of the folder, else that of the system', async () => {
      const elsewhere = path.join(system.root, 'mine.yaml');
      system.put('.badge-api.yaml', config('system'));
      const options = { system: openFolder(system.root) };
      const fromSystem = await local(options);
      assert.deepEqual([ids(fromSystem), fromSystem.place, fromSystem.file], [['system'], 'system', path.join(system.root, '.badge-api.yaml')]);
      assert.deepEqual(ids(await local()), [], 'the editor does not look there');
      temp.put('.badge-api.yaml', config('folder'));
      const fromFolder = await local(options);
      assert.deepEqual([ids(fromFolder), fromFolder.place, fromFolder.file, fromFolder.folder], [['folder'], 'folder', '.badge-api.yaml', temp.root]);
      system.put('mine.yaml', config('named'));
      const named = await local({ ...options, explicitFile: elsewhere });
      assert.deepEqual([ids(named), named.place, named.folder], [['named'], 'named', system.root]);
    });

    it('has problems with line and column, and the other badges stay', async () => {
      temp.put('.badge-api.yaml', `badges:\n${badge('good')}  - id: bad\n    levels: []\n`);
      const found = await local();
      assert.deepEqual(ids(found), ['good']);
      assert.deepEqual(found.problems.map(({ file, line, column, code }) => [file, line, column, code]), [['.badge-api.yaml', 7, 13, 'empty-list']]);
    });

    for (const [what, text] of [
      ['has a syntax error', 'badges: [\n'],
      ['is a list', '- a\n'],
      ['is no text', Buffer.from([0xff, 0xfe])],
    ] as const) {
      it(`is unreadable where it ${what}, and says where`, async () => {
        temp.put('.badge-api.yaml', text);
        const found = await local({ system: openFolder(system.root) });
        assert.deepEqual([found.unreadable, ids(found), found.problems.length > 0], [true, [], true]);
        const loaded = await loadRemoteLevels(found, { files: { refused: 'no' }, environmentUrl: 'https://x/y' }, new AbortController().signal);
        assert.deepEqual([loaded.unreadable, loaded.problems], [true, found.problems]);
      });
    }

    it('is unreadable where the named file is not there', async () => assert.equal((await local({ explicitFile: 'nowhere.yaml' })).unreadable, true));
  });

  describe('elsewhere', () => {
    const { signal } = new AbortController();
    let server: TestServer;
    let remote: Handler;

    beforeEach(async () => {
      remote = (_, response) => response.end(config('theirs', 'personalEmailDomains: [theirs.example]\n'));
      server = await startServer((request, response, attempt) => remote(request, response, attempt));
    });

    const files = () => ({
      connections: [createConnection({ instance: `${server.origin}/tools`, token: { kind: 'private', value: secret }, fetch, retry: { attempts: 1 } })],
      fetchPublic: createFetchPublic((url, init) => fetch(url, init)),
    });
    const load = async (text: string, options: Partial<RemoteLevelsOptions> = {}) => {
      temp.put('.badge-api.yaml', text);
      return loadRemoteLevels(await local(), { files: files(), ...options }, signal);
    };
    const mine = (url: string) => config('mine', `gitClients: [{ baseUrl: ${server.origin}/tools }]\npersonalEmailDomains: [mine.example]\nsubsequentUseApiDomain: use.example\nremoteConfigUrl: ${url}\n`);

    it('is not asked for where nobody names one', async () => {
      const loaded = await load(config('mine'));
      assert.deepEqual([ids(loaded), loaded.badgesFile, loaded.unavailable, server.seen.length], [['mine'], '.badge-api.yaml', null, 0]);
    });

    it('takes the place of badges and personal e-mail domains, and of nothing else', async () => {
      remote = (_, response) =>
        response.end(config('theirs', 'personalEmailDomains: [theirs.example]\ngitClients: [{ baseUrl: https://theirs.example }]\nsubsequentUseApiDomain: theirs.example\nremoteConfigUrl: https://theirs.example/more.yaml\n'));
      const loaded = await load(mine(`${server.origin}/config/badges.yaml?x=1`));
      assert.deepEqual([loaded.problems, loaded.unavailable], [[], null]);
      assert.deepEqual(ids(loaded), ['theirs']);
      const { personalEmailDomains, gitClients, subsequentUseApiDomain } = loaded.definition;
      assert.deepEqual(personalEmailDomains, ['theirs.example']);
      assert.deepEqual(gitClients.map(({ baseUrl }) => baseUrl), [`${server.origin}/tools`]);
      assert.equal(subsequentUseApiDomain?.value, 'use.example');
      assert.equal(loaded.badgesFile, `${server.origin}/config/badges.yaml`);
      assert.equal(server.seen.length, 1);
    });

    it('leaves the personal e-mail domains where it has none', async () => {
      remote = (_, response) => response.end(config('theirs'));
      assert.deepEqual((await load(mine(`${server.origin}/x.yaml`))).definition.personalEmailDomains, ['mine.example']);
    });

    it('may ask for no badges at all', async () => {
      remote = (_, response) => response.end('badges: []\n');
      const loaded = await load(mine(`${server.origin}/x.yaml`));
      assert.deepEqual([ids(loaded), loaded.unavailable], [[], null]);
    });

    it('has its own folder in place of the placeholder', async () => {
      remote = (_, response) => response.end(`badges:\n${badge('a', '<badge-config-repo>/a.svg')}`);
      const { definition } = await load(mine(`${server.origin}/acme/config/-/raw/main/x.yaml?y=a/b#c/d`));
      assert.equal(definition.badges[0]?.levels[0]?.svgUrl, `${server.origin}/acme/config/-/raw/main/a.svg`);
    });

    it('is the one the environment names, if it names one, also without a file', async () => {
      const loaded = await load(mine(`${server.origin}/file.yaml`), { environmentUrl: ` ${server.origin}/environment.yaml\n` });
      assert.deepEqual([ids(loaded), server.seen.map(({ url }) => url)], [['theirs'], ['/environment.yaml']]);
      await load(mine(`${server.origin}/file.yaml`), { environmentUrl: ' ' });
      assert.equal(server.seen.at(-1)?.url, '/file.yaml');
      const nothing = await loadLocalLevels(openFolder(system.root));
      assert.deepEqual(ids(await loadRemoteLevels(nothing, { files: files(), environmentUrl: `${server.origin}/x.yaml` }, signal)), ['theirs']);
    });

    it('is asked for with the token of its own instance alone', async () => {
      await load(mine(`${server.origin}/tools/acme/config/-/blob/main/x.yaml`));
      assert.equal(server.seen[0]?.url, '/tools/api/v4/projects/acme%2Fconfig/repository/files/x.yaml/raw?ref=main');
      assert.equal(server.seen[0]?.headers['private-token'], secret);
      await load(mine(`${server.origin}/other/x.yaml`));
      assert(!JSON.stringify(server.seen[1]?.headers).includes(secret));
    });

    it('is told with its address where something in it is wrong, and the other badges stay', async () => {
      remote = (_, response) => response.end(`badges:\n${badge('good')}  - id: bad\n    levels: []\n`);
      const loaded = await load(mine(`${server.origin}/x.yaml?ref=main`));
      assert.deepEqual(ids(loaded), ['good']);
      assert.deepEqual(loaded.problems.map(({ file, line, column }) => [file, line, column]), [[`${server.origin}/x.yaml`, 7, 13]]);
    });

    const unavailable: Record<string, readonly [Handler, RegExp]> = {
      'is not there': [(_, response) => response.writeHead(404).end(), /could not be had\. The file answered 404/],
      'is a web page': [(_, response) => sendHtml(response, 200), /is a web page/],
      'redirects to another host': [(_, response) => response.writeHead(302, { location: 'https://elsewhere.example/x' }).end(), /redirects to https:\/\/elsewhere\.example/],
      'is too large': [(_, response) => response.end('x'.repeat(1024 * 1024 + 1)), /more than 1024 KiB/],
      'has a syntax error': [(_, response) => response.end('badges: [\n'), /x\.yaml cannot be read/],
      'is empty': [(_, response) => response.end(''), /x\.yaml has no badges/],
      'is another file': [(_, response) => response.end('stages: [build]\n'), /x\.yaml has no badges/],
    };
    for (const [what, [handler, says]] of Object.entries(unavailable)) {
      it(`leaves the badges unknown where it ${what}, and says so at its address`, async () => {
        remote = handler;
        const text = mine(`${server.origin}/x.yaml`);
        const loaded = await load(text);
        assert.deepEqual([ids(loaded), loaded.definition.broken, loaded.badgesFile], [[], [], null]);
        assert.match(loaded.unavailable ?? '', says);
        const problem = loaded.problems.at(-1);
        assert.deepEqual([problem?.severity, problem?.code, problem?.message], ['error', 'remote-config', loaded.unavailable]);
        assert.equal(problem && text.slice(problem.range.start, problem.range.end), `${server.origin}/x.yaml`);
        assert.equal(loaded.definition.gitClients.length, 1, 'the rest stays');
      });
    }

    it('leaves the badges unknown where nothing may be fetched', async () => {
      const loaded = await load(mine(`${server.origin}/x.yaml`), { files: { refused: 'this workspace is not trusted, so nothing is fetched.' } });
      assert.deepEqual([ids(loaded), server.seen.length, loaded.problems.map(({ severity }) => severity)], [[], 0, ['warning']]);
      assert.match(loaded.unavailable ?? '', /not trusted/);
    });

    for (const url of ['file:///etc/passwd', 'x.yaml', `https://me:${secret}@gitlab.example.com/x.yaml`]) {
      it(`leaves the badges unknown where the environment names ${url.replace(secret, '…')}`, async () => {
        const loaded = await load(config('mine'), { environmentUrl: url });
        assert.deepEqual([ids(loaded), loaded.problems.map(({ file }) => file)], [[], ['REMOTE_CONFIG_URL']]);
        assert.match(loaded.unavailable ?? '', url.includes(secret) ? /REMOTE_CONFIG_URL cannot be used\. Its URL holds a user name, password or token, .* tokenFile/ : /REMOTE_CONFIG_URL cannot be used\. /);
        assert.doesNotMatch(loaded.unavailable ?? '', /configuration file/);
        assert(!JSON.stringify(loaded).includes(secret));
      });
    }

    it('is not waited for once cancelled', async () => {
      remote = () => {};
      const controller = new AbortController();
      temp.put('.badge-api.yaml', mine(`${server.origin}/x.yaml`));
      const loading = loadRemoteLevels(await local(), { files: files() }, controller.signal);
      await server.arrived(1);
      controller.abort('stop');
      await assert.rejects(loading, (reason) => reason === 'stop');
    });
  });
});
