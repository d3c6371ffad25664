import assert from 'node:assert/strict';
import { belongsTo, instanceOf } from '../../../src/extension/signIn/workflowSession';

const com = { id: 'https://gitlab.com|7', label: 'ada - https://gitlab.com' };

describe('an account of GitLab Workflow', () => {
  const cases: [string, { id: string; label: string }, string, boolean][] = [
    ['belongs to its instance', com, 'https://gitlab.com', true],
    ['belongs to it with a slash at the end', { id: 'https://gitlab.com/|7', label: 'ada - https://gitlab.com/' }, 'https://gitlab.com', true],
    ['of an older release, too', { ...com, label: 'https://gitlab.com (ada)' }, 'https://gitlab.com', true],
    ['with a relative root', { id: 'https://x.org/git|7', label: 'ada - https://x.org/git' }, 'https://x.org/git', true],
    ['is not of another instance', com, 'https://gitlab.example.com', false],
    ['is not of another scheme', com, 'http://gitlab.com', false],
    ['is not of another port', com, 'https://gitlab.com:8443', false],
    ['is not of another root', com, 'https://gitlab.com/root', false],
    ['is not of an instance whose name it starts with', { id: 'https://gitlab.com.evil.org|7', label: 'ada - https://gitlab.com.evil.org' }, 'https://gitlab.com', false],
    ['is not trusted where id and label differ', { ...com, label: 'ada - https://gitlab.example.com' }, 'https://gitlab.com', false],
    ['is not trusted with a label that names no instance', { ...com, label: 'ada' }, 'https://gitlab.com', false],
    ['is not trusted with an id that names none', { ...com, id: '7' }, 'https://gitlab.com', false],
    ['is not trusted with user info', { ...com, id: 'https://gitlab.com@evil.org|7' }, 'https://gitlab.com', false],
  ];
  for (const [name, account, instance, expected] of cases) it(name, () => assert.equal(belongsTo(account, instance), expected));

  it('tells its instance', () => assert.equal(instanceOf(com), 'https://gitlab.com'));
  it('tells none where id and label differ', () => assert.equal(instanceOf({ ...com, label: 'ada - https://x.org' }), null));
});
