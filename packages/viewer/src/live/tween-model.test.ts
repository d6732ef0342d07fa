import { describe, expect, it } from 'vitest';
import { tweenModel } from './tween-model.ts';

describe('tweenModel', () => {
  const from = { kind: 'kmeans', centroids: Float32Array.of(0, 0, NaN, 1) } as const;
  const to = { kind: 'kmeans', centroids: Float32Array.of(4, -2, 3, 5) } as const;

  it('moves in a straight line', () => {
    expect([...tweenModel(from, to, 0.25).centroids]).toEqual([1, -0.5, 3, 2]);
    expect([...tweenModel(from, to, 1).centroids]).toEqual([4, -2, 3, 5]);
  });

  it('turns ellipses while their centers move, where both models have them', () => {
    const mixture = { kind: 'gaussian-mixture', centroids: Float32Array.of(0, 0) } as const;
    const round = { ...mixture, covariances: Float32Array.of(1, 0, 1) };
    const flat = { ...mixture, covariances: Float32Array.of(3, 1, 1) };
    expect([...tweenModel(round, flat, 0.5).covariances!]).toEqual([2, 0.5, 1]);
    expect(tweenModel(mixture, flat, 0.5).covariances).toBeUndefined();
  });

  it('jumps to a model of another number of clusters', () => {
    const other = { kind: 'kmeans', centroids: Float32Array.of(9, 9) } as const;
    expect([...tweenModel(from, other, 0.5).centroids]).toEqual([9, 9]);
  });
});
