import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { badgeStyles, type BadgeFace, type BadgeStyle } from '../../src/core/badge';
import { draw, DrawingError, type DrawingErrorReason } from '../../src/drawing/draw';
import { assertGolden } from '../golden/golden';
import { loadPlainBadgeMaker } from './plainBadgeMaker';

const face: BadgeFace = { label: 'build', message: 'passing', color: 'green' };
const logo = `data:image/svg+xml;base64,${Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 14 14"><circle cx="7" cy="7" r="6" fill="#fc6d26"/></svg>',
).toString('base64')}`;

function drawn(changes: Partial<BadgeFace> = {}, style: BadgeStyle = 'flat', stem = 'build'): string {
  return draw({ ...face, ...changes }, { stem, style });
}

interface Parsed {
  readonly root: Readonly<Record<string, string>>;
  readonly ids: readonly string[];
  readonly texts: readonly string[];
  readonly title: string;
  readonly elements: ReadonlySet<string>;
}

/** Reads an SVG strictly; throws where it is not well-formed. */
function parse(svg: string): Parsed {
  const parser = new SaxesParser({});
  const ids: string[] = [];
  const texts: string[] = [];
  const elements = new Set<string>();
  const path: string[] = [];
  let root: Record<string, string> | undefined;
  let title = '';
  let text = '';
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const plain = attributes as Record<string, string>;
    root ??= plain;
    elements.add(name);
    path.push(name);
    text = '';
    if (plain['id'] !== undefined) ids.push(plain['id']);
  });
  parser.on('text', (piece) => {
    text += piece;
  });
  parser.on('closetag', () => {
    const name = path.pop();
    if (name === 'text') texts.push(text);
    if (name === 'title') title = text;
  });
  parser.write(svg).close();
  return { root: root ?? {}, ids, texts, title, elements };
}

