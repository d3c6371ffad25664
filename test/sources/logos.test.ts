import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it } from 'mocha';
import { installedIcons } from '../../src/cli/installedIcons';
import type { NamedLogo } from '../../src/core/badge';
import { builtInLogos, logoSlug } from '../../src/core/logoNames';
import { drawLogo, type FindIcon, findIcons } from '../../src/sources/logos';

const dark: FindIcon = () => Promise.resolve({ hex: '112233', path: 'M0 0h24v24' });
const bright: FindIcon = () => Promise.resolve({ hex: 'FFEE00', path: 'M0 0h24v24' });
const none: FindIcon = () => Promise.resolve(null);

const fill = async (logo: NamedLogo, style: 'flat' | 'social', icon: FindIcon) => {
  const drawn = await drawLogo(logo, style, icon);
  assert.ok('uri' in drawn);
  const [type, data = ''] = drawn.uri.split(',');
  assert.equal(type, 'data:image/svg+xml;base64');
  return /fill="([^"]*)"/.exec(Buffer.from(data, 'base64').toString())?.[1];
};

describe('a slug', () => {
  for (const [name, slug] of [['gitlab', 'gitlab'], ['GitLab', 'gitlab'], ['Node.js', 'nodedotjs'], ['C++', 'cplusplus'], ['Let’s Encrypt', 'letsencrypt'], ['AT&T', 'atandt'], ['Škoda', 'skoda'], ['../x', 'dotdotx'], ['...', 'dotdotdot'], ['--', '']] as const) {
    it(`of ${name} is ${slug || 'nothing'}`, () => assert.equal(logoSlug(name), slug));
  }
});

describe('a logo by name', () => {
  it('has the colour that is asked for', async () => assert.equal(await fill({ name: 'x', color: 'blue' }, 'flat', dark), '#007ec6'));
  for (const [style, icon, color] of [['flat', dark, '#f5f5f5'], ['flat', bright, '#FFEE00'], ['social', dark, '#112233'], ['social', bright, '#333']] as const) {
    it(`can be seen on the label of ${style} in ${color}`, async () => assert.equal(await fill({ name: 'x' }, style, icon), color));
  }
  it('is built in, or found elsewhere', async () => {
    assert.ok(await findIcons(none)('gitlab'));
    assert.equal((await findIcons(bright)('no-such-logo'))?.hex, 'FFEE00');
    assert.equal(await findIcons()('constructor'), null);
    for (const slug of builtInLogos) assert.equal(logoSlug(slug), slug);
  });
  it('that does not exist names the one that was meant', async () => {
    const drawn = await drawLogo({ name: 'gitlabb' }, 'flat', none);
    assert.match('problem' in drawn && !drawn.exists ? drawn.problem : '', /no logo "gitlabb"\. Did you mean "gitlab"\?/);
  });
  it('that exists and is not here says where it would be', async () => {
    const drawn = await drawLogo({ name: 'Rust' }, 'flat', none);
    assert.match('problem' in drawn && drawn.exists ? drawn.problem : '', /"Rust" is not built in, so the badge is drawn without it.*simple-icons/);
  });
});

describe('the icons of an installed package', () => {
  const beside = installedIcons(path.resolve('package.json'));
  it('are found, with their colour', async () => assert.deepEqual([(await beside('1password'))?.hex, (await beside('1password'))?.path.startsWith('M')], ['145FE4', true]));
  it('are none where there is no such icon', async () => assert.equal(await beside('nosuchlogo'), null));
  it('are none where the package is not installed', async () => assert.equal(await installedIcons('/nowhere/cli.js')('gitlab'), null));
});
