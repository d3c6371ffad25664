import assert from 'node:assert/strict';
import { colorsIn, colorTexts } from '../../../src/config/language/colors';
import type { ConfigKind } from '../../../src/config/language/configFile';
import { readDocument } from '../../../src/config/language/document';
import { applyEdits } from '../../../src/config/language/fixes';
import { hintsIn } from '../../../src/config/language/hints';
import { hoverAt } from '../../../src/config/language/hover';
import { linksIn } from '../../../src/config/language/links';
import { foldsIn, outlineOf, type Outline } from '../../../src/config/language/outline';
import { nameAt, renameIn, whyNoName } from '../../../src/config/language/rename';
import type { Values } from '../../../src/config/language/values';
import { marked, withMarks } from '../marked';
import { atCursor } from './cursor';

const values: Values = { placeholders: { project_path: 'acme/shop', default_branch: 'main', latest_tag: null, commit_sha: '0123456789abcdef0123456789abcdef01234567' } };
const url = (rest: string) => `publish: { project: [{ link_url: "https://e.org", image_url: "${rest}" }] }\n`;
const leveled = 'badges:\n  - id: maintained\n    levels:\n      - name: bronze\n        checks:\n          - type: COMMITS\n            threshold: { min: 5 }\n';

describe('the hover', () => {
  for (const [name, kind, written, says] of [
    ['of a key says what it does and what counts without it', 'yaml', 'sty|le: flat\n', /\*\*style\*\*: a style\n\nHow all badges are drawn.*One of `flat`.*Default: `flat`/s],
    ['of a nested key', 'levels', leveled.replace('threshold', 'thresh|old'), /What the measured value has to be/],
    ['of a number says its unit', 'levels', leveled.replace('{ min: 5 }', '{ timeRange|InMonths: 3, min: 5 }'), /Unit: months/],
    ['of a key of one’s own', 'yaml', 'badges: { na|me: { label: x } }\n', /\*\*name\*\*: the stem of a badge/],
    ['of a check type says what it measures', 'levels', leveled.replace('COMMITS', 'COMM|ITS'), /\*\*COMMITS\*\*\n\nCommits on the default branch/],
    ['of a colour', 'toml', 'static_badges = [["a", "b", "re|d"]]\n', /`#dd4343`/],
    ['of a placeholder says what it is now', 'yaml', url('https://e.org/%{project|_path}'), /\*\*%{project_path}\*\*: full path of the project\.\n\nRight now: `acme\/shop`/],
    ['of a placeholder that stands for nothing', 'yaml', url('https://e.org/%{latest|_tag}'), /stands for nothing/],
    ['of a URL with placeholders', 'yaml', url('https://e.o|rg/%{project_path}'), /`https:\/\/e\.org\/acme\/shop`/],
    ['of an older spelling', 'levels', leveled.replace('name: bronze', 'name: bronze\n        notNecessary|ForNextHigherLevels: true'), /write `notNecessaryForNextHigherLevel`/],
    ['of a fact in a template', 'yaml', 'template_badges: [{ label: a, message: "x {release.ta|g}" }]\n', /\*\*release\.tag\*\*: Tag of the latest release/],
    ['of a filter in a template', 'yaml', 'template_badges: [{ label: a, message: "{coverage|rou¦nd}" }]\n', /\*\*round\*\*: A number, rounded.*`\{coverage\|round\}`/s],
    ['in a pyproject.toml', 'pyproject', '[tool.badges_gitlab]\npa|th = "x"\n', /Folder the badges are written to/],
  ] as const) {
    it(name, () => {
      const { text, offset } = atCursor(written);
      assert.match(hoverAt(readDocument(text, kind), offset, values)?.text ?? 'nothing', says);
    });
  }

  for (const [name, kind, written, expected] of [
    ['a static badge in a list', 'yaml', 'static_badges: [[a, |b, red]]\n', { label: 'a', message: 'b', color: 'red' }],
    ['a static badge in a table', 'yaml', 'static_badges:\n  - lab|el: a\n    message: 1.0\n', { label: 'a', message: '1.0', color: 'lightgrey' }],
    ['a static badge with a wrong colour', 'toml', 'static_badges = [["a", |"b", "reed"]]\n', { label: 'a', message: 'b', color: 'lightgrey' }],
    ['an endpoint file', 'endpoint', '{ "schemaVersion": 1, "label": "a", "mess|age": "b", "color": "blue" }', { label: 'a', message: 'b', color: 'blue' }],
  ] as const) {
    it(`shows the badge of ${name}`, () => {
      const { text, offset } = atCursor(written);
      assert.deepEqual(hoverAt(readDocument(text, kind), offset)?.badge, expected);
    });
  }

  for (const [kind, written] of [
    ['yaml', '# sty|le\nstyle: flat\n'],
    ['yaml', 'foo|: 1\n'],
    ['pyproject', '[tool.ruff]\npa|th = "x"\n[tool.badges_gitlab]\n'],
  ] as const) {
    it(`says nothing in ${kind} at ${JSON.stringify(written)}`, () => {
      const { text, offset } = atCursor(written);
      assert.equal(hoverAt(readDocument(text, kind), offset, values), null);
    });
  }
});

