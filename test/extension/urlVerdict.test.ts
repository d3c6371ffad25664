import assert from 'node:assert/strict';
import { urlVerdict } from '../../src/extension/urlVerdict';
import type { Placeholders } from '../../src/extension/publishEngine';

const placeholders: Placeholders = { values: { project_path: 'acme/shop', project_title: 'The %{project_id}', latest_tag: null, gitlab_server: 'gitlab.example.com' }, tooNew: ['project_title'], project: 'acme/shop' };

describe('what is said of a URL while it is typed', () => {
  const cases: readonly (readonly [url: string, known: Placeholders | null, severity: string | null, text: RegExp])[] = [
    ['', placeholders, 'error', /https:/],
    ['  ', placeholders, 'error', /https:/],
    ['javascript:alert(1)', placeholders, 'error', /refuses/],
    ['ftp://example.org/a.svg', placeholders, 'error', /ftp:/],
    ['https://%{gitlab_server}/a.svg', placeholders, 'error', /host/],
    ['https://example.org/%{project_pth}', placeholders, 'warning', /project_path/],
    ['https://example.org/%{latest_tag}', placeholders, 'warning', /latest_tag.*stay as text/],
    ['https://example.org/%{project_title}', placeholders, 'warning', /does not know it yet/],
    ['https://example.org/%{project_path}', placeholders, 'info', /Will be https:\/\/example\.org\/acme\/shop$/],
    ['https://example.org/%{project_path}', null, null, /^$/],
    ['https://example.org/%{project_path}', { values: {}, tooNew: [], project: null }, 'warning', /project_path.*stay/],
    ['https://example.org/a.svg', placeholders, null, /^$/],
  ];
  for (const [url, known, severity, text] of cases) {
    it(`${url || 'nothing'}: ${severity ?? 'nothing'}${known === null ? ', while nothing is known' : ''}`, () => {
      const verdict = urlVerdict(url, known);
      assert.equal(verdict?.severity ?? null, severity);
      assert.match(verdict?.text ?? '', text);
    });
  }
});
