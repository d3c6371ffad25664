import assert from 'node:assert/strict';
import type { TempFolder } from '../app/tempFolder';
import { manyCommits, manyIssues } from '../fakes/gitlab/builders';
import type { TestInstance } from '../fakes/gitlab/testInstance';
import { secret, startLevelsStage, type LevelsStage } from './levelsStage';

/** A badge of one level with this one check. */
const badge = (id: string, check: string) => `  - id: ${id}
    levels:
      - name: gold
        checks:
          - ${check}
`;
const fine = badge('fine', '{ type: COMMITS, threshold: { timeRangeInMonths: 6, min: 1 } }');

interface Badge {
  id: string;
  level: string | null;
  status: string;
  reason?: string;
  levels: { checks: { outcome: string; reason?: string; summary: string }[] }[];
}

describe('badgesmith evaluate in trouble', () => {
  let stage: LevelsStage;
  let temp: TempFolder;
  let instance: TestInstance;
  beforeEach(async () => {
    stage = await startLevelsStage();
    ({ temp, instance } = stage);
  });
  afterEach(() => stage.close());

  /** Answers of hosts other than the instance, by address; `redirect` leads elsewhere. */
  type Elsewhere = Readonly<Record<string, string | { readonly redirect: string }>>;
  async function evaluate(config: string, { project = 'acme/web/shop', elsewhere = {}, env = {} }: { project?: string; elsewhere?: Elsewhere; env?: Readonly<Record<string, string>> } = {}) {
    temp.put('.badge-api.yaml', config);
    const asked: string[] = [];
    const { code, stdout, stderr } = await stage.run('evaluate', ['--project', project, '--json'], {
      env: { GITLAB_TOKEN: secret, ...env },
      fetch: (url, init) => {
        if (url.startsWith(`${instance.gitlab.url}/`)) return fetch(url, init);
        asked.push(url);
        assert(![...new Headers(init.headers).values()].some((value) => value.includes(secret)), `the token went to ${url}`);
        const answer = elsewhere[url];
        if (answer === undefined) return Promise.resolve(new Response('nothing here', { status: 404 }));
        return Promise.resolve(typeof answer === 'string' ? new Response(answer) : new Response(null, { status: 302, headers: { location: answer.redirect } }));
      },
    });
    const badges = stdout === '' ? [] : ((JSON.parse(stdout) as { projects: { badges: Badge[] }[] }).projects[0]?.badges ?? []);
    return { code, stderr, asked, outcome: badges.map(({ id, level, status }) => [id, level ?? status]), badges, reason: (id: string) => badges.find((each) => each.id === id)?.reason ?? '' };
  }

  const wrong: [what: string, entry: string, place: RegExp][] = [
    ['an unknown type of check', badge('wrong', '{ type: STARS, threshold: { min: 1 } }'), /^\.badge-api\.yaml:11:21 error unknown-value “STARS”/m],
    ['a min that is a text', badge('wrong', '{ type: COMMITS, threshold: { min: many } }'), /^\.badge-api\.yaml:11:48 error wrong-type .*number/m],
    ['a negative range', badge('wrong', '{ type: COMMITS, threshold: { timeRangeInMonths: -6, min: 1 } }'), /^\.badge-api\.yaml:11:62 error bad-number /m],
    ['the same id again', badge('fine', '{ type: RELEASES, threshold: { min: 1 } }'), /^\.badge-api\.yaml:7:9 error duplicate-id /m],
  ];
  for (const [what, entry, place] of wrong) {
    it(`tells the place of ${what}, and evaluates the other badges`, async () => {
      const { code, stderr, outcome } = await evaluate(`badges:\n${fine}${entry}`);
      assert.equal(code, 1);
      assert.match(stderr, place);
      assert.deepEqual(outcome[0], ['fine', 'gold']);
      assert.equal(outcome[1]?.[1], 'unknown');
    });
  }

  it('warns of levels that are out of order', async () => {
    const levels = `  - id: order
    levels:
      - { name: silver, checks: [{ type: COMMITS, threshold: { min: 9 } }] }
      - { name: gold, checks: [{ type: COMMITS, threshold: { min: 1 } }] }
`;
    const { stderr, outcome } = await evaluate(`badges:\n${fine}${levels}`);
    assert.match(stderr, /^\.badge-api\.yaml:\d+:\d+ warning /m);
    assert.deepEqual(outcome[0], ['fine', 'gold']);
  });

  const url = 'https://decisions.example.com/open.json?key=hidden';
  const manual = `badges:\n${fine}${badge('open', `{ type: MANUAL, decisionJsonUrl: "${url}" }`)}`;
  const decisions: [what: string, answer: Elsewhere, outcome: string, reason: RegExp, code: number][] = [
    ['is HTML', { [url]: '<!doctype html><html></html>' }, 'unknown', /web page/, 1],
    ['is not there', {}, 'unknown', /404/, 1],
    ['has another form', { [url]: '{"granted": "all"}' }, 'unknown', /open\.json:1:13: granted must be a list/, 1],
    ['does not list the project', { [url]: '{"granted": ["https://gitlab.example.com/acme/web/shop"]}' }, 'not_reached', /^$/, 0],
  ];
  for (const [what, elsewhere, outcome, reason, code] of decisions) {
    it(`says that a decision file ${what}`, async () => {
      const result = await evaluate(manual, { elsewhere });
      assert.deepEqual([result.code, result.outcome], [code, [['fine', 'gold'], ['open', outcome]]]);
      assert.match(result.reason('open'), reason);
      assert(!JSON.stringify(result.badges).includes('hidden'), 'the query is told');
    });
  }

  it('tries the configuration of an organisation before it is pushed, with the decisions beside it', async () => {
    const config = badge('open', '{ type: MANUAL, decisionJsonUrl: "<badge-config-repo>/open.json" }');
    temp.put('open.json', JSON.stringify({ granted: [`${instance.gitlab.url}/acme/web/shop`] }));
    const { code, asked, outcome, stderr } = await evaluate(`badges:\n${config}`);
    assert.deepEqual([code, outcome, asked, stderr], [0, [['open', 'gold']], [], '']);
    temp.put('open.json', '{"granted": [}');
    assert.match((await evaluate(`badges:\n${config}`)).reason('open'), /open\.json:1:14: /);
    const outside = badge('open', '{ type: MANUAL, decisionJsonUrl: "<badge-config-repo>/../open.json" }');
    assert.match((await evaluate(`badges:\n${outside}`)).reason('open'), /\.\.\/open\.json leads out/);
  });

  it('is not held up by a pattern made to hang', async () => {
    instance.shop.path = `${'a'.repeat(60)}`;
    const started = Date.now();
    const { outcome } = await evaluate(manual, { project: `acme/web/${instance.shop.path}`, elsewhere: { [url]: JSON.stringify({ grantedRegex: ['.*/(a+)+$', '(a+)+$', '(('] }) } });
    assert.deepEqual(outcome, [['fine', 'gold'], ['open', 'gold']]);
    assert(Date.now() - started < 5000);
  });

  describe('with a remote configuration', () => {
    const remote = 'https://config.example.com/levels/.badge-api.yaml';
    const local = `remoteConfigUrl: ${remote}\nbadges:\n${fine}`;
    it('takes its badges', async () => {
      const { code, outcome } = await evaluate(local, { elsewhere: { [remote]: `badges:\n${fine.replace('fine', 'theirs')}` } });
      assert.deepEqual([code, outcome], [0, [['theirs', 'gold']]]);
    });
    const useless: [what: string, answer: Elsewhere, message: RegExp][] = [
      ['redirects to another host', { [remote]: { redirect: 'https://evil.example.com/x' } }, /^\.badge-api\.yaml:1:18 error remote-config .*evil\.example\.com/m],
      ['is HTML', { [remote]: '<html></html>' }, /^\.badge-api\.yaml:1:18 error remote-config .*web page/m],
      ['is broken', { [remote]: 'badges: [' }, /^https:\/\/config\.example\.com\/levels\/\.badge-api\.yaml:1:\d+ error syntax/m],
    ];
    for (const [what, elsewhere, message] of useless) {
      it(`that ${what}: exits with 2, at its place`, async () => {
        const { code, stderr, asked, badges } = await evaluate(local, { elsewhere });
        assert.deepEqual([code, badges], [2, []]);
        assert.match(stderr, message);
        assert.deepEqual(asked, [remote]);
      });
    }
  });

  it('leaves a check unknown, with the reason, where the members are hidden', async () => {
    manyIssues(instance.gitlab.data, instance.shop, 3, { author: instance.users.stranger, from: '2026-02-01T00:00:00.000Z' });
    for (const path of [/members/, /graphql/]) instance.gitlab.faults.next({ match: { path }, action: { status: 403, body: { message: '403 Forbidden' } }, times: Infinity });
    const { code, outcome, reason } = await evaluate(`badges:\n${fine}${badge('quick', '{ type: ISSUE_REACTION_TIME, threshold: { timeRangeInMonths: 3, max: 7 } }')}`);
    assert.deepEqual([code, outcome], [0, [['fine', 'gold'], ['quick', 'unknown']]]);
    assert.match(reason('quick'), /403.*members/);
  });

  it('leaves a check unknown, with the reason, where issues are off', async () => {
    instance.shop.features.issues = 'disabled';
    const { code, outcome, reason } = await evaluate(`badges:\n${fine}${badge('quick', '{ type: ISSUE_REACTION_TIME, threshold: { timeRangeInMonths: 3, max: 7 } }')}`);
    assert.deepEqual([code, outcome], [0, [['fine', 'gold'], ['quick', 'unknown']]]);
    assert.match(reason('quick'), /[Ii]ssues/);
  });

  it('evaluates an empty project', async () => {
    instance.gitlab.data.addProject({ path: 'empty', namespace: instance.web });
    const { code, outcome } = await evaluate(`badges:\n${fine}${badge('people', '{ type: BUS_FACTOR, threshold: { min: 1 } }')}`, { project: 'acme/web/empty' });
    assert.deepEqual([code, outcome], [0, [['fine', 'not_reached'], ['people', 'not_reached']]]);
  });

  it('takes commits dated in other time zones for the moment they were made at', async () => {
    const { data } = instance.gitlab;
    const zoned = data.addProject({ path: 'zoned', namespace: instance.web });
    // The range starts at 10:00 UTC on the 5th of September: one commit is a second late for it, one just in time.
    const dates = ['2025-09-05T11:59:59.000+02:00', '2025-09-05T05:00:00.000-05:00'];
    manyCommits(data, zoned, 2, { each: (index) => ({ committedDate: dates[index] ?? '', authoredDate: dates[index] ?? '' }) });
    const two = badge('two', '{ type: COMMITS, threshold: { timeRangeInMonths: 6, min: 2 } }');
    assert.deepEqual((await evaluate(`badges:\n${fine}${two}`, { project: 'acme/web/zoned' })).outcome, [['fine', 'gold'], ['two', 'not_reached']]);
  });

  it('counts organisations that a file lists, since the service has no public interface', async () => {
    const used = badge('used', '{ type: SUBSEQUENT_USE, threshold: { min: 2 } }');
    assert.deepEqual((await evaluate(`badges:\n${fine}${used}`)).outcome, [['fine', 'gold'], ['used', 'unknown']]);
    temp.put('.badge-subsequent-use.json', JSON.stringify({ [`${instance.gitlab.url}/acme/web/shop`]: ['City of Example', 'Office'] }));
    assert.deepEqual((await evaluate(`badges:\n${fine}${used}`)).outcome, [['fine', 'gold'], ['used', 'gold']]);
  });
});
