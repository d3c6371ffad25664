import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readEndpoint, writeEndpoint } from '../../src/sources/endpoint';

const read = (object: object) => readEndpoint(JSON.stringify({ schemaVersion: 1, label: 'a', message: 'b', ...object }));
const problem = (text: string) => {
  const reading = readEndpoint(text);
  return 'problem' in reading ? reading.problem : `no problem: ${JSON.stringify(reading)}`;
};

describe('an endpoint file', () => {
  it('is read with its defaults', () => {
    assert.deepEqual(read({}), { badge: { face: { label: 'a', message: 'b', color: 'lightgrey' }, ignored: [] } });
  });

  it('may have everything of the schema', () => {
    assert.deepEqual(read({ label: '', color: 'success', labelColor: '#123', isError: true, namedLogo: 'gitlab', logoColor: 'white', logoSize: 'auto', logoWidth: 10, style: 'plastic', cacheSeconds: 0 }), {
      badge: { face: { label: '', message: 'b', color: 'success', labelColor: '#123', style: 'plastic', logoSize: 'auto', namedLogo: { name: 'gitlab', color: 'white' }, isError: true, cacheSeconds: 0 }, ignored: ['logoWidth'], logoAt: '1:110' },
    });
  });

  it('has its logo cleaned and embedded', () => {
    const reading = read({ logoSvg: '<svg xmlns="http://www.w3.org/2000/svg"><metadata/><g/></svg>' });
    const logo = 'badge' in reading ? reading.badge.face.logo : undefined;
    const [type, data = ''] = logo?.split(',') ?? [];
    assert.equal(type, 'data:image/svg+xml;base64');
    assert.match(Buffer.from(data, 'base64').toString(), /^<svg [^>]*><g><\/g><\/svg>$/);
  });

  it('is unknown with a logo that runs or loads something, at its place', () => {
    const reading = readEndpoint('{ "schemaVersion": 1, "label": "a", "message": "b",\n "logoSvg": "<svg><script/><image href=\'https://e.org/a.png\'/></svg>" }');
    assert.deepEqual(reading, { problem: '2:13: logoSvg holds <script>, href="https://e.org/a.png": a logo runs no script and loads nothing from elsewhere. Remove it from the SVG', status: 'unknown' });
  });

  it('is written with all it may hold, and read again', () => {
    const face = { label: 'a', message: 'b', color: 'red', labelColor: 'black', isError: true, style: 'social', cacheSeconds: 60 } as const;
    const text = writeEndpoint(face);
    assert.deepEqual(JSON.parse(text), { schemaVersion: 1, ...face });
    assert.deepEqual(readEndpoint(text), { badge: { face, ignored: [] } });
  });

  it('is written with its logo, by name or as an SVG, and read again', () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><g></g></svg>';
    const data = Buffer.from(svg).toString('base64');
    const face = { label: 'a', message: 'b', color: 'red' };
    for (const [logo, written] of [
      [{ namedLogo: { name: 'gitlab', color: 'white' }, logo: `data:image/svg+xml;base64,${data}` }, { namedLogo: 'gitlab', logoColor: 'white' }],
      [{ namedLogo: { name: 'gitlab' } }, { namedLogo: 'gitlab' }],
      [{ logo: `data:image/svg+xml;base64,${data}` }, { logoSvg: svg }],
      [{ logo: `data:image/svg+xml;base64,${data}`, logoSize: 'auto' }, { logoSvg: svg, logoSize: 'auto' }],
      [{ logo: 'data:image/png;base64,eA==' }, {}],
    ] as const) {
      const text = writeEndpoint({ ...face, ...logo });
      assert.deepEqual(JSON.parse(text), { schemaVersion: 1, ...face, ...written });
      const reading = readEndpoint(text);
      assert.ok('badge' in reading && writeEndpoint(reading.badge.face) === text);
    }
  });

  const valid = '"schemaVersion": 1, "label": "a", "message": "b"';
  for (const [what, text, expected] of [
    ['an unknown key', `{ ${valid},\n  "colour": "red" }`, /^2:3: unknown key "colour"; known are schemaVersion, /],
    ['a wrong type', '{"schemaVersion": 1, "label": "a",\r\n "message": 42}', /^2:13: message must be a text, not a number$/],
    ['null', `{ ${valid}, "color": null }`, /^1:\d+: color must be a text, not null$/],
    ['an unknown colour', `{ ${valid},\n "color": "gren" }`, /^2:11: unknown color "gren", did you mean "green"\?/],
    ['an unknown label colour', `{ ${valid}, "labelColor": "#12" }`, /unknown labelColor "#12"\. Use a name/],
    ['a missing message', '{"schemaVersion": 1, "label": "a"}', /^1:1: message is missing$/],
    ['an empty message', '{"schemaVersion": 1, "label": "a", "message": ""}', /^1:47: message must not be empty$/],
    ['a missing version', '{"label": "a", "message": "b"}', /schemaVersion is missing/],
    ['another version', '{"schemaVersion": 2, "label": "a", "message": "b"}', /^1:19: schemaVersion must be 1$/],
    ['a wrong style', `{ ${valid}, "style": "round" }`, /style must be one of flat, /],
    ['negative cacheSeconds', `{ ${valid}, "cacheSeconds": -1 }`, /cacheSeconds must be a whole number/],
    ['two logos', `{ ${valid}, "namedLogo": "x", "logoSvg": "<svg/>" }`, /exclude each other/],
    ['a logo that is no SVG', `{ ${valid}, "logoSvg": "<html/>" }`, /logoSvg at its line 1, column \d+: not an SVG/],
    ['an unknown colour of the logo', `{ ${valid},\n "namedLogo": "x", "logoColor": "whit" }`, /^2:33: unknown logoColor "whit"/],
    ['a colour for no logo', `{ ${valid}, "logoColor": "red" }`, /goes with namedLogo only/],
    ['a list', '[]', /^1:1: the file holds a list, not an object/],
    ['an empty file', '', /^1:1: a value is missing before the end of the file$/],
    ['a comma too many', '{"label": "a",\n}', /^2:1: a key in double quotes is missing before "}"$/],
    ['single quotes', "{'label': 1}", /^1:2: a key in double quotes is missing/],
    ['a cut file', '{"label": "a', /^1:11: a text that does not end/],
    ['text behind', `{ ${valid} }\nx`, /^2:1: unexpected "x" after the end/],
    ['a line break in a text', '{"label": "a\n"}', /^1:11: a text that does not end, or holds a line break/],
    ['nesting without end', '['.repeat(100_000), /nested deeper than 100 levels/],
  ] as const) {
    it(`is refused with its position for ${what}`, () => assert.match(problem(text), expected));
  }

  it('may be as large as a MiB', () => {
    const message = '\\u0041x'.repeat(150_000);
    const reading = readEndpoint(`{"schemaVersion": 1, "label": "", "message": "${message}"}`);
    assert.equal('badge' in reading && reading.badge.face.message.length, 300_000);
  });

  it('is written in a form that reads back the same', () => {
    const face = { label: 'a "b"', message: 'ü\n', color: 'red', style: 'social' as const };
    const text = writeEndpoint(face);
    assert.equal(text, '{ "schemaVersion": 1, "label": "a \\"b\\"", "message": "ü\\n", "color": "red", "style": "social" }\n');
    assert.deepEqual(readEndpoint(text), { badge: { face, ignored: [] } });
  });
});
