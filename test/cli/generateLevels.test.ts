import assert from 'node:assert/strict';
import type { TempFolder } from '../app/tempFolder';
import type { TestInstance } from '../fakes/gitlab/testInstance';
import { secret, startLevelsStage, type LevelsStage } from './levelsStage';

const badge = (id: string, more = '') => `  - id: ${id}
    levels:
      - name: bronze
${more}        checks: [{ type: COMMITS, threshold: { timeRangeInMonths: 6, min: 2 } }]
      - name: silver
        checks: [{ type: COMMITS, threshold: { timeRangeInMonths: 6, min: 4 } }]
`;

describe('badgesmith generate with a .badge-api.yaml', () => {
  let stage: LevelsStage;
  let temp: TempFolder;
  let instance: TestInstance;
  beforeEach(async () => {
    stage = await startLevelsStage({ '.badge-api.yaml': `badges:\n${badge('maintained')}`, '.gitlab/badges.yaml': 'facts: []\n' });
    ({ temp, instance } = stage);
  });
  afterEach(() => stage.close());

  async function generate(args: readonly string[] = [], token: string | null = secret) {
    const sent = new Map<string, Set<string | null>>();
    const { code, stdout, stderr } = await stage.run('generate', ['--json', '--project', 'acme/web/shop', ...args], {
      env: token === null ? {} : { GITLAB_TOKEN: token },
      fetch: (url, init) => {
        const { origin } = new URL(url);
        sent.set(origin, (sent.get(origin) ?? new Set()).add(new Headers(init.headers).get('private-token')));
        if (origin !== new URL(instance.gitlab.url).origin) return Promise.resolve(new Response('<svg xmlns="http://www.w3.org/2000/svg"><title>x</title></svg>'));
        return fetch(url, init);
      },
    });
    const { badges, requests } = JSON.parse(stdout) as { badges: { stem: string; status: string; message: string | null; source: string; reason?: string }[]; requests: number };
    return { code, stderr, badges, requests, sent, outcome: badges.map(({ stem, status, message }) => [stem, status, message]) };
  }

  it('makes the leveled badges, too', async () => {
    const { code, outcome, badges, stderr } = await generate();
    assert.equal(code, 0, stderr);
    assert.deepEqual(outcome, [['maintained', 'written', 'bronze']]);
    assert.match(badges[0]?.source ?? '', /^the levels of acme\/web\/shop on 127\.0\.0\.1/);
    assert.match(temp.text('public/badges/maintained.svg'), /bronze/);
    assert.match(temp.text('public/badges/maintained.json'), /"message": "bronze"/);
    assert.deepEqual((await generate()).outcome, [['maintained', 'unchanged', 'bronze']]);
  });

  it('asks for the project once, for facts and levels together', async () => {
    temp.put('.gitlab/badges.yaml', 'facts: [name, star_count]\n');
    const { outcome } = await generate();
    assert.deepEqual(outcome.map(([stem]) => stem), ['name', 'star_count', 'maintained']);
    assert.equal(instance.gitlab.requests.filter(({ path }) => path.endsWith('/projects/acme%2Fweb%2Fshop')).length, 1);
  });

  it('keeps to six requests for the facts where there is none', async () => {
    for (const file of temp.files()) temp.drop(file);
    const { requests, badges } = await generate();
    assert(requests <= 6, `${requests} requests`);
    assert.equal(badges.length, 21);
  });

  it('lets an unknown badge leave the files of an earlier run alone', async () => {
    await generate();
    const before = temp.text('public/badges/maintained.svg');
    instance.gitlab.faults.next({ match: { path: /repository\/commits/ }, action: { status: 403, body: { message: '403 Forbidden' } }, times: Infinity });
    const { code, outcome } = await generate();
    assert.deepEqual([code, outcome], [0, [['maintained', 'unknown', null]]]);
    assert.equal(temp.text('public/badges/maintained.svg'), before);
    assert.equal((await generate(['--strict'])).code, 1);
  });

  it('counts a badge as failed whose facts failed', async () => {
    instance.gitlab.faults.next({ match: { path: /repository\/commits/ }, action: { status: 501 }, times: Infinity });
    const { code, outcome } = await generate();
    assert.deepEqual([code, outcome], [1, [['maintained', 'failed', null]]]);
  });

  it('counts a badge as failed whose entry is wrong, at its place, and makes the others', async () => {
    temp.put('.badge-api.yaml', `badges:\n${badge('maintained')}${badge('wrong').replace('COMMITS', 'COMITS')}`);
    const { code, outcome, stderr } = await generate();
    assert.deepEqual([code, outcome], [1, [['maintained', 'written', 'bronze'], ['wrong', 'failed', null]]]);
    assert.match(stderr, /^\.badge-api\.yaml:11:26 error \S+ .*COMITS/m);
  });

  it('makes the other badges where the file cannot be read as a whole', async () => {
    temp.put('.badge-api.yaml', '- a\n');
    const { code, outcome, stderr } = await generate(['-s', 'a', 'b', 'red']);
    assert.deepEqual([code, outcome], [1, [['a', 'written', 'b']]]);
    assert.match(stderr, /^\.badge-api\.yaml:1:\d+ error/m);
  });

  it('applies overrides, and keeps file names unique', async () => {
    temp.put('.gitlab/badges.yaml', 'facts: []\nstatic_badges: [[Maintained, yes, green]]\nbadges:\n  maintained: { label: upkeep, color: red }\n');
    const { outcome, badges } = await generate();
    assert.deepEqual(outcome[0], ['maintained', 'written', 'bronze']);
    assert.match(temp.text('public/badges/maintained.json'), /"label": "upkeep"[^]*"color": "red"/);
    assert.deepEqual(badges.map(({ status }) => status), ['written', 'failed']);
    assert.match(badges[1]?.reason ?? '', /same file name "maintained"/);
  });

  it('shows the picture of a level, the token going to its own instance only', async () => {
    instance.shop.files.set('bronze.svg', '<svg xmlns="http://www.w3.org/2000/svg"><title>own</title></svg>');
    instance.shop.visibility = 'private';
    const own = `        svgUrl: "${instance.gitlab.url}/acme/web/shop/-/raw/main/bronze.svg"\n`;
    temp.put('.badge-api.yaml', `badges:\n${badge('own', own)}${badge('other', '        svgUrl: "https://example.com/bronze.svg"\n')}`);
    const { code, outcome, sent, stderr } = await generate();
    assert.equal(code, 0, stderr);
    assert.deepEqual(outcome, [['own', 'written', 'bronze'], ['other', 'written', 'bronze']]);
    assert.match(temp.text('public/badges/own.svg'), /<title>own<\/title>/);
    assert.match(temp.text('public/badges/other.svg'), /<title>x<\/title>/);
    assert.deepEqual([...(sent.get('https://example.com') ?? [])], [null]);
  });

  it('exits with 3 where GitLab cannot be used', async () => {
    const { code, outcome } = await generate([], 'wrong');
    assert.equal(code, 3);
    assert.deepEqual(outcome.map(([stem, status]) => [stem, status]), [['maintained', 'failed']]);
  });
});
