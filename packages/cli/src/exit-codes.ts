import { ShoalError } from '@shoal/core';

/** The exit statuses of the `shoal` command; documented in docs/command-line.md. */
export const ExitCode = {
  success: 0,
  /** A failure that is not caused by the arguments: of the device, the disk, the network, or a defect. */
  failure: 1,
  /** The command line, an option's value or the data were wrong. */
  usage: 2,
  /** A requested dataset, engine or device is not available here. */
  unavailable: 3,
  /** Interrupted by Ctrl-C; nothing was left half-written. */
  interrupted: 130,
} as const;

const USAGE_CODES = new Set([
  'INVALID_ARGUMENT',
  'SHAPE',
  'DATA',
  'FORMAT',
  'SINGULAR_COVARIANCE',
  'USAGE',
  'CHECKSUM',
  'FOLDER_EXISTS',
  'FOLDER_BUSY',
]);
const UNAVAILABLE_CODES = new Set(['UNSUPPORTED', 'DATASET_UNAVAILABLE']);

/** A command line that asks for something impossible; the message says what to type instead. */
export class UsageError extends ShoalError {
  readonly code = 'USAGE';
}

/** The exit status that fits an error. */
export function exitCodeFor(error: unknown): number {
  if (error instanceof Error && error.name === 'AbortError') return ExitCode.interrupted;
  if (error instanceof ShoalError) {
    if (USAGE_CODES.has(error.code)) return ExitCode.usage;
    if (UNAVAILABLE_CODES.has(error.code)) return ExitCode.unavailable;
  }
  return ExitCode.failure;
}
