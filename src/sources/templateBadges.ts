import { redacted } from '../config/secrets';
import type { Badge } from '../core/badge';
import type { Written } from '../core/definition';
import type { Origin } from '../core/fact';
import { type BrokenBadge, mistakeIn, withLook } from '../core/look';
import { stemOf } from '../core/stem';
import { namesInBadge, type TemplateBadge, type ValueSource } from '../core/template/badge';
import { type Named, render, renderNumber } from '../core/template/render';
import { colorFor } from '../core/threshold';
import { parseVersion } from '../core/version';
import { FileValues, firstLine } from './fileValues';
import type { SourceFiles } from './files';

/** Runs a program and answers what it printed. Rejects with an error named `CommandError`, or when cancelled. */
export type RunCommand = (command: readonly string[], signal: AbortSignal) => Promise<string>;

interface TemplatePorts {
  readonly files: Pick<SourceFiles, 'readText'>;
  /** Absent where no command may be run. */
  readonly runCommand?: RunCommand | undefined;
}

/** What expressions can name. */
interface TemplateFacts {
  /** By its stem, or the name of a detail; undefined where nothing was asked. */
  find(name: string): Badge | undefined;
}

/**
 * One badge for each definition, in their order. `place` is where they were written, e.g. `.gitlab/badges.yaml`. Whatever an
 * expression comes to nothing for costs its own badge only.
 */
export async function templateBadges(
  { files, runCommand }: TemplatePorts,
  definitions: readonly Written<TemplateBadge | BrokenBadge>[],
  facts: TemplateFacts,
  place: Pick<Origin, 'text' | 'file'>,
  at: string,
  signal: AbortSignal,
): Promise<readonly Badge[]> {
  const fileValues = new FileValues(files);
  const outputs = new Map<string, Promise<Named>>();
  return Promise.all(definitions.map(({ value }) => badgeOf(value)));

  async function badgeOf(definition: TemplateBadge | BrokenBadge): Promise<Badge> {
    const { label } = definition;
    const result = stemOf(label);
    const identity = { stem: 'stem' in result ? result.stem : label, label };
    if ('mistake' in definition) return { ...identity, status: 'unknown', reason: mistakeIn(place.text, definition.mistake), origin: { kind: 'template', ...place, at } };
    const values = new Map(await Promise.all(Array.from(definition.values, async ([name, source]) => [name, await read(source)] as const)));
    const origin = originOf(definition);
    const lookUp = (name: string): Named => values.get(name) ?? factOf(name);
    const message = render(definition.message, lookUp, at);
    if (message.status !== 'known') return { ...identity, status: message.status, reason: message.reason, origin };
    if (message.text.trim() === '') return { ...identity, status: 'unknown', reason: 'Its message comes to an empty text.', origin };
    const number = definition.value ? renderNumber(definition.value, lookUp, at) : message;
    if (number.status !== 'known') return { ...identity, status: number.status, reason: number.reason, origin };
    const value = number.value ?? parseVersion(message.text.trim())?.numbers[0] ?? null;
    const { color, link } = definition;
    const byValue = typeof color === 'string' ? color : value === null ? null : colorFor(value, color);
    if (byValue == null) return { ...identity, status: 'unknown', reason: `Its colours go by a number, and “${message.text}” holds none: say by “value” what they go by.`, origin };
    return {
      ...identity,
      status: 'known',
      origin,
      face: withLook({ label, message: message.text, color: byValue, ...(link !== undefined && { link }) }, definition),
      ...(value !== null && { value }),
    };
  }

  function factOf(name: string): Named {
    const badge = facts.find(name);
    if (!badge) return { status: 'unknown', reason: `“${name}” is not known here: it is made of reports, and none is configured for it.` };
    if (badge.status !== 'known') return { status: badge.status, reason: badge.reason };
    const { message } = badge.face;
    return { status: 'known', text: message, number: badge.value ?? null };
  }

  async function read(source: ValueSource): Promise<Named> {
    if ('file' in source) return fileValues.read(source.file, source.key);
    const key = JSON.stringify(source.command);
    const output = outputs.get(key) ?? run(source.command);
    outputs.set(key, output);
    return output;
  }

  async function run(command: readonly string[]): Promise<Named> {
    const shown = redacted(command.join(' ')).slice(0, 80);
    if (!runCommand) return { status: 'unknown', reason: `The command “${shown}” is run on the command line only, where --allow-commands is given: badgesmith generate --allow-commands. The editor never runs it.` };
    try {
      return firstLine(await runCommand(command, signal), `what “${shown}” prints`);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof Error && error.name === 'CommandError') return { status: 'failed', reason: `“${shown}”: ${error.message}` };
      throw error;
    }
  }

  /** The places that its parts come from; a page or a file to be opened is that of the first one that has one. */
  function originOf(definition: TemplateBadge): Origin {
    const named = [...new Set(namesInBadge(definition))].flatMap((name) => facts.find(name)?.origin ?? []);
    const sources = [...definition.values.values()].map((source): Pick<Origin, 'text' | 'file'> => ('file' in source ? { text: source.file, file: source.file } : { text: source.command[0] ?? '' }));
    const origins: readonly Pick<Origin, 'text' | 'file' | 'url'>[] = [...sources, ...named];
    const texts = [...new Set(origins.map(({ text }) => text))];
    if (texts.length === 0) return { kind: 'template', ...place, at };
    const opened = origins.find(({ file, url }) => file !== undefined || url !== undefined);
    return {
      kind: 'template',
      text: texts.slice(0, 3).join(', ') + (texts.length > 3 ? `, and ${texts.length - 3} more` : ''),
      ...(opened?.url !== undefined && { url: opened.url }),
      ...(opened?.file !== undefined && opened.url === undefined && { file: opened.file }),
      at,
    };
  }
}
