import assert from 'node:assert/strict';
import { imageSources, imageUrl, offeredSources, ownImage, ownKinds, readImage, type ImagePlace, type SourceKnowledge } from '../../src/core/imageSources';

const place: ImagePlace = {
  instance: 'https://gitlab.example.com/git',
  project: 'acme/web/shop',
  branch: 'main',
  path: 'public/badges',
  job: 'badges',
  pages: 'https://acme.pages.example.com/web/shop',
  document: 'README.md',
  json: 'fileUrl',
};

describe('the address of a generated badge', () => {
  const project = 'https://gitlab.example.com/git/acme/web/shop';
  it('is relative to the project for an artifact', () => assert.equal(imageUrl('artifact', 'license_name', place), '../-/jobs/artifacts/main/raw/public/badges/license_name.svg?job=badges'));

  it('goes up one step for each segment of the branch, whatever folder the document lies in', () => {
    assert.equal(imageUrl('artifact', 'a', { ...place, branch: 'release/1.x', document: 'docs/de/README.md' }), '../../-/jobs/artifacts/release/1.x/raw/public/badges/a.svg?job=badges');
  });

  it('may be complete', () => assert.equal(imageUrl('artifactUrl', 'a b', { ...place, job: 'make: badges' }), `${project}/-/jobs/artifacts/main/raw/public/badges/a%20b.svg?job=make%3A%20badges`));

  for (const [document, expected] of [
    ['README.md', 'public/badges/a.svg'],
    ['docs/README.md', '../public/badges/a.svg'],
    ['docs/de/README.md', '../../public/badges/a.svg'],
    ['public/README.md', 'badges/a.svg'],
    ['public/badges/README.md', 'a.svg'],
    ['public/pages/x/README.md', '../../badges/a.svg'],
  ] as const) {
    it(`leads from ${document} to the file`, () => assert.equal(imageUrl('file', 'a', { ...place, document }), expected));
  }

  it('may be that of the raw file', () => assert.equal(imageUrl('fileUrl', 'a', { ...place, branch: 'feat/#1' }), `${project}/-/raw/feat/%231/public/badges/a.svg`));
  it('may be that of Pages', () => assert.equal(imageUrl('pages', 'a', place), 'https://acme.pages.example.com/web/shop/badges/a.svg'));
  it('may be drawn by shields from the JSON beside it', () => {
    const json = encodeURIComponent(`${project}/-/jobs/artifacts/main/raw/public/badges/a.json?job=badges`);
    assert.equal(imageUrl('shields', 'a', { ...place, json: 'artifactUrl' }), `https://img.shields.io/endpoint?url=${json}`);
  });
});

describe('a badge that GitLab draws', () => {
  for (const [kind, url, link] of [
    ['pipeline', '/badges/main/pipeline.svg', '/-/pipelines?ref=main'],
    ['coverage', '/badges/main/coverage.svg', '/-/pipelines?ref=main'],
    ['release', '/-/badges/release.svg', '/-/releases'],
  ] as const) {
    it(`may show the ${kind}`, () => assert.deepEqual(ownImage(kind, place), { url: `https://gitlab.example.com/git/acme/web/shop${url}`, link: `https://gitlab.example.com/git/acme/web/shop${link}` }));
  }
});

