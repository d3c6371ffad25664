import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readGeneratorConfig } from '../../src/config/generatorFile';
import type { Badge } from '../../src/core/badge';
import { type RunCommand, templateBadges } from '../../src/sources/templateBadges';

const at = '2026-01-01T00:00:00.000Z';
const { signal } = new AbortController();
const origin = { kind: 'gitlab', text: 'acme/shop on gitlab.example.com', url: 'https://gitlab.example.com/acme/shop', at } as const;
const known = (stem: string, message: string, value?: number): Badge => ({ status: 'known', stem, label: stem, origin, face: { label: stem, message, color: 'blue' }, ...(value !== undefined && { value }) });
const facts = new Map(
  [known('name', 'Shop'), known('coverage', '87%', 87.9), known('release_version', 'v1.2.3', 1), { status: 'unknown', stem: 'tag', label: 'tag', origin, reason: 'There is no tag yet.' } as const].map((badge) => [badge.stem, badge]),
);

const files: Readonly<Record<string, string>> = {
  'package.json': '{\n  "version": "1.2.3",\n  "private": true,\n  "engines": { "node": ">=20" },\n  "files": [{ "name": "a" }],\n  "nothing": null\n}\n',
  'pyproject.toml': '[project]\nversion = "0.9"\n[tool.x]\nlevels = [1, 2.50]\n',
  'Chart.yaml': 'version: 1.10\nappVersion: "2"\n',
  VERSION: '\uFEFF 3.1.0 \r\nsecond\n'.slice(1),
  'broken.json': '{\n  "version": \n}\n',
  'empty.txt': '\n',
};
const reading: string[] = [];
const folder = {
  readText(path: string) {
    reading.push(path);
    if (path === 'huge.json') return Promise.reject(Object.assign(new Error('huge.json is larger than 1 MiB.'), { name: 'FileError' }));
    return Promise.resolve(files[path] ?? null);
  },
};

async function badges(entries: string, runCommand?: RunCommand): Promise<readonly Badge[]> {
  const { definition, problems } = readGeneratorConfig(`junit_xml: a.xml\ntemplate_badges: [${entries}]`, 'yaml');
  assert.ok(definition, JSON.stringify(problems));
  return templateBadges({ files: folder, runCommand }, definition.templateBadges ?? [], { find: (name) => facts.get(name) }, { text: '.gitlab/badges.yaml', file: '.gitlab/badges.yaml' }, at, signal);
}
const said = (badge: Badge | undefined) => (badge?.status === 'known' ? badge.face.message : `${badge?.status}: ${badge?.reason}`);
const one = async (entry: string, runCommand?: RunCommand) => said((await badges(`{ label: a, ${entry} }`, runCommand))[0]);
const ofFile = (file: string, key?: string) => one(`message: "{v}", values: { v: { file: ${file}${key === undefined ? '' : `, key: ${JSON.stringify(key)}`} } }`);

