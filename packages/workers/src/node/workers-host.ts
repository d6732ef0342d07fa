import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Queue, QueueEvents } from 'bullmq';
import type { Redis } from 'ioredis';
import type { ProgressListener } from '@shoal/core';
import { addAnswer, type PartAnswer, type PartHost, type PartQuestion } from '@shoal/core/parts-kit';
import { connect, noteInterruptions, withoutPassword } from './connect.ts';
import type { AnswerHeader, FitDescription, RoundJob, RoundQuestion } from './description.ts';
import { WorkersError } from './errors.ts';
import { DEFAULT_PREFIX, FitKeys, LIFETIME_MS, QUEUE } from './keys.ts';
import { decodePacket, encodePacket } from './packet.ts';

/** Jobs beyond one for each worker: for workers that come during a round. */
const SPARE_JOBS = 2;
/** How long the number of workers counts as known. */
const COUNT_MS = 2000;
/** How often a job is tried, and how long it waits in between. */
const ATTEMPTS = 5;
const PAUSE_MS = 200;
/** A part that another worker had is taken after so many times as long as parts took in the round before. */
const PATIENCE = 1.5;
const LEAST_PATIENCE_MS = 50;
/** Seconds without an answer after which one looks whether there are workers. */
const QUIET_SECONDS = 2;
/** How long `close` waits for jobs that workers have in hand. */
const CLOSING_MS = 3000;
/** Events that the queue keeps: enough for any that has to be heard. */
const MOST_EVENTS = 1000;

export interface WorkersHostOptions {
  /** `redis://` or `rediss://`, with the password. */
  readonly url: string;
  /** What all keys start with; default `shoal`. */
  readonly prefix?: string | undefined;
  /** What is fitted. */
  readonly description: FitDescription;
  readonly onProgress?: ProgressListener | undefined;
  /** What happens, for people. */
  readonly onNote?: ((text: string) => void) | undefined;
}

/**
 * Brings the questions of a fit to workers. Each round is some jobs of a queue; a worker that has one takes parts of the round
 * until none is open, first those that it holds. The queue gives the jobs of lost workers to others. Statistics are binary
 * values with checksums, and all keys expire when this process ends without closing the host.
 */
export class WorkersHost implements PartHost {
  readonly #redis: Redis;
  readonly #blocking: Redis;
  readonly #queue: Queue<RoundJob>;
  readonly #events: QueueEvents;
  readonly #keys: FitKeys;
  readonly #options: WorkersHostOptions;
  readonly #fit: string;
  readonly #beat: NodeJS.Timeout;
  /** Jobs of which it is not known that they ended. */
  readonly #jobs = new Set<string>();
  readonly #seconds = new Map<string, number>();
  #sessions = 0;
  #round = 0;
  #failure: Error | undefined;
  #workers = { count: 0, at: -Infinity };

  /**
   * Begins a fit.
   *
   * @throws {ConnectionError} when Redis cannot be reached, or would drop keys
   */
  static async open(options: WorkersHostOptions): Promise<WorkersHost> {
    const host = new WorkersHost(await connect(options.url), options);
    try {
      await host.#events.waitUntilReady();
      await host.#redis.set(host.#keys.fit, JSON.stringify(options.description), 'PX', LIFETIME_MS);
      return host;
    } catch (error) {
      await host.close();
      throw error;
    }
  }

