import { badgeStyles, defaultStyle } from '../core/badge';
import { junitStems } from '../core/junitStems';
import { builtInLogos } from '../core/logoNames';
import type { Field, ListShape, RecordShape, RowShape, Shape, TextShape, ValueOf } from './shape';

const style = { type: 'text', expected: 'a style', allowed: badgeStyles } as const satisfies TextShape;
const color = { type: 'text', expected: 'a colour', check: 'color', asWritten: true } as const satisfies TextShape;
const badgeLabel = { type: 'text', expected: 'a label', check: 'label', asWritten: true } as const satisfies TextShape;
const message = { type: 'text', expected: 'a message', asWritten: true } as const satisfies TextShape;
const path = { type: 'text', expected: 'a path inside the workspace folder', check: 'path' } as const satisfies TextShape;
const report = { ...path, source: 'report' } as const satisfies TextShape;
const badgeUrl = { type: 'text', expected: 'a URL', source: 'badgeUrl' } as const satisfies TextShape;
const link = { type: 'text', expected: 'an http or https URL', check: 'link' } as const satisfies TextShape;

const logo = { type: 'text', expected: 'the name of a logo, or a data:image/…;base64,… URI', check: 'logo', suggested: builtInLogos } as const satisfies TextShape;
const logoDoc = 'Picture before the label: the name of a logo of Simple Icons such as `gitlab`, or a `data:image/…;base64,…` URI.';

/** `static_badges` of a badge without a colour. */
export const defaultStaticColor = 'lightgrey';

/** `template_badges` of a badge without a colour. */
export const defaultTemplateColor = 'blue';

const colorOrThresholds = {
  type: 'either',
  expected: 'a colour, or a table of colours by value such as { 0: red, 80: green }',
  options: [
    color,
    { type: 'map', expected: 'a table of colours by value', keys: 'the value from which the colour counts, in the unit of the message', numericKeys: true, suggested: ['0', '60', '80', '95'], mayBeEmpty: false, values: color },
  ],
} as const satisfies Shape;

/** How a badge looks besides its texts and its colour. */
const lookFields = [
  { key: 'label_color', shape: color, doc: 'Colour of the left part, without it grey.' },
  { key: 'style', shape: style, doc: 'How this badge is drawn.' },
  { key: 'logo', shape: logo, doc: logoDoc },
  { key: 'logo_color', shape: color, doc: 'Colour of a logo by name. Without it the brand’s own, or a light one where that would vanish.' },
  { key: 'logo_size', shape: { type: 'text', expected: 'a size', allowed: ['auto'] }, doc: '`auto` lets a picture that is wider than it is high keep its shape; without it, it has to fit a square.' },
  { key: 'cache_seconds', shape: { type: 'number', expected: 'a whole number of seconds, 0 or more', unit: 'seconds', whole: true, min: 0, suggested: [3600] }, doc: 'How long shields may keep the badge where it shows its JSON file.' },
] as const satisfies readonly Field[];

const linkField = { key: 'link', shape: link, doc: 'Where a click on the badge leads: an http or https URL.' } as const satisfies Field;

const staticRow = {
  type: 'row',
  expected: 'a row [label, message, color]',
  cells: [
    { name: 'label', shape: badgeLabel },
    { name: 'message', shape: message },
    { name: 'color', shape: color },
  ],
} as const satisfies RowShape;

const staticTable = {
  type: 'record',
  name: 'badge',
  expected: 'a table { label, message, color, logo, link }',
  isStrict: true,
  fields: [
    { key: 'label', shape: badgeLabel, required: true, doc: 'Left part of the badge. In lower case, with `_` for white space, it names the file too.' },
    { key: 'message', shape: message, required: true, doc: 'Right part of the badge.' },
    { key: 'color', shape: color, usual: true, default: defaultStaticColor, doc: 'Colour of the right part: a name such as `brightgreen`, a hex colour such as `#4c1`, or any CSS colour.' },
    ...lookFields,
    linkField,
  ],
} as const satisfies RecordShape;

