import { badgeStyles } from '../core/badge';
import { builtInLogos } from '../core/logoNames';
import type { RecordShape, TextShape, ValueOf } from './shape';

const color = { type: 'text', expected: 'a colour', check: 'color' } as const satisfies TextShape;

/** Everything that a file of the shields endpoint form may hold: https://shields.io/badges/endpoint-badge */
export const endpointFields = {
  type: 'record',
  expected: 'an object with label and message',
  isStrict: true,
  fields: [
    { key: 'schemaVersion', shape: { type: 'number', expected: 'the number 1', whole: true, min: 1, max: 1, suggested: [1] }, required: true, doc: 'Always 1.' },
    { key: 'label', shape: { type: 'text', expected: 'a label', mayBeEmpty: true }, required: true, doc: 'Left part of the badge. Empty: there is none.' },
    { key: 'message', shape: { type: 'text', expected: 'a message' }, required: true, doc: 'Right part of the badge.' },
    { key: 'color', shape: color, usual: true, default: 'lightgrey', doc: 'Colour of the right part: a name such as `brightgreen`, a hex colour such as `#4c1`, or any CSS colour.' },
    { key: 'labelColor', shape: color, default: 'grey', doc: 'Colour of the left part.' },
    { key: 'isError', shape: { type: 'boolean', expected: 'true or false' }, default: false, doc: 'The badge says that something is wrong: its colour cannot be overridden.' },
    { key: 'namedLogo', shape: { type: 'text', expected: 'a logo', suggested: builtInLogos }, doc: 'A logo of Simple Icons by its slug. Not together with `logoSvg`.' },
    { key: 'logoSvg', shape: { type: 'text', expected: 'an SVG' }, doc: 'A logo as the text of an SVG. Not together with `namedLogo`.' },
    { key: 'logoColor', shape: { type: 'text', expected: 'a colour', check: 'color' }, doc: 'Colour of the logo; only together with `namedLogo`.' },
    { key: 'logoSize', shape: { type: 'text', expected: 'a size', allowed: ['auto'] }, doc: 'Lets a logo that is wider than it is high keep its shape; without it, it has to fit a square.' },
    { key: 'logoWidth', shape: { type: 'number', expected: 'a number' }, doc: 'Width of the logo in pixels; of older versions.' },
    { key: 'logoPosition', shape: { type: 'number', expected: 'a number' }, doc: 'Where the logo stands; of older versions.' },
    { key: 'style', shape: { type: 'text', expected: 'a style', allowed: badgeStyles }, doc: 'How the badge is drawn, unless the configuration says otherwise.' },
    { key: 'cacheSeconds', shape: { type: 'number', expected: 'a whole number of seconds, 0 or more', unit: 'seconds', whole: true, min: 0 }, doc: 'How long shields may keep the badge.' },
  ],
} as const satisfies RecordShape;

/** Such a file, as it is written. */
export type EndpointFile = ValueOf<typeof endpointFields>;
