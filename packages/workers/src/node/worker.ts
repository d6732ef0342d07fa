import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { UnrecoverableError, Worker, type Job } from 'bullmq';
import type { Redis } from 'ioredis';
import { Compute, PartFailure } from './compute.ts';
import { connect, noteInterruptions, withoutPassword } from './connect.ts';
import type { FitDescription, RoundJob, RoundQuestion } from './description.ts';
import { FitStore } from './fit-store.ts';
import { DEFAULT_PREFIX, FitKeys, QUEUE } from './keys.ts';
import { RoundAnswers } from './round-answers.ts';
import { RoundClaims } from './scripts.ts';

/** How often a worker looks whether a part is free that others come first for. */
const LOOK_MS = 5;
/** How often an idle worker asks for jobs itself: a lost worker may have taken the word that there is one with it. */
const LOOK_FOR_JOBS_SECONDS = 1;
/** How often it frees what it holds of fits that are over. */
const TIDY_MS = 2000;
/** How often a job may be taken from workers that are lost: one that ends them all is given up. */
const MOST_LOSSES = 9;

export interface WorkerOptions {
  /** `redis://` or `rediss://`, with the password. */
  readonly url: string;
  /** What all keys start with; default `shoal`. */
  readonly prefix?: string | undefined;
  /** The version of Shoal. Fits of another one are refused. */
  readonly version: string;
  /** Bytes of the sessions that are kept. */
  readonly memory: number;
  /** Of the wasm engine. */
  readonly threads?: number | undefined;
  /** Of WebGPU: part of an adapter's name. */
  readonly adapter?: string | undefined;
  /** Seconds after which a worker that does not answer is taken for lost; default 6. */
  readonly lostAfter?: number | undefined;
  /** What happens, for people. */
  readonly onNote?: ((text: string) => void) | undefined;
  /** Ends the worker after the part that it works on. */
  readonly signal: AbortSignal;
}

/**
 * Works for fits until the signal is aborted.
 *
 * @throws {ConnectionError} when Redis cannot be reached
 * @throws {WorkersError} when the thread that computes ends
 */
export async function runWorker(options: WorkerOptions): Promise<void> {
  const redis = await connect(options.url);
  const work = new WorkOfProcess(redis, options);
  try {
    await work.run();
  } finally {
    await work.close();
    redis.disconnect();
  }
}

class WorkOfProcess {
  readonly #redis: Redis;
  readonly #options: WorkerOptions;
  readonly #prefix: string;
  readonly #name = `${hostname()}:${process.pid}`;
  readonly #store: FitStore;
  readonly #compute: Compute;
  readonly #descriptions = new Map<string, FitDescription>();
  readonly #held = new Map<string, readonly number[]>();
  readonly #failed: Promise<never>;
  #worker: Worker<RoundJob> | undefined;

  constructor(redis: Redis, options: WorkerOptions) {
    const { prefix = DEFAULT_PREFIX, memory, threads, adapter } = options;
    this.#redis = redis;
    this.#options = options;
    this.#prefix = prefix;
    this.#store = new FitStore(redis, prefix);
    let fail: ((error: Error) => void) | undefined;
    this.#failed = new Promise((_, reject) => (fail = reject));
    this.#failed.catch(() => undefined);
    const settings = { memory, threads, adapter };
    this.#compute = new Compute(settings, this.#store, (error) => fail?.(error));
  }

  async run(): Promise<void> {
    const { url, lostAfter = 6, signal, onNote } = this.#options;
    this.#worker = new Worker<RoundJob>(QUEUE, (job) => this.#process(job), {
      connection: this.#redis,
      prefix: this.#prefix,
      name: this.#name,
      lockDuration: 1000 * lostAfter,
      stalledInterval: 500 * lostAfter,
      maxStalledCount: MOST_LOSSES,
      drainDelay: LOOK_FOR_JOBS_SECONDS,
    });
    // Of connections that come back, and of jobs that others have now: both are taken care of. Failures of jobs go to their fit.
    this.#worker.on('error', () => undefined);
    noteInterruptions(this.#redis, onNote);
    await this.#worker.waitUntilReady();
    onNote?.(`Worker ${this.#name} waits for fits on ${withoutPassword(url)}.`);
    const tidying = setInterval(() => void this.#tidy().catch(() => undefined), TIDY_MS);
    try {
      await Promise.race([aborted(signal), this.#failed]);
    } finally {
      clearInterval(tidying);
    }
  }

  async close(): Promise<void> {
    await this.#worker?.close();
    await this.#compute.close();
  }

  /** Works on the parts of a round until none is left for this worker. */
  async #process({ id = '', data: { fit, round } }: Job<RoundJob>): Promise<void> {
    const description = await this.#describe(fit);
    const keys = new FitKeys(this.#prefix, fit);
    const text = await this.#redis.hget(keys.question, 'text');
    if (!description || text === null) return;
    this.#requireVersion(description);
    const asked = JSON.parse(text) as RoundQuestion;
    if (asked.round !== round) return;
    const claims = new RoundClaims(this.#redis, keys, round, id);
    await claims.reopen();
    const answers = new RoundAnswers(claims, asked.isSum);
    let idleSince = performance.now();
    for (;;) {
      if (this.#options.signal.aborted) await answers.send();
      // Another worker gets the job then.
      this.#options.signal.throwIfAborted();
      const hasWaited = performance.now() - idleSince > asked.patience;
      const part = await claims.claim(this.#name, this.#held.get(fit) ?? [], hasWaited);
      if (typeof part !== 'number') {
        const counts = await answers.send();
        if (part === 'over' || (part === 'none' && counts)) return;
        await sleep(LOOK_MS);
        continue;
      }
      const answer = this.#compute.answer({ fit, description, question: asked.question, part });
      const result = await answer.catch(async (error: unknown) => {
        throw await this.#failureOf(error, fit, part);
      });
      this.#held.set(fit, result.held);
      await answers.add(part, result);
      idleSince = performance.now();
    }
  }

  /** What the fit hears of a failure; a fit that is over hears nothing. */
  async #failureOf(error: unknown, fit: string, part: number): Promise<Error> {
    const { message } = error as Error;
    const text = `Worker ${this.#name}, part ${part}: ${message}`;
    if (await this.#store.isAlive(fit)) this.#options.onNote?.(text);
    return error instanceof PartFailure && error.isFinal ? new UnrecoverableError(text) : new Error(text);
  }

  async #describe(fit: string): Promise<FitDescription | undefined> {
    const known = this.#descriptions.get(fit);
    if (known) return known;
    const found = await this.#store.description(fit);
    if (!found) return undefined;
    this.#descriptions.set(fit, found);
    this.#options.onNote?.(`Working on ${found.source}.`);
    return found;
  }

  /** @throws {UnrecoverableError} for a fit of another version */
  #requireVersion({ version }: FitDescription): void {
    if (version === this.#options.version) return;
    throw new UnrecoverableError(
      `Worker ${this.#name} runs Shoal ${this.#options.version}, but the fit is of ${version}. Use one version everywhere, or ` +
        'another --prefix for each.',
    );
  }

  async #tidy(): Promise<void> {
    const over: string[] = [];
    for (const fit of this.#descriptions.keys()) if (!(await this.#store.isAlive(fit))) over.push(fit);
    if (over.length === 0) return;
    for (const fit of over) {
      this.#options.onNote?.(`The fit of ${this.#descriptions.get(fit)?.source} is over.`);
      this.#descriptions.delete(fit);
      this.#held.delete(fit);
    }
    this.#compute.forget(over);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener(
      'abort',
      () => {
        resolve();
      },
      { once: true },
    );
  });
}
