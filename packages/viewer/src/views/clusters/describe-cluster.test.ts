import { expect, it } from 'vitest';
import { buildClustering } from '../../data/build-clustering.ts';
import { clusterCards, ordersFor, sortCards } from './describe-cluster.ts';

const labels = [0, 0, 0, 1, 2, 2];

it('describes each cluster by its share, its classes and its purity', async () => {
  const data = await buildClustering({
    labels,
    clusters: 4,
    classes: { labels: [1, 1, 0, 0, 1, 7], names: ['a', 'b'] },
  });
  const cards = clusterCards(data);
  expect(cards.map(({ share }) => share)).toEqual([1 / 2, 1 / 6, 1 / 3, 0]);
  expect(cards.map(({ purity }) => purity)).toEqual([2 / 3, 1, 1, undefined]);
  expect(cards[0].mix).toEqual([
    { class: 1, name: 'b', count: 2, share: 2 / 3 },
    { class: 0, name: 'a', count: 1, share: 1 / 3 },
  ]);
});

it('sorts by known values, largest first, and by number, smallest first', async () => {
  const without = clusterCards(await buildClustering({ labels }));
  expect(ordersFor(without)).toEqual(['number', 'size']);

  const points = [[0], [4], [2], [9], [20], [21]];
  const cards = clusterCards(
    await buildClustering({ labels, points, classes: { labels: ['a', 'a', 'b', 'a', 'a', 'b'] } }),
  );
  const order = (by: Parameters<typeof sortCards>[1]): number[] =>
    sortCards(cards, by).map(({ summary }) => summary.cluster);
  expect(ordersFor(cards)).toEqual(['number', 'size', 'purity', 'inertia']);
  expect(order('number')).toEqual([0, 1, 2]);
  expect(order('size')).toEqual([0, 2, 1]);
  expect(order('purity')).toEqual([1, 0, 2]);
  expect(order('inertia')).toEqual([0, 2, 1]);
});
