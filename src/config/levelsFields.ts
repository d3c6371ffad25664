import { checkTypeAliases, checkTypes, type CheckType } from '../core/levels/definition';
import type { BooleanShape, NumberShape, RecordShape, TextShape, ValueOf } from './shape';

/** Names of the key that says that higher levels do not need a level: the one that counts, and the older one. */
export const notNecessaryKeys = ['notNecessaryForNextHigherLevel', 'notNecessaryForNextHigherLevels'] as const;

/** Farthest back that a check may look: older than any GitLab. */
export const maxTimeRangeInMonths = 1200;

const link = { type: 'text', expected: 'an http or https URL', check: 'link' } as const satisfies TextShape;
const fileLink = { ...link, check: 'fileLink' } as const satisfies TextShape;
const description = (of: string) => ({ key: 'description', shape: { type: 'text', expected: 'a description', mayBeEmpty: true, asWritten: true }, doc: `What the ${of} is about, for people.` }) as const;
const bound = { type: 'number', expected: 'a number, 0 or more', min: 0 } as const satisfies NumberShape;

/** What each check measures, in a sentence for people. */
export const checkDocs: Readonly<Record<CheckType, string>> = {
  COMMITS: 'Commits on the default branch in the range.',
  ISSUE_REACTION_TIME: 'Mean time in days from the creation of an issue to the first reaction, over the issues created in the range; issues of members are left out. It is `max` that decides.',
  BUS_FACTOR: 'Smallest number of people who together made at least half of the commits in the range.',
  ELEPHANT_FACTOR: 'Smallest number of organisations, told apart by the domain of the e-mail address, that together made at least half of the commits in the range.',
  RELEASES: 'Releases and tags in the range; a release and its tag count once.',
  PACKAGES: 'Package versions, container images and releases with asset links in the range.',
  CI_PIPELINES: 'Successful pipelines in the range.',
  SUBSEQUENT_USE: 'Organisations that reported productive use.',
  CODE_REVIEW: 'Share, in percent, of the merge requests merged in the range that were reviewed.',
  PROTECTED_BRANCHES:
    'Least access level that may push to the default branch: 30 Developer, 40 Maintainer, 60 administrator, 100 no one; 0 where the branch is not protected or open to force push.',
  MANUAL: 'Whether the JSON file at `decisionJsonUrl` lists the project.',
};

const threshold = {
  type: 'record',
  expected: 'a table { timeRangeInMonths, min, max }',
  isStrict: true,
  fields: [
    {
      key: 'timeRangeInMonths',
      shape: { type: 'number', expected: 'a whole number of months, 1 or more', unit: 'months', whole: true, suggested: [1, 3, 6, 12], min: 1, max: maxTimeRangeInMonths },
      usual: true,
      doc: 'How far back the check looks, in calendar months. Left out: 30 days.',
    },
    { key: 'min', shape: bound, usual: true, doc: 'The check passes from this value on, in the unit of its type.' },
    { key: 'max', shape: bound, doc: 'The check passes up to this value, in the unit of its type.' },
  ],
} as const satisfies RecordShape;

const check = {
  type: 'record',
  name: 'check',
  expected: 'a table { type, description, threshold }',
  isStrict: true,
  fields: [
    {
      key: 'type',
      shape: {
        type: 'text',
        expected: 'a check type',
        allowed: checkTypes,
        aliases: checkTypeAliases,
        valueDocs: { ...checkDocs, ...Object.fromEntries(Object.entries(checkTypeAliases).map(([alias, type]) => [alias, `Another name for \`${type}\`.`])) },
      },
      required: true,
      doc: 'What is measured.',
    },
    description('check'),
    { key: 'threshold', shape: threshold, usual: true, doc: 'What the measured value has to be. Every type but `MANUAL` needs `min` or `max`.' },
    {
      key: 'decisionJsonUrl',
      shape: fileLink,
      doc: 'For `MANUAL`, and only there: a JSON file `{"granted": [url, …], "grantedRegex": [pattern, …]}` that says which projects pass. The token of the GitLab that it lies on is sent along, no other.',
    },
  ],
} as const satisfies RecordShape;

const trueOrFalse = { type: 'boolean', expected: 'true or false' } as const satisfies BooleanShape;
const notNecessaryDoc = 'Whether higher levels can be reached without this one.';