describe('reading the address of a picture', () => {
  for (const branch of ['main', 'release/1.x']) {
    for (const source of imageSources) {
      it(`finds badge and source of ${source} on ${branch}`, () => {
        const there = { ...place, branch, document: 'docs/README.md' };
        const read = readImage(imageUrl(source, 'license_name', there), there);
        assert.deepEqual([read?.kind, read?.source, read?.stem, read?.folder, read?.json], ['generated', source, 'license_name', 'public/badges', source === 'shields' ? 'fileUrl' : null]);
        if (source !== 'file' && source !== 'pages') assert.equal(read?.branch, branch);
        if (source.startsWith('artifact')) assert.equal(read?.job, 'badges');
      });
    }
    for (const kind of ownKinds) it(`finds what GitLab draws: ${kind} on ${branch}`, () => assert.equal(readImage(ownImage(kind, { ...place, branch }).url, place)?.kind, kind));
  }

  it('says whose it is, and which branch and job it names, be they another', () => {
    const read = readImage('https://gitlab.example.com/git/acme/api/-/jobs/artifacts/old/raw/out/x.svg?job=make%20it', place);
    assert.deepEqual(read && [read.project, read.branch, read.job, read.folder, read.stem], ['acme/api', 'old', 'make it', 'out', 'x']);
    assert.equal(readImage('../-/jobs/artifacts/main/raw/public/badges/x.svg', place)?.job, null);
  });

  for (const url of ['https://img.shields.io/badge/a-b-red', 'https://example.org/x.svg', 'https://gitlab.example.com/other/a/-/raw/main/x.svg', 'https://gitlab.example.com/git/acme/shop/-/issues', '../../x.svg', 'x.png', '%zz.svg', '', '../-/raw/main/x.svg', 'https://img.shields.io/endpoint?url=https%3A%2F%2Fexample.org%2Fa.json']) {
    it(`leaves others alone: ${url}`, () => assert.equal(readImage(url, place), null));
  }
});

describe('the sources on offer', () => {
  const all: SourceKnowledge = { visibility: 'public', job: 'badges', isCiPartial: false, files: 'committed', pages: { isPublished: true, access: 'enabled' }, place };
  const rows: readonly (readonly [string, Partial<SourceKnowledge>, string])[] = [
    ['are all where all can work', {}, 'artifact:anybody artifactUrl:anybody file:anybody fileUrl:anybody pages:anybody shields:anybody'],
    ['need a login in a private project, and shields has none', { visibility: 'private' }, 'artifact:signedIn artifactUrl:signedIn file:signedIn fileUrl:signedIn pages:signedIn'],
    ['need one in an internal project, too', { visibility: 'internal', files: 'missing', pages: { isPublished: false, access: null } }, 'artifact:signedIn artifactUrl:signedIn'],
    ['include public Pages of a private project, which shields can read', { visibility: 'private', job: null, files: 'missing', pages: { isPublished: true, access: 'public' } }, 'pages:anybody shields:anybody'],
    ['have Pages for members only', { job: null, files: 'missing', pages: { isPublished: true, access: 'private' } }, 'pages:signedIn'],
    ['do without Pages where they are switched off', { job: null, files: 'missing', pages: { isPublished: true, access: 'disabled' } }, ''],
    ['do without Pages where no job publishes', { job: null, files: 'missing', pages: { isPublished: false, access: 'enabled' } }, ''],
    ['do without Pages for a folder outside of public', { job: null, files: 'missing', place: { ...place, path: 'badges' } }, ''],
    ['do without artifacts where no job keeps them', { job: null, pages: { isPublished: false, access: null } }, 'file:anybody fileUrl:anybody shields:anybody'],
    ['allow for a job of another project', { job: null, isCiPartial: true, files: 'missing', pages: { isPublished: false, access: null } }, 'artifact:anybody:job artifactUrl:anybody:job shields:anybody:job'],
    ['say that files are to be committed', { job: null, files: 'written', pages: { isPublished: false, access: null } }, 'file:anybody:commit fileUrl:anybody:commit shields:anybody:commit'],
    ['do not promise what is not known', { visibility: null, files: 'missing', pages: { isPublished: false, access: null } }, 'artifact:? artifactUrl:?'],
    ['do without shields where it would ask over http', { files: 'missing', pages: { isPublished: false, access: null }, place: { ...place, instance: 'http://gitlab.example.com' } }, 'artifact:anybody artifactUrl:anybody'],
  ];
  for (const [what, changes, expected] of rows) {
    it(what, () => {
      const offers = offeredSources({ ...all, ...changes });
      assert.equal(offers.map(({ source, audience, needs }) => `${source}:${audience ?? '?'}${needs === null ? '' : `:${needs}`}`).join(' '), expected);
    });
  }
});
