import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { KMeans, Random, type KMeansModel, type KMeansOptions } from '@shoal/core';
import type { PartQuestion } from '@shoal/core/parts-kit';
import { writeNpy } from '@shoal/data';
import { readPartedFile } from '@shoal/data/node';
import { openEngine, type OpenedEngine } from '@shoal/engines';
import { WorkersHost } from '@shoal/workers';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { VERSION } from '../src/version.ts';
import { startRedis, startShoal, type RedisServer, type ShoalProcess } from './redis.ts';
import { shoal } from './run-shoal.ts';

/** Files, each one part, and their rows. */
const FILES = [900, 1200, 700, 1000, 1, 1500];
const COLUMNS = 12;
const PART_MEMORY = 1e6;
const LOST_AFTER = '0.8';
const OPTIONS = { clusters: 7, init: 'k-means||', maxIterations: 12, tolerance: 0 } as const;

let server: RedisServer;
let engine: OpenedEngine;
let folder: string;
let expected: KMeansModel;
const workers: ShoalProcess[] = [];

beforeAll(async () => {
  server = await startRedis();
  engine = await openEngine('wasm', { threads: 1, arithmetic: 'plain' });
  folder = await mkdtemp(join(tmpdir(), 'shoal-workers-'));
  const random = new Random(5);
  for (const [i, rows] of FILES.entries()) await writeFile(file(i), points(rows, random));
  expected = await new KMeans({ ...OPTIONS, engine }).fit(await partsOf(folder));
});

afterAll(async () => {
  engine.destroy();
  await server.stop();
  await rm(folder, { recursive: true });
});

afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.kill('SIGKILL')));
  workers.length = 0;
  // Nothing of a fit is left, and no job.
  expect(await server.redis.keys('*:fit:*')).toStrictEqual([]);
  const own = ['events', 'id', 'marker', 'meta', 'stalled', 'stalled-check'];
  const rest = (await server.redis.keys('*')).filter((key) => !own.some((name) => key.endsWith(`:${name}`)));
  expect(rest).toStrictEqual([]);
});

function file(index: number): string {
  return join(folder, `points-${index}.npy`);
}

function points(rows: number, random: Random): Uint8Array {
  const data = Float32Array.from(
    { length: rows * COLUMNS },
    (_, at) => 6 * ((Math.floor(at / COLUMNS) * 5) % 7) * (at % 3) + random.normal(),
  );
  return writeNpy({ data, shape: [rows, COLUMNS] });
}

async function partsOf(source: string) {
  const read = await readPartedFile(source, { memoryBytes: PART_MEMORY });
  if (!read) throw new Error(`${source} is not read in parts.`);
  return read.points;
}

async function start(count: number): Promise<ShoalProcess[]> {
  const options = ['--redis', server.url, '--threads', '1', '--lost-after', LOST_AFTER];
  const started = Array.from({ length: count }, () => startShoal('worker', ...options));
  workers.push(...started);
  await Promise.all(started.map((worker) => worker.says('waits for fits')));
  return started;
}

interface RemoteFit {
  readonly source?: string;
  readonly version?: string;
  readonly options?: Partial<KMeansOptions>;
  readonly onNote?: (text: string) => void;
  /** Called before each question. */
  readonly onAsk?: (question: PartQuestion, asked: number) => void | Promise<void>;
}

async function fit({ source = folder, version = VERSION, options, onNote, onAsk }: RemoteFit = {}) {
  const parts = await partsOf(folder);
  const partRows = parts.parts.map(({ rows }) => rows);
  const description = {
    version,
    source,
    partMemory: PART_MEMORY,
    partRows,
    columns: COLUMNS,
    engine: 'wasm',
    arithmetic: engine.info.arithmetic,
  } as const;
  const host = await WorkersHost.open({ url: server.url, description, onNote });
  let asked = 0;
  const watched = {
    nextSession: () => host.nextSession(),
    put: host.put.bind(host),
    drop: host.drop.bind(host),
    ask: async (question: PartQuestion, indices: readonly number[], signal: AbortSignal | undefined) => {
      await onAsk?.(question, ++asked);
      return host.ask(question, indices, signal);
    },
    sum: async (question: PartQuestion, indices: readonly number[], signal: AbortSignal | undefined) => {
      await onAsk?.(question, ++asked);
      return host.sum(question, indices, signal);
    },
  };
  try {
    return await new KMeans({ ...OPTIONS, ...options, engine }).fit({ ...parts, host: watched });
  } finally {
    await host.close();
  }
}

function expectSame(model: KMeansModel, other = expected): void {
  expect(model.labels).toStrictEqual(other.labels);
  expect(model.centroids.data).toStrictEqual(other.centroids.data);
  expect(model.inertiaHistory).toStrictEqual(other.inertiaHistory);
}

test('one, two and three workers fit to the bits of one process', async () => {
  for (let count = 1; count <= 3; count++) {
    await start(1);
    expectSame(await fit());
  }
  const seeds = { init: 'k-means++', nInit: 2 } as const;
  const local = await new KMeans({ ...OPTIONS, ...seeds, engine }).fit(await partsOf(folder));
  const [one, other] = await Promise.all([fit({ options: seeds }), fit()]);
  expectSame(one, local);
  expectSame(other);
});

