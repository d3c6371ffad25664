/** Starts the lines of the tests on the console of the extension host, where VS Code prints too. */
export const testLine = '[tests] ';
