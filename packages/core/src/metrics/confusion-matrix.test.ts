import { describe, expect, it } from 'vitest';
import { clusteringAccuracy } from './accuracy.ts';
import { clusteringReport } from './clustering-report.ts';
import { alignedConfusionMatrix, confusionMatrix } from './confusion-matrix.ts';

const classes = ['bag', 'bag', 'bag', 'coat', 'coat', 'shoe'];

describe('confusion matrix', () => {
  it('has classes as rows and clusters as columns, in the order of their labels', () => {
    expect(confusionMatrix(classes, [2, 2, 0, 0, 0, 1])).toEqual({
      classes: ['bag', 'coat', 'shoe'],
      clusters: [0, 1, 2],
      counts: [
        [1, 0, 2],
        [2, 0, 0],
        [0, 1, 0],
      ],
    });
  });

  it('aligned by the best matching has the matched points on its diagonal', () => {
    const clusters = [2, 2, 0, 0, 0, 1];
    expect(alignedConfusionMatrix(classes, clusters)).toEqual({
      classes: ['bag', 'coat', 'shoe'],
      clusters: [2, 0, 1],
      counts: [
        [2, 1, 0],
        [0, 2, 0],
        [0, 0, 1],
      ],
    });
    expect(clusteringAccuracy(classes, clusters)).toBe(5 / 6);
  });

  it('aligned puts the clusters left over last', () => {
    expect(alignedConfusionMatrix([0, 0, 1, 1], [5, 7, 6, 6])).toMatchObject({
      clusters: [5, 6, 7],
      counts: [
        [1, 0, 1],
        [0, 2, 0],
      ],
    });
  });

  it('aligned gives a class left over an empty column', () => {
    expect(alignedConfusionMatrix([0, 1, 1, 2, 2, 2], [1, 1, 1, 4, 4, 4])).toMatchObject({
      clusters: [null, 1, 4],
      counts: [
        [0, 1, 0],
        [0, 2, 0],
        [0, 0, 3],
      ],
    });
  });

  it('is plain JSON in a report', () => {
    const report = clusteringReport(classes, [2, 2, 0, 0, 0, 1]);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(report.accuracy).toBe(5 / 6);
  });
});
