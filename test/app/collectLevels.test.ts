import assert from 'node:assert/strict';
import { drawnLevels, unknownLevels } from '../../src/app/collectLevels';
import type { LeveledBadgeResult } from '../../src/core/levels/result';
import { publicName, PublicFetchError } from '../../src/sources/fetchPublic';
import type { FilePorts } from '../../src/sources/fetchFile';
import { never } from './publishing';
import { badge, definition, evaluation } from './results';

const at = '2026-03-05T10:00:00.000Z';
const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><title>silver</title><script>alert(1)</script><rect width="9" height="9"/></svg>';

/** A badge of which the level reached has a picture. */
function pictured(id: string, url: string): LeveledBadgeResult {
  const made = badge(id, [true, false]);
  return { ...made, levels: made.levels.map((level) => ({ ...level, svgUrl: level.reached ? url : 'https://example.com/other.svg' })) };
}

function pages(answers: Readonly<Record<string, string>>): { files: FilePorts; asked: string[] } {
  const asked: string[] = [];
  const fetchPublic: FilePorts['fetchPublic'] = (url) => {
    asked.push(url);
    const text = answers[url];
    return text === undefined ? Promise.reject(new PublicFetchError(`answered 404 (${publicName(url)})`)) : Promise.resolve({ text, bytes: Buffer.from(text), contentType: 'image/svg+xml' });
  };
  return { files: { connections: [], fetchPublic }, asked };
}
const drawn = (results: readonly LeveledBadgeResult[], files = pages({}).files, failures: readonly string[] = []) => drawnLevels({ evaluation: evaluation('acme/shop', ...results), failures }, files, at, never);

describe('leveled badges among the others', () => {
  it('say where they come from', async () => {
    const [made] = await drawn([badge('open_source')]);
    assert.deepEqual(made?.origin, { kind: 'levels', text: 'the levels of acme/shop on gitlab.example.com', url: 'https://gitlab.example.com/acme/shop', at });
    assert.deepEqual([made?.status, made?.stem, made?.label], ['known', 'open_source', 'open source']);
  });

  it('are drawn where the level has no picture, also that none is reached', async () => {
    const made = await drawn([badge('a', [true, true]), badge('b', [false])]);
    assert.deepEqual(made.map((each) => each.status === 'known' && [each.face.message, each.svg]), [['silver', undefined], ['not reached', undefined]]);
  });

  it('are unknown where no level is known, and failed where something is broken', async () => {
    const made = await drawn([badge('a', [null]), { ...badge('b', []), status: 'unknown', level: null, reason: 'its entry is wrong' }]);
    assert.deepEqual(made.map(({ status }) => status), ['unknown', 'failed']);
    assert.deepEqual((await drawn([badge('a', [null])], undefined, ['GitLab answered 403'])).map(({ status }) => status), ['failed']);
    assert.deepEqual((await drawn([badge('a', [true, null])], undefined, ['GitLab answered 403'])).map(({ status }) => status), ['known']);
  });

  it('show the picture of the level reached, without scripts, fetched once for all', async () => {
    const { files, asked } = pages({ 'https://example.com/bronze.svg': svg });
    const made = await drawn([pictured('a', 'https://example.com/bronze.svg'), pictured('b', 'https://example.com/bronze.svg')], files);
    assert.deepEqual(asked, ['https://example.com/bronze.svg']);
    for (const each of made) {
      assert(each.status === 'known' && each.svg !== undefined);
      assert.match(each.svg, /<rect /);
      assert.doesNotMatch(each.svg, /script|onload|alert/);
      assert.equal(each.face.message, 'bronze');
    }
  });

  const pictures: [what: string, text: string | undefined, reason: RegExp][] = [
    ['is not there', undefined, /The picture of the level bronze could not be had\. .*404/],
    ['is HTML', '<!doctype html><html></html>', /web page/],
    ['is no XML', '<svg', /https:\/\/example\.com\/p\.svg is no SVG: line 1, column \d+/],
    ['is another XML', '<rss/>', /is no SVG: line 1, column \d+: not an SVG: its root element is <rss>/],
  ];
  for (const [what, text, reason] of pictures) {
    it(`fail where the picture ${what}, and the others are drawn`, async () => {
      const url = 'https://example.com/p.svg?token=secret';
      const { files } = pages(text === undefined ? {} : { [url]: text });
      const [broken, fine] = await drawn([pictured('a', url), badge('b')], files);
      assert.deepEqual([broken?.status, fine?.status], ['failed', 'known']);
      assert(broken?.status === 'failed');
      assert.match(broken.reason, reason);
      assert(!broken.reason.includes('secret'));
    });
  }

  it('show a picture that lies beside the configuration, and are drawn where none does', async () => {
    const readText: NonNullable<FilePorts['beside']>['readText'] = (path) => Promise.resolve(path === 'levels/bronze.svg' ? svg : null);
    const [there, missing] = await drawn([pictured('a', '<badge-config-repo>/levels/bronze.svg'), pictured('b', '<badge-config-repo>/other.svg')], { ...pages({}).files, beside: { readText } });
    assert.match((there?.status === 'known' && there.svg) || '', /<rect /);
    assert.deepEqual(missing?.status === 'known' && [missing.face.message, missing.svg], ['bronze', undefined]);
  });

  it('are unknown, with the reason, without a project', () => {
    const range = { start: 0, end: 1 };
    const level = { name: 'bronze', description: null, svgUrl: null, notNecessaryForNextHigherLevel: false, checks: [{ type: 'COMMITS' as const, description: null, threshold: { timeRangeInMonths: 6, min: 1, max: null }, decisionJsonUrl: null, range }], range };
    const [made] = unknownLevels(definition({ badges: [{ id: 'a', description: null, levels: [level], range }] }), 'There is no git remote.', at);
    assert.deepEqual([made?.status, made?.status === 'unknown' && made.reason], ['unknown', 'There is no git remote.']);
  });
});
