import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { draw } from '../../src/drawing/draw';
import { logoWidth } from '../../src/drawing/logoWidth';

const svg = (attributes: string) => `data:image/svg+xml;base64,${Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" ${attributes}><g/></svg>`).toString('base64')}`;
const png = (width: number, height: number) => {
  const bytes = Buffer.alloc(33);
  bytes.write('\x89PNG\r\n\x1a\n', 'latin1');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return `data:image/png;base64,${bytes.toString('base64')}`;
};

describe('the width of a logo that may be wider than high', () => {
  for (const [what, uri, width] of [
    ['a view box of 2 : 1', svg('viewBox="0 0 48 24"'), 28],
    ['a view box with commas', svg("viewBox='-1,-1,30,20'"), 21],
    ['a size that speaks before the view box', svg('width="30px" height="10" viewBox="0 0 1 1"'), 42],
    ['a size in percent, and a view box', svg('width="100%" height="100%" viewBox="0 0 3 2"'), 21],
    ['what is higher than wide', svg('viewBox="0 0 10 20"'), 14],
    ['what is wider than a badge', svg('viewBox="0 0 1000 10"'), 112],
    ['what has no size', svg(''), 14],
    ['what has a size of nothing', svg('width="10" height="0" viewBox="0 0 0 0"'), 14],
    ['a view box that is none', svg('viewBox="a b c d"'), 14],
    ['a PNG', png(300, 150), 28],
    ['a PNG of nothing', png(0, 0), 14],
    ['another picture', 'data:image/gif;base64,R0lGODlh', 14],
  ] as const) {
    it(`of ${what} is ${width}`, () => assert.equal(logoWidth(uri), width));
  }

  it('counts where it is asked for, in every style', () => {
    const face = { label: 'a', message: 'b', color: 'red', logo: svg('viewBox="0 0 48 24"') };
    for (const style of ['flat', 'flat-square', 'plastic', 'for-the-badge', 'social'] as const) {
      const width = (shown: typeof face & { readonly logoSize?: 'auto' }) => Number(/<svg [^>]*width="([\d.]+)"/.exec(draw(shown, { stem: 'x', style }))?.[1]);
      assert.equal(width({ ...face, logoSize: 'auto' }) - width(face), 14, style);
      assert.match(draw({ ...face, logoSize: 'auto' }, { stem: 'x', style }), /<image [^>]*width="28"/);
    }
  });
});
