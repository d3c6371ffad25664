import type { RecordShape, ValueOf } from './shape';

/** Everything that the JSON file behind a check of type `MANUAL` may hold. */
export const decisionFields = {
  type: 'record',
  expected: 'an object { granted, grantedRegex }',
  isOpen: true,
  fields: [
    {
      key: 'granted',
      shape: { type: 'list', expected: 'a list of URLs', items: { type: 'text', expected: 'the URL of a project', check: 'link' } },
      usual: true,
      doc: 'The projects that pass, by their URL. A slash or `.git` at the end does not count.',
    },
    {
      key: 'grantedRegex',
      shape: { type: 'list', expected: 'a list of patterns', items: { type: 'text', expected: 'a regular expression', check: 'pattern' } },
      doc: 'Regular expressions (RE2: without look-around and references) that match the whole URL of a project that passes.',
    },
  ],
} as const satisfies RecordShape;

/** Such a file, as it is written. */
export type DecisionFile = ValueOf<typeof decisionFields>;
