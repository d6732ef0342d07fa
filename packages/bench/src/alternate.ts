import { setTimeout } from 'node:timers/promises';
import type { Contender, Sample } from './bench-case.ts';
import { PeerError } from './errors.ts';

export interface AlternateOptions {
  /** Warm-up rounds that do not count, so that caches, compilers and clocks settle first. */
  readonly warmUp: number;
  /** Number of rounds that count, at least 1. */
  readonly repetitions: number;
  /**
   * Milliseconds of rest before each run: OpenMP keeps its threads spinning for a while after its work, and that would
   * slow the next contender.
   */
  readonly pause: number;
  /** Called before each round except the first that counts: when the time is up, there is no further round. */
  readonly timeIsUp?: (() => boolean) | undefined;
  readonly signal: AbortSignal;
  /** Called before each run. */
  readonly onRun?: ((contender: Contender, round: number, rounds: number) => void) | undefined;
}

/** The results of a contender's counted rounds. */
export interface Samples {
  readonly contender: Contender;
  readonly seconds: readonly number[];
  /**
   * The last run, whose result is judged, or the reason why a peer could not do the work; then it skips the other
   * rounds.
   */
  readonly last: Sample | PeerError;
}

/**
 * Runs the contenders in turn, A B C A B C ..., so that other work on the machine affects all of them.
 *
 * @returns one entry per contender, in their order
 * @throws the signal's reason when it is aborted
 */
export async function alternate(
  contenders: readonly Contender[],
  { warmUp, repetitions, pause, timeIsUp, signal, onRun }: AlternateOptions,
): Promise<Samples[]> {
  const seconds = contenders.map((): number[] => []);
  const last: (Sample | PeerError)[] = [];
  const rounds = warmUp + repetitions;
  for (let round = 0; round < rounds; round++) {
    if (round > warmUp && timeIsUp?.() === true) break;
    for (const [i, contender] of contenders.entries()) {
      signal.throwIfAborted();
      if (last[i] instanceof PeerError || (contender.once === true && round !== warmUp)) continue;
      onRun?.(contender, round, rounds);
      if (pause > 0) await setTimeout(pause, undefined, { signal });
      const run = await runOrFailure(contender);
      if (run instanceof PeerError) last[i] = run;
      else if (round >= warmUp) {
        seconds[i].push(run.seconds);
        last[i] = run;
      }
    }
  }
  return contenders.map((contender, i) => ({ contender, seconds: seconds[i], last: last[i] }));
}

async function runOrFailure(contender: Contender): Promise<Sample | PeerError> {
  try {
    return await contender.run();
  } catch (error) {
    if (error instanceof PeerError && contender.role === 'peer') return error;
    throw error;
  }
}
