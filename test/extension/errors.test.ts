import assert from 'node:assert/strict';
import { FileError } from '../../src/app/ports';
import { CommandError, explain, showError } from '../../src/extension/errors';
import { GitLabError } from '../../src/gitlab/gitlabError';

describe('an error, explained', () => {
  it('of GitLab says itself what to do', () => assert.deepEqual(explain(new GitLabError('not-found', 'There is no such project.')), { text: 'There is no such project.', log: 'not-found: There is no such project.', remedy: null }));
  for (const reason of ['unauthorized', 'insufficient-scope'] as const) it(`${reason} offers to sign in`, () => assert.equal(explain(new GitLabError(reason, 'no')).remedy, 'signIn'));
  it('of a file says itself what to do', () => assert.equal(explain(new FileError('outside', 'x', 'x leads out of the folder.')).text, 'x leads out of the folder.'));
  it('of a command brings its remedy', () => assert.equal(explain(new CommandError('Choose.', 'chooseProject')).remedy, 'chooseProject'));

  it('that is a bug shows no internals, and the log has its stack', () => {
    const { text, log, remedy } = explain(new TypeError('x is not a function'));
    assert.doesNotMatch(text, /function/);
    assert.match(log, /errors\.test/);
    assert.equal(remedy, 'showLog');
  });
});

describe('an error, shown', () => {
  function show(error: unknown, chosen?: string) {
    const shown: unknown[][] = [];
    const lines: string[] = [];
    const ran: string[] = [];
    const ui = {
      window: { showErrorMessage: (...args: unknown[]) => (shown.push(args), Promise.resolve(chosen)) },
      commands: { executeCommand: (id: string) => (ran.push(id), Promise.resolve()) },
    };
    showError(error, { warn: (line) => lines.push(line) }, ui as unknown as Parameters<typeof showError>[2]);
    return { shown, lines, ran };
  }

  it('has a button for its remedy', async () => {
    const { shown, ran } = show(new GitLabError('unauthorized', 'GitLab answered 401.'), 'Sign In…');
    assert.deepEqual(shown, [['GitLab answered 401.', 'Sign In…']]);
    await Promise.resolve();
    assert.deepEqual(ran, ['badgesmith.signIn']);
  });

  for (const [remedy, title, command] of [
    ['insertCiJob', 'Add Badge Job', 'badgesmith.insertCiJob'],
    ['trust', 'Manage Workspace Trust', 'workbench.trust.manage'],
  ] as const) {
    it(`leads to the command that mends it: ${title}`, async () => {
      const { shown, ran } = show(new CommandError('It does not go so.', remedy), title);
      assert.deepEqual(shown, [['It does not go so.', title]]);
      await Promise.resolve();
      assert.deepEqual(ran, [command]);
    });
  }

  it('is not shown for what the user cancelled', () => {
    const { shown, lines } = show(new DOMException('This operation was aborted', 'AbortError'));
    assert.deepEqual([shown, lines], [[], []]);
  });
});
