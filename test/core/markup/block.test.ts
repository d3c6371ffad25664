import assert from 'node:assert/strict';
import fc from 'fast-check';
import { blockOf, findBlock, insertBlock, insertImages, updateBlock } from '../../../src/core/markup/block';
import type { MarkupEdit } from '../../../src/core/markup/change';
import { markupFormats, type MarkupFormat } from '../../../src/core/markup/format';
import { markers } from '../../../src/core/markup/live';
import type { FoundImage } from '../../../src/core/markup/scan';
import type { ImageToWrite } from '../../../src/core/markup/write';

const badges: readonly ImageToWrite[] = [
  { alt: 'license: MIT', url: 'public/badges/license.svg', link: 'https://gitlab.example.com/acme/shop' },
  { alt: 'tests', url: 'public/badges/tests.svg' },
];

function apply(text: string, edits: readonly MarkupEdit[]): string {
  return [...edits].sort((a, b) => b.range.start - a.range.start).reduce((edited, { range, text: inserted }) => edited.slice(0, range.start) + inserted + edited.slice(range.end), text);
}

function update(text: string, format: MarkupFormat, wantedFor: (image: FoundImage) => Partial<ImageToWrite> | null = () => null, all = badges): string {
  const { block } = findBlock(text, format);
  assert.ok(block, text);
  return apply(text, updateBlock(text, format, block, wantedFor, all).edits);
}

