/** Where a configuration is made that is not there yet. */
export const configFile = '.gitlab/badges.yaml';
