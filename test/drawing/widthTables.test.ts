import { assertFile } from '../golden/golden';
import { makeWidthTables } from './makeWidthTables';

describe('width tables', () => {
  it('are what makeWidthTables makes of anafanafo', () => {
    assertFile('src/drawing/widths.json', makeWidthTables());
  });
});
