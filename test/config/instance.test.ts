import assert from 'node:assert/strict';
import { normalizeInstance } from '../../src/config/instance';

describe('normalizeInstance', () => {
  const cases: [text: string, canonical: string | null][] = [
    ['https://gitlab.com', 'https://gitlab.com'],
    ['https://gitlab.com/', 'https://gitlab.com'],
    ['  https://gitlab.com//  ', 'https://gitlab.com'],
    ['HTTPS://GitLab.Example.COM', 'https://gitlab.example.com'],
    ['https://gitlab.example.com:443', 'https://gitlab.example.com'],
    ['http://gitlab.example.com:80/', 'http://gitlab.example.com'],
    ['https://gitlab.example.com:8443/', 'https://gitlab.example.com:8443'],
    ['http://gitlab.example.com:443', 'http://gitlab.example.com:443'],
    ['https://example.com/gitlab/', 'https://example.com/gitlab'],
    ['https://example.com/tools/GitLab', 'https://example.com/tools/GitLab'],
    ['https://gitlab.com/api/v4', 'https://gitlab.com'],
    ['https://example.com/gitlab/api/v4/', 'https://example.com/gitlab'],
    ['gitlab.example.com', 'https://gitlab.example.com'],
    ['localhost:3000', 'https://localhost:3000'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['', null],
    ['https://', null],
    ['ssh://git@gitlab.com', null],
    ['file:///etc/passwd', null],
    ['ftp://gitlab.com', null],
    ['javascript:alert(1)', null],
    ['https://user:word@gitlab.com', null],
    ['https://gitlab.com@evil.example', null],
    ['https://@gitlab.com', null],
    ['https://gitlab.com?private_token=x', null],
    ['https://gitlab.com/?', null],
    ['https://gitlab.com/#top', null],
    ['https://gitlab.com:99999', null],
    ['two words', null],
    ['https:\\\\gitlab.com', null],
  ];
  for (const [text, canonical] of cases) {
    it(`${JSON.stringify(text)} is ${canonical ?? 'no instance'}`, () => assert.equal(normalizeInstance(text), canonical));
  }

  it('gives up at once where somebody wrote slashes without end', () => assert.equal(normalizeInstance(`https://gitlab.com${'/'.repeat(500_000)}x`), null));

  it('keeps a canonical address as it is', () => {
    for (const [, canonical] of cases) if (canonical) assert.equal(normalizeInstance(canonical), canonical);
  });
});
