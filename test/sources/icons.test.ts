import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { builtInLogos } from '../../src/core/logoNames';
import { assertFile } from '../golden/golden';
import { isIcon } from '../../src/sources/icons';
import { makeIconNames, makeIcons } from './makeIcons';

describe('the built-in icons', () => {
  it('are what makeIcons makes of simple-icons', () => assertFile('src/sources/icons.json', makeIcons()));
  it('are known among all there are', () => {
    assertFile('src/sources/iconNames.json', makeIconNames());
    assert.deepEqual(builtInLogos.filter((slug) => !isIcon(slug)), []);
    assert.deepEqual(['rust', 'rus', 'gitlab gitea', '', 'nosuchlogo'].filter(isIcon), ['rust']);
  });

  it('are those that may be passed on without conditions, once each and sorted', () => {
    const rows = JSON.parse(readFileSync('node_modules/simple-icons/data/simple-icons.json', 'utf8')) as { slug: string; license?: { type: string } }[];
    const licences = new Map(rows.map(({ slug, license }) => [slug, license?.type ?? 'CC0-1.0']));
    assert.deepEqual(builtInLogos.filter((slug) => !['CC0-1.0', 'MIT'].includes(licences.get(slug) ?? '')), []);
    assert.deepEqual([...builtInLogos], [...new Set(builtInLogos)].sort());
  });
});
