import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addToPublish } from '../../src/config/editPublish';
import { readGeneratorConfig, type GeneratorFileKind } from '../../src/config/generatorFile';
import type { BadgeRecord } from '../../src/core/plan';

const badge = (name: string | null): BadgeRecord => ({ name, link_url: 'https://e.x/l', image_url: `https://e.x/${name ?? 'x'}` });
const additions = (project: readonly string[], groups: Readonly<Record<string, readonly string[]>> = {}) => ({
  project: project.map(badge),
  groups: new Map(Object.entries(groups).map(([path, names]) => [path, names.map(badge)])),
});

function added(text: string, kind: GeneratorFileKind, ...given: Parameters<typeof additions>): string {
  const result = addToPublish(text, kind, additions(...given));
  assert('text' in result, 'problem' in result ? result.problem : '');
  return result.text;
}

/** The text without the lines or pieces that were put in: `«…»` in the expected text. */
function check(kind: GeneratorFileKind, expected: string, ...given: Parameters<typeof additions>): void {
  const before = expected.replace(/«[^»]*»/g, '');
  assert.equal(added(before, kind, ...given), expected.replace(/[«»]/g, ''));
}

const fields = (indent: string, name: string) => `${indent}- name: "${name}"\n${indent}  link_url: "https://e.x/l"\n${indent}  image_url: "https://e.x/${name}"`;
const flow = (name: string) => `{ name: "${name}", link_url: "https://e.x/l", image_url: "https://e.x/${name}" }`;
const inline = (name: string) => `{ name = "${name}", link_url = "https://e.x/l", image_url = "https://e.x/${name}" }`;
const table = (path: string, name: string) => `[[${path}]]\nname = "${name}"\nlink_url = "https://e.x/l"\nimage_url = "https://e.x/${name}"\n`;

