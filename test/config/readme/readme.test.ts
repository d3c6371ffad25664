import assert from 'node:assert/strict';
import type { CiFile } from '../../../src/config/ciFile';
import { ciFileOf } from '../../../src/config/ciFile';
import { completeBadge } from '../../../src/config/readme/complete';
import { altOf, maxReadmeLength, readReadme } from '../../../src/config/readme/document';
import { readmeFixes } from '../../../src/config/readme/fixes';
import { readmeHover } from '../../../src/config/readme/hover';
import { judgeReadme } from '../../../src/config/readme/judge';
import { choicesIn, updateReadme } from '../../../src/config/readme/update';
import type { ReadmeValues } from '../../../src/config/readme/values';
import { readYamlTree } from '../../../src/config/yamlTree';
import type { Badge, KnownBadge } from '../../../src/core/badge';
import type { MarkupFormat } from '../../../src/core/markup/format';
import type { Origin } from '../../../src/core/fact';
import { applyEdits } from '../../../src/config/language/fixes';

const at = '2026-03-01T00:00:00Z';
const known = (stem: string, label: string, message: string, kind: Origin['kind'] = 'gitlab'): KnownBadge => ({ stem, label, origin: { kind, text: 'acme/shop', at }, status: 'known', face: { label, message, color: 'blue' } });
const badges: readonly Badge[] = [known('license_name', 'license', 'MIT'), known('chat', 'chat', 'join us', 'static'), { stem: 'coverage', label: 'coverage', origin: { kind: 'coverage', text: 'x', at }, status: 'unknown', reason: 'no report' }];

function ci(text: string): CiFile {
  const { root } = readYamlTree(text);
  assert.equal(root?.type, 'object');
  return ciFileOf(root, false);
}

const pipeline = 'test:\n  script: x\nbadges:\n  script: x\n  artifacts:\n    paths: [public/badges]\n';
const values: ReadmeValues = {
  place: { instance: 'https://gitlab.example.com', project: 'acme/shop', branch: 'main', path: 'public/badges', job: 'badges', pages: 'https://acme.gitlab.io/shop', document: 'README.md', json: 'artifactUrl' },
  badges,
  isComplete: true,
  files: new Set(['public/badges/license_name.svg']),
  branches: ['main', 'stable', 'release/1.x'],
  ci: ci(pipeline),
};
const artifact = (stem: string, { branch = 'main', query = '?job=badges', up = '../' } = {}) => `${up}-/jobs/artifacts/${branch}/raw/public/badges/${stem}.svg${query}`;

function problems(text: string, changes: Partial<ReadmeValues> = {}, format: MarkupFormat = 'markdown') {
  return judgeReadme(readReadme(text, format), { ...values, ...changes }).map(({ code, range }) => [code, text.slice(range.start, range.end)]);
}