test.each(['seeds', 'assign', 'labels'] as const)(
  'a worker that is killed while it is asked for %s loses nothing',
  async (kind) => {
    const [first] = await start(3);
    let kills = 0;
    const onAsk = async (question: PartQuestion) => {
      if (question.kind !== kind || kills++ > 0) return;
      // It has a job in hand then, or will take one and never begin.
      first.child.kill('SIGSTOP');
      setTimeout(() => first.child.kill('SIGKILL'), 30);
    };
    expectSame(await fit({ onAsk }));
    expect(kills).toBeGreaterThan(0);
  },
);

test('a worker that stops for longer than it may goes on afterwards', async () => {
  const [first] = await start(2);
  const onAsk = ({ kind }: PartQuestion, asked: number) => {
    if (kind === 'assign' && asked % 2 === 0) first.child.kill('SIGSTOP');
    if (kind === 'labels') first.child.kill('SIGCONT');
  };
  expectSame(await fit({ onAsk }));
  expectSame(await fit());
});

test('a fit waits for the first worker, and says so', async () => {
  const notes: string[] = [];
  const running = fit({ onNote: (text) => notes.push(text) });
  await expect.poll(() => notes.join(), { timeout: 10_000 }).toContain('No worker is connected');
  await start(1);
  expectSame(await running);
});

test('what is wrong with a part is said once, by the fit', async () => {
  await start(1);
  await expect(fit({ source: join(folder, 'missing') })).rejects.toThrow(/Worker .*, part \d: ENOENT/);
  await expect(fit({ version: '0.0.1' })).rejects.toThrow('but the fit is of 0.0.1');
  const random = new Random(9);
  const change = async ({ kind }: PartQuestion) => {
    if (kind === 'moments') await writeFile(file(3), points(FILES[3], random));
  };
  const original = new Random(5);
  const files = FILES.map((rows) => points(rows, original));
  try {
    await expect(fit({ onAsk: change })).rejects.toThrow('part 3 of');
    await writeFile(file(3), files[3].subarray(0, 5000));
    await expect(fit()).rejects.toThrow('points-3.npy');
    const nan = Uint8Array.from(files[3]);
    nan.fill(255, nan.length - 4);
    await writeFile(file(3), nan);
    await expect(fit()).rejects.toThrow(/part 3: .*(NaN|finite)/);
  } finally {
    await writeFile(file(3), files[3]);
  }
  expectSame(await fit());
});

test('the command fits on workers, hides the password, and goes on with one that was killed', async () => {
  const output = join(folder, '..', `${folder.slice(folder.lastIndexOf('/') + 1)}-run`);
  const address = server.url.replace('//', '//default:secret@');
  await server.redis.config('SET', 'requirepass', 'secret');
  await server.redis.auth('secret');
  const own = { ...server, url: address };
  const plain = server;
  server = own;
  try {
    await start(2);
    const command = ['fit', join(folder, 'points-*.npy'), '-k', '7', '--workers', address, '-o', output];
    const starts = [...command, '--engine', 'wasm', '--threads', '1', '--n-init', '4'];
    const killed = startShoal(...starts);
    await expect
      .poll(() => readFile(`${output}.resume`).catch(() => undefined), { timeout: 10_000, interval: 5 })
      .toBeDefined();
    await killed.kill('SIGKILL');
    const left = await server.redis.keys('*:fit:*');
    expect(left).not.toHaveLength(0);
    const lifetimes = await Promise.all(left.map((key) => server.redis.pttl(key)));
    expect(lifetimes.filter((lifetime) => lifetime === -1)).toStrictEqual([]);
    await server.redis.del(...left);
    const files = ['labels.npy', 'model.safetensors', 'history.json'];
    const results = () => Promise.all(files.map((name) => readFile(join(output, name))));
    const resumed = await shoal(...starts, '--resume');
    expect(resumed.stderr).toContain('Going on with the stopped fit');
    const [first, whole] = [await results(), await shoal(...starts, '--force')];
    expect(whole.status, whole.stderr).toBe(0);
    expect(await results()).toStrictEqual(first);
    await rm(output, { recursive: true });
    const interrupted = startShoal(...command, '--engine', 'wasm', '--n-init', '500');
    await interrupted.says('in 6 parts for workers');
    await sleep(500);
    await interrupted.kill('SIGINT');
    expect(interrupted.child.exitCode).toBe(130);
    const done = await shoal(...command, '--engine', 'wasm', '--threads', '1', '--json');
    expect(done.status, done.stderr).toBe(0);
    expect(done.stdout).toContain('***@');
    expect(done.stdout + done.stderr).not.toContain('secret');
    const refused = await shoal(...command, '--method', 'gmm');
    expect(refused.stderr).toContain('--workers fits --method kmeans');
  } finally {
    await server.redis.config('SET', 'requirepass', '');
    server = plain;
    await rm(output, { recursive: true, force: true });
    await rm(`${output}.resume`, { force: true });
  }
});

test('an address without Redis, and a server that drops keys, are errors', async () => {
  const nowhere = await shoal('worker', '--redis', 'redis://127.0.0.1:1');
  expect(nowhere.status).toBe(1);
  expect(nowhere.stderr).toContain('redis://127.0.0.1:1 cannot be reached');
  await server.redis.config('SET', 'maxmemory', '100mb', 'maxmemory-policy', 'allkeys-lru');
  const dropping = await shoal('worker', '--redis', server.url);
  await server.redis.config('SET', 'maxmemory', '0', 'maxmemory-policy', 'noeviction');
  expect(dropping.stderr).toContain('has maxmemory-policy allkeys-lru');
});