describe('the colours of a text', () => {
  for (const [kind, written] of [
    ['yaml', 'static_badges:\n  - [a, red, «red»]\n  - { label: a, message: b, color: «"#4c1"» }\n  - [a, b, reed]\nbadges: { name: { color: { 0: «red», 80: «rgb(0,128,0)» } } }\n'.replace('rgb(0,128,0)', '"rgb(0,128,0)"')],
    ['toml', 'static_badges = [["a", "b", «"red"»]]\n[badges.name]\ncolor = «"blue"»\n'],
    ['endpoint', '{ "label": "red", "color": «"red"», "labelColor": «"#123"» }'],
  ] as const) {
    it(`are found in ${kind}`, () => {
      const { text } = marked(written);
      assert.equal(withMarks(text, colorsIn(readDocument(text, kind))), written);
    });
  }

  it('are written by a name that means exactly them, or by digits, in the quotes that are there', () => {
    const text = 'static_badges:\n  - [a, b, red]\n  - [a, b, \'blue\']\n';
    const document = readDocument(text, 'yaml');
    const [plain, quoted] = colorsIn(document);
    assert.ok(plain && quoted);
    assert.deepEqual([plain.hex, quoted.hex], ['#dd4343', '#007ec6']);
    assert.deepEqual(colorTexts(document, plain.range, '#44bb00'), [{ label: 'brightgreen', insert: 'brightgreen' }, { label: '#44bb00', insert: '"#44bb00"' }]);
    assert.deepEqual(colorTexts(document, quoted.range, '#010203'), [{ label: '#010203', insert: "'#010203'" }]);
    const toml = readDocument('static_badges = [["a", "b", "red"]]\n', 'toml');
    assert.deepEqual(colorTexts(toml, colorsIn(toml)[0]!.range, '#010203'), [{ label: '#010203', insert: '"#010203"' }]);
  });
});

describe('the links of a text', () => {
  it('lead to pages and to files that are there', () => {
    const written = `link_badges: ["«https://e.org/a»", "ftp://e.org"]\njunit_xml: [«a.xml», b.xml]\n${url('«https://e.org/%{project_path}»').replace('link_url: "https://e.org"', 'link_url: "«https://e.org»"')}`;
    const { text } = marked(written);
    const links = linksIn(readDocument(text, 'yaml'), { ...values, filesOf: new Map([['a.xml', ['a.xml']], ['b.xml', []]]) });
    assert.equal(withMarks(text, links), written);
    assert.deepEqual(links.map(({ target }) => target), [{ url: 'https://e.org/a' }, { file: 'a.xml' }, { url: 'https://e.org/' }, { url: 'https://e.org/acme/shop' }]);
  });

  it('lead nowhere where a placeholder is not known', () => assert.deepEqual(linksIn(readDocument(url('https://e.org/%{project_id}'), 'yaml'), values).map(({ target }) => target), [{ url: 'https://e.org/' }]));
});

