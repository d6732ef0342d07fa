import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KMeans, Random } from '@shoal/core';
import { sumOfAnswers, type PartAnswer, type PartHost } from '@shoal/core/parts-kit';
import { writeNpy } from '@shoal/data';
import { readPartedFile } from '@shoal/data/node';
import { openEngine } from '@shoal/engines';
import { expect, onTestFinished, test } from 'vitest';
import { PartStore } from './part-store.ts';

const COLUMNS = 3;

test('a store with memory for one part gives the bits of one that keeps all', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'shoal-store-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const random = new Random(1);
  for (const [i, rows] of [40, 300, 7].entries()) {
    const data = Float32Array.from({ length: rows * COLUMNS }, () => random.normal());
    await writeFile(join(folder, `${i}.npy`), writeNpy({ data, shape: [rows, COLUMNS] }));
  }
  const file = await readPartedFile(folder, { memoryBytes: 1e6 });
  if (!file) throw new Error('The files are not read in parts.');
  const engine = await openEngine('wasm', { threads: 1 });
  onTestFinished(() => {
    engine.destroy();
  });
  const partRows = file.points.parts.map(({ rows }) => rows);
  const { arithmetic } = engine.info;
  const description = {
    version: '1',
    source: folder,
    partMemory: 1e6,
    partRows,
    columns: COLUMNS,
    arithmetic,
  };
  const mostHeld: number[] = [];
  const fit = async (memory: number) => {
    const arrays = new Map<string, Float64Array>();
    const sums = new Map<number, number>();
    const store = new PartStore(
      { memory, threads: 1 },
      {
        array: async (_, name) => arrays.get(name) ?? new Float64Array(),
        sum: async (_, part) => sums.get(part),
      },
    );
    let held = 0;
    const host: PartHost = {
      nextSession: () => 1,
      put: async (name, values) => void arrays.set(name, values),
      drop: (names) => {
        for (const name of names) arrays.delete(name);
      },
      ask: async (question, parts) => {
        const answers: PartAnswer[] = [];
        for (const part of parts) {
          const task = {
            fit: 'fit',
            description: { ...description, engine: 'wasm' as const },
            question,
            part,
          };
          const { values, sum } = await store.answer(task);
          if (sum !== undefined) sums.set(part, sum);
          answers.push(structuredClone(values));
          held = Math.max(held, store.held('fit').length);
        }
        return answers;
      },
      sum: async (question, parts, signal) => sumOfAnswers(await host.ask(question, parts, signal)),
    };
    const model = await new KMeans({ clusters: 4, seed: 2, engine }).fit({ ...file.points, host });
    await store.forget(['fit']);
    expect(store.held('fit')).toStrictEqual([]);
    mostHeld.push(held);
    return model;
  };
  const [all, one] = [await fit(Infinity), await fit(0)];
  expect(mostHeld).toStrictEqual([3, 1]);
  expect(one.labels).toStrictEqual(all.labels);
  expect(one.centroids).toStrictEqual(all.centroids);
  expect(one.inertiaHistory).toStrictEqual(all.inertiaHistory);
});
