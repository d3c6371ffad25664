import assert from 'node:assert/strict';
import { applyPlan, type AppliedChange, type ApplyPorts } from '../../src/app/apply';
import { makePlan } from '../../src/app/plan';
import type { Plan } from '../../src/app/publishPlan';
import type { PublishDefinition } from '../../src/core/definition';
import { writes, type BadgeRecord } from '../../src/core/plan';
import { createConnection } from '../../src/gitlab/connection';
import type { FaultAction, FaultMatch } from '../fakes/gitlab/faults';
import { list, never, publishing, put, record, shown, startStage, type Stage } from './publishing';

const project = 'acme/web/shop';

async function planned(ports: ApplyPorts, publish: PublishDefinition): Promise<Plan> {
  return makePlan(ports, { project, publish }, never);
}

async function applied(ports: ApplyPorts, plan: Plan, signal = never): Promise<readonly AppliedChange[]> {
  const outcome = await applyPlan(ports, plan, signal);
  assert(outcome.status === 'applied');
  return outcome.results;
}

const told = (results: readonly AppliedChange[]) => results.map(({ change, result }) => [change.action, change.name, result]);
const numbered = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}${index}`);

/** 20 changes: 8 creates, 6 updates and 6 deletes, in a project and a group, among badges that stay. */
function twentyChanges(stage: Stage): { publish: PublishDefinition; end: { project: readonly BadgeRecord[]; group: readonly BadgeRecord[] } } {
  put(stage, stage.shop, [record('stays'), ...numbered('u', 4).map((name) => record(name, 'old')), ...numbered('d', 4).map((name) => record(name))]);
  put(stage, stage.web, [...numbered('gu', 2).map((name) => record(name, 'old')), record('stays'), ...numbered('gd', 2).map((name) => record(name))]);
  const ofProject = [...numbered('c', 5).map((name) => record(name)), record('stays'), ...numbered('u', 4).map((name) => record(name))];
  const ofGroup = [...numbered('gu', 2).map((name) => record(name)), record('stays'), ...numbered('gc', 2).map((name) => record(name)), record(null, 'nameless')];
  return {
    publish: publishing({ prune: true, project: list(ofProject), groups: { 'acme/web': list(ofGroup) } }),
    end: {
      project: [record('stays'), ...numbered('u', 4).map((name) => record(name)), ...numbered('c', 5).map((name) => record(name))],
      group: [...numbered('gu', 2).map((name) => record(name)), record('stays'), ...numbered('gc', 2).map((name) => record(name)), record(null, 'nameless')],
    },
  };
}

describe('applyPlan', () => {
  let stage: Stage;
  beforeEach(async () => void (stage = await startStage()));
  afterEach(() => stage.gitlab.close());

  it('makes GitLab show what is wanted, in the order of the list, and then has nothing left to do', async () => {
    const { publish, end } = twentyChanges(stage);
    const plan = await planned(stage.ports(), publish);
    assert.equal(plan.changes.filter(writes).length, 20);
    const progress: [number, number][] = [];
    const outcome = await applyPlan(stage.ports(), plan, never, (done, total) => progress.push([done, total]));
    assert(outcome.status === 'applied');
    assert(outcome.results.every(({ result }) => result === 'done'));
    assert.deepEqual(outcome.results.map(({ change }) => change), plan.changes);
    assert.deepEqual(progress, numbered('', 20).map((_, index) => [index + 1, 20]));
    assert.deepEqual([shown(stage.shop), shown(stage.web)], [end.project, end.group]);
    const again = await planned(stage.ports(), publish);
    assert(again.changes.every(({ action }) => action === 'keep'));
  });

  it('writes group badges through the group only', async () => {
    const plan = await planned(stage.ports(), publishing({ project: list([record('a')]), groups: { 'acme/web': list([record('b')]) } }));
    await applied(stage.ports(), plan);
    const posts = stage.requests().filter((request) => request.startsWith('POST'));
    assert.deepEqual(posts.sort(), ['POST groups/acme/web/badges', 'POST projects/acme/web/shop/badges']);
    assert.deepEqual([shown(stage.shop), shown(stage.web)], [[record('a')], [record('b')]]);
  });

  it('sends only what differs', async () => {
    put(stage, stage.shop, [record('a', 'a', 'old')]);
    const plan = await planned(stage.ports(), publishing({ project: list([record('a', 'a', 'new')]) }));
    await applied(stage.ports(), plan);
    assert.deepEqual(stage.gitlab.requests.filter(({ method }) => method === 'PUT').map(({ body }) => body), ['{"link_url":"https://example.com/new"}']);
  });

  it('asks nothing where there is nothing to do', async () => {
    put(stage, stage.shop, [record('a')]);
    const plan = await planned(stage.ports(), publishing({ project: list([record('a')]) }));
    const before = stage.gitlab.requests.length;
    assert.deepEqual(told(await applied(stage.ports(), plan)), [['keep', 'a', 'done']]);
    assert.equal(stage.gitlab.requests.length, before);
  });

  const changesMeanwhile: [fact: string, change: (stage: Stage) => void][] = [
    ['a badge came', (on) => put(on, on.shop, [record('other')])],
    ['a badge went', (on) => void on.shop.badges.pop()],
    ['a badge changed', (on) => Object.assign(on.shop.badges[0] ?? {}, { linkUrl: 'https://example.com/else' })],
  ];
  for (const [fact, change] of changesMeanwhile) {
    it(`writes nothing and plans anew where ${fact} meanwhile`, async () => {
      put(stage, stage.shop, [record('a', 'old'), record('b')]);
      const publish = publishing({ prune: true, project: list([record('a', 'new')]) });
      const plan = await planned(stage.ports(), publish);
      change(stage);
      const outcome = await applyPlan(stage.ports(), plan, never);
      assert(outcome.status === 'replanned');
      assert.deepEqual(outcome.plan.changes, (await planned(stage.ports(), publish)).changes);
      assert.notDeepEqual(outcome.plan.changes, plan.changes);
      assert(stage.gitlab.requests.every(({ method }) => method === 'GET'));
      assert((await applied(stage.ports(), outcome.plan)).every(({ result }) => result === 'done'));
    });
  }

  describe('with too low a role', () => {
    it('tries nothing where that is known', async () => {
      const plan = await planned(stage.ports('developer'), publishing({ project: list([record('a'), record('b')]) }));
      const results = await applied(stage.ports('developer'), plan);
      assert.deepEqual(told(results), [['create', 'a', 'failed'], ['create', 'b', 'failed']]);
      assert.match(results[0]?.reason ?? '', /needs the role Maintainer/);
      assert(stage.gitlab.requests.every(({ method }) => method === 'GET'));
    });

    it('tries one and stops the target, but no other, where it was not known', async () => {
      const publish = publishing({ project: list(numbered('a', 9).map((name) => record(name))), groups: { acme: list([record('g'), record('h')]) } });
      const plan = await planned(stage.ports('maintainer'), publish);
      const unaware = { ...plan, targets: plan.targets.map((target) => ({ ...target, obstacle: null })) };
      const results = await applied(stage.ports('maintainer'), unaware);
      assert.deepEqual(told(results).slice(-2), [['create', 'g', 'failed'], ['create', 'h', 'skipped']]);
      assert.match(results.at(-2)?.reason ?? '', /403.*role Owner of the group acme/);
      assert(results.slice(0, 9).every(({ result }) => result === 'done'));
      assert.equal(stage.requests().filter((request) => request === 'POST groups/acme/badges').length, 1);
    });

    it('stops everything at a wrong token', async () => {
      const plan = await planned(stage.ports(), publishing({ project: list([record('a'), record('b')]) }));
      stage.gitlab.faults.next({ match: { method: 'POST' }, times: 9, action: { status: 401, body: { message: '401 Unauthorized' } } });
      assert.deepEqual(told(await applied(stage.ports(), plan)), [['create', 'a', 'failed'], ['create', 'b', 'skipped']]);
    });
  });

  describe('when GitLab refuses', () => {
    it('gives its words for each URL, at the entry, and goes on with the others', async () => {
      const plan = await planned(stage.ports(), publishing({ project: list([record('a'), { ...record('b'), image_url: 'ftp://example.com/x' }, record('c')]) }));
      const results = await applied(stage.ports(), plan);
      assert.deepEqual(told(results).map(([, , result]) => result), ['done', 'failed', 'done']);
      assert.equal(results[1]?.reason, 'GitLab refuses the image URL: is blocked: Only allowed schemes are http, https');
      assert.deepEqual(results[1]?.range, { start: 100, end: 150 });
    });

    it('says that a badge was removed meanwhile, and takes a removal for what was wanted', async () => {
      put(stage, stage.shop, [record('first', 'old'), record('gone', 'old'), record('unwanted')]);
      const plan = await planned(stage.ports(), publishing({ prune: true, project: list([record('first'), record('gone')]) }));
      const first = stage.gitlab.arrival({ method: 'PUT' });
      stage.gitlab.faults.next({ match: { method: 'PUT' }, action: { delayMs: 20 } });
      const running = applied(stage.ports(), plan);
      await first;
      stage.shop.badges.splice(1);
      const results = await running;
      assert.deepEqual(told(results), [['update', 'first', 'done'], ['update', 'gone', 'failed'], ['delete', 'unwanted', 'done']]);
      assert.match(results[1]?.reason ?? '', /removed by somebody else meanwhile: plan again/);
      assert.match(results[2]?.reason ?? '', /gone already/);
    });

    it('says that a project was moved meanwhile', async () => {
      const plan = await planned(stage.ports(), publishing({ project: list([record('a'), record('b')]) }));
      stage.shop.oldPaths.push(project);
      stage.shop.path = 'store';
      const results = await applied(stage.ports(), plan);
      assert.deepEqual(told(results).map(([, , result]) => result), ['failed', 'skipped']);
      assert.match(results[0]?.reason ?? '', /was moved.*plan again with that path/);
    });

    it('costs a group that is gone only itself', async () => {
      const plan = await planned(stage.ports(), publishing({ project: list([record('a')]), groups: { 'acme/web': list([record('b')]) } }));
      stage.gitlab.faults.next({ match: { path: /groups/ }, times: 9, action: { status: 404, body: { message: '404 Group Not Found' } } });
      assert.deepEqual(told(await applied(stage.ports(), plan)), [['create', 'a', 'done'], ['create', 'b', 'failed']]);
    });
  });

  describe('after a lost answer to a create', () => {
    const losses: [fact: string, action: FaultAction, posts: number][] = [
      ['that was carried out', { dropAfter: true }, 1],
      ['that was not carried out', { drop: true }, 2],
      ['that came as half a body', { cutBody: true }, 1],
      ['with a 502 before it was carried out', { status: 502, body: '<html>Bad Gateway</html>' }, 2],
    ];
    for (const [fact, action, posts] of losses) {
      for (const name of ['a', null]) {
        it(`${fact} it looks before it creates ${name ?? 'a nameless badge'} again`, async () => {
          put(stage, stage.shop, [record(name, 'same')]);
          // Two badges that are the same: the one that is there already is not taken for the new one.
          const plan = await planned(stage.ports(), publishing({ project: list([record(name, 'same'), record(name, 'same'), record('last')]) }));
          stage.gitlab.faults.next({ match: { method: 'POST' }, action });
          const results = await applied(stage.ports(), plan);
          assert(results.every(({ result }) => result === 'done'), JSON.stringify(results));
          assert.deepEqual(shown(stage.shop), [record(name, 'same'), record(name, 'same'), record('last')]);
          assert.equal(stage.requests().filter((request) => request.startsWith('POST')).length, posts + 1);
        });
      }
    }

    const firsts: [fact: string, action: FaultAction][] = [
      ['that it has just created', { delayMs: 0 }],
      ['whose answer was lost as well', { dropAfter: true }],
    ];
    for (const [fact, action] of firsts) {
      it(`does not take the twin ${fact} for the one that was not created`, async () => {
        const twins = [record('a'), record('a')];
        const plan = await planned(stage.ports(), publishing({ project: list(twins) }));
        for (const each of [action, { drop: true } as const]) stage.gitlab.faults.next({ match: { method: 'POST' }, action: each });
        assert((await applied(stage.ports(), plan)).every(({ result }) => result === 'done'));
        assert.deepEqual(shown(stage.shop), twins);
      });
    }

    it('leaves a server that may still be at work some time before it looks', async () => {
      const plan = await planned(stage.ports(), publishing({ project: list([record('a')]) }));
      stage.gitlab.faults.next({ match: { method: 'POST' }, action: { dropAfter: true } });
      const looked = stage.gitlab.arrival({ path: /name=a/ }).then(() => performance.now());
      const sent = stage.gitlab.arrival({ method: 'POST' }).then(() => performance.now());
      const results = await applied({ ...stage.ports(), lookAfterMs: 100 }, plan);
      assert.equal(results[0]?.result, 'done');
      assert((await looked) - (await sent) >= 95, 'it looked at once');
    });

    it('gives up after three creates that fail', async () => {
      const plan = await planned(stage.ports(), publishing({ project: list([record('a')]) }));
      stage.gitlab.faults.next({ match: { method: 'POST' }, times: 9, action: { status: 500, body: { message: '500 Internal Server Error' } } });
      const results = await applied(stage.ports(), plan);
      assert.deepEqual(told(results), [['create', 'a', 'failed']]);
      assert.equal(stage.requests().filter((request) => request.startsWith('POST')).length, 3);
    });

    it('says that nobody knows where it cannot look', async () => {
      const plan = await planned(stage.ports(), publishing({ project: list([record('a'), record('b')]) }));
      stage.gitlab.faults.next({ match: { method: 'POST' }, action: { dropAfter: true } });
      stage.gitlab.faults.next({ match: { path: /name=a/ }, times: 9, action: { status: 503, body: 'down' } });
      const results = await applied(stage.ports(), plan);
      assert.deepEqual(told(results).map(([, , result]) => result), ['failed', 'skipped']);
      assert.match(results[0]?.reason ?? '', /not known: plan again/);
      const second = await applied(stage.ports(), await planned(stage.ports(), plan.request.publish));
      assert(second.every(({ result }) => result === 'done'));
      assert.deepEqual(shown(stage.shop), [record('a'), record('b')]);
    });
  });

  it('makes 100 changes with bounded parallelism', async () => {
    const groups = numbered('g', 9).map((path) => stage.gitlab.data.addGroup({ path, parent: stage.acme }));
    const wanted = list(numbered('b', 10).map((name) => record(name)));
    const plan = await planned(stage.ports(), publishing({ project: wanted, groups: Object.fromEntries(groups.map(({ path }) => [`acme/${path}`, wanted])) }));
    let running = 0;
    let most = 0;
    const counting: typeof fetch = async (url, init) => {
      most = Math.max(most, (running += 1));
      try {
        return await fetch(url, init);
      } finally {
        running -= 1;
      }
    };
    const connection = createConnection({ instance: stage.gitlab.url, token: { kind: 'private', value: 'glpat-test-owner' }, fetch: counting });
    const results = await applied({ ...stage.ports(), connection }, plan);
    assert.equal(results.filter(({ result }) => result === 'done').length, 100);
    assert(most > 1 && most <= 10, `${most} requests at a time`);
    for (const source of [stage.shop, ...groups]) assert.deepEqual(shown(source), wanted.badges.map(({ value }) => value));
  });

  it('waits as long as the rate limit says', async () => {
    stage.gitlab.settings.rateLimit = { limit: 8, windowSeconds: 1 };
    const plan = await planned(stage.ports(), publishing({ project: list(numbered('b', 12).map((name) => record(name))) }));
    assert((await applied(stage.ports(), plan)).every(({ result }) => result === 'done'));
    assert.equal(shown(stage.shop).length, 12);
  }).timeout(10_000);

  it('starts nothing more when aborted, and says what remains', async () => {
    const publish = publishing({ project: list(numbered('b', 6).map((name) => record(name))) });
    const plan = await planned(stage.ports(), publish);
    const controller = new AbortController();
    const outcome = await applyPlan(stage.ports(), plan, controller.signal, (done) => done === 3 && controller.abort());
    assert(outcome.status === 'applied');
    const skipped = { result: 'skipped', reason: 'cancelled before it was tried' };
    assert.deepEqual(outcome.results.map(({ result, reason }) => ({ result, reason })), [...Array<object>(3).fill({ result: 'done', reason: 'created' }), ...Array<object>(3).fill(skipped)]);
    assert.equal(shown(stage.shop).length, 3);
  });

  it('rejects when aborted before anything was tried', async () => {
    const plan = await planned(stage.ports(), publishing({ project: list([record('a')]) }));
    const controller = new AbortController();
    controller.abort('stop');
    await assert.rejects(applyPlan(stage.ports(), plan, controller.signal), (reason) => reason === 'stop');
  });

  it('says that nobody knows of a change that was under way when it was aborted', async () => {
    const plan = await planned(stage.ports(), publishing({ project: list([record('a')]) }));
    const controller = new AbortController();
    stage.gitlab.faults.next({ match: { method: 'POST' }, action: { hang: true } });
    const posted = stage.gitlab.arrival({ method: 'POST' });
    const running = applied(stage.ports(), plan, controller.signal);
    await posted;
    controller.abort();
    const [result] = await running;
    assert.equal(result?.result, 'skipped');
    assert.match(result?.reason ?? '', /plan again to see/);
  });

  describe('interrupted at any single request of 20 changes', () => {
    /** A client that dies at its n-th request from now on: before it is sent, or after it was carried out. */
    function dying(on: Stage, requests: number, when: 'before' | 'after'): { ports: ApplyPorts; signal: AbortSignal } {
      const controller = new AbortController();
      let left = requests;
      const fetching: typeof fetch = async (url, init) => {
        left -= 1;
        if (left < 0 || (left === 0 && when === 'before')) {
          controller.abort();
          throw new TypeError('dead');
        }
        const response = await fetch(url, left === 0 ? { ...init, signal: null } : init);
        if (left === 0) {
          controller.abort();
          throw new TypeError('dead');
        }
        return response;
      };
      const connection = createConnection({ instance: on.gitlab.url, token: { kind: 'private', value: 'glpat-test-owner' }, fetch: fetching, retry: { baseMs: 1 } });
      return { ports: { ...on.ports(), connection }, signal: controller.signal };
    }

    /** What the dead client had sent beside the last request has arrived, and is over. */
    async function settled(on: Stage): Promise<void> {
      for (let count = -1; count !== on.gitlab.requests.length; ) {
        await fetch(`${on.gitlab.url}/api/v4/version`);
        await Promise.all(on.gitlab.requests.map(({ ended }) => ended));
        count = on.gitlab.requests.length;
        await fetch(`${on.gitlab.url}/api/v4/version`);
        count += 1;
      }
    }

    /** Two lists and 20 writes. */
    const requests = 22;
    for (const when of ['before', 'after'] as const) {
      it(`${when} it was carried out, a second run comes to the same end with nothing twice`, async () => {
        for (let at = 1; at <= requests; at++) {
          const fresh = await startStage();
          try {
            const { publish, end } = twentyChanges(fresh);
            const plan = await planned(fresh.ports(), publish);
            const { ports, signal } = dying(fresh, at, when);
            const outcome = await applyPlan(ports, plan, signal).catch(() => null);
            assert(signal.aborted, `request ${at} was made`);
            if (outcome) assert(outcome.status === 'applied' && outcome.results.some(({ result }) => result === 'skipped'));
            await settled(fresh);
            const results = await applied(fresh.ports(), await planned(fresh.ports(), publish));
            assert(results.every(({ result }) => result === 'done'), `request ${at}`);
            const byName = (badges: readonly BadgeRecord[]) => [...badges].sort((a, b) => String(a.name).localeCompare(String(b.name)));
            assert.deepEqual(byName(shown(fresh.shop)), byName(end.project), `request ${at}`);
            assert.deepEqual(byName(shown(fresh.web)), byName(end.group), `request ${at}`);
          } finally {
            await fresh.gitlab.close();
          }
        }
      }).timeout(60_000);
    }

    const drops: FaultAction[] = [{ drop: true }, { dropAfter: true }];
    for (const action of drops) {
      it(`by ${Object.keys(action)[0]}, the run itself comes to the end with nothing twice`, async () => {
        for (let at = 0; at < requests; at++) {
          const fresh = await startStage();
          try {
            const { publish, end } = twentyChanges(fresh);
            const plan = await planned(fresh.ports(), publish);
            let seen = 0;
            const match: FaultMatch = { path: Object.assign(/badges/, { [Symbol.search]: () => (seen++ === at ? 0 : -1) }) };
            fresh.gitlab.faults.next({ match, action });
            const results = await applied(fresh.ports(), plan);
            assert.deepEqual(results.filter(({ result }) => result !== 'done'), [], `request ${at}`);
            const byName = (badges: readonly BadgeRecord[]) => [...badges].sort((a, b) => String(a.name).localeCompare(String(b.name)));
            assert.deepEqual(byName(shown(fresh.shop)), byName(end.project), `request ${at}`);
            assert.deepEqual(byName(shown(fresh.web)), byName(end.group), `request ${at}`);
          } finally {
            await fresh.gitlab.close();
          }
        }
      }).timeout(60_000);
    }
  });
});