describe('the outline of a text', () => {
  const lines = (entries: readonly Outline[], indent = ''): readonly string[] => entries.flatMap(({ name, kind, detail, children }) => [`${indent}${kind} ${name}${detail === '' ? '' : `: ${detail}`}`, ...lines(children, `${indent}  `)]);

  it('names leveled badges, levels and checks', () => {
    assert.deepEqual(lines(outlineOf(readDocument(leveled, 'levels'))), ['list badges', '  badge maintained', '    value id: maintained', '    list levels', '      level bronze', '        value name: bronze', '        list checks', '          check COMMITS', '            value type: COMMITS', '            table threshold', '              value min: 5']);
  });

  it('names badges by label and name', () => {
    assert.deepEqual(lines(outlineOf(readDocument('static_badges = [["a", "b", "red"]]\n[[publish.project]]\nname = "n"\n', 'toml'))), ['list static_badges', '  badge a: b, red', 'table publish', '  list project', '    badge n', '      value name: n']);
  });

  it('has each selection inside its entry, and the children too', () => {
    for (const [text, kind] of [[leveled, 'levels'], ['a: &x { b: 1 }\nfacts: *x\n', 'yaml'], ['[b.e]\nx = 1\n[b]\nc = 1\n', 'toml']] as const) {
      const check = (entry: Outline): void => {
        assert.ok(entry.range.start <= entry.selection.start && entry.selection.end <= entry.range.end, `${entry.name} in ${text}`);
        entry.children.forEach(check);
      };
      outlineOf(readDocument(text, kind)).forEach(check);
    }
  });

  it('folds tables, lists and comments of several lines', () => {
    const text = `# one\n# two\n${leveled}style: flat\n`;
    const shown = foldsIn(readDocument(text, 'levels')).map(({ start, end, kind }) => [kind, text.slice(start, end).split('\n')[0], text.slice(start, end).split('\n').length]);
    assert.deepEqual(shown, [['comment', '# one', 2], ['region', 'badges:', 7], ['region', 'id: maintained', 6], ['region', 'levels:', 5], ['region', 'name: bronze', 4], ['region', 'checks:', 3], ['region', 'type: COMMITS', 2]]);
  });
});

describe('hints of placeholders', () => {
  it('show what is not known by heart, behind the placeholder', () => {
    const text = url('https://e.org/%{project_path}/%{default_branch}/%{latest_tag}/%{commit_sha}');
    assert.deepEqual(hintsIn(readDocument(text, 'yaml'), values).map(({ offset, text: hint }) => [text.slice(0, offset).slice(-16), hint]), [['{default_branch}', 'main'], ['d}/%{commit_sha}'.slice(-16).replace('d}', 'g}'), '01234567']]);
  });
});

describe('the name of a badge', () => {
  for (const [kind, written, name, stem] of [
    ['levels', leveled.replace('maintained', 'main|tained'), 'maintained', 'maintained'],
    ['yaml', 'static_badges: [[Big Ch|at, b, red]]\n', 'Big Chat', 'big_chat'],
    ['toml', 'static_badges = [{ label = "Ch|at", message = "b" }]\n', 'Chat', 'chat'],
    ['yaml', 'badges: { big_ch|at: { label: x } }\n', 'big_chat', 'big_chat'],
  ] as const) {
    it(`is found in ${kind} at ${JSON.stringify(written)}`, () => {
      const { text, offset } = atCursor(written);
      const found = nameAt(readDocument(text, kind), offset);
      assert.deepEqual([found?.name, found?.stem], [name, stem]);
    });
  }

  it('is none elsewhere', () => {
    for (const [kind, written] of [['levels', leveled.replace('bronze', 'bro|nze')], ['yaml', 'style: fl|at\n'], ['yaml', 'badges: { name: { lab|el: x } }\n']] as const) {
      const { text, offset } = atCursor(written);
      assert.equal(nameAt(readDocument(text, kind), offset), null);
    }
  });

  const renamed = (text: string, kind: ConfigKind, stem: string, to: string) => applyEdits(text, renameIn(readDocument(text, kind), stem, to));
  it('changes where it is given, where its badge is changed, and in the URLs of its picture', () => {
    assert.equal(renamed(leveled, 'levels', 'maintained', 'Well Kept'), leveled.replace('maintained', 'Well Kept'));
    const artifact = (stem: string) => `https://x/%{project_path}/-/jobs/artifacts/main/raw/public/badges/${stem}.svg?job=chat`;
    const config = (label: string, stem: string) => `static_badges:\n  - [${label}, chat, red]\nbadges:\n  ${stem}: { label: chat }\npublish:\n  project:\n    - name: chat\n      link_url: https://x/chat\n      image_url: "${artifact(stem)}"\n`;
    assert.equal(renamed(config('Chat', 'chat'), 'yaml', 'chat', 'Talk To Us'), config('Talk To Us', 'talk_to_us'));
    assert.equal(renamed('static_badges = [["chat", "b", "red"]]\n[badges.chat]\nlabel = "x"\n', 'toml', 'chat', 'a b'), 'static_badges = [["a b", "b", "red"]]\n[badges.a_b]\nlabel = "x"\n');
  });

  it('is refused where it names no file', () => {
    assert.equal(whyNoName('a'), null);
    assert.match(whyNoName('../a') ?? '', /slash/);
  });
});
