import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { KMeans } from '../../packages/core/dist/index.js';
import { writeNpy } from '../../packages/data/dist/index.js';
import { readPartedFile } from '../../packages/data/dist/node/index.js';
import { openEngine } from '../../packages/engines/dist/node/index.js';
import { ensureRedis } from '../ensure-redis.mjs';
import { root } from '../command.mjs';
import { shoal } from './shoal.mjs';

const FILES = 9;
const ROWS = 2500;
const COLUMNS = 16;
const CLUSTERS = 12;
const WORKERS = 3;
/** Seconds after which a worker is lost. */
const LOST_AFTER = 1;

/**
 * Fits on three workers, of which some are killed or stopped at any moment: every fit must have the labels and the inertia of one
 * process, to the last bit, and leave nothing in Redis.
 */
/** @type {import('./part.mjs').Part} */
export const workers = {
  name: 'workers',
  title: 'random kills and stops of workers',
  share: 0.6,
  async run({ folder, random, scale, isOver }) {
    const missing = await ensureRedis();
    if (missing !== undefined) return { tried: 0, defects: [], missing };
    const points = join(folder, 'points');
    await writeParts(points, random);
    const redis = await startRedis();
    const pool = Array.from({ length: WORKERS }, () => startWorker(redis.url));
    const engine = await openEngine('wasm', { threads: 1 });
    /** @type {string[]} */
    const defects = [];
    let tried = 0;
    let kills = 0;
    let stops = 0;
    try {
      for (; tried < Math.ceil(200 * scale) && !isOver(); tried++) {
        const isSeeding = tried % 2 === 0;
        const output = join(folder, 'run');
        const init = isSeeding ? 'k-means++' : 'k-means||';
        const options = ['-k', String(CLUSTERS), '--seed', String(tried), '--init', init, '-o', output];
        const fit = shoal(
          [
            'fit',
            points,
            ...options,
            '--force',
            '--workers',
            redis.url,
            '--engine',
            'wasm',
            '--threads',
            '1',
          ],
          { cwd: folder },
        );
        const ended = new AbortController();
        const harm = harmUntil(ended.signal, pool, redis.url, random);
        const { status, stderr } = await fit;
        ended.abort();
        const harmed = await harm;
        kills += harmed.kills;
        stops += harmed.stops;
        if (status !== 0) defects.push(`fit ${tried} ended with ${String(status)}: ${stderr}`);
        else defects.push(...(await differences(output, { points, seed: tried, init, engine })));
        const left = await redis.keys();
        if (left.length > 0) defects.push(`fit ${tried} left ${left.join(', ')}`);
      }
    } finally {
      for (const worker of pool) worker.kill('SIGKILL');
      redis.stop();
      engine.destroy();
    }
    return { tried, defects, note: `${kills} kills, ${stops} stops` };
  },
};

/**
 * Kills and replaces workers, or stops them for a while.
 *
 * @param {AbortSignal} signal
 * @param {import('node:child_process').ChildProcess[]} pool changed
 * @param {string} url
 * @param {() => number} random
 */
async function harmUntil(signal, pool, url, random) {
  let kills = 0;
  let stops = 0;
  for (;;) {
    await sleep(200 + 1500 * random());
    if (signal.aborted) return { kills, stops };
    const at = Math.floor(random() * pool.length);
    if (random() < 0.6) {
      kills++;
      pool[at].kill('SIGKILL');
      pool[at] = startWorker(url);
    } else {
      stops++;
      pool[at].kill('SIGSTOP');
      await sleep(1000 * LOST_AFTER * (0.5 + 2 * random()));
      pool[at].kill('SIGCONT');
    }
  }
}

/**
 * @param {string} folder
 * @param {() => number} random
 */
async function writeParts(folder, random) {
  await mkdir(folder);
  for (let file = 0; file < FILES; file++) {
    const data = Float32Array.from({ length: ROWS * COLUMNS }, (_, at) => {
      const cluster = (Math.floor(at / COLUMNS) * 7) % CLUSTERS;
      return 3 * ((cluster * ((at % COLUMNS) + 3)) % 5) + random() + random() + random();
    });
    await writeFile(join(folder, `${file}.npy`), writeNpy({ data, shape: [ROWS, COLUMNS] }));
  }
}

/**
 * What a run has other than a fit in this process.
 *
 * @param {string} output
 * @param {{ points: string, seed: number, init: 'k-means++' | 'k-means||', engine: import('../../packages/core/dist/index.js').Engine }} fit
 * @returns {Promise<string[]>}
 */
async function differences(output, { points, seed, init, engine }) {
  const file = await readPartedFile(points, { memoryBytes: 1e9 });
  if (file === undefined) throw new Error('The points cannot be read in parts.');
  const { labels, inertia } = await new KMeans({ clusters: CLUSTERS, seed, init, engine }).fit(file.points);
  /** @type {{ objective: { value: number } }} */
  const { objective } = JSON.parse(await readFile(join(output, 'metrics.json'), 'utf8'));
  const saved = await readFile(join(output, 'labels.npy'));
  const expected = writeNpy({ data: labels, shape: [labels.length] });
  await rm(output, { recursive: true });
  const found = [];
  if (objective.value !== inertia) found.push(`the inertia was ${objective.value} instead of ${inertia}`);
  if (!saved.equals(expected)) {
    found.push('labels were others than in one process');
  }
  return found.map((text) => `with seed ${seed} and ${init} ${text}`);
}

async function startRedis() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  const port = String(typeof address === 'object' && address !== null ? address.port : 0);
  probe.close();
  await once(probe, 'close');
  const server = spawn('redis-server', ['--port', port, '--bind', '127.0.0.1', '--save', ''], {
    stdio: 'ignore',
  });
  await once(server, 'spawn');
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: () => server.kill('SIGKILL'),
    /** Keys of fits. */
    async keys() {
      const client = spawn('redis-cli', ['-p', port, '--raw', 'keys', '*:fit:*']);
      let text = '';
      client.stdout.on('data', (/** @type {Buffer} */ data) => (text += data.toString()));
      await once(client, 'close');
      return text.split('\n').filter((line) => line !== '');
    },
  };
}

/** @param {string} url */
function startWorker(url) {
  const bin = join(root, 'packages/cli/dist/bin.js');
  const options = ['--redis', url, '--threads', '1', '--lost-after', String(LOST_AFTER)];
  return spawn(process.execPath, [bin, 'worker', ...options], { stdio: 'ignore' });
}
