import { writeSync } from 'node:fs';
import { main } from './main.ts';
import { ProgressBar } from './output/progress-bar.ts';
import { enableRelaxedSimd } from './relaxed-simd.ts';

/** Runs the command on the arguments of the process, and ends it with the command's status. */
export async function runCommand(): Promise<never> {
  enableRelaxedSimd();

  const interrupt = new AbortController();
  const bar = new ProgressBar(process.stderr);
  for (const [name, message] of [
    ['SIGINT', 'Interrupted by Ctrl-C.'],
    ['SIGTERM', 'Terminated.'],
  ] as const) {
    process.on(name, () => {
      if (interrupt.signal.aborted) {
        // The second Ctrl-C does not wait for anything, but restores the terminal's cursor.
        bar.end();
        process.exit(130);
      }
      interrupt.abort(new DOMException(message, 'AbortError'));
    });
  }

  const status = await main(process.argv.slice(2), {
    // Written synchronously: a pipe's reader may be slow, and the process ends right after.
    stdout: (text) => {
      writeAll(1, `${text}\n`);
    },
    stderr: (text) => {
      bar.end();
      try {
        writeAll(2, `${text}\n`);
      } catch {
        // A remark that cannot be written, on a full disk for example, must not prevent the result.
      }
    },
    progress: (progress) => {
      bar.show(progress);
    },
    endProgress: () => {
      bar.end();
    },
    width: process.stdout.isTTY ? process.stdout.columns : undefined,
    signal: interrupt.signal,
  });
  return process.exit(status);
}

/** Writes everything even when a pipe takes only part, or says it is full; a reader that has ended is not a failure. */
function writeAll(descriptor: number, text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') return;
      if (code === 'EAGAIN') continue;
      const name = descriptor === 1 ? 'output' : 'error';
      throw Object.assign(new Error(`Standard ${name} cannot be written (${code}).`, { cause: error }), {
        code,
      });
    }
  }
}
