import assert from 'node:assert/strict';
import { createConnection } from '../../src/gitlab/connection';
import { downloadFile } from '../../src/gitlab/files';
import { startTestInstance, type TestInstance } from '../fakes/gitlab/testInstance';
import { rejection } from './expect';

describe('downloadFile', () => {
  let instance: TestInstance;
  before(async () => {
    instance = await startTestInstance();
    const { gitlab, shop } = instance;
    shop.visibility = 'private';
    const { sha } = gitlab.data.addCommit(shop, { message: 'Add decisions' });
    shop.files.set('badges/open.json', '{"granted": []}');
    shop.branches.push({ name: 'feature/levels', sha });
  });
  after(() => instance.gitlab.close());

  const download = (file: string, token: string | null = 'maintainer') => {
    const { gitlab } = instance;
    const connection = createConnection({ instance: gitlab.url, token: token === null ? undefined : { kind: 'private', value: token }, fetch, retry: { attempts: 1 } });
    return downloadFile(connection, `${gitlab.url}/acme/web/shop/-/${file}`, { maxBytes: 1000 });
  };

  for (const file of ['raw/main/badges/open.json', 'blob/main/badges/open.json?ref_type=heads', 'raw/HEAD/badges/open.json', 'raw/feature/levels/badges/open.json', 'raw/feature%2Flevels/badges/open.json']) {
    it(`gets ${file} of a private project over the API`, async () => assert.equal(await download(file), '{"granted": []}'));
  }

  it('asks once where the file is missing, and a few times where the branch is', async () => {
    const before = instance.gitlab.requests.length;
    await rejection(download('raw/main/badges/none.json'), 'not-found');
    assert.equal(instance.gitlab.requests.length, before + 1);
    await rejection(download('raw/none/badges/open.json'), 'not-found');
    assert.equal(instance.gitlab.requests.length, before + 3);
  });

  it('asks once where the project is hidden', async () => {
    const before = instance.gitlab.requests.length;
    await rejection(download('raw/main/badges/open.json', null), 'not-found');
    assert.equal(instance.gitlab.requests.length, before + 1);
  });
});
