import { runTests } from './runTests';

/** VS Code calls this in its extension host. */
export const run = (): Promise<void> => runTests(__dirname);