const templateTable = {
  type: 'record',
  name: 'badge',
  expected: 'a table { label, message, values, color }',
  isStrict: true,
  fields: [
    { key: 'label', shape: badgeLabel, required: true, doc: 'Left part of the badge. In lower case, with `_` for white space, it names the file too.' },
    {
      key: 'message',
      shape: { type: 'text', expected: 'a text with expressions such as {release.tag}', source: 'template', asWritten: true },
      required: true,
      doc: 'Right part of the badge. What stands in braces is put in: a fact, a value of `values`, numbers with `+ - * /` and brackets, and filters behind `|`, such as `{release.tag} · {coverage|round}%`. `{{` stands for a brace.',
    },
    {
      key: 'values',
      shape: {
        type: 'map',
        expected: 'a table of values by name',
        keys: 'the name that the message knows the value by',
        suggested: ['version'],
        mayBeEmpty: true,
        values: {
          type: 'record',
          expected: 'a table { file, key } or { command }',
          isStrict: true,
          fields: [
            { key: 'file', shape: { type: 'text', expected: 'a path inside the workspace folder', check: 'path', source: 'valueFile' }, usual: true, doc: 'A file of the workspace folder: JSON, TOML or YAML, or any text file, of which the first line counts.' },
            { key: 'key', shape: { type: 'text', expected: 'the way to a value, such as project.version', suggested: ['version', 'project.version'], asWritten: true }, usual: true, doc: 'Where in the file: keys with points between them, such as `project.version`, `packages[0].name` or `dependencies["@types/node"]`.' },
            {
              key: 'command',
              shape: { type: 'list', expected: 'a program and its arguments, as a list', notEmpty: true, items: { type: 'text', expected: 'a text', mayBeEmpty: true, asWritten: true } },
              doc: 'A program and its arguments, whose first line of output counts. It is run on the command line only, where `--allow-commands` is given, without a shell and without tokens; never in the editor.',
            },
          ],
        },
      },
      doc: 'Values that are no facts, by the names that the message knows them by.',
    },
    { key: 'value', shape: { type: 'text', expected: 'an expression such as closed_issues / issues', source: 'expression', asWritten: true }, doc: 'The number that colours by value go by, as an expression without braces. Without it the first number of the message.' },
    { key: 'color', shape: colorOrThresholds, default: defaultTemplateColor, doc: 'A colour, or colours by value as under `badges`.' },
    ...lookFields,
    linkField,
  ],
} as const satisfies RecordShape;

const branch = { type: 'text', expected: 'the name of a branch', source: 'branch', asWritten: true } as const satisfies TextShape;

/** A file of the last successful pipeline. */
const artifact = {
  type: 'record',
  name: 'artifact',
  expected: 'a table { job, path, branch }',
  isStrict: true,
  fields: [
    { key: 'job', shape: { type: 'text', expected: 'the name of a job', source: 'job', asWritten: true }, required: true, doc: 'The CI job that keeps the file as an artifact.' },
    { key: 'path', shape: { type: 'text', expected: 'a path within the artifacts', check: 'path', asWritten: true }, required: true, doc: 'The file within the artifacts.' },
    { key: 'branch', shape: branch, doc: 'Whose last successful pipeline is looked at; without it the default branch.' },
  ],
} as const satisfies RecordShape;

const reportPaths = {
  type: 'either',
  expected: 'a path, a glob, an artifact { job, path }, or a list of them',
  options: [report, artifact, { type: 'list', expected: 'a list of paths, globs and artifacts', items: { type: 'either', expected: 'a path, a glob, or an artifact { job, path }', options: [report, artifact] } }],
} as const satisfies Shape;

const publishedBadges = {
  type: 'list',
  expected: 'a list of badges, each { name, link_url, image_url }',
  items: {
    type: 'record',
    name: 'badge',
    expected: 'a table { name, link_url, image_url }',
    fields: [
      { key: 'name', shape: { type: 'text', expected: 'a name', source: 'badgeName', asWritten: true }, usual: true, doc: 'Name of the badge on GitLab, by which it is found again.' },
      { key: 'link_url', shape: badgeUrl, required: true, doc: 'Where a click leads. May hold placeholders of GitLab such as `%{project_path}`, but not in the host.' },
      { key: 'image_url', shape: badgeUrl, required: true, doc: 'The picture. May hold placeholders of GitLab such as `%{default_branch}`, but not in the host.' },
    ],
  },
} as const satisfies ListShape;

