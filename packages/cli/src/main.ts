import { Command, CommanderError } from 'commander';
import { addBench } from './commands/bench.ts';
import { addData } from './commands/data.ts';
import { addDescribe } from './commands/describe.ts';
import { addDevices } from './commands/devices.ts';
import { addEvaluate } from './commands/evaluate.ts';
import { addFit } from './commands/fit.ts';
import { addName } from './commands/name.ts';
import { addPredict } from './commands/predict.ts';
import { addReproduce } from './commands/reproduce.ts';
import { addSweep } from './commands/sweep.ts';
import { addTree } from './commands/tree.ts';
import { addView } from './commands/view.ts';
import { addWorker } from './commands/worker.ts';
import { commandText } from './command-text.ts';
import type { CommandContext } from './context.ts';
import { ExitCode, exitCodeFor } from './exit-codes.ts';
import { memoryShortage } from './memory-shortage.ts';
import { harmless } from './output/harmless.ts';
import { inOptions } from './output/in-options.ts';
import { VERSION } from './version.ts';

const COMMANDS = [
  addFit,
  addView,
  addDescribe,
  addName,
  addTree,
  addPredict,
  addEvaluate,
  addSweep,
  addReproduce,
  addBench,
  addWorker,
  addDevices,
  addData,
];

/**
 * Runs the `shoal` command without touching the process: output goes to the context.
 *
 * @param argv the arguments after `shoal`
 * @returns the exit status; see `ExitCode`
 */
export async function main(argv: readonly string[], outside: CommandContext): Promise<number> {
  // Names of files and classes are printed; they must not control the terminal.
  const context: CommandContext = {
    ...outside,
    command: commandText(argv),
    stdout: (text) => {
      outside.stdout(harmless(text));
    },
    stderr: (text) => {
      outside.stderr(harmless(text));
    },
  };
  const program = new Command('shoal')
    .description(
      'Cluster data on any GPU, or without one: k-means, Gaussian mixtures, UMAP and autoencoders.',
    )
    .version(VERSION)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        context.stdout(text.trimEnd());
      },
      writeErr: (text) => {
        context.stderr(text.trimEnd());
      },
    })
    .showHelpAfterError('Run it with --help to see its arguments.')
    .addHelpText('after', EXIT_CODES_HELP);
  for (const add of COMMANDS) add(program, context);
  for (const command of program.commands) command.copyInheritedSettings(program);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return ExitCode.success;
  } catch (failure) {
    context.endProgress();
    const cause = failure instanceof Error ? failure.cause : undefined;
    const error = memoryShortage(failure) ?? memoryShortage(cause) ?? failure;
    // Commander has already printed its own message; help and version are not failures.
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.success : ExitCode.usage;
    const status = exitCodeFor(error);
    context.stderr(
      status === ExitCode.interrupted ? 'shoal: interrupted' : `shoal: ${describe(error, status)}`,
    );
    return status;
  }
}

const EXIT_CODES_HELP = `
Exit status: 0 done, 1 failed, 2 wrong arguments or data, 3 dataset, engine or device not available here,
130 interrupted.`;

/** Greatest number of characters of a message, so that it fits a terminal whatever it quotes. */
const MAX_MESSAGE_LENGTH = 2_000;

/** The message of an expected error is enough; a defect is printed with its stack, to be reported. */
function describe(error: unknown, status: number): string {
  if (!(error instanceof Error)) return String(error);
  if (status === ExitCode.failure && !('code' in error)) return error.stack ?? error.message;
  const message = inOptions(error.message);
  return message.length > MAX_MESSAGE_LENGTH ? `${message.slice(0, MAX_MESSAGE_LENGTH)}...` : message;
}
