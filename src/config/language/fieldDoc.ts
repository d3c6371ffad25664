import type { Field, Shape } from '../shape';
import { simple } from './document';

/** What a field does, what may stand there and what counts without it: Markdown. */
export function fieldDoc(field: Field): string {
  const facts = [
    field.required ? 'Required.' : '',
    field.default === undefined ? '' : `Default: \`${String(field.default)}\`.`,
    unitOf(field.shape),
    field.replacedBy === undefined ? '' : `An older spelling: write \`${field.replacedBy}\`.`,
  ].filter(Boolean);
  return [field.doc, valuesDoc(field.shape), facts.join(' ')].filter(Boolean).join('\n\n');
}

/** The allowed values with what they mean, if it is said. */
function valuesDoc(shape: Shape): string {
  return simple(shape)
    .flatMap((option) => (option.type === 'text' && option.allowed && option.allowed.length > 1 ? [option] : []))
    .map(({ allowed = [], valueDocs = {} }) => (allowed.some((value) => valueDocs[value]) ? allowed.map((value) => `- \`${value}\`${valueDocs[value] ? `: ${valueDocs[value]}` : ''}`).join('\n') : `One of ${allowed.map((value) => `\`${value}\``).join(', ')}.`))
    .join('\n\n');
}

function unitOf(shape: Shape): string {
  const [first] = simple(shape);
  return first?.type === 'number' && first.unit !== undefined ? `Unit: ${first.unit}.` : '';
}