describe('what is wrong with the badges of a document', () => {
  const rows: readonly (readonly [what: string, text: string, expected: readonly (readonly [string, string])[], changes?: Partial<ReadmeValues>])[] = [
    ['nothing, where all is there', `![license](${artifact('license_name')}) ![chat](public/badges/license_name.svg) [![p](https://gitlab.example.com/acme/shop/badges/main/pipeline.svg)](x)`, []],
    ['a job that .gitlab-ci.yml does not have', `![l](${artifact('license_name', { query: '?job=bages' })})`, [['unknown-job', 'bages']]],
    ['a job that may come from elsewhere is none', `![l](${artifact('license_name', { query: '?job=bages' })})`, [], { ci: { ...ci(pipeline), isPartial: true } }],
    ['no job at all', `![l](${artifact('license_name', { query: '' })})`, [['missing-job', 'public/badges/license_name.svg']]],
    ['a job that does not keep the file', `![l](${artifact('license_name', { query: '?job=test' })})`, [['unkept-artifact', 'public/badges/license_name.svg']]],
    ['nothing about jobs where there is no pipeline', `![l](${artifact('license_name', { query: '?job=x' })})`, [], { ci: null }],
    ['a branch that is gone', `![l](${artifact('license_name', { branch: 'master' })})`, [['unknown-branch', 'master']]],
    ['not another branch that is there', `![l](${artifact('license_name', { branch: 'release/1.x', up: '../../' })})`, []],
    ['not a tag or a commit', `![l](${artifact('license_name', { branch: 'v1.0' })}) ![l](${artifact('license_name', { branch: '0123abcd' })})`, []],
    ['no branch where they are not known', `![l](${artifact('license_name', { branch: 'master' })})`, [], { branches: [] }],
    ['a branch of a picture that GitLab draws', '![p](https://gitlab.example.com/acme/shop/badges/master/pipeline.svg)', [['unknown-branch', 'master']]],
    ['a file that is not there', '![l](public/badges/licence_name.svg)', [['no-picture', 'licence_name']]],
    ['a file that was not generated yet', '![l](public/badges/chat.svg)', [['no-picture', 'chat']]],
    ['a badge that nobody makes', `![l](${artifact('licence')})`, [['no-picture', 'licence']]],
    ['not a badge that GitLab was not asked for', `![l](${artifact('licence')})`, [], { isComplete: false }],
    ['Pages that nothing is published to', '![l](https://acme.gitlab.io/shop/badges/license_name.svg)', [['no-pages', 'https://acme.gitlab.io/shop/badges/license_name.svg']]],
    ['http', '![b](http://img.shields.io/badge/a-b-red)', [['http-image', 'http']]],
    ['http of our instance', `![l](http://gitlab.example.com/acme/shop/badges/main/pipeline.svg)`, [['http-image', 'http']]],
    ['not http of an instance without https', `![l](http://gitlab.test/acme/shop/badges/main/pipeline.svg)`, [], { place: { ...values.place, instance: 'http://gitlab.test' } }],
    ['no alternative text', `![](${artifact('license_name')})`, [['missing-alt', `![](${artifact('license_name')})`]]],
    ['a token', '![b](https://img.shields.io/x?token=abc)', [['token-in-url', 'https://img.shields.io/x?token=abc']]],
    ['a password', '![b](https://u:p@img.shields.io/x)', [['secret-in-url', 'https://u:p@img.shields.io/x']]],
    ['a token of GitLab', '![b](https://gitlab.example.com/acme/shop/badges/main/pipeline.svg?x=glpat-abcdefghijklmnop)', [['secret-in-url', 'https://gitlab.example.com/acme/shop/badges/main/pipeline.svg?x=glpat-abcdefghijklmnop']]],
    ['a badge of Markdown on the line of a comment', '<!-- badges:start --> ![l](x.png) <!-- badges:end -->', [['block-on-one-line', '<!-- badges:start -->']]],
    ['not a tag on that line, nor one within a line', '<!-- badges:start --> <img alt="l" src="x.png"> <!-- badges:end -->', []],
    ['not where the comment stands within a line', '# Shop <!-- badges:start --> ![l](x.png) <!-- badges:end -->', []],
    ['a block without an end', '<!-- badges:start -->\n![l](x.png)', [['block-without-end', '<!-- badges:start -->']]],
  ];
  for (const [what, text, expected, changes] of rows) it(what, () => assert.deepEqual(problems(text, changes), expected));

  it('never repeats a token', () => {
    const text = '![b](https://gitlab.example.com/acme/shop/badges/main/pipeline.svg?private_token=glpat-abcdefghijklmnop)';
    assert.ok(judgeReadme(readReadme(text, 'markdown'), values).every(({ message }) => !message.includes('abcdef')));
  });

  for (const url of ['http://example.org/x.png', 'http://u:p@example.org/x.svg', 'docs/logo.svg', '../-/raw/main/x.svg', 'https://gitlab.example.com/acme/api/badges/master/pipeline.svg', 'https://gitlab.example.com/acme/shop/-/raw/master/docs/logo.svg', 'https://notshields.io/badge/a.svg', 'https://shields.io.evil.example/x.svg']) {
    it(`leaves other pictures alone: ${url}`, () => assert.deepEqual(problems(`![](${url})`), []));
  }

  it('looks into every format', () => {
    for (const [format, text] of [
      ['asciidoc', `image:${artifact('license_name', { query: '?job=bages' })}[l]`],
      ['restructuredtext', `.. image:: ${artifact('license_name', { query: '?job=bages' })}\n   :alt: l`],
      ['html', `<img alt="l" src="${artifact('license_name', { query: '?job=bages' })}">`],
      ['org', `#+ATTR_HTML: :alt l\n[[${artifact('license_name', { query: '?job=bages' })}]]`],
      ['textile', `!${artifact('license_name', { query: '?job=bages' })}(l)!`],
      ['rdoc', `{<img alt="l" src="${artifact('license_name', { query: '?job=bages' })}">}[x]`],
    ] as const) {
      assert.deepEqual(problems(text, {}, format), [['unknown-job', 'bages']], format);
    }
  });
});

