import { describe, expect, it } from 'vitest';
import { chooseClusters } from './choose-clusters.ts';

describe('chooseClusters', () => {
  it('takes what all or most criteria pick', () => {
    expect(chooseClusters({ picks: { silhouette: 3, gap: 3, stability: 3 } })).toEqual({
      clusters: 3,
      agreement: 'all',
      why: '3 clusters: all criteria agree (silhouette 3, gap 3, stability 3).',
    });
    expect(chooseClusters({ picks: { silhouette: 2, gap: 5, stability: 5 } })).toMatchObject({
      clusters: 5,
      agreement: 'most',
    });
  });

  it('says that it took the largest number tried', () => {
    const rows = [{ clusters: 2 }, { clusters: 3 }];
    expect(chooseClusters({ picks: { silhouette: 3 }, rows })?.why).toContain(
      'It is the largest number tried.',
    );
    expect(chooseClusters({ picks: { silhouette: 2 }, rows })?.why).not.toContain('largest');
  });

  it('lets BIC, else the silhouette, decide when criteria disagree', () => {
    expect(chooseClusters({ picks: { silhouette: 2, gap: 5, stability: 4 } })).toMatchObject({
      clusters: 2,
      agreement: 'none',
      why: expect.stringMatching(/not sure.*so silhouette decides/) as string,
    });
    expect(chooseClusters({ picks: { bic: 4, aic: 9, silhouette: 2 } })).toMatchObject({ clusters: 4 });
  });

  it('gives at least two, and says that a criterion finds only one', () => {
    expect(chooseClusters({ picks: { gap: 1, silhouette: 4, stability: 6 } })).toMatchObject({
      clusters: 4,
      why: '4 clusters, but perhaps there are none: gap finds no clusters at all (silhouette 4, gap 1, stability 6).',
    });
    expect(chooseClusters({ picks: { gap: 1, silhouette: 4, stability: 4 } })).toMatchObject({
      clusters: 4,
      agreement: 'none',
    });
    expect(chooseClusters({ picks: { gap: 1 } })).toBeUndefined();
    expect(chooseClusters({ picks: {} })).toBeUndefined();
  });
});
