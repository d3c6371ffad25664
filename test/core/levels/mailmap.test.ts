import assert from 'node:assert/strict';
import { mapAuthor, parseMailmap } from '../../../src/core/levels/mailmap';

const map = (mailmap: string, name: string, email: string) => {
  const author = mapAuthor(parseMailmap(mailmap), { name, email });
  return `${author.name} <${author.email}>`;
};

describe('a mailmap', () => {
  const cases: { it: string; mailmap: string; from: [string, string]; to: string }[] = [
    { it: 'gives a name', mailmap: 'Build Team <build@old.example>', from: ['build', 'build@old.example'], to: 'Build Team <build@old.example>' },
    { it: 'gives an address', mailmap: '<build@acme.example> <build@old.example>', from: ['build', 'build@old.example'], to: 'build <build@acme.example>' },
    {
      it: 'gives both',
      mailmap: 'Build Team <build@acme.example> <build@old.example>',
      from: ['build', 'build@old.example'],
      to: 'Build Team <build@acme.example>',
    },
    {
      it: 'gives both to one name of a shared address',
      mailmap: 'Build Team <build@acme.example> nightly <root@localhost>',
      from: ['nightly', 'root@localhost'],
      to: 'Build Team <build@acme.example>',
    },
    {
      it: 'leaves another name of a shared address alone',
      mailmap: 'Build Team <build@acme.example> nightly <root@localhost>',
      from: ['deploy', 'root@localhost'],
      to: 'deploy <root@localhost>',
    },
    {
      it: 'falls back to the entry without a name',
      mailmap: 'Build Team <build@acme.example> nightly <root@localhost>\n<ops@acme.example> <root@localhost>',
      from: ['deploy', 'root@localhost'],
      to: 'deploy <ops@acme.example>',
    },
    {
      it: 'prefers the entry with a name, wherever it stands',
      mailmap: '<ops@acme.example> <root@localhost>\nBuild Team <build@acme.example> nightly <root@localhost>',
      from: ['nightly', 'root@localhost'],
      to: 'Build Team <build@acme.example>',
    },
    {
      it: 'ignores upper and lower case of what commits carry',
      mailmap: '<build@acme.example> Nightly <Root@LocalHost>',
      from: ['nIGHTLY', 'rOOT@localhost'],
      to: 'nIGHTLY <build@acme.example>',
    },
    { it: 'keeps the case of what it gives', mailmap: '<Build@Acme.example> <a@b.example>', from: ['x', 'a@b.example'], to: 'x <Build@Acme.example>' },
    { it: 'takes the later of two entries', mailmap: 'One <a@b.example>\nTwo <a@b.example>', from: ['x', 'a@b.example'], to: 'Two <a@b.example>' },
    { it: 'keeps the name that a later entry does not give', mailmap: 'One <b@b.example> <a@b.example>\n<c@b.example> <a@b.example>', from: ['x', 'a@b.example'], to: 'One <c@b.example>' },
    { it: 'does not follow its own result', mailmap: '<b@b.example> <a@b.example>\n<c@b.example> <b@b.example>', from: ['x', 'a@b.example'], to: 'x <b@b.example>' },
    { it: 'maps commits without an address', mailmap: 'Build Team <b@b.example> <>', from: ['x', ''], to: 'Build Team <b@b.example>' },
    { it: 'skips a comment', mailmap: '# <b@b.example> <a@b.example>', from: ['x', 'a@b.example'], to: 'x <a@b.example>' },
    { it: 'allows a comment after the addresses', mailmap: '<b@b.example> <a@b.example> # moved', from: ['x', 'a@b.example'], to: 'x <b@b.example>' },
    { it: 'reads lines that end as on Windows', mailmap: 'Build Team <a@b.example>\r\n<c@b.example> <d@b.example>\r\n', from: ['x', 'd@b.example'], to: 'x <c@b.example>' },
    { it: 'trims names', mailmap: '  Build Team   <a@b.example>', from: ['x', 'a@b.example'], to: 'Build Team <a@b.example>' },
    { it: 'says nothing of others', mailmap: 'Build Team <a@b.example>', from: ['x', 'other@b.example'], to: 'x <other@b.example>' },
  ];
  for (const { it: fact, mailmap, from, to } of cases) it(fact, () => assert.equal(map(mailmap, ...from), to));

  for (const line of ['', '   ', 'no address', 'Build Team <>', 'Build Team <a@b.example', 'a@b.example>', '<> <a@b.example>']) {
    it(`makes nothing of ${JSON.stringify(line)}`, () => assert.equal(map(line, 'x', 'a@b.example'), 'x <a@b.example>'));
  }
});
