import assert from 'node:assert/strict';
import { Reading } from '../../../src/extension/view/reading';

/** A reading of which each step is in the test's hands. */
function begin(isSeen: boolean) {
  const runs: { readonly staleness: string; readonly signal: AbortSignal; readonly answer: (state: string) => void }[] = [];
  const seen = { now: isSeen };
  let changes = 0;
  const reading = new Reading<string>({
    start: 'nothing yet',
    read: (staleness, signal) => new Promise((answer) => runs.push({ staleness, signal, answer })),
    isSeen: () => seen.now,
    onChange: () => (changes += 1),
  });
  return { reading, runs, seen, changes: () => changes };
}

describe('a reading', () => {
  it('starts when somebody looks, and reads everything', () => {
    const { reading, runs, seen } = begin(false);
    reading.catchUp();
    assert.equal(runs.length, 0);
    seen.now = true;
    reading.catchUp();
    assert.deepEqual(runs.map(({ staleness }) => staleness), ['all']);
    assert.ok(reading.busy);
  });

  it('shows what it read, and says so', async () => {
    const { reading, runs, changes } = begin(true);
    const done = reading.refresh('all');
    assert.equal(changes(), 1);
    runs[0]?.answer('read');
    await done;
    assert.deepEqual([reading.state, reading.busy, changes()], ['read', false, 2]);
  });

  it('reads nothing again that is up to date', async () => {
    const { reading, runs } = begin(true);
    const done = reading.refresh('all');
    runs[0]?.answer('read');
    await done;
    reading.catchUp();
    assert.equal(runs.length, 1);
  });

  for (const [changes, staleness] of [[['local'], 'local'], [['all'], 'all'], [['local', 'all'], 'all'], [['all', 'local'], 'all']] as const) {
    it(`reads ${staleness} when somebody looks again after ${changes.join(', then ')} changed`, async () => {
      const { reading, runs, seen } = begin(true);
      const done = reading.refresh('all');
      runs[0]?.answer('read');
      await done;
      seen.now = false;
      for (const change of changes) await reading.invalidate(change);
      assert.equal(runs.length, 1);
      seen.now = true;
      reading.catchUp();
      assert.deepEqual(runs.slice(1).map((run) => run.staleness), [staleness]);
    });
  }

  it('aborts the older reading, drops its late answer, and reads what that one was to read', async () => {
    const { reading, runs } = begin(true);
    const older = reading.refresh('all');
    const newer = reading.invalidate('local');
    assert.equal(runs[0]?.signal.aborted, true);
    assert.equal(runs[1]?.staleness, 'all');
    runs[1]?.answer('new');
    await newer;
    runs[0]?.answer('old');
    await older;
    assert.equal(reading.state, 'new');
  });

  it('does not forget what changed behind its back while it read unseen', async () => {
    const { reading, runs, seen } = begin(true);
    const done = reading.refresh('all');
    seen.now = false;
    await reading.invalidate('local');
    runs[0]?.answer('read before the change');
    await done;
    seen.now = true;
    reading.catchUp();
    assert.deepEqual(runs.map(({ staleness }) => staleness), ['all', 'local']);
  });

  it('answers what it read, and nothing where a newer one took over', async () => {
    const { reading, runs } = begin(true);
    const older = reading.refresh('all');
    const newer = reading.refresh('all');
    for (const { answer } of runs) answer('new');
    assert.deepEqual(await Promise.all([older, newer]), [undefined, 'new']);
  });

  it('can be cancelled by who asked for it, and is still to be done then', async () => {
    const { reading, runs, changes } = begin(true);
    const controller = new AbortController();
    const done = reading.refresh('all', controller.signal);
    controller.abort();
    assert.equal(runs[0]?.signal.aborted, true);
    runs[0]?.answer('late');
    assert.equal(await done, undefined);
    assert.deepEqual([reading.state, reading.busy, changes()], ['nothing yet', false, 2]);
    reading.catchUp();
    assert.equal(runs.length, 2);
  });

  it('goes on where a state is found out on the way', async () => {
    const { reading, runs } = begin(true);
    const done = reading.refresh('all');
    reading.update('so far');
    assert.deepEqual([reading.state, reading.busy], ['so far', true]);
    runs[0]?.answer('all of it');
    await done;
    assert.equal(reading.state, 'all of it');
  });

  it('is current at once where it is up to date', async () => {
    const { reading, runs } = begin(false);
    reading.adopt('found');
    assert.equal(await reading.current(new AbortController().signal), 'found');
    assert.equal(runs.length, 0);
  });

  it('is current once what is stale was read, seen or not, and all who wait share that', async () => {
    const { reading, runs } = begin(false);
    const waiting = [reading.current(new AbortController().signal), reading.current(new AbortController().signal)];
    assert.deepEqual(runs.map(({ staleness }) => staleness), ['all']);
    runs[0]?.answer('read');
    assert.deepEqual(await Promise.all(waiting), ['read', 'read']);
  });

  it('is current with the newest reading', async () => {
    const { reading, runs } = begin(true);
    void reading.refresh('all');
    const waiting = reading.current(new AbortController().signal);
    void reading.refresh('all');
    for (const { answer } of runs) answer(`reading ${runs.length}`);
    assert.equal(await waiting, 'reading 2');
  });

  it('goes on for others where one who waits gives up', async () => {
    const { reading, runs } = begin(true);
    const done = reading.refresh('all');
    const controller = new AbortController();
    const waiting = reading.current(controller.signal);
    controller.abort();
    await assert.rejects(waiting, { name: 'AbortError' });
    assert.equal(runs[0]?.signal.aborted, false);
    runs[0]?.answer('read');
    assert.equal(await done, 'read');
  });

  it('gives way to a state that was found out otherwise', async () => {
    const { reading, runs } = begin(true);
    const done = reading.refresh('all');
    reading.adopt('found');
    runs[0]?.answer('late');
    await done;
    assert.deepEqual([reading.state, reading.busy], ['found', false]);
    reading.catchUp();
    assert.equal(runs.length, 1);
  });
});