describe('what can be done about it', () => {
  const rows: readonly (readonly [what: string, before: string, title: string, after: string])[] = [
    ['a job', `![l](${artifact('license_name', { query: '?job=bages&x=1' })})`, 'Use the artifacts of the job “badges”', `![l](${artifact('license_name', { query: '?x=1&job=badges' })})`],
    ['a job that is missing', `![l](${artifact('license_name', { query: '' })})`, 'Use the artifacts of the job “badges”', `![l](${artifact('license_name')})`],
    ['a branch', `![l](${artifact('license_name', { branch: 'old/main', up: '../../' })})`, 'Replace with the branch “main”', `![l](${artifact('license_name')})`],
    ['a branch of GitLab’s own picture, and its options stay', '![p](https://gitlab.example.com/acme/shop/badges/master/pipeline.svg?key_text=ci)', 'Replace with the branch “main”', '![p](https://gitlab.example.com/acme/shop/badges/main/pipeline.svg?key_text=ci)'],
    ['http', '![b](http://img.shields.io/badge/a-b-red)', 'Replace with https', '![b](https://img.shields.io/badge/a-b-red)'],
    ['an alternative text', `![](${artifact('license_name')})`, 'Insert the alternative text “license”', `![license](${artifact('license_name')})`],
    ['that of a fixed badge', `![](${artifact('chat')})`, 'Insert the alternative text “chat: join us”', `![chat: join us](${artifact('chat')})`],
    ['that of a badge of others', '![](https://img.shields.io/badge/code__style-a--b%20c-red.svg)', 'Insert the alternative text “code_style: a-b c”', '![code_style: a-b c](https://img.shields.io/badge/code__style-a--b%20c-red.svg)'],
    ['a token', '![b](https://img.shields.io/x?a=1&private_token=glpat-abcdefghijklmnop&b=2)', 'Remove it from the URL', '![b](https://img.shields.io/x?a=1&b=2)'],
    ['a password', '![b](https://u:p@img.shields.io/x)', 'Remove it from the URL', '![b](https://img.shields.io/x)'],
    ['a typing error', '![l](public/badges/licence_name.svg)', 'Replace with “license_name”', '![l](public/badges/license_name.svg)'],
    ['an end', 'a\n<!-- badges:start -->\n![l](x.png)\n![l](y.png)\n\nText', 'Insert <!-- badges:end -->', 'a\n<!-- badges:start -->\n![l](x.png)\n![l](y.png)\n<!-- badges:end -->\n\nText'],
    ['a badge on the line of a comment', 'a\r\n\r\n<!-- badges:start --> ![l](x.png) <!-- badges:end -->', 'Put the badges on a line of their own', 'a\r\n\r\n<!-- badges:start -->\r\n![l](x.png) <!-- badges:end -->'],
    ['a second block', '<!-- badges:start -->\n<!-- badges:end -->\na\n<!-- badges:start -->\n![l](x.png)\n<!-- badges:end -->\n', 'Remove the markers of this block', '<!-- badges:start -->\n<!-- badges:end -->\na\n\n![l](x.png)\n\n'],
    ['a badge that is not there', 'a [![l](public/badges/qwertyuiop.svg)](x) b', 'Remove this badge', 'a  b'],
    ['Pages that nothing is published to', '![l](https://acme.gitlab.io/shop/badges/license_name.svg)', 'Use the artifacts of the job “badges”', `![l](https://gitlab.example.com/acme/shop/${artifact('license_name', { up: '' })})`],
    ['a stray end', 'a\n<!-- badges:end -->', 'Remove this marker', 'a\n'],
  ];
  for (const [what, before, title, after] of rows) {
    it(what, () => {
      const document = readReadme(before, 'markdown');
      const [fix] = readmeFixes(document, { start: 0, end: before.length }, values).filter((each) => each.title === title);
      assert.ok(fix, readmeFixes(document, { start: 0, end: before.length }, values).map((each) => each.title).join());
      const fixed = applyEdits(before, fix.edits);
      assert.equal(fixed, after);
      assert.ok(!judgeReadme(readReadme(fixed, 'markdown'), values).some(({ code }) => code === fix.problem?.code));
    });
  }

  const noJob = { ...values, ci: ci('test:\n  script: x\n') };
  for (const [what, text, known, title, command] of [
    ['a file that was not generated yet', '![l](public/badges/chat.svg)', values, 'Generate Badges', 'generate'],
    ['no job that keeps the badges', `![l](${artifact('license_name')})`, noJob, 'Add Badge Job to .gitlab-ci.yml', 'insertCiJob'],
    ['no job at all', '![l](https://acme.gitlab.io/shop/badges/license_name.svg)', noJob, 'Add Badge Job to .gitlab-ci.yml', 'insertCiJob'],
  ] as const) {
    it(`is a command where no text mends it: ${what}`, () => {
      const fix = readmeFixes(readReadme(text, 'markdown'), { start: 0, end: text.length }, known).find((each) => each.title === title);
      assert.deepEqual([fix?.command, fix?.edits], [command, []]);
    });
  }

  it('is offered where the cursor is, and nowhere else', () => {
    const text = '![b](http://img.shields.io/a)\n\n![b](http://img.shields.io/b)';
    assert.equal(readmeFixes(readReadme(text, 'markdown'), { start: 6, end: 6 }, values).length, 1);
  });

  it('does not guess a secret away that is part of the path', () => {
    const text = '![b](https://img.shields.io/glpat-abcdefghijklmnop)';
    assert.deepEqual(readmeFixes(readReadme(text, 'markdown'), { start: 0, end: text.length }, values), []);
  });
});