/** Everything that `.gitlab/badges.yaml`, `.gitlab/badges.toml` and `[tool.badges_gitlab]` of `pyproject.toml` may hold. */
export const generatorFields = {
  type: 'record',
  expected: 'a table of settings',
  fields: [
    { key: 'path', shape: path, default: 'public/badges', doc: 'Folder the badges are written to, inside the workspace folder.' },
    { key: 'style', shape: style, default: defaultStyle, doc: 'How all badges are drawn.' },
    {
      key: 'facts',
      shape: {
        type: 'either',
        expected: '“all” or a list of fact badges',
        options: [
          { type: 'text', expected: '“all” or a list of fact badges', allowed: ['all'] },
          { type: 'list', expected: 'a list of fact badges', items: { type: 'text', expected: 'a fact badge', check: 'fact' } },
        ],
      },
      default: 'all',
      doc: 'Which badges about the project are made: `all`, which are the 21 of badges-gitlab, or a list of stems. In a list `all` stands for those, so `[all, pipeline]` adds one.',
    },
    { key: 'junit_xml', shape: reportPaths, doc: 'JUnit reports to make the test badges from: paths and globs in the workspace folder, or artifacts of the last successful pipeline, such as `{ job: test, path: junit.xml }`.' },
    {
      key: 'junit_badges',
      shape: {
        type: 'either',
        expected: '“all” or a list of test badges',
        options: [
          { type: 'text', expected: '“all” or a list of test badges', allowed: ['all'] },
          { type: 'list', expected: 'a list of test badges', items: { type: 'text', expected: 'a test badge', allowed: ['all', ...junitStems] } },
        ],
      },
      default: 'all',
      doc: 'Which badges JUnit reports make: `all`, which are the four of badges-gitlab, or a list. In a list `all` stands for those; beyond them there are `pass_rate` and `slowest_suite`.',
    },
    { key: 'coverage_report', shape: reportPaths, doc: 'Coverage reports to make the badge `coverage` from, in percent of lines: paths, globs and artifacts as for `junit_xml`.' },
    { key: 'findings_report', shape: reportPaths, doc: 'SARIF logs and Code Quality reports of GitLab to make the badge `findings` from, by severity: paths, globs and artifacts as for `junit_xml`.' },
    {
      key: 'static_badges',
      shape: {
        type: 'list',
        expected: 'a list of badges, each [label, message, color] or { label, message, color, logo, link }',
        items: { type: 'either', expected: '[label, message, color] or { label, message, color, logo, link }', options: [staticRow, staticTable] },
      },
      doc: 'Badges with a fixed text.',
    },
    {
      key: 'template_badges',
      shape: { type: 'list', expected: 'a list of badges, each { label, message, values, color }', items: templateTable },
      doc: 'Badges whose text is put together from facts, and from values of files and commands.',
    },
    { key: 'link_badges', shape: { type: 'list', expected: 'a list of URLs', items: link }, doc: 'URLs of SVG badges that are downloaded. No token is sent to them.' },
    {
      key: 'badges',
      shape: {
        type: 'map',
        expected: 'a table of badges by stem',
        keys: 'the stem of a badge: its file name without ending',
        source: 'stem',
        mayBeEmpty: true,
        values: {
          type: 'record',
          expected: 'a table { label, color, style, logo } and options of the fact',
          isStrict: true,
          fields: [
            { key: 'label', shape: { type: 'text', expected: 'a label', mayBeEmpty: true, asWritten: true }, doc: 'Another label; the file keeps its name. Empty: no left part.' },
            {
              key: 'color',
              shape: colorOrThresholds,
              doc: 'A colour, or colours by value: the greatest number that is not above the value decides, below all of them the smallest. In TOML a number with a point stands in quotes.',
            },
            ...lookFields,
            { key: 'branch', shape: branch, doc: 'For `pipeline`, `coverage` of GitLab, `last_commit` and `commit_age`: another branch than the default one.' },
            { key: 'job', shape: { type: 'text', expected: 'the name of a job', source: 'job', asWritten: true }, doc: 'For `coverage` of GitLab: that of this job, instead of the mean of all.' },
            { key: 'labels', shape: { type: 'list', expected: 'a list of labels', notEmpty: true, items: { type: 'text', expected: 'a label of GitLab', check: 'oneLabel', asWritten: true } }, doc: 'For the badges of issues and merge requests: only those with all of these labels count.' },
            { key: 'milestone', shape: { type: 'text', expected: 'the title of a milestone', asWritten: true }, doc: 'For the badges of issues and merge requests: only those of this milestone count. `milestone` shows its progress; without a title, that of the active milestone due next.' },
            { key: 'prerelease', shape: { type: 'boolean', expected: 'true or false' }, doc: 'For `release_version`, `tag_version` (default false) and `package` (default true): whether versions such as `2.0.0-rc.1` count.' },
            { key: 'package', shape: { type: 'text', expected: 'the name of a package', asWritten: true }, doc: 'For `package`: the name of the package whose latest version is shown. Without it, the package published last.' },
          ],
        },
      },
      doc: 'Changes to single badges, and what narrows a fact down, by stem.',
    },
    {
      key: 'publish',
      shape: {
        type: 'record',
        expected: 'a table { prune, project, groups }',
        fields: [
          { key: 'prune', shape: { type: 'boolean', expected: 'true or false' }, default: false, doc: 'Plan the deletion of badges on GitLab that are not listed, for the project (if `project` is given, be it empty) and every group under `groups`.' },
          { key: 'project', shape: publishedBadges, doc: 'Badges of the project on GitLab.' },
          {
            key: 'groups',
            shape: { type: 'map', expected: 'a table of lists of badges, by group', keys: 'the full path of a group, such as acme/web', source: 'group', mayBeEmpty: true, values: publishedBadges },
            doc: 'Badges of groups on GitLab, by the full path of the group.',
          },
        ],
      },
      doc: 'Badges on GitLab itself.',
    },
  ],
} as const satisfies RecordShape;

/** Such a file, as it is written. */
export type GeneratorFile = ValueOf<typeof generatorFields>;