describe('the block of badges in a document', () => {
  const filled: readonly (readonly [MarkupFormat, string, string])[] = [
    ['markdown', '<!-- badges:start -->\n<!-- badges:end -->', '<!-- badges:start -->\n[![license: MIT](public/badges/license.svg)](https://gitlab.example.com/acme/shop)\n![tests](public/badges/tests.svg)\n<!-- badges:end -->'],
    ['markdown', '# Shop <!-- badges:start --><!--badges:end-->', '# Shop <!-- badges:start --> [![license: MIT](public/badges/license.svg)](https://gitlab.example.com/acme/shop) ![tests](public/badges/tests.svg) <!--badges:end-->'],
    // What stands on a line that starts with a comment is not read as Markdown.
    ['markdown', '<!-- badges:start --><!-- badges:end -->', '<!-- badges:start -->\n[![license: MIT](public/badges/license.svg)](https://gitlab.example.com/acme/shop)\n![tests](public/badges/tests.svg)\n<!-- badges:end -->'],
    // Nor is what stands in HTML.
    ['markdown', '<p align="center">\n<!-- badges:start -->\n<!-- badges:end -->\n</p>', '<p align="center">\n<!-- badges:start -->\n<a href="https://gitlab.example.com/acme/shop"><img alt="license: MIT" src="public/badges/license.svg"></a>\n<img alt="tests" src="public/badges/tests.svg">\n<!-- badges:end -->\n</p>'],
    ['markdown', '<p>\n<!-- badges:start -->\n![x](y.svg)\n<!-- badges:end -->', '<p>\n<!-- badges:start -->\n![x](y.svg)\n<!-- badges:end -->'],
    ['html', '<!-- badges:start -->\r\nhere they come\r\n<!-- badges:end -->', '<!-- badges:start -->\r\n<a href="https://gitlab.example.com/acme/shop"><img alt="license: MIT" src="public/badges/license.svg"></a>\r\n<img alt="tests" src="public/badges/tests.svg">\r\n<!-- badges:end -->'],
    ['asciidoc', '// badges:start\n// badges:end', '// badges:start\nimage:public/badges/license.svg["license: MIT",link="https://gitlab.example.com/acme/shop"]\nimage:public/badges/tests.svg["tests"]\n// badges:end'],
    ['restructuredtext', '.. badges:start\n\n.. badges:end', '.. badges:start\n\n.. image:: public/badges/license.svg\n   :alt: license: MIT\n   :target: https://gitlab.example.com/acme/shop\n\n.. image:: public/badges/tests.svg\n   :alt: tests\n\n.. badges:end'],
    ['org', '# badges:start\n# badges:end', '# badges:start\n#+ATTR_HTML: :alt license: MIT\n[[https://gitlab.example.com/acme/shop][public/badges/license.svg]]\n\n#+ATTR_HTML: :alt tests\n[[public/badges/tests.svg]]\n# badges:end'],
    ['textile', '<!-- badges:start -->\n<!-- badges:end -->', '<!-- badges:start -->\n\n!public/badges/license.svg(license: MIT)!:https://gitlab.example.com/acme/shop !public/badges/tests.svg(tests)!\n\n<!-- badges:end -->'],
    ['rdoc', '{}[rdoc-label:badges:start]\n{}[rdoc-label:badges:end]', '{}[rdoc-label:badges:start]\n{<img src="public/badges/license.svg" alt="license: MIT">}[https://gitlab.example.com/acme/shop]\n{<img src="public/badges/tests.svg" alt="tests">}[public/badges/tests.svg]\n{}[rdoc-label:badges:end]'],
  ];
  for (const [format, before, after] of filled) it(`is filled in ${format} where it holds no image`, () => assert.equal(update(before, format), after));

  it('keeps the line breaks of the text', () => assert.match(update('a\r\n<!-- badges:start -->\r\n<!-- badges:end -->\r\n', 'markdown'), /^a\r\n<!-- badges:start -->\r\n[^\r\n]+\r\n[^\r\n]+\r\n<!-- badges:end -->\r\n$/));

  it('writes anew each badge that is known, in its place, and leaves all else in the block', () => {
    const text = '<!-- badges:start -->\n| Build | Docs |\n|--|--|\n| ![old](a.svg "title") | [![x](https://img.shields.io/x)](https://x.org) |\n![b](b.svg)\n<!-- badges:end -->\n![old](a.svg)';
    const wanted = ({ url }: FoundImage) => (url === 'a.svg' ? { alt: 'new', url: 'c d.svg' } : null);
    assert.equal(update(text, 'markdown', wanted), text.replace('![old](a.svg "title")', '![new](c%20d.svg "title")'));
  });

  it('is left alone where it holds what is wanted', () => {
    const text = `<!-- badges:start -->\n[![license: MIT](public/badges/license.svg)](https://gitlab.example.com/acme/shop)\n<!-- badges:end -->`;
    const { block } = findBlock(text, 'markdown');
    assert.deepEqual(block && updateBlock(text, 'markdown', block, () => badges[0] ?? null, badges), { edits: [], known: 1 });
  });

  it('is not emptied where there are no badges', () => assert.equal(update('<!-- badges:start -->\nsoon\n<!-- badges:end -->', 'markdown', undefined, []), '<!-- badges:start -->\nsoon\n<!-- badges:end -->'));

  const [start, end] = [markers.markdown('start'), markers.markdown('end')];
  const broken: readonly (readonly [string, string, readonly (readonly [string, number])[]])[] = [
    ['has no end', `a\n${start}\nb`, [['block-without-end', 2]]],
    ['has no start', `a\n${end}`, [['block-without-start', 2]]],
    ['starts twice', `${start}\n${start}\n${end}`, [['block-without-end', 0]]],
    ['is there twice', `${start}\n${end}\n${start}\n${end}`, [['second-block', start.length + end.length + 2]]],
    ['ends before it starts', `${end}\n${start}`, [['block-without-start', 0], ['block-without-end', end.length + 1]]],
  ];
  for (const [what, text, expected] of broken) {
    it(`is not touched where it ${what}`, () => {
      const { block, problems } = findBlock(text, 'markdown');
      assert.equal(block, null);
      assert.deepEqual(problems.map(({ code, range }) => [code, range.start]), expected);
    });
  }

  const code: readonly (readonly [MarkupFormat, string])[] = [
    ['markdown', `\`\`\`md\n${start}\n${end}\n\`\`\``],
    ['markdown', `Write \`${start}\` and \`${end}\`.`],
    ['markdown', `<!--\n${start.replace(' -->', '')}\n-->`],
    ['asciidoc', '----\n// badges:start\n// badges:end\n----'],
    ['asciidoc', ' // badges:start'],
    ['restructuredtext', '.. code:: rst\n\n   .. badges:start\n\n   .. badges:end\n'],
    ['restructuredtext', 'Write::\n\n .. badges:start\n'],
    ['org', '#+BEGIN_EXAMPLE\n# badges:start\n#+END_EXAMPLE'],
    ['html', `<pre>${start}</pre>`],
    ['rdoc', 'Write:\n\n  {}[rdoc-label:badges:start]'],
  ];
  for (const [format, text] of code) it(`is none in code: ${JSON.stringify(text)}`, () => assert.deepEqual(findBlock(text, format), { block: null, problems: [] }));

  it('may stand behind code', () => assert.ok(findBlock(`\`\`\`\n${start}\n\`\`\`\n${start}\n${end}`, 'markdown').block));
});