describe('the block of a README', () => {
  const block = (inner: string) => `# Shop\n<!-- badges:start -->\n${inner}\n<!-- badges:end -->\n`;
  const updated = (inner: string, changes: Partial<ReadmeValues> = {}) => {
    const text = block(inner);
    const result = updateReadme(readReadme(text, 'markdown'), { ...values, ...changes }, 'artifact');
    return result && applyEdits(text, result.edits);
  };

  it('follows a branch that was renamed and a job that is called otherwise', () => {
    const before = [`[![license](${artifact('license_name', { branch: 'master', query: '?job=old' })})](x)`, `![chat: join us](https://gitlab.example.com/acme/shop/-/raw/master/public/badges/chat.svg)`, '![p](https://gitlab.example.com/acme/shop/badges/master/pipeline.svg)'].join('\n');
    const after = [`[![license](${artifact('license_name')})](x)`, `![chat: join us](https://gitlab.example.com/acme/shop/-/raw/main/public/badges/chat.svg)`, '![p](https://gitlab.example.com/acme/shop/badges/main/pipeline.svg)'].join('\n');
    assert.equal(updated(before), block(after));
    assert.equal(updated(after), block(after));
  });

  it('keeps another branch, another job that keeps the file, and what else the address says', () => {
    const kept = `![license](${artifact('license_name', { branch: 'stable' })})\n![license](${artifact('license_name', { query: '?job=nightly&x=1' })})`;
    assert.equal(updated(kept, { ci: ci(`${pipeline}nightly:\n  script: x\n  artifacts:\n    paths: [public]\n`) }), block(kept));
  });

  it('says what the badge is called now', () => assert.equal(updated(`![old name](${artifact('license_name')})`), block(`![license](${artifact('license_name')})`)));
  it('leaves others alone, and badges that are not known', () => {
    const kept = '![x](https://img.shields.io/badge/a-b-red) ![y](public/badges/gone.svg) words';
    assert.equal(updated(kept), block(kept));
  });

  it('is filled with the badges that are known', () => {
    assert.equal(updated(''), block(`[![license](${artifact('license_name')})](https://gitlab.example.com/acme/shop)\n[![chat: join us](${artifact('chat')})](https://gitlab.example.com/acme/shop)`).replace('start -->\n\n', 'start -->\n'));
  });

  it('is null without markers', () => assert.equal(updateReadme(readReadme('# Shop', 'markdown'), values, 'artifact'), null));
});

describe('the alternative text of a badge', () => {
  it('does not say what changes', () => assert.equal(altOf(known('open_issues', 'open issues', '12')), 'open issues'));
  it('says all of a fixed badge', () => assert.equal(altOf(known('chat', 'chat', 'join us', 'static')), 'chat: join us'));
  it('is never empty', () => {
    assert.equal(altOf(known('open_issues', '', '12')), 'open issues');
    assert.equal(altOf(known('chat', '', 'join us', 'static')), 'join us');
    assert.equal(altOf({ stem: 'a_b', label: '', origin: { kind: 'link', text: '', at }, status: 'failed', reason: 'x' }), 'a b');
  });
});

