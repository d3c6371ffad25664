/**
 * Longest text that is read, in UTF-16 units: several thousand badges. The parsers are linear, but up to 10 µs a character
 * for a text that is all mistakes; twice as much would be felt in the editor.
 */
export const maxTextLength = 512 * 1024;

/** Deepest nesting that is read. Far deeper texts would use up the call stack of the YAML and TOML libraries. */
export const maxDepth = 100;

/** Most nodes that the aliases and merge keys of one YAML text may add to those that are written out. */
export const maxAliasedNodes = 10_000;

/** Most problems that are reported for one text: what comes after is nearly always a consequence of those before. */
export const maxProblems = 100;