describe('a template badge', () => {
  it('puts facts together', async () => assert.equal(await one('message: "{name} · {coverage|round}%"'), 'Shop · 88%'));
  it('is unknown for the reason of a fact', async () => assert.equal(await one('message: "{name} {tag}"'), 'unknown: There is no tag yet.'));
  it('is unknown where no report is found for a name', async () => assert.match(await one('message: "{tests}"'), /^unknown: “tests” is not known here: it is made of reports/));
  it('is unknown where an expression names no fact, and says what was meant', async () => assert.equal(await one('message: "{nam}"'), 'unknown: “nam” names no fact, and no entry of “values”. Did you mean “name”? (.gitlab/badges.yaml:2:42)'));
  it('is unknown where its text comes to nothing', async () => assert.match(await one(`message: "{tag|default('')}"`), /^unknown: Its message comes to an empty text/));

  describe('of a file', () => {
    for (const [file, key, text] of [
      ['package.json', 'version', '1.2.3'],
      ['package.json', 'engines.node', '>=20'],
      ['package.json', 'files[0].name', 'a'],
      ['package.json', 'private', 'true'],
      ['pyproject.toml', 'project.version', '0.9'],
      ['pyproject.toml', 'tool.x.levels[1]', '2.50'],
      ['Chart.yaml', 'version', '1.10'],
      ['VERSION', undefined, '3.1.0'],
      ['package.json', undefined, '{'],
      ['package.json', 'constructor', 'unknown: package.json has no “constructor”.'],
      ['package.json', '__proto__.x', 'unknown: package.json has no “__proto__”.'],
      ['package.json', 'engines.npm', 'unknown: package.json has no “engines.npm”.'],
      ['package.json', 'version.x', 'unknown: package.json has no “version.x”.'],
      ['package.json', 'files[1]', 'unknown: package.json has no “files[1]”.'],
      ['package.json', 'files', 'unknown: package.json:5:12: “files” is a list, not a text or a number.'],
      ['package.json', 'engines', 'unknown: package.json:4:14: “engines” is a table, not a text or a number.'],
      ['package.json', 'nothing', 'unknown: package.json:6:14: “nothing” is nothing, not a text or a number.'],
      ['missing.json', 'a', 'unknown: There is no file missing.json in the workspace folder.'],
      ['broken.json', 'version', 'failed: broken.json:3:1: A value is missing before "}".'],
      ['huge.json', 'a', 'failed: huge.json is larger than 1 MiB.'],
      ['VERSION', 'a', 'failed: VERSION has no keys: they are looked for in files that end in .json, .toml, .yaml or .yml.'],
      ['empty.txt', undefined, 'unknown: The first line of empty.txt is empty.'],
    ] as const) {
      it(`${file}${key === undefined ? '' : ` at ${key}`} is ${text}`, async () => assert.equal(await ofFile(file, key), text));
    }

    it('is read once for all badges', async () => {
      reading.length = 0;
      await badges('{ label: a, message: "{v}", values: { v: { file: package.json, key: version } } }, { label: b, message: "{v}", values: { v: { file: package.json, key: private } } }');
      assert.deepEqual(reading, ['package.json']);
    });

    it('goes before a fact of the same name', async () => assert.equal(await one('message: "{name}", values: { name: { file: VERSION } }'), '3.1.0'));
  });

  describe('of a command', () => {
    const entry = 'message: "{v}", values: { v: { command: [git, describe, --tags] } }';
    it('is unknown where none is run, and says who would', async () => assert.equal(await one(entry), 'unknown: The command “git describe --tags” is run on the command line only, where --allow-commands is given: badgesmith generate --allow-commands. The editor never runs it.'));
    it('shows the first line that is printed', async () => assert.equal(await one(entry, () => Promise.resolve(' v1.2-3-gabc \nmore\n')), 'v1.2-3-gabc'));
    it('is unknown where nothing is printed', async () => assert.match(await one(entry, () => Promise.resolve('\n')), /^unknown: The first line of what “git describe --tags” prints is empty/));
    it('fails where it ends badly', async () => assert.equal(await one(entry, () => Promise.reject(Object.assign(new Error('it ended with the exit code 128.'), { name: 'CommandError' }))), 'failed: “git describe --tags”: it ended with the exit code 128.'));
    it('repeats no token that somebody wrote into it', async () => assert.match(await one('message: "{v}", values: { v: { command: [curl, "-H", "PRIVATE-TOKEN: glpat-abcdefghij0123456789"] } }'), /“curl -H PRIVATE-TOKEN: \[token\]”/));
    it('is run once for all badges', async () => {
      let runs = 0;
      await badges(`{ label: a, ${entry} }, { label: b, ${entry} }`, () => Promise.resolve(String((runs += 1))));
      assert.equal(runs, 1);
    });
  });

  describe('has a colour', () => {
    const color = async (entry: string) => {
      const [badge] = await badges(`{ label: a, ${entry} }`);
      return badge?.status === 'known' ? badge.face.color : said(badge);
    };
    for (const [entry, expected] of [
      ['message: "{name}"', 'blue'],
      ['message: "{name}", color: red', 'red'],
      ['message: "{coverage|round}%", color: { 0: red, 88: green }', 'green'],
      ['message: "{coverage|floor}%", color: { 88: green, 0: red }', 'red'],
      ['message: "{name}", value: coverage, color: { 0: red, 87.9: green }', 'green'],
      ['message: "{name}", value: coverage / 100, color: { 0: red, 87: green }', 'red'],
      ['message: "{release_version}", color: { 0: orange, 1: green }', 'green'],
      ['message: "v{v}", values: { v: { file: VERSION } }, color: { 0: orange, 3: green }', 'green'],
      ['message: "{name}", color: { 0: red }', 'unknown: Its colours go by a number, and “Shop” holds none: say by “value” what they go by.'],
      ['message: "{name}", value: tag, color: { 0: red }', 'unknown: There is no tag yet.'],
      ['message: "{name}", value: name, color: { 0: red }', 'unknown: “name” is “Shop”, which is no number.'],
    ] as const) {
      it(`${expected} for ${entry}`, async () => assert.equal(await color(entry), expected));
    }
  });

  it('looks as it is told, and leads where it is told', async () => {
    const [badge] = await badges('{ label: My Badge, message: x, label_color: black, style: plastic, logo: npm, logo_color: red, link: "https://example.org" }');
    assert.ok(badge?.status === 'known');
    assert.equal(badge.stem, 'my_badge');
    assert.deepEqual(badge.face, { label: 'My Badge', message: 'x', color: 'blue', link: 'https://example.org', labelColor: 'black', style: 'plastic', namedLogo: { name: 'npm', color: 'red' } });
  });

  it('says where its parts come from', async () => {
    const origins = (await badges('{ label: a, message: "{name} {tag}" }, { label: b, message: "{v}{name}", values: { v: { file: VERSION } } }, { label: c, message: x }, { label: d, message: "{v}", values: { v: { command: [git, describe] } } }')).map((badge) => badge.origin);
    assert.deepEqual(origins, [
      { kind: 'template', text: origin.text, url: origin.url, at },
      { kind: 'template', text: `VERSION, ${origin.text}`, file: 'VERSION', at },
      { kind: 'template', text: '.gitlab/badges.yaml', file: '.gitlab/badges.yaml', at },
      { kind: 'template', text: 'git', at },
    ]);
  });
});
