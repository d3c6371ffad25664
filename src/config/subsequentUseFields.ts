import type { MapShape, ValueOf } from './shape';

/** Everything that the JSON file behind checks of type `SUBSEQUENT_USE` may hold. */
export const subsequentUseFields = {
  type: 'map',
  expected: 'an object with the addresses of projects',
  keys: 'the URL of a project',
  keyCheck: 'link',
  mayBeEmpty: true,
  values: {
    type: 'list',
    expected: 'a list of the names of organisations',
    items: { type: 'text', expected: 'the name of an organisation' },
  },
} as const satisfies MapShape;

/** Such a file, as it is written. */
export type SubsequentUseFile = ValueOf<typeof subsequentUseFields>;
