import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '../../packages/core/dist/index.js';

/**
 * @typedef {object} Room where a part works
 * @property {string} folder an empty folder of its own
 * @property {() => number} random from 0 to 1, the same for a seed
 * @property {number} scale how much is tried, 1 for all
 * @property {() => boolean} isOver whether its time is up
 */

/**
 * @typedef {object} PartResult
 * @property {number} tried
 * @property {string[]} defects
 * @property {string} [missing] why (a part of) it could not be tried here
 * @property {string} [note] what was measured
 */

/** @typedef {{ name: string, title: string, share: number, run: (room: Room) => Promise<PartResult> }} Part */

/**
 * Runs one part in its own folder.
 *
 * @param {Part} part
 * @param {{ seed: number, scale: number, seconds: number }} options
 */
export async function runPart(part, { seed, scale, seconds }) {
  const folder = await mkdtemp(join(tmpdir(), `shoal-break-${part.name}-`));
  const until = performance.now() + seconds * 1000;
  const random = new Random(seed);
  try {
    return await part.run({
      folder,
      random: () => random.uniform(),
      scale,
      isOver: () => performance.now() > until,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Writes points in three groups, from 0 to 1, as CSV.
 *
 * @param {string} path
 * @param {number} rows
 * @param {number} columns
 * @param {() => number} random
 */
export async function writePoints(path, rows, columns, random) {
  const lines = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, () => (((i % 3) * 10 + random()) / 21).toFixed(6)).join(','),
  );
  await writeFile(path, `${lines.join('\n')}\n`);
}
