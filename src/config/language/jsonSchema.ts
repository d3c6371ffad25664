import type { Field, RecordShape, Shape, TableShape } from '../shape';
import { simple } from './document';

/** A JSON Schema, draft 7, with what VS Code adds to it for people. */
type JsonSchema = { readonly [keyword: string]: unknown };

/** What a shape says about types, keys and values. Rules beyond these, such as whether a colour is one, are not in it. */
export function jsonSchemaOf(shape: TableShape, about: { readonly title: string; readonly description: string }): JsonSchema {
  return { $schema: 'http://json-schema.org/draft-07/schema#', ...about, ...schemaOf(shape) };
}

function schemaOf(shape: Shape): JsonSchema {
  switch (shape.type) {
    case 'text':
      return {
        // A number without quotes is taken as it is written.
        type: shape.asWritten ? ['string', 'number', 'boolean'] : 'string',
        ...(shape.allowed && { enum: [...shape.allowed, ...Object.keys(shape.aliases ?? {})] }),
        ...(shape.allowed && shape.valueDocs && { markdownEnumDescriptions: [...shape.allowed, ...Object.keys(shape.aliases ?? {})].map((value) => shape.valueDocs?.[value] ?? '') }),
        ...(!shape.allowed && shape.suggested && { examples: shape.suggested }),
        // What is checked beyond the type is told by ourselves.
        ...(!shape.allowed && !shape.check && !shape.mayBeEmpty && { pattern: '\\S', patternErrorMessage: `Expected ${shape.expected}.` }),
      };
    case 'number':
      return {
        type: shape.whole ? 'integer' : 'number',
        ...(shape.min !== undefined && { minimum: shape.min }),
        ...(shape.above !== undefined && { exclusiveMinimum: shape.above }),
        ...(shape.max !== undefined && { maximum: shape.max }),
        ...(shape.suggested && { examples: shape.suggested }),
      };
    case 'boolean':
      return { type: 'boolean' };
    case 'list':
      return { type: 'array', items: schemaOf(shape.items), ...(shape.notEmpty && { minItems: 1 }) };
    case 'row':
      return { type: 'array', items: shape.cells.map(({ name, shape: cell }) => ({ title: name, ...schemaOf(cell) })), minItems: shape.cells.length, maxItems: shape.cells.length, additionalItems: false };
    case 'record': {
      const required = shape.fields.filter((field) => field.required).map(({ key }) => key);
      return {
        type: 'object',
        properties: Object.fromEntries(shape.fields.map((field) => [field.key, fieldSchema(field)])),
        ...(required.length > 0 && { required }),
        additionalProperties: shape.isOpen ?? false,
      };
    }
    case 'map':
      return {
        type: 'object',
        ...(shape.numericKeys ? { patternProperties: { [numericKey]: schemaOf(shape.values) }, additionalProperties: false } : { additionalProperties: schemaOf(shape.values) }),
        ...(!shape.mayBeEmpty && { minProperties: 1 }),
      };
    case 'either':
      return { anyOf: shape.options.map(schemaOf) };
  }
}

/** As `numberKey` reads it. */
const numericKey = '^[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?$';

function fieldSchema({ shape, doc, default: fallback, replacedBy }: Field): JsonSchema {
  return {
    ...schemaOf(shape),
    description: plainText(doc),
    markdownDescription: doc,
    ...(fallback !== undefined && { default: fallback }),
    ...(replacedBy !== undefined && { deprecated: true, deprecationMessage: `An older spelling: write ${replacedBy}.`, doNotSuggest: true }),
  };
}

/** For readers of a schema that show no Markdown. */
function plainText(markdown: string): string {
  return markdown.replace(/`/g, '');
}

/** The rows of a table of fields: key by its path, what may stand there, what counts without it, and what it does. */
export function fieldRows(shape: RecordShape, prefix = ''): readonly (readonly [key: string, value: string, fallback: string, doc: string])[] {
  return shape.fields
    .filter(({ replacedBy }) => replacedBy === undefined)
    .flatMap((field) => {
      const path = `${prefix}${field.key}`;
      const fallback = field.required ? 'required' : field.default === undefined ? '' : `\`${String(field.default)}\``;
      const options = simple(field.shape);
      return [[path, field.shape.expected, fallback, field.doc] as const, ...options.flatMap((option) => innerRows(option, path, options))];
    });
}

/** A table that may stand alone or in a list, as `options` say, is shown once. */
function innerRows(shape: Exclude<Shape, { type: 'either' }>, path: string, options: readonly Shape[] = []): ReturnType<typeof fieldRows> {
  switch (shape.type) {
    case 'record':
      return fieldRows(shape, `${path}.`);
    case 'list':
      return simple(shape.items).flatMap((item) => (item.type === 'record' && !options.includes(item) ? fieldRows(item, `${path}[].`) : []));
    case 'map':
      return simple(shape.values).flatMap((value) => innerRows(value, `${path}.<${shape.keys.split(/[:,]| from /)[0]?.replace(/^(?:the|an?) /, '') ?? 'key'}>`));
    default:
      return [];
  }
}
