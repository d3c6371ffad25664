import { type ExitCode, exitCodes, UsageError } from './exitCodes';
import { apply } from './apply';
import { check } from './check';
import { checkHelp, checkUsage } from './checkOptions';
import { evaluate } from './evaluate';
import { evaluateHelp, evaluateUsage } from './evaluateOptions';
import { generate } from './generate';
import { runImport } from './import';
import { helpText, parseCommandLine, shortUsage, type CommandLine } from './options';
import { plan } from './plan';
import { isPublishCommand, publishHelp, publishUsage } from './publishOptions';
import type { Surroundings } from './surroundings';

/** Runs the command line and resolves to the process's exit code. Rejects for bugs only. */
export async function run(args: readonly string[], surroundings: Surroundings, signal: AbortSignal): Promise<ExitCode> {
  const { stdout, stderr, version } = surroundings;
  try {
    const commandLine = parseCommandLine(args);
    switch (commandLine.command) {
      case 'help':
        stdout.write(`${helpOf(commandLine.of)}\n`);
        return exitCodes.done;
      case 'version':
        stdout.write(`badgesmith ${version}\n`);
        return exitCodes.done;
      case 'generate':
        return await generate(commandLine.options, surroundings, signal);
      case 'evaluate':
        return await evaluate(commandLine.options, surroundings, signal);
      case 'plan':
        return await plan(commandLine.options, surroundings, signal);
      case 'apply':
        return await apply(commandLine.options, surroundings, signal);
      case 'import':
        return await runImport(commandLine.options, surroundings, signal);
      case 'check':
        return await check(commandLine.options, surroundings, signal);
    }
  } catch (error) {
    if (signal.aborted) {
      stderr.write('Interrupted: files are whole, what was not written yet is as it was.\n');
      return exitCodes.interrupted;
    }
    if (!(error instanceof UsageError)) throw error;
    stderr.write(`${error.message}\n${usageOf(args[0])}\n`);
    return exitCodes.usage;
  }
}

function helpOf(command: Extract<CommandLine, { command: 'help' }>['of']): string {
  if (command === 'check') return checkHelp();
  if (command === 'evaluate') return evaluateHelp();
  return isPublishCommand(command) ? publishHelp(command) : helpText(command);
}

function usageOf(command: string | undefined): string {
  if (command === 'check') return checkUsage;
  if (command === 'evaluate') return evaluateUsage;
  return isPublishCommand(command) ? publishUsage(command) : shortUsage;
}