  private constructor(redis: Redis, options: WorkersHostOptions) {
    const { prefix = DEFAULT_PREFIX } = options;
    this.#options = options;
    this.#redis = redis;
    this.#blocking = redis.duplicate();
    noteInterruptions(redis, options.onNote);
    // Interruptions show as answers that do not come; commands wait until the connection is back.
    this.#blocking.on('error', () => undefined);
    this.#fit = randomUUID();
    this.#keys = new FitKeys(prefix, this.#fit);
    this.#queue = new Queue<RoundJob>(QUEUE, {
      connection: redis,
      prefix,
      streams: { events: { maxLen: MOST_EVENTS } },
    });
    this.#events = new QueueEvents(QUEUE, { connection: redis, prefix });
    this.#queue.on('error', () => undefined);
    this.#events.on('error', () => undefined);
    this.#events.on('completed', ({ jobId }) => this.#jobs.delete(jobId));
    this.#events.on('failed', ({ jobId, failedReason }) => {
      if (this.#jobs.delete(jobId)) this.#fail(new WorkersError(reasonOf(failedReason)));
    });
    this.#beat = setInterval(() => void this.#refresh().catch(() => undefined), LIFETIME_MS / 6);
  }

  nextSession(): number {
    return ++this.#sessions;
  }

  async put(name: string, values: Float64Array): Promise<void> {
    const { arrays } = this.#keys;
    await this.#redis
      .multi()
      .hset(arrays, name, encodePacket({}, values))
      .pexpire(arrays, LIFETIME_MS)
      .exec();
  }

  drop(names: readonly string[]): void {
    // What is not dropped goes with the fit.
    this.#redis.hdel(this.#keys.arrays, ...names).catch(() => undefined);
  }

  async ask(
    question: PartQuestion,
    parts: readonly number[],
    signal: AbortSignal | undefined,
  ): Promise<readonly PartAnswer[]> {
    const answers = new Map<number, PartAnswer>();
    await this.#askRound({ question, isSum: false }, parts, signal, ([part], values) =>
      answers.set(part, values),
    );
    return parts.map((part) => answers.get(part) ?? new Float64Array());
  }

  async sum(
    question: PartQuestion,
    parts: readonly number[],
    signal: AbortSignal | undefined,
  ): Promise<PartAnswer> {
    let sum: PartAnswer | undefined;
    await this.#askRound({ question, isSum: true }, parts, signal, (_, values) => {
      sum = addAnswer(sum, values);
    });
    return sum ?? new Float64Array();
  }

  /** Asks parts, and hands on what comes; each part is in one answer. */
  async #askRound(
    { question, isSum }: Pick<RoundQuestion, 'question' | 'isSum'>,
    parts: readonly number[],
    signal: AbortSignal | undefined,
    onAnswer: (parts: readonly number[], values: PartAnswer) => void,
  ): Promise<void> {
    signal?.throwIfAborted();
    if (parts.length === 0) return;
    const round = ++this.#round;
    const found = this.#keys.found(round);
    const wake = () => void this.#redis.rpush(found, '').catch(() => undefined);
    signal?.addEventListener('abort', wake, { once: true });
    try {
      const patience = this.#patienceFor(question.kind);
      await this.#begin({ round, question, isSum, patience }, parts);
      await this.#collect(question.kind, parts.length, signal, onAnswer);
    } finally {
      signal?.removeEventListener('abort', wake);
      const { question: asked, open, claims } = this.#keys;
      await this.#redis.del(asked, open, claims, found).catch(() => undefined);
    }
  }

  /** Ends the fit: workers free its parts, and nothing of it is left in Redis. */
  async close(): Promise<void> {
    clearInterval(this.#beat);
    await this.#redis.del(...this.#keys.all).catch(() => undefined);
    const end = performance.now() + CLOSING_MS;
    for (;;) {
      await Promise.all([...this.#jobs].map((id) => this.#removeJob(id)));
      if (this.#jobs.size === 0 || performance.now() > end) break;
      await sleep(LEAST_PATIENCE_MS);
    }
    await this.#redis.del(...this.#keys.all, this.#keys.found(this.#round)).catch(() => undefined);
    await this.#events.close();
    await this.#queue.close();
    this.#blocking.disconnect();
    this.#redis.disconnect();
  }

  /** Shares the question, and adds the jobs of the round. */
  async #begin(asked: RoundQuestion, parts: readonly number[]): Promise<void> {
    const { question, open, claims } = this.#keys;
    const { round } = asked;
    await this.#redis
      .multi()
      .del(claims)
      .hset(question, { round, text: JSON.stringify(asked) })
      .pexpire(question, LIFETIME_MS)
      .sadd(open, ...parts)
      .pexpire(open, LIFETIME_MS)
      .exec();
    const count = Math.min(parts.length, (await this.#countWorkers()) + SPARE_JOBS);
    const jobs = Array.from({ length: count }, (_, i) => ({
      name: 'round',
      data: { fit: this.#fit, round },
      opts: {
        jobId: `${this.#fit}-${round}-${i}`,
        attempts: ATTEMPTS,
        backoff: PAUSE_MS,
        removeOnComplete: true,
        removeOnFail: true,
      },
    }));
    for (const { opts } of jobs) this.#jobs.add(opts.jobId);
    await this.#queue.addBulk(jobs);
  }

  /** Waits for the answers of a round. */
  async #collect(
    kind: PartQuestion['kind'],
    count: number,
    signal: AbortSignal | undefined,
    onAnswer: (parts: readonly number[], values: PartAnswer) => void,
  ): Promise<void> {
    const found = this.#keys.found(this.#round);
    const sums: Record<number, number> = {};
    const startedAt = performance.now();
    let slowest = 0;
    let isAlone = false;
    for (let answered = 0; answered < count;) {
      const reply = await this.#blocking.blpopBuffer(found, QUIET_SECONDS);
      signal?.throwIfAborted();
      if (this.#failure) throw this.#failure;
      if (reply === null) {
        isAlone = await this.#noteWhenAlone(isAlone);
        continue;
      }
      if (reply[1].length === 0) continue;
      const { header, values } = decodePacket<AnswerHeader>(reply[1], 'An answer of a worker');
      onAnswer(header.parts, values);
      answered += header.parts.length;
      slowest = Math.max(slowest, header.seconds);
      if (header.sum !== undefined) sums[header.parts[0]] = header.sum;
      this.#report(kind, answered, count, startedAt);
    }
    this.#seconds.set(kind, slowest);
    if (Object.keys(sums).length > 0) {
      await this.#redis.multi().hset(this.#keys.sums, sums).pexpire(this.#keys.sums, LIFETIME_MS).exec();
    }
  }

  /** Progress of rounds that take long. */
  #report(kind: string, completed: number, total: number, startedAt: number): void {
    if (performance.now() - startedAt < 1000) return;
    const message = `${kind}, ${this.#workers.count} workers`;
    this.#options.onProgress?.({ phase: 'parts', completed, total, message });
  }

  /** Says once that there is no worker, and once that there is one again. */
  async #noteWhenAlone(wasAlone: boolean): Promise<boolean> {
    const { url, prefix, onNote } = this.#options;
    const count = await this.#countWorkers();
    if (count === 0 && !wasAlone) {
      const own = prefix === undefined ? '' : ` --prefix ${prefix}`;
      onNote?.(
        `No worker is connected, so the fit waits for one: shoal worker --redis ${withoutPassword(url)}${own}`,
      );
    } else if (count > 0 && wasAlone) {
      onNote?.('The fit goes on.');
    }
    return count === 0;
  }

  async #countWorkers(): Promise<number> {
    if (performance.now() - this.#workers.at > COUNT_MS) {
      this.#workers = { count: await this.#queue.getWorkersCount(), at: performance.now() };
    }
    return this.#workers.count;
  }

  #patienceFor(kind: PartQuestion['kind']): number {
    const known = this.#seconds.get(kind) ?? Math.max(0, ...this.#seconds.values());
    return LEAST_PATIENCE_MS + 1000 * PATIENCE * known;
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#redis.rpush(this.#keys.found(this.#round), '').catch(() => undefined);
  }

  /** Keeps the keys alive. */
  async #refresh(): Promise<void> {
    const pipeline = this.#redis.pipeline();
    for (const key of [...this.#keys.all, this.#keys.found(this.#round)]) pipeline.pexpire(key, LIFETIME_MS);
    const results = await pipeline.exec();
    if (results?.[0][1] !== 0) return;
    this.#fail(
      new WorkersError(
        `Redis lost the keys of the fit: it was restarted without them, or this process was stopped for more than ${LIFETIME_MS / 1000} s. ` +
          'Start the fit again; with --resume it goes on from its last state.',
      ),
    );
  }

  async #removeJob(id: string): Promise<void> {
    // A job that a worker has in hand cannot be removed, but ends soon, because its round is over.
    const isGone = await this.#queue
      .getJob(id)
      .then(async (job) => {
        await job?.remove();
        return true;
      })
      .catch(() => false);
    if (isGone) this.#jobs.delete(id);
  }
}

/** What the queue says of a job that was taken from too many lost workers means something to its authors only. */
function reasonOf(failedReason: string): string {
  if (!failedReason.includes('stalled more than')) return failedReason;
  return 'The same work was lost with ten workers, one after the other. Were they killed, or did they run out of memory? Give them less with --memory.';
}
