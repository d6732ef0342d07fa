import { adjustedRandIndex, GaussianMixture, KMeans, type ClusterModel, type Matrix } from '@shoal/core';
import { Recipe, tableOf, type RecipeOptions, type Table } from '@shoal/tables';
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';

async function read(name: string): Promise<Table> {
  const file = new URL(`../data/${name}`, import.meta.resolve('vega-datasets'));
  return tableOf(JSON.parse(await readFile(file, 'utf8')) as object[], { name });
}

/** Agreement with the species of all rows, those without a measurement included. */
async function agreement(
  table: Table,
  options: RecipeOptions,
  cluster: (points: Matrix) => Promise<ClusterModel>,
): Promise<number> {
  const { points, rows, classes } = Recipe.fit(table, { labelColumn: 'Species', ...options }).transform(
    table,
  );
  const { labels } = await cluster(points);
  return adjustedRandIndex(
    Array.from(rows, (row) => classes?.labels[row] ?? -1),
    labels,
  );
}

describe('penguins', () => {
  let penguins: Table;
  beforeAll(async () => {
    penguins = await read('penguins.json');
  });

  it('are found by k-means, with their island and sex as categories', async () => {
    const recipe = Recipe.fit(penguins, { labelColumn: 'Species' });
    expect(recipe.columns.map(({ name, role, use }) => [name, role, use])).toEqual([
      ['Species', 'category', 'label'],
      ['Island', 'category', 'used'],
      ['Beak Length (mm)', 'number', 'used'],
      ['Beak Depth (mm)', 'number', 'used'],
      ['Flipper Length (mm)', 'number', 'used'],
      ['Body Mass (g)', 'number', 'used'],
      ['Sex', 'category', 'used'],
    ]);
    for (const seed of [0, 1, 2]) {
      const kmeans = new KMeans({ clusters: 3, nInit: 10, seed });
      expect(await agreement(penguins, {}, (points) => kmeans.fit(points))).toBeGreaterThan(0.75);
    }
  });

  it('are found by a mixture of their four measurements', async () => {
    const options = { exclude: ['Island', 'Sex'] };
    const mixture = new GaussianMixture({ clusters: 3, seed: 0 });
    expect(await agreement(penguins, options, (points) => mixture.fit(points))).toBeGreaterThan(0.9);
  });
});

describe('cars and movies', () => {
  it.each([
    ['cars.json', ['Name']],
    ['movies.json', ['Title', 'Distributor', 'Director']],
  ])('%s leave out the texts that are nearly all different', async (file, expected) => {
    const { columns } = Recipe.fit(await read(file));
    const texts = columns.filter(({ role }) => role === 'text').map(({ name }) => name);
    expect(texts).toEqual(expect.arrayContaining(expected));
    expect(columns.filter(({ type, use }) => type === 'number' && use !== 'used')).toEqual([]);
  });
});
