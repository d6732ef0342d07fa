import { expect, it } from 'vitest';
import { buildClustering } from '../data/build-clustering.ts';
import { groupColors } from './group-colors.ts';

const white = [255, 255, 255] as const;

it('gives a class the color of its matched cluster', async () => {
  const labels = [0, 0, 0, 1, 1, 1, 2, 2, 2];
  const data = await buildClustering({
    labels,
    classes: { labels: [2, 2, 2, 0, 0, 1, 1, 1, 1], names: ['a', 'b', 'c', 'd'] },
  });
  const { clusters, classes } = groupColors(data, 'default', white);
  expect(clusters).toHaveLength(3);
  expect(classes.slice(0, 3)).toEqual([clusters[1], clusters[2], clusters[0]]);
  expect(clusters).not.toContainEqual(classes[3]);
});

it('gives a few classes distinct colors when there are many clusters', async () => {
  const labels = Array.from({ length: 600 }, (_, i) => i % 60);
  const data = await buildClustering({
    labels,
    points: labels.map((label) => [label % 8, Math.floor(label / 8)]),
    classes: { labels: labels.map((label) => label % 3), names: ['a', 'b', 'c'] },
  });
  const { clusters, classes } = groupColors(data, 'default', white);
  expect(new Set(clusters.map(String)).size).toBe(60);
  expect(classes).toEqual(
    groupColors(await buildClustering({ labels: [0, 1, 2] }), 'default', white).clusters,
  );
});