describe('completion of badges', () => {
  const complete = (marked: string, changes: Partial<ReadmeValues> = {}, format: MarkupFormat = 'markdown') => {
    const offset = marked.indexOf('|');
    return completeBadge(readReadme(marked.replace('|', ''), format), offset, { ...values, ...changes }).map(({ filter, insert, range }) => [filter, insert, range.end - range.start]);
  };

  it('has every badge, and those that GitLab draws', () => {
    assert.deepEqual(complete('text badge|').map(([filter]) => filter), ['badge-license_name', 'badge-chat', 'badge-coverage', 'badge-pipeline', 'badge-coverage', 'badge-release']);
    assert.deepEqual(complete('badge-li|')[0], ['badge-license_name', `[![license](${artifact('license_name')})](https://gitlab.example.com/acme/shop)`, 8]);
  });

  it('writes in the format of the document', () => assert.match(String(complete('bad|', {}, 'asciidoc')[0]?.[1]), /^image:.*\["license",link="https:\/\/gitlab\.example\.com\/acme\/shop"\]$/));
  for (const text of ['|', 'b|', 'bath|', 'cabbage|', '`badge|`', '```\nbadge|\n```', '<!-- badge| -->']) it(`stays silent at ${JSON.stringify(text)}`, () => assert.deepEqual(complete(text), []));

  it('has no generated badge where no picture of it could be shown', () => {
    assert.deepEqual(complete('badge|', { ci: null, files: new Set() }).map(([filter]) => filter), ['badge-pipeline', 'badge-coverage', 'badge-release']);
  });

  for (const [what, before, after] of [
    ['behind a text', 'Guide badge-li|', 'Guide\n\nIMAGE'],
    ['before a text', 'badge-li| more', 'IMAGE\n\nmore'],
    ['between lines', '  a\n  badge-li|\n  b', '  a\n  \n  IMAGE\n\n  b'],
    ['on a line of its own', 'a\n\nbadge-li|\n\nb', 'a\n\nIMAGE\n\nb'],
  ] as const) {
    it(`writes an image that is a block as the command does: ${what}`, () => {
      const offset = before.indexOf('|');
      const text = before.replace('|', '');
      const [completion] = completeBadge(readReadme(text, 'restructuredtext'), offset, values);
      assert.ok(completion);
      const { insert, range, removals } = completion;
      assert.equal(text.slice(range.start, range.end).trimEnd(), 'badge-li');
      assert.ok(removals.every((removal) => removal.range.end <= range.start), 'behind the word letters are still typed');
      assert.equal(applyEdits(text, [{ range, text: insert }, ...removals]).replace(/\.\. image::.*\n +:alt:.*\n +:target:.*/, 'IMAGE'), after);
    });
  }

  it('has no badge of GitLab without a project', () => assert.deepEqual(choicesIn({ ...values, place: { ...values.place, project: '' } }).map(({ kind }) => kind), ['generated', 'generated', 'generated']));
});

describe('what is told of the badge under the mouse', () => {
  const text = `[![l](${artifact('license_name', { query: '?job=bages' })})](https://x.org) ![x](https://img.shields.io/a) ![y](z.png)`;
  const hover = (offset: number) => readmeHover(readReadme(text, 'markdown'), offset, values);

  it('is what it shows, and what is wrong with it', () => {
    const told = hover(3);
    assert.deepEqual([told?.badge?.stem, told?.problems.map(({ code }) => code), told?.range.start], ['license_name', ['unknown-job'], 0]);
  });
  it('is that it is of another service', () => assert.deepEqual([hover(text.indexOf('![x]') + 1)?.own, hover(text.indexOf('![x]') + 1)?.badge], [null, null]));
  it('is nothing for other pictures', () => assert.equal(hover(text.indexOf('![y]') + 1), null));
});

describe('a README of 2 MB', () => {
  it('is read', () => {
    const text = `# Shop\n\n${'Some words about [things](https://x.org) and `code`.\n\n![license](public/badges/license_name.svg)\n\n'.repeat(21_000)}`;
    assert.ok(text.length > 2_000_000 && text.length < maxReadmeLength);
    assert.equal(readReadme(text, 'markdown').images.length, 21_000);
  });
});
