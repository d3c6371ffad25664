import { runTests } from '../runTests';

/** VS Code calls this in its extension host, where other extensions are installed that look after YAML and TOML. */
export const run = (): Promise<void> => runTests(__dirname);
