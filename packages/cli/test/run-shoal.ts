import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProgressListener } from '@shoal/core';
import { onTestFinished } from 'vitest';
import { main } from '../src/main.ts';

/** The result of a run of the command. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command in this process, from source. */
export function shoal(...argv: string[]): Promise<Outcome> {
  return run(argv, new AbortController().signal, () => undefined);
}

/** The same, stopped as by Ctrl-C when a phase of its progress is in its third step. */
export function shoalStoppedAt(phase: string, ...argv: string[]): Promise<Outcome> {
  const stop = new AbortController();
  return run(argv, stop.signal, (progress) => {
    if (progress.phase === phase && progress.completed === 3) stop.abort();
  });
}

async function run(argv: string[], signal: AbortSignal, progress: ProgressListener): Promise<Outcome> {
  let stdout = '';
  let stderr = '';
  const status = await main(argv, {
    stdout: (text) => (stdout += `${text}\n`),
    stderr: (text) => (stderr += `${text}\n`),
    progress,
    endProgress: () => undefined,
    signal,
  });
  return { status, stdout, stderr };
}

/** Settings for running the built command in its own process. */
export interface ProcessOptions {
  readonly cwd: string;
  /** Changes to this process's environment; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Sends this signal as soon as standard error contains the text. */
  readonly interruptAt?: string;
  /** Sends it this number of seconds after the start. */
  readonly interruptAfter?: number;
  /** Gets all of standard output so far, and what sends the signal. */
  readonly onStdout?: (text: string, interrupt: () => void) => void;
}

export interface ProcessOutcome extends Outcome {
  /** Seconds from the signal to the end; 0 without a signal. */
  readonly secondsToEnd: number;
}

/** Runs the built command (`pnpm build` first) as a user would. */
export function shoalProcess(argv: readonly string[], options: ProcessOptions): Promise<ProcessOutcome> {
  const bin = fileURLToPath(new URL('../dist/bin.js', import.meta.url));
  const { cwd, interruptAt, interruptAfter, onStdout } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bin, ...argv], {
      cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    let interruptedAt: number | undefined;
    const interrupt = (): void => {
      if (interruptedAt !== undefined) return;
      interruptedAt = performance.now();
      child.kill('SIGINT');
    };
    const timer = interruptAfter === undefined ? undefined : setTimeout(interrupt, interruptAfter * 1000);
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      onStdout?.(stdout, interrupt);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
      if (interruptAt !== undefined && stderr.includes(interruptAt)) interrupt();
    });
    child.on('error', reject);
    child.on('close', (status) => {
      clearTimeout(timer);
      const secondsToEnd = interruptedAt === undefined ? 0 : (performance.now() - interruptedAt) / 1000;
      resolve({ status, stdout, stderr, secondsToEnd });
    });
  });
}

/** An empty folder that is removed after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'shoal-cli-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}