describe('addToPublish', () => {
  for (const kind of ['yaml', 'toml'] as const) {
    it(`writes no character that turns the direction of a text in ${kind.toUpperCase()}, and none is lost`, () => {
      const names = ['a\u202eb', '\u2066x\u2069', '\u200e\u200f'];
      const text = added('', kind, names);
      assert.doesNotMatch(text, /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
      assert.deepEqual(readGeneratorConfig(text, kind).definition?.publish?.project?.badges.map(({ value }) => value.name), names);
    });
  }

  const yaml: [fact: string, expected: string, project: string[], groups?: Record<string, string[]>][] = [
    ['an empty file', `«publish:\n  project:\n${fields('    ', 'a')}\n${fields('    ', 'b')}\n»`, ['a', 'b']],
    ['a file of comments', `# mine\n\n«publish:\n  project:\n${fields('    ', 'a')}\n»`, ['a']],
    ['a file without the section', `# mine\npath: public # there\n\n# the end\n«publish:\n  project:\n${fields('    ', 'a')}\n»`, ['a']],
    ['a document with an end', `---\npath: public\n«publish:\n  project:\n${fields('    ', 'a')}\n»...\n`, ['a']],
    ['a file with another indentation', `badges:\n    x:\n        label: y\n«publish:\n    project:\n${fields('        ', 'a')}\n»`, ['a']],
    ['a section without a value', `publish: # soon«\n  project:\n${fields('    ', 'a')}»\npath: public\n`, ['a']],
    ['a section without the list', `publish:\n  prune: true # careful«\n  project:\n${fields('    ', 'a')}»\n\n# else\npath: public\n`, ['a']],
    ['a list without a value', `publish:\n  project:«\n${fields('    ', 'a')}»\n  prune: false\n`, ['a']],
    ['a list in block style', `publish:\n  project:\n  # first\n  - name: z # z\n    link_url: https://e.x/1\n    image_url: 'https://e.x/2' # why«\n${fields('  ', 'a')}»\n  # last\n\n  prune: false\n`, ['a']],
    ['a list of flow items', `publish:\n  project:\n    - { link_url: "https://e.x/1",\n        image_url: "https://e.x/2" }«\n${fields('    ', 'a')}»\n`, ['a']],
    ['an empty list', `publish: { prune: false, project: [«${flow('a')}, ${flow('b')}»] }\n`, ['a', 'b']],
    ['a list on one line', `publish:\n  project: [${flow('z')}«, ${flow('a')}»] # all\n`, ['a']],
    ['a list in brackets on many lines', `publish:\n  project: [\n    ${flow('z')}, # z«\n    ${flow('a')},\n    ${flow('b')},»\n    # last\n  ]\n`, ['a', 'b']],
    ['a list in brackets whose last line has no comma', `publish:\n  project: [\n    ${flow('z')}«,» # z«\n    ${flow('a')}»\n  ]\n`, ['a']],
    ['a list in brackets whose end stands behind the last item', `publish:\n  project: [\n    ${flow('z')}«,\n    ${flow('a')}» ] # all\n`, ['a']],
    ['a section in braces on many lines', `publish: {\n  prune: false, # careful«\n  project: [${flow('a')}],»\n}\n`, ['a']],
    ['a section in braces', `publish: { prune: false«, project: [${flow('a')}]» }\n`, ['a']],
    ['an empty section in braces', `publish: {« project: [${flow('a')}] »}\n`, ['a']],
    ['a file in braces', `{"path": "public"«, publish: { project: [${flow('a')}] }»}\n`, ['a']],
    ['groups', `publish:\n  groups:\n    acme/web:\n      - { link_url: https://e.x/1, image_url: https://e.x/2 }«\n${fields('      ', 'a')}»«\n    acme:\n${fields('      ', 'b')}»\n`, [], { 'acme/web': ['a'], acme: ['b'] }],
    ['a group in another spelling', `publish:\n  groups:\n    Acme/Web: [«${flow('a')}»]\n`, [], { 'acme/web': ['a'] }],
    ['a file without a line break at its end', `path: public«\npublish:\n  project:\n${fields('    ', 'a')}\n»`, ['a']],
  ];
  for (const [fact, expected, project, groups] of yaml) {
    it(`adds to ${fact} in YAML`, () => check('yaml', expected, project, groups));
    it(`keeps line ends and byte order mark of ${fact} in YAML`, () => {
      const before = `\uFEFF${expected.replace(/«[^»]*»/g, '').replaceAll('\n', '\r\n')}`;
      const after = added(before, 'yaml', project, groups);
      if (before.includes('\r\n')) assert.equal(after, `\uFEFF${expected.replace(/[«»]/g, '').replaceAll('\n', '\r\n')}`);
      else assert(after.startsWith('\uFEFF'));
    });
  }

  it('is not kept from it by a mistake further down, whose place moves', () => {
    const text = 'publish:\n  project:\n    - { name: b, link_url: https://e.org, image_url: https://e.org }\nstatic_badges:\n  - [a, b, gren]\nbadges:\n  name: { color: rd }\n';
    const added = addToPublish(text, 'yaml', additions(['a']));
    assert.ok('text' in added && added.text.includes('gren'), JSON.stringify(added));
  });

  it('gives a null that is written out its value', () => {
    assert.equal(added('publish:\n  project: ~\n', 'yaml', ['a']), `publish:\n  project: \n${fields('    ', 'a')}\n`);
    assert.equal(added('publish: { project: null }\n', 'yaml', ['a']), `publish: { project: [${flow('a')}]  }\n`);
  });

  const toml: [fact: string, expected: string, project: string[], groups?: Record<string, string[]>][] = [
    ['an empty file', `«${table('publish.project', 'a')}\n${table('publish.project', 'b')}»`, ['a', 'b']],
    ['a file without the section', `path = "public" # there\n# the end\n«\n${table('publish.project', 'a')}»`, ['a']],
    ['a section without the list', `[publish]\nprune = true\n\n[badges.x]\nlabel = "y"\n«\n${table('publish.project', 'a')}»`, ['a']],
    ['tables', `[[publish.project]]\nlink_url = "https://e.x/1" # why\nimage_url = "https://e.x/2" # so«\n\n${table('publish.project', 'a').trimEnd()}»\n\n# else\n[badges.x]\nlabel = "y"\n`, ['a']],
    ['a list in brackets', `publish.project = [${inline('z')}«, ${inline('a')}»]\n`, ['a']],
    ['an empty list', `[publish]\nproject = [«${inline('a')}»]\n`, ['a']],
    ['a list on many lines', `[publish]\nproject = [\n  ${inline('z')}, # z«\n  ${inline('a')},»\n  # last\n]\n`, ['a']],
    ['a list on many lines whose last line has no comma', `[publish]\nproject = [\n  ${inline('z')}«,» # z«\n  ${inline('a')},\n  ${inline('b')}»\n]\n`, ['a', 'b']],
    ['a section in braces', `publish = { prune = true«, project = [${inline('a')}]» }\n`, ['a']],
    ['groups', `[publish]\nprune = true\n«\n${table('publish.groups."acme/web"', 'a')}»«\n${table('publish.groups.acme', 'b')}»`, [], { 'acme/web': ['a'], acme: ['b'] }],
    ['groups in braces', `[publish.groups]\n"acme/web" = []\nacme = [${inline('z')}«, ${inline('b')}»]\n`, [], { acme: ['b'] }],
  ];
  for (const [fact, expected, project, groups] of toml) {
    it(`adds to ${fact} in TOML`, () => check('toml', expected, project, groups));
    it(`adds to ${fact} in pyproject.toml`, () => {
      const inTool = expected.replace(/^(\[+)(publish|badges)/gm, '$1tool.badges_gitlab.$2').replace(/^(publish|path)/m, '[tool.badges_gitlab]\n$1').replace(/«(\n?)(\[+)(publish|badges)/g, '«$1$2tool.badges_gitlab.$3');
      check('pyproject', `[project]\nname = "x"\n\n${inTool}`, project, groups);
    });
    it(`keeps line ends and byte order mark of ${fact} in TOML`, () => {
      const before = `\uFEFF${expected.replace(/«[^»]*»/g, '').replaceAll('\n', '\r\n')}`;
      const after = added(before, 'toml', project, groups);
      if (before.includes('\r\n')) assert.equal(after, `\uFEFF${expected.replace(/[«»]/g, '').replaceAll('\n', '\r\n')}`);
    });
  }

  const refused: [fact: string, kind: GeneratorFileKind, text: string][] = [
    ['a syntax error', 'yaml', 'publish: [\n'],
    ['an alias', 'yaml', 'x: &x []\npublish:\n  project: *x\n'],
    ['something else in place of the list', 'yaml', 'publish:\n  project: all\n'],
    ['a second document', 'yaml', 'path: a\n---\npath: b\n'],
    ['a list as a whole', 'yaml', '- a\n'],
    ['a syntax error', 'toml', 'publish = [\n'],
    ['something else in place of the list', 'toml', 'publish = "all"\n'],
  ];
  for (const [fact, kind, text] of refused) {
    it(`leaves ${fact} in ${kind} to the user`, () => assert('problem' in addToPublish(text, kind, additions(['a']))));
  }

  it('writes any text so that it is read back', () => {
    const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).filter((text) => text.trim() !== '' && !/\p{Surrogate}/u.test(text));
    fc.assert(
      fc.property(name, fc.constantFrom<GeneratorFileKind>('yaml', 'toml', 'pyproject'), (text, kind) => {
        const record = { name: text, link_url: 'https://e.x/%{project_path}?a="b"\\', image_url: "https://e.x/#'x'" };
        const result = addToPublish('', kind, { project: [record], groups: new Map() });
        assert('text' in result);
        assert.deepEqual(readGeneratorConfig(result.text, kind).definition?.publish?.project?.badges.map(({ value }) => value), [record]);
      }),
      { numRuns: 100 },
    );
  }).timeout(20_000);
});
