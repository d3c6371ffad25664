import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { terminalConfirm } from '../../src/cli/confirm';

describe('terminalConfirm', () => {
  function terminal({ stdin: isInput = true, stderr: isOutput = true } = {}) {
    const raw: boolean[] = [];
    const stdin = Object.assign(new PassThrough(), { isTTY: isInput, setRawMode: (mode: boolean) => raw.push(mode) });
    const stderr = Object.assign(new PassThrough(), { isTTY: isOutput });
    const confirm = terminalConfirm({ stdin, stderr } as unknown as NodeJS.Process);
    const ask = (signal = new AbortController().signal) => {
      assert(confirm);
      return confirm('Sure?', signal);
    };
    return { stdin, stderr, raw, confirm, ask };
  }

  const answers: [typed: string, isYes: boolean][] = [
    ['y\n', true],
    ['Yes\r\n', true],
    [' y \n', true],
    ['\n', false],
    ['n\n', false],
    ['yesterday\n', false],
    ['ja\n', false],
  ];
  for (const [typed, isYes] of answers) {
    it(`takes ${JSON.stringify(typed)} for a ${isYes ? 'yes' : 'no'}`, async () => {
      const { stdin, stderr, ask } = terminal();
      const answer = ask();
      stdin.write(typed);
      assert.equal(await answer, isYes);
      assert.equal(String(stderr.read()), 'Sure? [y/N] ');
    });
  }

  it('takes an input that ends for a no', async () => {
    const { stdin, ask } = terminal();
    const answer = ask();
    stdin.end();
    assert.equal(await answer, false);
  });

  it('leaves Ctrl+C to the terminal, which makes it the signal that is listened to', async () => {
    const { stdin, raw, ask } = terminal();
    const controller = new AbortController();
    const answer = ask(controller.signal);
    controller.abort();
    await assert.rejects(answer, { name: 'AbortError' });
    assert.deepEqual([raw, stdin.listenerCount('keypress')], [[], 0]);
  });

  it('is not there where nobody can be asked', () => {
    assert.deepEqual([terminal({ stdin: false }).confirm, terminal({ stderr: false }).confirm], [undefined, undefined]);
  });
});
