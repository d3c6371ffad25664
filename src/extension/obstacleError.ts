import { CommandError } from './errors';
import type { Obstacle } from './findAccess';
import { obstacleOf, untrusted } from './messages';

/** What stands in the way to GitLab, as the failure of a command that needs it. */
export function obstacleError(folder: string, obstacle: Obstacle, detail?: string): CommandError {
  const text = detail ?? obstacleOf(folder, obstacle);
  switch (obstacle) {
    case 'untrusted':
      return new CommandError(untrusted(), 'trust');
    case 'noProject':
    case 'signedOut':
    case 'refused':
      return new CommandError(text, 'signIn');
    case 'choose':
      return new CommandError(text, 'chooseProject');
    case 'error':
      return new CommandError(text, 'showLog');
  }
}
