import assert from 'node:assert/strict';
import fc from 'fast-check';
import { evaluateCheck } from '../../../../src/core/levels/check';
import { firstReaction } from '../../../../src/core/levels/checks/issueReactionTime';
import type { AuthorshipFact, IssueEvent, IssueFact, ProjectFacts } from '../../../../src/core/levels/facts';
import { action, all, check, comment, daysAgo, issue, issues as issuesSince, known, monthAgo, now, project, shift, times, unknown, user } from '../builders';

const context = { now, personalEmailDomains: [] };
const day = 24 * 60 * 60 * 1000;
const members = known(new Map([['member', 30]]));
const authorship = (users: readonly (string | null)[]) => all<AuthorshipFact>(users.map((username) => ({ at: daysAgo(2), username })));
const facts = (issues: readonly IssueFact[], more: Partial<ProjectFacts> = {}) =>
  project({ issues: issuesSince(issues), members, commitAuthorship: authorship([]), ...more });
const measure = (issues: readonly IssueFact[], bounds: Parameters<typeof check>[1] = { max: 7 }, more: Partial<ProjectFacts> = {}) =>
  evaluateCheck(check('ISSUE_REACTION_TIME', bounds), facts(issues, more), context);

const created = daysAgo(20);
const after = (ms: number) => shift(created, ms);
const reactedAfter = (iid: number, ms: number, author: string | null = null) => issue(iid, created, author, [action(after(ms), 'anyone')]);
/** So many others that no author of one issue makes 5 % of them. Reacted to at once, as far as that counts. */
const crowd = (count: number) => times(count, (index) => issue(1000 + index, created, `crowd${index}`, [action(after(1001), 'anyone')]));

describe('firstReaction', () => {
  const isMember = (username: string) => username === 'member';
  const cases: { it: string; events: IssueEvent[]; first: number | null }[] = [
    { it: 'is a comment of a member', events: [comment(after(5000), 'member')], first: 5000 },
    { it: 'is no comment of somebody else', events: [comment(after(5000), 'outsider')], first: null },
    { it: 'is no comment of an account that is gone', events: [comment(after(5000), null)], first: null },
    { it: 'is an action of a member', events: [action(after(5000), 'member')], first: 5000 },
    { it: 'is an action of anybody', events: [action(after(5000), 'outsider')], first: 5000 },
    { it: 'is an action of an account that is gone', events: [action(after(5000), null)], first: 5000 },
    { it: 'is no action of a bot', events: [action(after(5000), 'helper', true)], first: null },
    { it: 'is no comment of a bot, member or not', events: [comment(after(5000), 'member', true)], first: null },
    { it: 'is nothing at the creation', events: [action(created, 'member')], first: null },
    { it: 'is nothing exactly a second after', events: [action(after(1000), 'member')], first: null },
    { it: 'is what comes a millisecond later', events: [action(after(1001), 'member')], first: 1001 },
    { it: 'is nothing before the creation', events: [action(after(-5000), 'member')], first: null },
    { it: 'is the first that counts', events: [comment(after(3000), 'outsider'), comment(after(4000), 'member'), action(after(5000), 'member')], first: 4000 },
    { it: 'is the first by time, whatever the order', events: [action(after(9000), 'member'), action(after(5000), 'member')], first: 5000 },
    { it: 'compares instants', events: [action(after(9000), 'member'), action(after(5000).replace('Z', '+00:00'), 'member')], first: 5000 },
    { it: 'is nothing without events', events: [], first: null },
  ];
  for (const { it: fact, events, first } of cases) {
    it(fact, () => {
      const reaction = firstReaction({ at: created, events }, isMember);
      assert.equal(reaction === null ? null : Date.parse(reaction.at) - Date.parse(created), first);
    });
  }

  it('is never later with more members', () => {
    const people = ['a', 'b', 'c', 'd'];
    const events = fc.array(fc.record({ ms: fc.nat(10_000), author: fc.option(fc.constantFrom(...people)), comment: fc.boolean(), bot: fc.boolean() }));
    fc.assert(
      fc.property(events, fc.subarray(people), fc.subarray(people), (some, few, more) => {
        const made = some.map((event) => (event.comment ? comment : action)(after(event.ms), event.author, event.bot));
        const time = (list: readonly string[]) => Date.parse(firstReaction({ at: created, events: made }, (name) => list.includes(name))?.at ?? '9999-01-01');
        assert.ok(time([...few, ...more]) <= time(few));
      }),
    );
  });
});

