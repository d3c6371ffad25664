import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { markupFormats, type MarkupFormat } from '../../../src/core/markup/format';
import { documentUrl } from '../../../src/core/markup/url';
import { writeImage, writeImages, type ImageToWrite } from '../../../src/core/markup/write';

const license: ImageToWrite = { alt: 'license: MIT', url: '../-/jobs/artifacts/main/raw/public/badges/license_name.svg?job=badges', link: 'https://gitlab.example.com/acme/shop' };
const tests: ImageToWrite = { alt: 'tests', url: 'https://x.org/a.svg' };
const source = license.url;

describe('an image as markup', () => {
  const plain: readonly (readonly [MarkupFormat, string, string])[] = [
    ['markdown', `[![license: MIT](${source})](https://gitlab.example.com/acme/shop)`, '![tests](https://x.org/a.svg)'],
    ['asciidoc', `image:${source}["license: MIT",link="https://gitlab.example.com/acme/shop"]`, 'image:https://x.org/a.svg["tests"]'],
    ['restructuredtext', `.. image:: ${source}\n   :alt: license: MIT\n   :target: https://gitlab.example.com/acme/shop`, '.. image:: https://x.org/a.svg\n   :alt: tests'],
    ['html', `<a href="https://gitlab.example.com/acme/shop"><img alt="license: MIT" src="${source}"></a>`, '<img alt="tests" src="https://x.org/a.svg">'],
    ['org', `#+ATTR_HTML: :alt license: MIT\n[[https://gitlab.example.com/acme/shop][${source}]]`, '#+ATTR_HTML: :alt tests\n[[https://x.org/a.svg]]'],
    ['textile', `!${source}(license: MIT)!:https://gitlab.example.com/acme/shop`, '!https://x.org/a.svg(tests)!'],
    ['rdoc', `{<img src="${source}" alt="license: MIT">}[https://gitlab.example.com/acme/shop]`, '{<img src="https://x.org/a.svg" alt="tests">}[https://x.org/a.svg]'],
  ];
  for (const [format, linked, alone] of plain) {
    it(`is written in ${format}, with and without a link`, () => assert.deepEqual([writeImage(license, format), writeImage(tests, format)], [linked, alone]));
  }

  it('has a row for every format', () => assert.deepEqual(plain.map(([format]) => format), markupFormats));

  // Rendered once with what GitLab renders these formats with: Asciidoctor, docutils, RedCloth and RDoc gave these texts and addresses back.
  const hostile = { alt: '](javascript:alert(1)) "q" <b>&amp; |x| {y} \\ _z_', url: 'https://x.org/a (1)_.svg?a=1&copy;b="#f', link: 'https://x.org/[b]' };
  const escaped: Readonly<Record<MarkupFormat, string>> = {
    markdown: '<a href="https://x.org/%5Bb%5D"><img alt="&#93;(javascript:alert(1)) &#34;q&#34; &#60;b&#62;&#38;amp; &#124;x&#124; {y} &#92; _z_" src="https://x.org/a%20%281%29_.svg?a=1&amp;copy;b=%22#f"></a>',
    asciidoc:
      'image:https://x.org/a%20%281%29%5F.svg?a=1%26copy;b=%22#f["&#93;&#40;javascript:alert&#40;1&#41;&#41; &#34;q&#34; &#60;b&#62;&#38;amp&#59; &#124;x&#124; &#123;y&#125; &#92; &#95;z&#95;",link="https://x.org/%5Bb%5D"]',
    restructuredtext: '.. image:: https://x.org/a%20%281%29_.svg?a=1&copy;b=%22#f\n   :alt: ](javascript:alert(1)) "q" <b>&amp; |x| {y} \\ _z_\n   :target: https://x.org/%5Bb%5D',
    html: '<a href="https://x.org/%5Bb%5D"><img alt="](javascript:alert(1)) &#34;q&#34; &#60;b&#62;&#38;amp; |x| {y} \\ _z_" src="https://x.org/a%20%281%29_.svg?a=1&amp;copy;b=%22#f"></a>',
    org: '#+ATTR_HTML: :alt ](javascript:alert(1)) "q" <b>&amp; |x| {y} \\ _z_\n[[https://x.org/%5Bb%5D][https://x.org/a%20%281%29_.svg?a=1&copy;b=%22#f]]',
    textile: '<a href="https://x.org/%5Bb%5D"><img alt="&#93;(javascript:alert(1)) &#34;q&#34; &#60;b&#62;&#38;amp; &#124;x&#124; {y} &#92; _z_" src="https://x.org/a%20%281%29_.svg?a=1&amp;copy;b=%22#f"></a>',
    rdoc: '{<img src="https://x.org/a%20%281%29%5F.svg?a=1&amp;copy;b=%22#f" alt="&#93;(javascript:alert(1)) &#34;q&#34; &#60;b&#62;&#38;amp; |x| &#123;y&#125; &#92; &#95;z&#95;">}[https://x.org/%5Bb%5D]',
  };
  for (const format of markupFormats) it(`says in ${format} what it is told, whatever that is`, () => assert.equal(writeImage(hostile, format), escaped[format]));

  it('stands on one line, without what nobody sees', () => {
    assert.equal(writeImage({ alt: ' a\r\n\n b\u0000\u202ec\ud800 ', url: 'x.svg' }, 'markdown'), '![a b c](x.svg)');
    assert.equal(writeImage({ alt: 'a\n:target: javascript:x', url: 'x.svg' }, 'restructuredtext'), '.. image:: x.svg\n   :alt: a :target: javascript:x');
  });

  for (const alt of ['license_name', 'C++ & Rust', '50 % (of 12) > 10', '"quoted"', 'R&D!', 'a & b;']) {
    it(`is plain Markdown with ${alt}`, () => assert.equal(writeImage({ alt, url: 'x.svg' }, 'markdown'), `![${alt}](x.svg)`));
  }

  for (const alt of ['a_', '[x]', 'a\\b', '`a`', '*a*', '~a~', '$a$', '&amp;', '&#65;', '<b', 'a|b']) {
    it(`is a tag in Markdown with ${alt}, which leads to itself, so that the lines below stay Markdown`, () => assert.match(writeImage({ alt, url: 'x.svg' }, 'markdown') ?? '', /^<a href="x\.svg"><img alt="[^"<>]+" src="x\.svg"><\/a>$/));
  }
});

describe('several images', () => {
  const rows: readonly (readonly [MarkupFormat, string, string])[] = [
    ['markdown', '![a](1) ![b](2)', '![a](1)\n![b](2)'],
    ['restructuredtext', '.. image:: 1\n   :alt: a\n\n.. image:: 2\n   :alt: b', '.. image:: 1\n   :alt: a\n\n.. image:: 2\n   :alt: b'],
    ['textile', '!1(a)! !2(b)!', '!1(a)! !2(b)!'],
  ];
  for (const [format, row, lines] of rows) {
    it(`stand in their order in ${format}`, () => {
      const images = [{ alt: 'a', url: '1' }, { alt: 'b', url: '2' }];
      assert.deepEqual([writeImages(images, format), writeImages(images, format, 'lines')], [row, lines]);
    });
  }

  it('leaves out those that must not stand in a document', () => assert.equal(writeImages([{ alt: 'a', url: 'javascript:alert(1)' }, tests], 'markdown'), '![tests](https://x.org/a.svg)'));
});

describe('the address of an image or link', () => {
  const refused = ['', ' ', 'javascript:alert(1)', 'JaVaScRiPt:alert(1)', ' javascript:alert(1)', 'java\nscript:alert(1)', 'java\tscript:alert(1)', '\u0001javascript:alert(1)', 'data:image/svg+xml,<svg/>', 'vbscript:x', 'file:///etc/passwd', 'blob:x', '//evil.example/x', '\\\\evil\\x'];
  for (const url of refused) it(`is not ${JSON.stringify(url)}`, () => assert.equal(documentUrl(url), null));

  for (const [url, written] of [
    ['https://x.org/a?b=c&d#e', 'https://x.org/a?b=c&d#e'],
    ['HTTP://x.org', 'HTTP://x.org'],
    ['../a b/c.svg', '../a%20b/c.svg'],
    ['a/b:c.svg', 'a/b:c.svg'],
    ['x.svg?a=%20%zz', 'x.svg?a=%20%25zz'],
    ['ä.svg', '%C3%A4.svg'],
    ['😀.svg', '%F0%9F%98%80.svg'],
  ] as const) {
    it(`is ${url}`, () => assert.equal(documentUrl(url), written));
  }

  it('leaves out a link that must not stand there, and keeps the badge', () => assert.equal(writeImage({ ...tests, link: 'javascript:alert(1)' }, 'html'), '<img alt="tests" src="https://x.org/a.svg">'));
});

describe('Markdown, read by a CommonMark parser', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.stringMatching(/^[\]()[!<>&*_`~|\\"'{}:#a-c \n]{0,16}$/), fc.constantFrom('](javascript:alert(1))', '<img src=x onerror=y>', '`', '&copy;', '![x](y)', '[a][b]', '\\'));
  const url = fc.tuple(fc.constantFrom('https://x.org/', '../', ''), fc.string({ unit: 'grapheme', maxLength: 12 }), fc.constantFrom('', '?job=a&copy;=b', '?a=1&b=(c)', '#x')).map((parts) => parts.join(''));
  const image = fc.record({ alt: text, url, link: fc.option(url, { nil: undefined }) });

  it('is exactly the images that were wanted, in their order', () => {
    fc.assert(
      fc.property(fc.array(image, { minLength: 1, maxLength: 4 }), (images) => {
        const wanted = images.flatMap(({ alt, url: target, link }) => {
          const source = documentUrl(target);
          return source === null ? [] : [{ alt: shown(alt), url: source, link: (link === undefined ? null : documentUrl(link)) ?? null }];
        });
        for (const arrangement of ['row', 'lines'] as const) {
          const written = writeImages(images, 'markdown', arrangement);
          const [paragraph, ...others] = fromMarkdown(written).children;
          assert.deepEqual(others, [], written);
          assert.equal(paragraph?.type ?? 'paragraph', 'paragraph', written);
          const nodes = paragraph?.type === 'paragraph' ? paragraph.children.filter((node) => node.type !== 'text' || node.value.trim() !== '') : [];
          const found = imagesIn(nodes);
          assert.deepEqual(found.map((image, index) => ({ ...image, link: image.link === image.url ? (wanted[index]?.link ?? null) : image.link })), wanted, written);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

type Paragraph = Extract<ReturnType<typeof fromMarkdown>['children'][number], { readonly type: 'paragraph' }>;

/** Images in the form of Markdown and as tags; anything else is not wanted. */
function imagesIn(nodes: Paragraph['children']): { alt: string; url: string; link: string | null }[] {
  const images: { alt: string; url: string; link: string | null }[] = [];
  let href: string | null = null;
  for (const node of nodes) {
    const picture = node.type === 'link' && node.children.length === 1 ? node.children[0] : node;
    if (picture?.type === 'image') images.push({ alt: picture.alt ?? '', url: picture.url, link: node.type === 'link' ? node.url : null });
    else if (node.type === 'html' && /^<a href="[^"]*">$/.test(node.value)) href = attributeOf(node.value, 'href');
    else if (node.type === 'html' && /^<img alt="[^"]*" src="[^"]*">$/.test(node.value)) images.push({ alt: attributeOf(node.value, 'alt'), url: attributeOf(node.value, 'src'), link: href });
    else assert.ok(node.type === 'html' && node.value === '</a>', JSON.stringify(node));
  }
  return images;
}

function attributeOf(tag: string, name: string): string {
  const written = new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
  return written.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))).replace(/&amp;/g, '&');
}

/** What may be seen of a text. */
function shown(text: string): string {
  return text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/[\p{Cs}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu, '')
    .trim();
}
