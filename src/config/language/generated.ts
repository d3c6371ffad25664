import { decisionFields } from '../decisionFields';
import { endpointFields } from '../endpointFields';
import { generatorFields } from '../fields';
import { levelsFields } from '../levelsFields';
import type { RecordShape, TableShape } from '../shape';
import { subsequentUseFields } from '../subsequentUseFields';
import { fieldRows, jsonSchemaOf } from './jsonSchema';

/*
 * What is written down elsewhere of the tables of fields: `npm run generate` writes it, and a test says where it is out of date.
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

/** The text with the tables of fields between their marks brought up to date. */
export function withFieldTables(readme: string): string {
  return Object.entries({ generator: generatorFields, levels: levelsFields }).reduce((text, [name, shape]) => {
    const [start, end] = [`<!-- fields of ${name}: made by npm run generate -->`, `<!-- end of fields of ${name} -->`];
    const from = text.indexOf(start);
    const to = text.indexOf(end);
    if (from < 0 || to < from) throw new Error(`README.md has no marks for the fields of ${name}.`);
    return `${text.slice(0, from + start.length)}\n${table(shape)}\n${text.slice(to)}`;
  }, readme);
}

function table(shape: RecordShape): string {
  const rows = fieldRows(shape).map((cells) => `| ${cells.map((cell, index) => (index === 0 ? `\`${cell}\`` : cell.replaceAll('|', '\\|'))).join(' | ')} |`);
  return ['', '| key | value | default | |', '|---|---|---|---|', ...rows, ''].join('\n');
}
