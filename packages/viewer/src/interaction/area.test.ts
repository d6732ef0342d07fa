import { describe, expect, it } from 'vitest';
import { PointIndex } from '../render/point-index.ts';
import { beginArea, extendArea, outline, pointsIn } from './area.ts';

const index = new PointIndex(Float32Array.of(0, 0, 1, 1, 2, 2, 3, 1, NaN, 1));

describe('an area', () => {
  it('is a box between the place where it began and the last', () => {
    const box = [
      { x: 9, y: 9 },
      { x: 0.5, y: 0.5 },
    ].reduce(extendArea, beginArea('box', { x: 2.5, y: 2.5 }));
    expect(outline(box)).toEqual([2.5, 2.5, 0.5, 2.5, 0.5, 0.5, 2.5, 0.5]);
    expect([...pointsIn(box, index)]).toEqual([1, 2]);
  });

  it('is a lasso through all places, which contains nothing while it is a line', () => {
    const line = extendArea(beginArea('lasso', { x: -1, y: -1 }), { x: 4, y: 4 });
    expect([...pointsIn(line, index)]).toEqual([]);
    const lasso = extendArea(line, { x: 4, y: -1 });
    expect(outline(lasso)).toEqual([-1, -1, 4, 4, 4, -1]);
    expect([...pointsIn(lasso, index)]).toContain(3);
  });
});