describe('a document without a block', () => {
  for (const format of markupFormats) {
    it(`gets one in ${format} that is found again, also behind a byte order mark`, () => {
      for (const text of ['\uFEFF', '\uFEFFtext\r\n', 'text']) {
        const { range, text: block } = insertBlock(text, format, [{ alt: 'a', url: 'https://e.org/a.svg' }]);
        const found = findBlock(text.slice(0, range.start) + block + text.slice(range.end), format);
        assert.deepEqual([found.problems, found.block?.range.start], [[], text.startsWith('\uFEFF') ? 1 : 0]);
      }
    });
  }

  const places: readonly (readonly [MarkupFormat, string, string])[] = [
    ['markdown', '', '[]\n'],
    ['markdown', 'text', '[]\n\ntext'],
    ['markdown', '# Shop', '# Shop\n\n[]\n'],
    ['markdown', '# Shop\n\ntext\n', '# Shop\n\n[]\n\ntext\n'],
    ['markdown', '\uFEFF# Shop\r\ntext', '\uFEFF# Shop\r\n\r\n[]\r\n\r\ntext'],
    ['markdown', '\uFEFFtext', '\uFEFF[]\n\ntext'],
    ['markdown', '---\ntitle: x\n---\n\n# Shop\n', '---\ntitle: x\n---\n\n# Shop\n\n[]\n'],
    ['markdown', 'Shop\n====\ntext\n', 'Shop\n====\n\n[]\n\ntext\n'],
    ['markdown', 'text\n\n# Later\n', '[]\n\ntext\n\n# Later\n'],
    ['asciidoc', '= Shop\n:toc:\n\ntext\n', '= Shop\n:toc:\n\n[]\n\ntext\n'],
    ['restructuredtext', '====\nShop\n====\n\ntext\n', '====\nShop\n====\n\n[]\n\ntext\n'],
    ['restructuredtext', 'Shop\n----\n', 'Shop\n----\n\n[]\n'],
    ['html', '<body>\n<h1>Shop</h1>\n<p>x</p>', '<body>\n<h1>Shop</h1>\n\n[]\n\n<p>x</p>'],
    ['org', '#+TITLE: Shop\n#+AUTHOR: Shop Team\ntext', '#+TITLE: Shop\n#+AUTHOR: Shop Team\n\n[]\n\ntext'],
    ['textile', 'h1. Shop\n\ntext', 'h1. Shop\n\n[]\n\ntext'],
    ['rdoc', '= Shop\n', '= Shop\n\n[]\n'],
  ];
  for (const [format, before, after] of places) {
    it(`gets one below its title in ${format}: ${JSON.stringify(before)}`, () => {
      const lineBreak = before.includes('\r') ? '\r\n' : '\n';
      const edited = apply(before, [insertBlock(before, format, badges)]);
      assert.equal(edited.replace(blockOf(badges, format, lineBreak), '[]'), after);
    });
  }
});

describe('1,000 random READMEs', () => {
  const lineBreak = fc.constantFrom('\n', '\r\n', '\r', '\n\n');
  const line = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.constantFrom('# Shop', '```', '~~~', '![a](a.svg)', '<!-- note -->', '<img src="a.svg">', '`', '----', '.. image:: a.svg', '   :alt: a', 'Example::', '  indented', '= Shop', '[[a.svg]]', '#+BEGIN_SRC', '#+END_SRC', '<pre>', '</pre>', '!a.svg(a)!', '| a | b |'));
  const lines = fc.array(fc.tuple(line, lineBreak), { maxLength: 12 }).map((all) => all.map((each) => each.join('')).join(''));
  const readme = fc.record({ format: fc.constantFrom(...markupFormats), bom: fc.boolean(), before: lines, inner: lines, after: lines, hasEnd: fc.boolean() });

  it('keep every character outside of the block, and doing it again changes nothing', () => {
    let updated = 0;
    fc.assert(
      fc.property(readme, ({ format, bom, before, inner, after, hasEnd }) => {
        const head = `${bom ? '\uFEFF' : ''}${before}${before === '' || /[\r\n]$/.test(before) ? '' : '\n'}${markers[format]('start')}`;
        const tail = `${markers[format]('end')}${after === '' ? '' : '\n'}${after}${hasEnd ? '\n' : ''}`;
        const text = `${head}\n${inner}${inner === '' || /[\r\n]$/.test(inner) ? '' : '\n'}${tail}`;
        const { block } = findBlock(text, format);
        // In code, or more than one: nothing is done.
        if (!block) return;
        updated++;
        const wanted = ({ url }: FoundImage) => (url === 'a.svg' ? badges[0] ?? null : null);
        const once = apply(text, updateBlock(text, format, block, wanted, badges).edits);
        assert.ok(once.startsWith(text.slice(0, block.inner.start)) && once.endsWith(text.slice(block.inner.end)), JSON.stringify(once));
        assert.ok(block.inner.start >= head.length || text.slice(0, block.inner.start).includes('badges:start'));
        const again = findBlock(once, format);
        assert.ok(again.block, JSON.stringify(once));
        assert.deepEqual(updateBlock(once, format, again.block, ({ url }) => (url === 'public/badges/license.svg' ? badges[0] ?? null : wanted({ url } as FoundImage)), badges).edits, [], JSON.stringify(once));
      }),
      { numRuns: 3000 },
    );
    assert.ok(updated >= 1000, `${updated} had a block`);
  });
});

