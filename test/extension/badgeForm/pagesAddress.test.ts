import assert from 'node:assert/strict';
import { pagesAddress } from '../../../src/extension/badgeForm/pagesAddress';

describe('the address of GitLab Pages', () => {
  const cases: readonly (readonly [string, string, string | null, string])[] = [
    ['https://gitlab.com', 'Acme/shop', null, 'https://acme.gitlab.io/shop'],
    ['https://gitlab.example.com', 'acme/web/shop', 'pages.example.org', 'https://acme.pages.example.org/web/shop'],
    ['https://gitlab.example.com:8443', 'acme/shop', null, 'https://acme.pages.gitlab.example.com/shop'],
    ['https://gitlab.com', 'acme/web/%{project_name}', null, 'https://acme.gitlab.io/web/%{project_name}'],
  ];
  for (const [instance, path, domain, expected] of cases) it(`is ${expected}`, () => assert.equal(pagesAddress(instance, path, domain), expected));
});
