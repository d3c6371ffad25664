/**
 * Writes options as GitLab reads them: names in snake_case, lists as `name[]=`, objects as `name[key]=`, dates in ISO 8601.
 * What is undefined is left out, null becomes empty.
 */
export function encodeQuery(options: Readonly<Record<string, unknown>>): string {
  const pairs = new URLSearchParams();
  const add = (name: string, value: unknown): void => {
    if (value === undefined) return;
    if (Array.isArray(value)) value.forEach((item) => add(`${name}[]`, item));
    else if (value instanceof Date) pairs.append(name, value.toISOString());
    else if (isRecord(value)) Object.entries(value).forEach(([key, inner]) => add(`${name}[${snakeCase(key)}]`, inner));
    else if (value === null) pairs.append(name, '');
    else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') pairs.append(name, `${value}`);
    else throw new TypeError(`${name} cannot be written into a query.`);
  };
  for (const [key, value] of Object.entries(options)) add(snakeCase(key), value);
  return pairs.toString();
}

/** The same value with the names of all its objects in snake_case, as GitLab reads JSON bodies. */
export function snakeCaseNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeCaseNames);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [snakeCase(key), snakeCaseNames(inner)]));
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !(value instanceof Date) && !Array.isArray(value);
}