describe('images at the cursor', () => {
  const image = '.. image:: a.svg';
  const tables: readonly (readonly [what: string, format: MarkupFormat, before: string, after: string])[] = [
    ['stand in the text of a format that allows it', 'markdown', 'a [|b|] c', 'a ![](a.svg) c'],
    ['are tags within HTML', 'markdown', '<p align="center">\n[||]\n</p>', '<p align="center">\n<img alt="" src="a.svg">\n</p>'],
    ['are Markdown behind HTML', 'markdown', '<p>\n</p>\n\n[||]', '<p>\n</p>\n\n![](a.svg)'],
    ['stand in the text of AsciiDoc', 'asciidoc', 'a [|b|] c', 'a image:a.svg[""] c'],
    ['are parted from the text behind them', 'restructuredtext', '[||]Guide\n=====\n', `${image}\n\nGuide\n=====\n`],
    ['are parted from the text before them', 'restructuredtext', 'Guide[||]', `Guide\n\n${image}`],
    // A blank before it would make the text a part of the image.
    ['are parted from both', 'restructuredtext', 'a [|gone|] b', `a\n\n${image}\n\nb`],
    ['stand as far right as their paragraph', 'restructuredtext', '* a\n\n  b [||] c\n', `* a\n\n  b\n\n  ${image}\n\n  c\n`],
    ['stand as far right as the cursor', 'restructuredtext', '* a\n\n  [||]\n  c', `* a\n\n  ${image}\n\n  c`],
    ['stand as far right as a line below a paragraph', 'restructuredtext', '  a\n  [||]', `  a\n  \n  ${image}`],
    ['are parted from a line above and a line below', 'restructuredtext', 'a\n[||]\nb', `a\n\n${image}\n\nb`],
    ['are given no blank lines that are there', 'restructuredtext', 'a\n\n[||]\n\nb', `a\n\n${image}\n\nb`],
    ['stand alone in an empty text', 'restructuredtext', '[||]', image],
    ['stand alone behind a byte order mark', 'restructuredtext', '\uFEFF[||]\n', `\uFEFF${image}\n`],
    ['are parted by the line breaks of the text', 'restructuredtext', 'a\r\n[||]\r\nb', `a\r\n\r\n${image}\r\n\r\nb`],
    ['are parted in Org, too', 'org', '[||]* Guide\n', '[[a.svg]]\n\n* Guide\n'],
  ];
  for (const [what, format, before, after] of tables) {
    it(what, () => {
      const start = before.indexOf('[|');
      const end = before.indexOf('|]') - 2;
      const text = before.replace('[|', '').replace('|]', '');
      assert.equal(apply(text, [insertImages(text, format, { start, end }, [{ alt: '', url: 'a.svg' }])]), after);
    });
  }

  it('keep their options below them', () => {
    assert.equal(apply('  ', [insertImages('  ', 'restructuredtext', { start: 2, end: 2 }, badges)]), '  .. image:: public/badges/license.svg\n     :alt: license: MIT\n     :target: https://gitlab.example.com/acme/shop\n\n  .. image:: public/badges/tests.svg\n     :alt: tests');
  });
});
