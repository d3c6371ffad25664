import { nearestColorName } from '../core/color';

/** Says that a text is no colour, and which one was probably meant. */
export function unknownColor(text: string, key = 'color'): string {
  const nearest = nearestColorName(text);
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return `unknown ${key} "${shown}"${nearest === null ? '.' : `, did you mean "${nearest}"?`} Use a name such as green, yellow or red, or a CSS colour such as #4c1.`;
}
