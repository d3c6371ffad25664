import { factDetails } from '../../core/facts';
import { filterNames, filterTable } from '../../core/template/filters';
import { templateNames } from '../../core/template/names';
import { badgeDockerfile, usualBadgeJob } from '../badgeJob';
import { decisionFields } from '../decisionFields';
import { endpointFields } from '../endpointFields';
import { generatorFields } from '../fields';
import { levelsFields } from '../levelsFields';
import type { RecordShape, TableShape } from '../shape';
import { subsequentUseFields } from '../subsequentUseFields';
import { fieldRows, jsonSchemaOf } from './jsonSchema';

/*
 * What is written down elsewhere of the tables of fields and of the CI jobs: `npm run generate` writes it, and a test says where it is out of date.
 */

/** Texts of the files in media/schemas, by name. */
export function schemaFiles(): Readonly<Record<string, string>> {
  const file = (shape: TableShape, title: string, description: string) => `${JSON.stringify(jsonSchemaOf(shape, { title, description }), null, 2)}\n`;
  return {
    'badges.schema.json': file(generatorFields, 'Badges', 'Configuration of Badgesmith: .gitlab/badges.yaml, .gitlab/badges.toml and the table [tool.badges_gitlab] of pyproject.toml.'),
    'badge-api.schema.json': file(levelsFields, 'Leveled badges', 'Badges with levels: .badge-api.yaml.'),
    'endpoint.schema.json': file(endpointFields, 'Badge', 'A badge in the form of a shields endpoint.'),
    'decision.schema.json': file(decisionFields, 'Decision', 'Which projects pass a check of type MANUAL.'),
    'subsequent-use.schema.json': file(subsequentUseFields, 'Subsequent use', 'Organisations that use a project, by its URL, for checks of type SUBSEQUENT_USE.'),
  };
}

/** What stands in the README between marks, by what the marks call it. */
const readmeParts: Readonly<Record<string, () => string>> = {
  'fields of generator': () => fieldTable(generatorFields),
  'words of templates': templateTables,
  'fields of levels': () => fieldTable(levelsFields),
  'the badge job': () => fenced('yaml', usualBadgeJob('generate')),
  'the job for merge requests': () => fenced('yaml', usualBadgeJob('review')),
  'the image': () => fenced('dockerfile', badgeDockerfile.trimEnd()),
};

/** The text with what stands between its marks brought up to date. */
export function withGeneratedParts(readme: string): string {
  return Object.entries(readmeParts).reduce((text, [name, make]) => {
    const [start, end] = [`<!-- ${name}: made by npm run generate -->`, `<!-- end of ${name} -->`];
    const from = text.indexOf(start);
    const to = text.indexOf(end);
    if (from < 0 || to < from) throw new Error(`README.md has no marks for ${name}.`);
    return `${text.slice(0, from + start.length)}\n${make()}\n${text.slice(to)}`;
  }, readme);
}

function fenced(language: string, text: string): string {
  return ['', `\`\`\`${language}`, text, '```', ''].join('\n');
}

function fieldTable(shape: RecordShape): string {
  return table(['key', 'value', 'default', ''], fieldRows(shape));
}

function templateTables(): string {
  const details = factDetails.map((name) => [name, templateNames.get(name) ?? '']);
  const filters = filterNames.map((name) => [name, filterTable[name].doc, `\`{${filterTable[name].example}}\``]);
  return table(['name', ''], details) + table(['filter', '', 'such as'], filters);
}

/** The first cell of each row is a word of ours. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const written = rows.map((cells) => `| ${cells.map((cell, index) => (index === 0 ? `\`${cell}\`` : cell.replaceAll('|', '\\|'))).join(' | ')} |`);
  return ['', `| ${head.join(' | ')} |`.replace(/ +\|$/, ' |'), `|${'---|'.repeat(head.length)}`, ...written, ''].join('\n');
}
