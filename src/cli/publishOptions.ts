import { isGroupPath } from '../config/publish';
import { UsageError } from './exitCodes';
import { helpLines, readOptions, type Option } from './optionTable';

const publishCommands = ['plan', 'apply', 'import'] as const;
export type PublishCommand = (typeof publishCommands)[number];

export interface PublishOptions {
  readonly token?: string;
  readonly project?: string;
  readonly server?: string;
  readonly config?: string;
  readonly cache?: string;
  /** Where to import to, in place of the configuration that is there. */
  readonly out?: string;
  /** Full paths of groups to import as well. */
  readonly groups: readonly string[];
  readonly prune: boolean;
  readonly yes: boolean;
  readonly json: boolean;
  readonly verbose: boolean;
}

export function isPublishCommand(text: string | null | undefined): text is PublishCommand {
  return (publishCommands as readonly (string | null | undefined)[]).includes(text);
}

/** Reads the arguments behind one of the commands. Throws UsageError, which never quotes a value. */
export function parsePublishOptions(command: PublishCommand, args: readonly string[]): PublishOptions | 'help' | 'version' {
  const { switches, values, lists } = readOptions(command, optionsOf(command), args);
  if (switches.has('help')) return 'help';
  if (switches.has('version')) return 'version';
  const groups = lists.group ?? [];
  if (!groups.every(isGroupPath)) throw new UsageError('--group needs the full path of a group, such as acme/web.');
  return { ...values, groups, prune: switches.has('prune'), yes: switches.has('yes'), json: switches.has('json'), verbose: switches.has('verbose') };
}

export function publishHelp(command: PublishCommand): string {
  const { usage, does } = commands[command];
  const exitCodes = 'Exit codes: 0 done; 1 something failed; 2 wrong usage or unreadable configuration; 3 GitLab could not be used at all; 130 interrupted.';
  return [`Usage: ${usage}`, '', ...does, '', 'Options', ...helpLines(optionsOf(command)), '', exitCodes].join('\n');
}

export function publishUsage(command: PublishCommand): string {
  return `Usage: ${commands[command].usage}\nbadgesmith ${command} --help says more.`;
}

/** A line for each command, for the help of the whole. */
export const publishOverview: readonly string[] = [
  '  plan        shows what would change of the badges on GitLab; writes nothing',
  '  apply       makes GitLab show the badges of the configuration',
  '  import      writes the badges that GitLab shows into the configuration',
];

const commands: Record<PublishCommand, { readonly usage: string; readonly does: readonly string[] }> = {
  plan: {
    usage: 'badgesmith plan [--prune]',
    does: ['Compares the section `publish` of the configuration with what GitLab shows, and writes nothing.', 'Changes to be made are no failure: the exit code is 0 with them and without.'],
  },
  apply: {
    usage: 'badgesmith apply [--prune] [--yes]',
    does: ['Makes GitLab show the badges of the section `publish`. On a terminal it shows the plan and asks first;', 'elsewhere it needs --yes. It can be interrupted and run again at any time.'],
  },
  import: {
    usage: 'badgesmith import [--group PATH…] [--out FILE]',
    does: ['Adds the badges that GitLab shows to the section `publish`: those of the project, and of the groups that are', 'listed there or named. The rest of the file stays as it is. Without a configuration it makes .gitlab/badges.yaml.'],
  },
};

const all = publishCommands;
const optionTable = [
  { name: 'token', short: '-t', takes: 'a token', of: all, help: 'GitLab token; writing needs the scope api. Better in the environment: GITLAB_TOKEN' },
  { name: 'prune', short: '', takes: '', of: ['plan', 'apply'], help: 'delete badges that are not listed, as `prune: true` in the configuration' },
  { name: 'yes', short: '', takes: '', of: ['apply'], help: 'do not ask' },
  { name: 'group', short: '', takes: 'a path', many: true, of: ['import'], help: 'groups whose badges are to be imported, too' },
  { name: 'out', short: '', takes: 'a file', of: ['import'], help: 'the file to add the badges to, or to make' },
  { name: 'project', short: '', takes: 'an id or a path', of: all, help: 'the project on its GitLab' },
  { name: 'server', short: '', takes: 'a URL', of: all, help: 'address of the GitLab, e.g. https://gitlab.example.com' },
  { name: 'config', short: '', takes: 'a file', of: all, help: 'configuration; else .gitlab/badges.yaml, .yml, .toml or pyproject.toml' },
  { name: 'cache', short: '', takes: 'a folder', of: all, help: 'keeps answers of GitLab for the next run' },
  { name: 'json', short: '', takes: '', of: all, help: 'one JSON document on standard output' },
  { name: 'verbose', short: '', takes: '', of: all, help: 'says what it does, on standard error' },
  { name: 'version', short: '-V', takes: '', of: all, help: 'the version' },
  { name: 'help', short: '-h', takes: '', of: all, help: 'this text' },
] as const satisfies readonly (Option & { readonly of: readonly PublishCommand[] })[];

function optionsOf(command: PublishCommand) {
  return optionTable.filter(({ of }) => (of as readonly PublishCommand[]).includes(command));
}