const level = {
  type: 'record',
  name: 'level',
  expected: 'a table { name, description, svgUrl, checks }',
  isStrict: true,
  fields: [
    { key: 'name', shape: { type: 'text', expected: 'a name', suggested: ['bronze', 'silver', 'gold'], asWritten: true }, required: true, doc: 'The message of the badge at this level, such as `gold`.' },
    description('level'),
    { key: 'svgUrl', shape: fileLink, doc: 'Picture of the badge at this level. Left out: it is drawn. The token of the GitLab that it lies on is sent along, no other.' },
    { key: notNecessaryKeys[0], shape: trueOrFalse, default: false, doc: notNecessaryDoc },
    { key: notNecessaryKeys[1], shape: trueOrFalse, default: false, doc: notNecessaryDoc, replacedBy: notNecessaryKeys[0] },
    { key: 'checks', shape: { type: 'list', expected: 'a list of checks', items: check }, required: true, doc: 'What has to pass for this level, besides the lower levels.' },
  ],
} as const satisfies RecordShape;

const badge = {
  type: 'record',
  name: 'badge',
  expected: 'a table { id, description, levels }',
  isStrict: true,
  fields: [
    { key: 'id', shape: { type: 'text', expected: 'an id', check: 'id', asWritten: true }, required: true, doc: 'Name of the badge, and in lower case of its file. No two badges share one.' },
    description('badge'),
    { key: 'levels', shape: { type: 'list', expected: 'a list of levels', items: level, notEmpty: true }, required: true, doc: 'The levels, the lowest first.' },
  ],
} as const satisfies RecordShape;

const gitClient = {
  type: 'record',
  name: 'GitLab',
  expected: 'a table { baseUrl, tokenFile, type, maxRequestsPerSecond }',
  fields: [
    { key: 'baseUrl', shape: { type: 'text', expected: 'the address of a GitLab', check: 'instance' }, required: true, doc: 'Address of the GitLab, such as `https://gitlab.example.com`.' },
    {
      key: 'tokenFile',
      shape: { type: 'text', expected: 'the path of a file', check: 'tokenFile' },
      doc: 'File that holds the token and nothing else, relative to this file or absolute. It is for the command line; in the editor you sign in, and where you have not, it serves the levels of a project on this GitLab.',
    },
    { key: 'type', shape: { type: 'text', expected: 'a kind of server', allowed: ['gitlab'] }, default: 'gitlab', doc: 'Kind of server.' },
    {
      key: 'maxRequestsPerSecond',
      shape: { type: 'number', expected: 'a number above 0', unit: 'requests per second', above: 0 },
      doc: 'The most requests a second that this GitLab gets; `0.5` is one in two seconds. Left out: as fast as it answers and allows.',
    },
  ],
} as const satisfies RecordShape;

/** Everything that `.badge-api.yaml` may hold. */
export const levelsFields = {
  type: 'record',
  expected: 'a table of settings',
  fields: [
    { key: 'gitClients', shape: { type: 'list', expected: 'a list of GitLab servers', items: gitClient }, doc: 'The GitLab servers that are asked, and the token of each.' },
    { key: 'badges', shape: { type: 'list', expected: 'a list of badges', items: badge }, doc: 'The leveled badges.' },
    {
      key: 'personalEmailDomains',
      shape: { type: 'list', expected: 'a list of domains', items: { type: 'text', expected: 'a domain', check: 'domain', suggested: ['gmail.com', 'gmx.de', 'outlook.com', 'web.de'] } },
      doc: 'Domains of e-mail addresses that stand for no organisation, such as `gmail.com`, for the elephant factor.',
    },
    {
      key: 'remoteConfigUrl',
      shape: link,
      doc: 'A YAML file whose `badges` and `personalEmailDomains` take the place of those here. `<badge-config-repo>` in it stands for its own address up to the last `/`, and in a file of this machine for the folder of that. The environment variable `REMOTE_CONFIG_URL` comes before it.',
    },
    { key: 'subsequentUseApiDomain', shape: { type: 'text', expected: 'a domain' }, doc: 'Domain of the service that knows who uses the project, for `SUBSEQUENT_USE`.' },
  ],
} as const satisfies RecordShape;

/** Such a file, as it is written. */
export type LevelsFile = ValueOf<typeof levelsFields>;
