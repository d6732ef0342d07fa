import { expect, it } from 'vitest';
import { buildClustering } from '../data/build-clustering.ts';
import { keyMetrics } from './key-metrics.ts';

const shown = async (metrics: Parameters<typeof buildClustering>[0]['metrics']): Promise<string[]> =>
  keyMetrics(await buildClustering({ labels: [0, 1], metrics })).map(({ name, value }) => `${name} ${value}`);

it('reads the metrics of a run', async () => {
  expect(
    await shown({
      objective: { name: 'inertia', value: 12345.6 },
      train: { accuracy: 0.5912, nmi: { arithmetic: 0.51234, max: 1 }, ari: -0.1 },
    }),
  ).toEqual(['Points 2', 'Clusters 2', 'Inertia 12,346', 'Accuracy 59.1%', 'NMI 0.512', 'ARI -0.100']);
});

it('reads numbers that were set from code, and ignores other values', async () => {
  expect(await shown({ silhouette: 0.25, nmi: 0.5, accuracy: 'good', ari: null, objective: [1] })).toEqual([
    'Points 2',
    'Clusters 2',
    'NMI 0.500',
    'Silhouette 0.250',
  ]);
});
