import { describe, expect, it } from 'vitest';
import { buildClustering } from '../../data/build-clustering.ts';
import { MARK } from '../../render/scatter.ts';
import { ViewerState } from '../../state/viewer-state.ts';
import { marksOf } from './marks.ts';
import { readableOn } from './shapes.ts';

const data = await buildClustering({
  points: [[0], [1], [2], [3], [4]],
  labels: [0, 1, 1, 2, 9],
  clusters: 3,
});
const { selected, muted } = MARK;

function marks(change: (state: ViewerState) => void): number[] {
  const state = new ViewerState();
  state.setData(data);
  change(state);
  return [...marksOf(state, data)];
}

describe('marksOf', () => {
  it('grays others when some points are selected, or a cluster is chosen', () => {
    expect(marks(() => undefined)).toEqual([0, 0, 0, 0, 0]);
    expect(
      marks((state) => {
        state.lookAt(1);
      }),
    ).toEqual([muted, 0, 0, muted, muted]);
    const both = marks((state) => {
      state.lookAt(1);
      state.select([0, 4]);
    });
    expect(both).toEqual([selected, muted, muted, muted, selected]);
  });

  it('grays groups that are gray in the legend, selected or not, but not points without a group', () => {
    const seen = marks((state) => {
      state.select([0, 1]);
      state.mute([1]);
    });
    expect(seen).toEqual([selected, muted, muted, muted, muted]);
    expect(
      marks((state) => {
        state.mute([0, 2]);
      }),
    ).toEqual([muted, 0, 0, muted, 0]);
  });
});

describe('readableOn', () => {
  it('is black on light colors and white on dark ones', () => {
    expect(readableOn([255, 255, 0])).toEqual([0, 0, 0]);
    expect(readableOn([0, 0, 160])).toEqual([255, 255, 255]);
  });
});