describe('ISSUE_REACTION_TIME', () => {
  const boundaries: [waits: number[], bounds: Parameters<typeof check>[1], outcome: string, value: number][] = [
    [[7 * day - 1], { max: 7 }, 'pass', 7 - 1 / day],
    [[7 * day], { max: 7 }, 'pass', 7],
    [[7 * day + 1], { max: 7 }, 'fail', 7 + 1 / day],
    [[14 * day, 7 * day, 0.5 * day, 6.5 * day], { max: 7 }, 'pass', 7],
    [[14 * day, 7 * day, 0.5 * day, 6.5 * day + 4], { max: 7 }, 'fail', 7 + 1 / day],
    [[2 * day], { min: 2 }, 'pass', 2],
    [[2 * day - 1], { min: 2 }, 'fail', 2 - 1 / day],
    [[2 * day], { min: 1, max: 2 }, 'pass', 2],
  ];
  for (const [waits, bounds, outcome, value] of boundaries) {
    it(`is a ${outcome} after ${waits.map((wait) => wait / day).join(', ')} days for ${JSON.stringify(bounds)}`, () => {
      const result = measure(waits.map((wait, index) => reactedAfter(index, wait)), bounds);
      assert.deepEqual([result.outcome, result.value, result.sample, result.unit], [outcome, value, waits.length, 'days']);
    });
  }

  it('says no value that looks like the bound it misses', () => {
    assert.match(measure([reactedAfter(1, 7.004 * day)]).summary, /^issue reaction 7\.004 days on average, needs at most 7 days: 1 issue since 29 October$/);
  });

  it('passes without issues', () => {
    const result = measure([]);
    assert.deepEqual([result.outcome, result.value, result.sample, result.summary], ['pass', null, 0, 'no issues since 29 October']);
  });

  it('passes without issues also where nobody knows the members', () => {
    assert.equal(measure([], { max: 7 }, { members: unknown('403'), commitAuthorship: null }).outcome, 'pass');
  });

  it('looks at the issues created in the range', () => {
    const result = measure([issue(1, shift(monthAgo, -1), null), issue(2, monthAgo, null, [action(shift(monthAgo, day), 'x')]), issue(3, shift(now, 1000), null)]);
    assert.deepEqual([result.sample, result.value], [1, 1]);
  });

  it('counts an issue without a reaction with its age so far', () => {
    const result = measure([issue(1, daysAgo(8), null)]);
    assert.deepEqual([result.outcome, result.value], ['fail', 8]);
    assert.ok(result.evidence.some(({ text }) => text === '1 issue without a reaction, counted with its age so far'));
    assert.ok(result.evidence.some(({ text }) => text === '#1: no reaction for 8 days'));
  });

  it('does not look beyond its moment', () => {
    assert.equal(measure([issue(1, daysAgo(3), null, [action(shift(now, 1), 'anyone')])]).value, 3);
    assert.equal(measure([issue(1, daysAgo(3), null, [action(now, 'anyone')])]).value, 3);
  });

  it('decides by the mean, and tells the median and the slowest', () => {
    const result = measure([1, 2, 3, 4, 5, 6, 20].map((days, index) => reactedAfter(index + 1, days * day)));
    assert.equal(result.summary, 'issue reaction 5.9 days on average, needs at most 7 days: 7 issues since 29 October');
    assert.deepEqual(result.evidence.map(({ text }) => text), [
      'median 4 days over 7 issues',
      '#7: reaction after 20 days',
      '#6: reaction after 6 days',
      '#5: reaction after 5 days',
      '#4: reaction after 4 days',
      '#3: reaction after 3 days',
    ]);
    assert.equal(result.evidence[1]?.url, 'https://gitlab.example.com/acme/shop/-/issues/7');
  });

  it('takes the middle of the two middle ones for the median', () => {
    assert.equal(measure([1, 2, 3, 10].map((days, index) => reactedAfter(index, days * day))).evidence[0]?.text, 'median 2.5 days over 4 issues');
  });

  it('leaves out issues of members of the list, whatever the case of their name', () => {
    const result = measure([reactedAfter(1, 20 * day, 'Member'), reactedAfter(2, day, null)]);
    assert.deepEqual([result.value, result.sample, result.evidence.at(-1)?.text], [1, 1, '1 issue by members left out']);
  });

  it('takes comments of members of the list, whatever the case of their name', () => {
    assert.equal(measure([issue(1, created, null, [comment(after(day), 'MEMBER')])]).value, 1);
  });

  it('passes where only members open issues', () => {
    const result = measure([reactedAfter(1, 20 * day, 'member')]);
    assert.deepEqual([result.outcome, result.value, result.summary], ['pass', null, 'no issues but those of members since 29 October']);
  });

  const shares: { of: number; outcome: 'left out' | 'judged' }[] = [
    { of: 19, outcome: 'left out' },
    { of: 20, outcome: 'left out' },
    { of: 21, outcome: 'judged' },
  ];
  for (const { of, outcome } of shares) {
    it(`has the issue ${outcome} of who opened 1 of ${of}`, () => {
      const result = measure([reactedAfter(1, 7 * day, 'regular'), ...times(of - 1, (index) => reactedAfter(2 + index, day))]);
      assert.equal(result.sample, outcome === 'judged' ? of : of - 1);
    });

    it(`has the issue ${outcome} of who made 1 of ${of} commits`, () => {
      const result = measure([reactedAfter(1, 7 * day, 'regular'), ...crowd(30)], { max: 7 }, { commitAuthorship: authorship(['Regular', ...times(of - 1, () => null)]) });
      assert.equal(result.sample, outcome === 'judged' ? 31 : 30);
    });
  }

  it('takes the comment of who opened enough of the issues', () => {
    const issues = [issue(1, created, null, [comment(after(day), 'regular')]), reactedAfter(2, day, 'regular'), ...times(8, (index) => reactedAfter(3 + index, day))];
    assert.deepEqual([measure(issues).value, measure(issues).sample], [1, 9]);
  });

  it('takes the comment of who made enough of the commits', () => {
    assert.equal(measure([issue(1, created, null, [comment(after(day), 'coder')])], { max: 7 }, { commitAuthorship: authorship(['coder']) }).value, 1);
  });

  it('counts issues and commits of the range alone for the shares', () => {
    const old = times(50, (index) => issue(100 + index, shift(monthAgo, -day), 'regular'));
    assert.equal(measure([reactedAfter(1, day, 'other'), ...old, ...crowd(30)]).sample, 31);
    const commits = all<AuthorshipFact>([{ at: shift(monthAgo, -1), username: 'other' }, { at: daysAgo(2), username: 'coder' }]);
    assert.equal(measure([reactedAfter(1, day, 'other'), ...crowd(30)], { max: 7 }, { commitAuthorship: commits }).sample, 31);
  });

  it('says that the share of the commits could not be known', () => {
    const text = (more: Partial<ProjectFacts>) => measure([reactedAfter(1, day)], { max: 7 }, more).evidence.at(-1)?.text;
    const start = 'who made 5 % of the commits and so counts as a member could not be known: ';
    assert.equal(text({ commitAuthorship: unknown('REST does not tell') }), `${start}REST does not tell`);
    assert.equal(text({ commitAuthorship: null }), `${start}the commits by user were not fetched: evaluate again`);
    assert.equal(text({ commitAuthorship: all<AuthorshipFact>([], daysAgo(10)) }), `${start}the facts were fetched for a shorter range, since 18 November: evaluate again`);
    assert.equal(text({}), '#1: reaction after 1 day');
  });

  describe('with issues of members left out of the facts', () => {
    const others = (count: number) => [reactedAfter(1, 7 * day, 'regular'), ...times(count - 1, (index) => reactedAfter(2 + index, day))];
    const since = (start: string, totals: Record<string, number>, months?: number) =>
      measure([], { max: 7, ...(months !== undefined && { months }) }, { issues: issuesSince(others(10), start, totals) });

    it('counts them in the share of an author', () => {
      assert.deepEqual([since(monthAgo, { [monthAgo]: 20 }).sample, since(monthAgo, { [monthAgo]: 21 }).sample], [9, 10]);
    });
    it('says how many there are', () => {
      assert.ok(since(monthAgo, { [monthAgo]: 30 }).evidence.some(({ text }) => text === '20 issues by members left out'));
    });
    it('passes where there are no others', () => {
      const result = measure([], { max: 7 }, { issues: issuesSince([], monthAgo, { [monthAgo]: 3 }) });
      assert.deepEqual([result.outcome, result.summary], ['pass', 'no issues but those of members since 29 October']);
    });
    it('finds the total by the instant', () => assert.equal(since(monthAgo, { '2026-10-29T13:00:00+01:00': 21 }).sample, 10));
    it('knows the total of a shorter range where none are left out', () => {
      assert.equal(since('2026-01-01T00:00:00.000Z', { '2026-01-01T00:00:00.000Z': 10 }).sample, 9);
    });
    it('does not know who is a member where that depends on an unknown total', () => {
      assert.match(since('2026-01-01T00:00:00.000Z', { '2026-01-01T00:00:00.000Z': 21 }).reason ?? '', /fetched for another range/);
    });
    it('knows it where it does not depend on it', () => {
      assert.equal(since('2026-01-01T00:00:00.000Z', { '2026-01-01T00:00:00.000Z': 20 }).sample, 9);
    });
  });

  it('judges an issue whose account is gone', () => assert.equal(measure([reactedAfter(1, day, null)]).sample, 1));

  it('does not need the rest of the events where the first reaction is there', () => {
    assert.equal(measure([issue(1, created, null, [action(after(day), 'x')], { complete: false })]).value, 1);
  });

  it('does not take unread events for none', () => {
    const unread = issue(1, created, null, [], { complete: false });
    const result = measure([unread]);
    assert.deepEqual([result.outcome, result.value], ['unknown', null]);
    assert.match(result.reason ?? '', /the events of 1 issue were not read to the end: evaluate again/);
    const certain = measure([unread, issue(2, created, null)]);
    assert.deepEqual([certain.outcome, certain.value, certain.atLeast], ['fail', 10, true]);
  });

  const open: [string, ReturnType<typeof measure>, RegExp][] = [
    ['the members are unknown', measure([reactedAfter(1, day)], { max: 7 }, { members: unknown('listing members needs a token') }), /^listing members needs a token$/],
    ['the members were not fetched', measure([reactedAfter(1, day)], { max: 7 }, { members: null }), /^the members were not fetched/],
    ['the issues are unknown', measure([], { max: 7 }, { issues: unknown('issues are off') }), /^issues are off$/],
    ['the issues were not fetched', measure([], { max: 7 }, { issues: null }), /^the issues were not fetched/],
    ['a shorter range was fetched', measure([], { max: 7 }, { issues: issuesSince([reactedAfter(1, day)], daysAgo(25)) }), /fetched for a shorter range, since 3 November/],
    ['reading them stopped', measure([], { max: 7 }, { issues: known({ items: [], since: monthAgo, complete: false, totals: new Map() }) }), /fetched for lower thresholds/],
  ];
  for (const [what, result, reason] of open) {
    it(`is unknown where ${what}`, () => {
      assert.equal(result.outcome, 'unknown');
      assert.match(result.reason ?? '', reason);
    });
  }

  it('needs no author to be a bot or not', () => {
    assert.equal(measure([{ ...reactedAfter(1, day), author: user('helper', true) }, ...crowd(30)]).sample, 31);
  });

  it('does not depend on the order of issues and events', () => {
    const events = fc.array(fc.record({ ms: fc.nat(30 * day), author: fc.constantFrom('member', 'a', 'b'), comment: fc.boolean() }), { maxLength: 5 });
    const issues = fc.array(fc.record({ days: fc.integer({ min: 1, max: 40 }), author: fc.constantFrom('member', 'a', 'b', 'c', null), events }), { maxLength: 8 });
    fc.assert(
      fc.property(issues, (some) => {
        const made = some.map((one, index) => {
          const at = daysAgo(one.days);
          return issue(index, at, one.author, one.events.map((event) => (event.comment ? comment : action)(shift(at, event.ms), event.author)));
        });
        const reversed = [...made].reverse().map((one) => ({ ...one, events: [...one.events].reverse() }));
        assert.deepEqual(measure(reversed), measure(made));
      }),
    );
  });
});
