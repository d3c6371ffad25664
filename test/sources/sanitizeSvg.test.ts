import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { draw } from '../../src/drawing/draw';
import { sanitizeSvg } from '../../src/sources/sanitizeSvg';

const ns = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';
const clean = (inner: string) => sanitizeSvg(`<svg ${ns}>${inner}</svg>`).svg;
const root = (inner: string) => `<svg ${ns}>${inner}</svg>`;

describe('sanitizeSvg', () => {
  const cases: readonly [what: string, inner: string, expected: string][] = [
    ['keeps shapes, text and gradients', '<linearGradient id="s"><stop offset="0" stop-color="#bbb"/></linearGradient><rect width="5" fill="url(#s)"/><text x="1">a</text>', '<linearGradient id="s"><stop offset="0" stop-color="#bbb"></stop></linearGradient><rect width="5" fill="url(#s)"></rect><text x="1">a</text>'],
    ['drops a script with all it holds', '<g><script><![CDATA[alert(1)]]><rect/></script></g>', '<g></g>'],
    ['drops a script under a prefix', '<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>', ''],
    ['drops foreign content', '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><iframe src="x"/></body></foreignObject><h:script xmlns:h="http://www.w3.org/1999/xhtml">x</h:script>', ''],
    ['drops event handlers', '<rect onclick="x()" onload="y()" width="1"/>', '<rect width="1"></rect>'],
    ['drops animation, which can set a link', '<a><set attributeName="href" to="javascript:x"/><animate/></a>', '<a></a>'],
    ['keeps links over http and https', '<a href="https://example.org/?a=1&amp;b=2" xlink:href="http://example.org">x</a>', '<a href="https://example.org/?a=1&amp;b=2" xlink:href="http://example.org">x</a>'],
    ['drops links of other schemes', '<a href="javascript:alert(1)" xlink:href=" JaVaScRiPt:x">x</a><a href="data:text/html,x">y</a>', '<a>x</a><a>y</a>'],
    ['keeps images that are data', '<image href="data:image/png;base64,AA=="/>', '<image href="data:image/png;base64,AA=="></image>'],
    ['drops images from elsewhere', '<image href="https://example.org/x.png"/><image xlink:href="data:text/html,x"/>', '<image></image><image></image>'],
    ['keeps uses of the same document only', '<use href="#a"/><use href="https://example.org/#a"/><use href="data:image/svg+xml,x#a"/>', '<use href="#a"></use><use></use><use></use>'],
    ['drops CSS that loads', '<style>@import "https://e.org/x.css";</style><rect style="fill:url(https://e.org/x)" fill="url( \'https://e.org\' )"/>', '<style></style><rect></rect>'],
    ['drops CSS that hides behind an escape', '<rect style="fill:\\75rl(https://e.org)"/>', '<rect></rect>'],
    ['keeps CSS that loads nothing', '<style>.a &gt; .b{fill:url(#x)}</style>', '<style>.a &gt; .b{fill:url(#x)}</style>'],
    ['drops comments and processing instructions', '<!-- x --><?xml-stylesheet href="x"?><g/>', '<g></g>'],
    ['escapes what it writes', '<text>&lt;script&gt; &amp; <![CDATA[<b>]]></text>', '<text>&lt;script&gt; &amp; &lt;b&gt;</text>'],
    ['drops attributes it does not know', '<rect srcdoc="x" formaction="y" xml:base="http://e.org" width="1"/>', '<rect width="1"></rect>'],
  ];
  for (const [what, inner, expected] of cases) it(what, () => assert.equal(clean(inner), root(expected)));

  it('says what it left out that could have run or loaded something', () => {
    const { removed } = sanitizeSvg(`<svg ${ns} onload="x()"><script>a</script><script/><metadata/><image href="https://e.org/a.png" srcdoc="x"/><style>@import "x"</style><rect fill="url(//e.org)"/></svg>`);
    assert.deepEqual(removed, ['onload', '<script>', 'href="https://e.org/a.png"', 'its <style>', 'fill="url(//e.org)"']);
    assert.deepEqual(sanitizeSvg(`<svg ${ns}><rect data-x="1"/></svg>`).removed, []);
  });
  it('drops the document type', () => assert.ok(!sanitizeSvg(`<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd"><svg ${ns}/>`).svg.includes('DOCTYPE')));
  it('gives an SVG without a namespace one', () => assert.equal(sanitizeSvg('<svg/>').svg, root('')));
  it('says what the badge says', () => {
    const safe = sanitizeSvg(`<svg ${ns} aria-label="a: b"><title> build:\n passing </title><rect fill="#555"/><rect fill="#4c1"/><rect fill="url(#s)"/></svg>`);
    assert.deepEqual([safe.title, safe.ariaLabel, safe.color], ['build: passing', 'a: b', '#4c1']);
  });
  it('leaves a badge of ours as it looks, and is done after one pass', () => {
    const badge = draw({ label: 'a<b', message: 'ü & "x"', color: 'red', link: 'https://example.org' }, { stem: 'x', style: 'social' });
    const once = sanitizeSvg(badge).svg;
    assert.equal(sanitizeSvg(once).svg, once);
    assert.ok(once.includes('href="https://example.org"'));
  });

  for (const [what, text, message] of [
    ['HTML', '<!DOCTYPE html><html><head><meta></head></html>', /not an SVG: its root element is <html>/],
    ['an unclosed element', `<svg ${ns}><g></svg>`, /^1:\d+: /],
    ['entities', '<!DOCTYPE svg [<!ENTITY a "x">]><svg>&a;</svg>', /declares entities/],
    ['plain text', 'not found', /^1:\d+: /],
    ['nothing', '', /root element/],
    ['another vocabulary', '<svg xmlns="urn:x"/>', /not an SVG/],
  ] as const) {
    it(`refuses ${what}`, () => assert.throws(() => sanitizeSvg(text), { name: 'XmlError', message }));
  }
});