describe('draw', () => {
  const faces: Record<string, BadgeFace> = {
    latin: { label: 'license', message: 'MIT License', color: 'yellow' },
    cyrillic: { label: 'сборка', message: 'успешно', color: 'brightgreen' },
    cjk: { label: '覆盖率', message: '通过カバー통과', color: 'blue' },
    emoji: { label: '🚀 release', message: '✅ 👨‍👩‍👧‍👦 🇩🇪 ❤️', color: 'orange' },
    'right-to-left': { label: 'בדיקות', message: 'نجح 3 (من 4)!', color: 'purple' },
    markup: { label: `<&"'>`, message: `a<b> & "c" 'd'`, color: 'red' },
    logo: { label: 'gitlab', message: '18.6', color: 'lightgrey', logo },
    link: { label: 'docs', message: 'read', color: '#fff', link: 'https://example.org/?a=1&b=2' },
    'empty-label': { label: '', message: 'alone', color: 'rebeccapurple' },
  };
  for (const style of badgeStyles) {
    for (const [name, shown] of Object.entries(faces)) {
      it(`draws ${style} ${name} as the golden file shows`, () => {
        assertGolden(`${style}/${name}.svg`, draw(shown, { stem: name, style }));
      });
    }
  }

  it('prefers the style of the face', () => {
    assert.equal(drawn({ style: 'plastic' }, 'flat'), drawn({}, 'plastic'));
  });

  it('draws Latin, Greek and Cyrillic byte for byte as plain badge-maker does, but for the ids', async () => {
    const { makeBadge } = await loadPlainBadgeMaker();
    const letter = fc.integer({ min: 0x21, max: 0x52f }).map((code) => String.fromCodePoint(code));
    const symbol = fc.constantFrom(...'… – — ’ “ ” € ✓ ★ • ≥ → ° © ™');
    const text = fc
      .array(fc.oneof({ weight: 9, arbitrary: letter }, symbol), { minLength: 1, maxLength: 40 })
      .map((all) => all.join('').replace(/[\p{M}\p{Cc}\p{Cf}\p{Cn}]/gu, '').normalize('NFC').trim())
      // In capitals a few Greek letters fall apart into letter and mark, which badge-maker measures as two letters.
      .filter((sample) => sample !== '' && !/\p{M}/u.test(sample.toUpperCase()));
    fc.assert(
      fc.property(text, text, fc.constantFrom(...badgeStyles), (label, message, style) => {
        const plain = makeBadge({ label, message, color: 'green', style, idSuffix: '-x' });
        assert.equal(drawn({ label, message }, style, 'x'), plain.replaceAll('blur"', 'blur-x"').replaceAll('#blur)', '#blur-x)'));
      }),
      { numRuns: 500 },
    );
  });

  for (const style of badgeStyles) {
    describe(`in the style ${style}`, () => {
      it('has a role, a label and a title for those who do not see it', () => {
        for (const link of [{}, { link: 'https://example.org' }]) {
          const { root, title } = parse(drawn(link, style));
          assert.equal(root['role'], 'img');
          assert.equal(root['aria-label']?.toLowerCase(), 'build: passing');
          assert.equal(title, root['aria-label']);
        }
      });

      it('is well-formed, holds only the elements of a badge and is the same each time, whatever the texts', () => {
        const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: fc.constantFrom(...`<>&"']]>-!/ \u202e\0אب`) }));
        fc.assert(
          fc.property(text, text, (label, message) => {
            const shown = { label, message: `m${message}` };
            const svg = drawn(shown, style);
            const expected = style === 'social' ? 'style' : 'rect';
            const { elements } = parse(svg);
            assert.ok(elements.has(expected));
            for (const element of elements) assert.match(element, /^(svg|title|g|rect|text|path|style|clipPath|linearGradient|stop|filter|feGaussianBlur)$/);
            assert.equal(drawn(shown, style), svg);
          }),
        );
      });

      it('shares no id with a badge of another stem', () => {
        const stems = ['a', 'A', 'a-', '-a', 'a_', 'a.b', 'a-2e-b', 'a b', 'ä', 'a\u0308', '', '-', '--', '-2d-', '🚀', '\ud83d'];
        const ids = stems.flatMap((stem) => parse(drawn({}, style, stem)).ids);
        assert.equal(new Set(ids).size, ids.length);
        for (const id of ids) assert.match(id, /^[a-z][\w-]*$/i);
      });

      it('refers to its own ids only', () => {
        const svg = drawn({ label: 'url(#blur)' }, style);
        const { ids } = parse(svg);
        for (const [, id] of svg.matchAll(/"url\(#([^)]*)\)"/g)) assert.ok(ids.includes(String(id)), id);
      });
    });
  }

  it('leaves a text alone that looks like an id', () => {
    assert.ok(parse(drawn({ label: 'id="blur"', message: 'url(#blur)' })).texts.includes('id="blur"'));
  });

  it('has one part where the label is empty', () => {
    for (const label of ['', ' ', '\u200b']) {
      assert.equal(drawn({ label, labelColor: 'blue' }), drawn({ label: '' }));
      assert.equal(parse(drawn({ label })).root['aria-label'], 'passing');
    }
  });

  it('fills the parts with the colours asked for', () => {
    const svg = drawn({ color: 'critical', labelColor: '#ABC' }, 'flat-square');
    assert.match(svg, /fill="#aabbcc"|fill="#abc"/);
    assert.match(svg, /fill="#dd4343"/);
  });

  describe('from right to left', () => {
    const directions = (svg: string): string[] => Array.from(svg.matchAll(/<text [^>]*>/g), ([tag]) => (tag.includes('direction="rtl"') ? 'rtl' : 'ltr'));

    it('sets each part by its first letter', () => {
      assert.deepEqual(directions(drawn({ label: '1 עברית', message: 'ok עברית' }, 'flat-square')), ['rtl', 'ltr']);
      assert.deepEqual(directions(drawn({ label: '&', message: '<نجح>' }, 'flat-square')), ['ltr', 'rtl']);
      assert.deepEqual(directions(drawn({}, 'flat-square')), ['ltr', 'ltr']);
    });

    it('lets no override of one part reach the other', () => {
      const { root, title } = parse(drawn({ label: '\u202e\u2067evil', message: 'good' }));
      assert.equal(title, 'evil: good');
      assert.equal(root['aria-label'], 'evil: good');
    });

    it('stretches joined letters as a whole', () => {
      assert.match(drawn({ message: 'نجح' }), /lengthAdjust="spacingAndGlyphs">نجح</);
      assert.match(drawn({ message: 'सफल' }), /lengthAdjust="spacingAndGlyphs">सफल</);
      assert.doesNotMatch(drawn({ message: 'בדיקות' }), /lengthAdjust/);
    });
  });

  describe('refuses', () => {
    const refused: [string, DrawingErrorReason, Partial<BadgeFace>, RegExp][] = [
      ['a colour with a typing error', 'color', { color: 'gren' }, /"gren" is not a colour: did you mean green\?$/],
      ['a colour nobody knows', 'color', { color: 'notacolor' }, /brightgreen/],
      ['an empty colour', 'color', { color: '' }, /""/],
      ['a bad colour of the label', 'label-color', { labelColor: '#12' }, /"#12"/],
      ['a bad colour of an empty label', 'label-color', { label: '', labelColor: '#12' }, /"#12"/],
      ['a colour badge-maker takes for an object', 'color', { color: 'constructor' }, /constructor/],
      ['a huge colour, quoted in part', 'color', { color: 'x'.repeat(1e6) }, /^.{0,200}$/],
      ['an empty message', 'message', { message: '' }, /visible character/],
      ['a message of blanks', 'message', { message: ' \n\u00a0' }, /visible character/],
      ['a message that shows nothing', 'message', { message: '\u200b\u202e' }, /visible character/],
      ['a style it does not have', 'style', { style: 'round' as BadgeStyle }, /for-the-badge/],
      ['the name of a method as style', 'style', { style: 'toString' as BadgeStyle }, /toString/],
      ...['javascript:alert(1)', 'data:text/html,x', 'ftp://example.org', '//example.org', 'example.org', '', 'https://', 'https://a b', ' https://a', 'https://a\nb', 'https://a/\u0000', 'https://[']
        .map((link): [string, DrawingErrorReason, Partial<BadgeFace>, RegExp] => [`the link ${JSON.stringify(link)}`, 'link', { link }, /http or https/]),
      ...['', 'https://example.org/x.svg', 'data:text/html;base64,eA==', 'data:image/svg+xml,<svg/>', 'data:image/png;base64,', 'data:image/png;base64,a"b', 'data:image/png;base64,eA==\n', 'data:image/bmp;base64,eA==']
        .map((wrong): [string, DrawingErrorReason, Partial<BadgeFace>, RegExp] => [`the logo ${JSON.stringify(wrong)}`, 'logo', { logo: wrong }, /data:image/]),
    ];
    for (const [what, reason, changes, message] of refused) {
      it(what, () => {
        assert.throws(
          () => drawn(changes),
          (error) => error instanceof DrawingError && error.name === 'DrawingError' && error.reason === reason && message.test(error.message),
        );
      });
    }
  });

  it('takes links by http and https, in any case, and every kind of logo', () => {
    for (const link of ['http://example.org', 'HTTPS://EXAMPLE.ORG/ä?x=1#y']) assert.ok(drawn({ link }).includes('<a target="_blank"'));
    for (const kind of ['svg+xml', 'png', 'jpeg', 'gif', 'webp']) assert.ok(drawn({ logo: `data:image/${kind};base64,eA==` }).includes('<image'));
  });
});
