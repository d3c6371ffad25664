import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { vsixFile } from '../harness/vsix';
import { readZip } from '../harness/zip';

const allowed = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/package(\.nls(\.[a-z-]+)?)?\.json$/,
  /^extension\/(readme|changelog)\.md$/i,
  /^extension\/license(\.txt|\.md)?$/i,
  /^extension\/dist\/[\w-]+\.js$/,
  /^extension\/media\/[\w-]+\.(png|svg|css)$/,
  /^extension\/media\/walkthrough\/\w+\.svg$/,
  /^extension\/media\/schemas\/[\w-]+\.schema\.json$/,
];

/** What real secrets look like; a prefix alone is not one. */
const secrets = [/\bgl[a-z]{2,6}-[\w-]{16,}/, /\bgh[pousr]_\w{30,}/, /\bnpm_\w{30,}/, /-----BEGIN [A-Z ]*PRIVATE KEY-----/, /\beyJ[\w-]{20,}\.[\w-]{20,}\./];

/** Bundles of the command line alone, which the npm package holds. */
const commandLine = ['dist/cli.js', 'dist/proxy.js'];

describe('the packaged extension', () => {
  const files = (): ReadonlyMap<string, Buffer> => readZip(readFileSync(vsixFile));

  it('is at most 1 MB', () => {
    assert.ok(statSync(vsixFile).size <= 1_000_000, `it is ${statSync(vsixFile).size} bytes`);
  });

  it('holds every bundle but those of the command line, and every file that its manifest names', () => {
    const names = [...files().keys()];
    const manifest = files().get('extension/package.json')?.toString() ?? '';
    const named = [...manifest.matchAll(/"(?:\.\/)?((?:dist|media)\/[^"]+)"/g)].map(([, file]) => file ?? '');
    const bundles = readdirSync('dist').filter((name) => name.endsWith('.js')).map((name) => `dist/${name}`);
    assert.ok(bundles.includes('dist/extension.js'));
    const wanted = new Set([...named, ...bundles].filter((file) => !commandLine.includes(file)));
    const missing = [...wanted].filter((file) => !names.includes(`extension/${file}`));
    assert.deepEqual(commandLine.filter((file) => names.includes(`extension/${file}`)), []);
    assert.deepEqual(missing, []);
    for (const file of ['readme.md', 'changelog.md']) assert.ok(names.includes(`extension/${file}`), file);
    assert.ok(names.some((name) => /^extension\/license/i.test(name)), 'a license');
  });

  it('holds nothing else: no sources, maps, packages or tests', () => {
    assert.deepEqual([...files().keys()].filter((name) => !allowed.some((pattern) => pattern.test(name))), []);
  });

  it('holds no secret and no path of the machine that built it', () => {
    const found: string[] = [];
    for (const [name, content] of files()) {
      const text = content.toString('latin1');
      for (const pattern of secrets) if (pattern.test(text)) found.push(`${name}: ${pattern.exec(text)?.[0] ?? ''}`);
      if (text.includes(process.cwd())) found.push(`${name}: ${process.cwd()}`);
    }
    assert.deepEqual(found, []);
  });
});
