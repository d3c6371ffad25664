import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changeImage } from '../../../src/core/markup/change';
import { markupFormats, type MarkupFormat } from '../../../src/core/markup/format';
import { findImages, type FoundImage } from '../../../src/core/markup/scan';
import { writeImages } from '../../../src/core/markup/write';

const brief = ({ alt, url, link }: FoundImage) => [alt, url, link?.url ?? null];
const found = (text: string, format: MarkupFormat) => findImages(text, format).map(brief);

describe('the images of a document', () => {
  const one: readonly (readonly [MarkupFormat, string, readonly (string | null)[]])[] = [
    ['markdown', '![a](x.svg)', ['a', 'x.svg', null]],
    ['markdown', '[![a \\[b\\] c](<x y.svg> "title")](https://x.org/?a&amp;b)', ['a [b] c', 'x y.svg', 'https://x.org/?a&b']],
    ['markdown', '![a](x(1).svg)', ['a', 'x(1).svg', null]],
    ['markdown', 'text ![a *b* `c`](x.svg)', ['a *b* `c`', 'x.svg', null]],
    ['markdown', '![a][Ref  one]\n\n[ref one]: <x.svg>', ['a', 'x.svg', null]],
    ['markdown', '[![a][i]][l]\n\n[i]: x.svg\n[l]: https://x.org "t"', ['a', 'x.svg', 'https://x.org']],
    ['markdown', '![a]\n\n[a]: x.svg', ['a', 'x.svg', null]],
    ['markdown', '<a href="https://x.org"><img src="x.svg" alt="a"></a>', ['a', 'x.svg', 'https://x.org']],
    ['html', "<A HREF='https://x.org'>\n<IMG alt='a &amp; b' SRC='x.svg' /></A>", ['a & b', 'x.svg', 'https://x.org']],
    ['html', '<img src=x.svg>', ['', 'x.svg', null]],
    ['asciidoc', 'image:x.svg[a b,link=https://x.org]', ['a b', 'x.svg', 'https://x.org']],
    ['asciidoc', 'image::x.svg["a, \\"b\\" &#93;", 80, link="https://x.org"]', ['a, "b" ]', 'x.svg', 'https://x.org']],
    ['asciidoc', 'image:x.svg[link=https://x.org]', ['', 'x.svg', 'https://x.org']],
    ['asciidoc', 'image:x.svg[]', ['', 'x.svg', null]],
    ['asciidoc', 'image:x.svg[alt=a]', ['a', 'x.svg', null]],
    ['restructuredtext', '.. image:: x.svg\n   :target: https://x.org\n   :alt: a b\n', ['a b', 'x.svg', 'https://x.org']],
    ['restructuredtext', '.. |x| image:: x.svg\r\n   :alt: a\r\n', ['a', 'x.svg', null]],
    ['restructuredtext', '.. image:: x.svg', ['', 'x.svg', null]],
    ['org', '#+ATTR_HTML: :width 80 :alt a b :class c\n[[https://x.org][x.svg]]', ['a b', 'x.svg', 'https://x.org']],
    ['org', '[[file:x.svg]]', ['', 'x.svg', null]],
    ['textile', '!x.svg(a b)!:https://x.org', ['a b', 'x.svg', 'https://x.org']],
    ['textile', '!>a/x.svg!', ['', 'a/x.svg', null]],
    ['rdoc', '{<img src="x.svg" alt="a">}[https://x.org]', ['a', 'x.svg', 'https://x.org']],
    ['rdoc', '{rdoc-image:https://x.org:8443/x.svg?a=b:a b}[https://x.org]', ['a b', 'https://x.org:8443/x.svg?a=b', 'https://x.org']],
    ['rdoc', 'rdoc-image: {rdoc-image:x.svg}[y]', ['', 'x.svg', 'y']],
  ];
  for (const [format, text, expected] of one) it(`holds one in ${format}: ${JSON.stringify(text)}`, () => assert.deepEqual(found(text, format), [expected]));

  const none: readonly (readonly [MarkupFormat, string])[] = [
    ['markdown', '```\n![a](x.svg)\n```'],
    ['markdown', '~~~~ md\n![a](x.svg)\n~~~\n![a](x.svg)\n~~~~'],
    ['markdown', '- item\n  ```\n  ![a](x.svg)\n  ```'],
    ['markdown', '> ```\n> ![a](x.svg)\n> ```'],
    ['markdown', '```\n![a](x.svg)'],
    ['markdown', '`![a](x.svg)`'],
    ['markdown', '`` ` ![a](x.svg) ``'],
    ['markdown', '<!-- ![a](x.svg) -->'],
    ['markdown', '\\![a](x.svg'],
    ['markdown', '![a] (x.svg)'],
    ['markdown', '![a](x y.svg)'],
    ['html', '<!-- <img src=x.svg> --><pre><img src=x.svg></pre><script>"<img src=x.svg>"</script>'],
    ['asciidoc', '----\nimage:x.svg[a]\n----'],
    ['asciidoc', '[source,adoc]\n----\nimage:x.svg[a]\n----'],
    ['asciidoc', '// image:x.svg[a]'],
    ['asciidoc', '////\nimage:x.svg[a]\n////'],
    ['restructuredtext', 'Example::\n\n  .. image:: x.svg\n     :alt: a\n'],
    ['restructuredtext', '.. code-block:: rst\n\n   .. image:: x.svg\n'],
    ['restructuredtext', '.. a comment\n   .. image:: x.svg\n'],
    ['org', '#+BEGIN_SRC org\n[[x.svg]]\n#+END_SRC'],
    ['org', '# [[x.svg]]'],
    ['org', '[[https://x.org][a page]]'],
    ['textile', 'bc. code\n!x.svg(a)!'],
    ['textile', '<pre>\n!x.svg(a)!\n</pre>'],
    ['textile', 'Hey! Look. Here! it is'],
    ['rdoc', 'Example:\n\n  {rdoc-image:x.svg:a}[y]'],
  ];
  for (const [format, text] of none) it(`holds none in ${format}: ${JSON.stringify(text)}`, () => assert.deepEqual(found(text, format), []));

  it('tells them apart where code is closed', () => {
    assert.deepEqual(found('`a` ![b](x.svg) `c`\n\n` not closed\n\n![d](y.svg)', 'markdown'), [['b', 'x.svg', null], ['d', 'y.svg', null]]);
  });

  const text = fc.stringMatching(/^[a-z0-9 \]["()\\<>&*_`~|{}!:#-]{1,12}$/).filter((each) => each.trim() !== '');
  const url = fc.stringMatching(/^(https:\/\/x\.org\/|\.\.\/)[a-z0-9\-_()%& ]{0,8}\.svg(\?job=[a-z%20]{1,4})?$/);
  const images = fc.array(fc.record({ alt: text, url, link: fc.option(fc.stringMatching(/^https:\/\/x\.org\/[a-z0-9\-_&=?]{0,8}$/), { nil: undefined }) }), { minLength: 1, maxLength: 4 });
  for (const format of markupFormats) {
    it(`are read as they were written in ${format}`, () => {
      fc.assert(
        fc.property(images, fc.constantFrom('\n', '\r\n'), (wanted, lineBreak) => {
          const written = writeImages(wanted, format).replace(/\n/g, lineBreak);
          const read = findImages(written, format);
          assert.equal(read.length, wanted.length, written);
          read.forEach((image, index) => assert.deepEqual(changeImage(image, wanted[index] ?? {}, format), [], written));
        }),
        { numRuns: 300 },
      );
    });

    it(`can be changed in ${format}, each part alone`, () => {
      fc.assert(
        fc.property(images, fc.record({ alt: text, url }, { requiredKeys: [] }), (before, wanted) => {
          const written = writeImages(before, format);
          const [image] = findImages(written, format);
          assert.ok(image);
          const edits = [...changeImage(image, wanted, format)].sort((a, b) => b.range.start - a.range.start);
          const edited = edits.reduce((result, { range, text: inserted }) => result.slice(0, range.start) + inserted + result.slice(range.end), written);
          const [changed, ...others] = findImages(edited, format);
          assert.ok(changed);
          assert.deepEqual(changeImage(changed, { alt: image.alt, url: image.url, ...wanted }, format), [], edited);
          assert.equal(others.length, before.length - 1);
        }),
        { numRuns: 300 },
      );
    });
  }

  const gaps: readonly (readonly [MarkupFormat, string, string])[] = [
    ['markdown', '![](x.svg)', '![new](x.svg)'],
    ['html', '<img src="x.svg" height=20>', '<img alt="new" src="x.svg" height=20>'],
    ['html', '<img src=x.svg alt="">', '<img src=x.svg alt="new">'],
    ['asciidoc', 'image:x.svg[]', 'image:x.svg["new"]'],
    ['asciidoc', 'image:x.svg[link=y]', 'image:x.svg["new",link=y]'],
    ['restructuredtext', '.. image:: x.svg\r\n   :target: y\r\n', '.. image:: x.svg\r\n   :alt: new\r\n   :target: y\r\n'],
    ['org', 'a\n[[x.svg]]', 'a\n#+ATTR_HTML: :alt new\n[[x.svg]]'],
    ['textile', '!x.svg!:y', '!x.svg(new)!:y'],
    ['rdoc', '{rdoc-image:x.svg}[y]', '{rdoc-image:x.svg:new}[y]'],
  ];
  for (const [format, before, after] of gaps) {
    it(`get an alternative text in ${format}: ${JSON.stringify(before)}`, () => {
      const [image] = findImages(before, format);
      const [edit, ...others] = image ? changeImage(image, { alt: 'new' }, format) : [];
      assert.deepEqual(others, []);
      assert.equal(edit && before.slice(0, edit.range.start) + edit.text + before.slice(edit.range.end), after);
    });
  }
});

describe('a large document', () => {
  const size = 300_000;
  const repeated = (piece: string) => piece.repeat(Math.ceil(size / piece.length));
  it('is read in one go where quotes and lists are nested without end', function () {
    this.timeout(5000);
    findImages(`${'- '.repeat(size / 2)}\n${'\n'.repeat(size)}`, 'markdown');
    findImages(`${`${'> '.repeat(1000)}a\n`.repeat(size / 2000)}`, 'markdown');
  });

  for (const piece of ['![', '![a](', '[![a](x)](', '`', '` ``', '<img ', '<img src="', '<!--', '```\n', 'image:x[', '.. image:: x\n', '[[', '!a(', '{rdoc-image:', '(', '\\', 'a\n\n', '<pre>', '{}[', '# ', '::\n', '> ', '>\n', '- ', '- \n', '1. ', '<a b="', '[a]: b "\n\n', '<?', '<![CDATA[', '\\`', '```\n\n', '\t']) {
    for (const format of markupFormats) {
      it(`is read in one go where ${JSON.stringify(piece)} is all of it, in ${format}`, function () {
        this.timeout(5000);
        findImages(repeated(piece), format);
      });
    }
  }
});
