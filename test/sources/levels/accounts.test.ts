import assert from 'node:assert/strict';
import { createConnection } from '../../../src/gitlab/connection';
import { createIsBot } from '../../../src/sources/levels/accounts';
import type { FakeUser } from '../../fakes/gitlab/data';
import { type FakeGitLab, startFakeGitLab } from '../../fakes/gitlab/server';
import { rejection } from '../../gitlab/expect';

describe('whether an account is a bot', () => {
  let gitlab: FakeGitLab;
  let person: FakeUser;
  let bot: FakeUser;
  beforeEach(async () => {
    gitlab = await startFakeGitLab();
    person = gitlab.data.addUser({ username: 'web-team' });
    bot = gitlab.data.addUser({ username: 'triage', bot: true });
    gitlab.data.addToken({ value: 'secret', name: 'Levels', user: person });
  });
  afterEach(() => gitlab.close());

  const signal = new AbortController().signal;
  const lookup = () => createIsBot(createConnection({ instance: gitlab.url, token: { kind: 'private', value: 'secret' }, fetch: (url, init) => fetch(url, init), retry: { attempts: 1 } }));
  const asked = () => gitlab.requests.map(({ path }) => path);

  it('is asked for once, by however many at a time and afterwards', async () => {
    const isBot = lookup();
    assert.deepEqual(await Promise.all([person.id, bot.id, person.id, bot.id].map((id) => isBot(id, signal))), [false, true, false, true]);
    assert.equal(await isBot(bot.id, signal), true);
    assert.deepEqual(asked().sort(), [`/api/v4/users/${person.id}`, `/api/v4/users/${bot.id}`].sort());
  });

  it('is taken for a person, and not asked for again, where GitLab does not tell', async () => {
    const isBot = lookup();
    gitlab.faults.next({ action: { status: 404, body: { message: '404 User Not Found' } } });
    assert.deepEqual([await isBot(bot.id, signal), await isBot(bot.id, signal)], [false, false]);
    assert.equal(asked().length, 1);
  });

  it('is asked for again after an outage', async () => {
    const isBot = lookup();
    gitlab.faults.next({ action: { status: 500 } });
    await rejection(isBot(bot.id, signal), 'server-error');
    assert.equal(await isBot(bot.id, signal), true);
  });

  it('is asked for again by whoever still wants to know when the first one gives up', async () => {
    const isBot = lookup();
    const first = new AbortController();
    const answers = Promise.allSettled([isBot(bot.id, first.signal), isBot(bot.id, signal)]);
    first.abort(new Error('given up'));
    const [given, kept] = await answers;
    assert.equal(given.status, 'rejected');
    assert.deepEqual(kept, { status: 'fulfilled', value: true });
  });
});
