import type { ProgressListener } from '@shoal/core';

/** The outside world of a command; tests pass their own. */
export interface CommandContext {
  /** Data and results for people or programs. */
  readonly stdout: (text: string) => void;
  /** Remarks for people: choices made, warnings. */
  readonly stderr: (text: string) => void;
  /** Progress of long operations; silent when standard error is not a terminal. */
  readonly progress: ProgressListener;
  /** Ends the progress display before something else is printed. */
  readonly endProgress: () => void;
  /** Columns of the terminal, if standard output is one. */
  readonly width?: number | undefined;
  /** The command as it was typed, for the records of a run. */
  readonly command?: string | undefined;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}
