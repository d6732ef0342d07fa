import { expect, it } from 'vitest';
import { NO_CLUSTER } from '../data/labels.ts';
import { numberLabels } from './named-labels.ts';

it('leaves numbers as they are', () => {
  const labels = Int32Array.of(0, -1, 2);
  expect(numberLabels(labels)).toEqual({ labels });
  expect(numberLabels([0, 1])).toEqual({ labels: [0, 1] });
});

it('numbers words in alphabetical order, and none for null and empty texts', () => {
  expect(numberLabels(['b', 'a', '', null, 'b', 7])).toEqual({
    labels: Uint32Array.of(2, 1, NO_CLUSTER, NO_CLUSTER, 2, 0),
    clusterNames: ['7', 'a', 'b'],
  });
});
