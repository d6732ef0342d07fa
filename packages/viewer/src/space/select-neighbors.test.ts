import { tableOf } from '@shoal/tables';
import { describe, expect, it } from 'vitest';
import { buildClustering } from '../data/build-clustering.ts';
import { ViewerState } from '../state/viewer-state.ts';
import { selectNeighbors } from './select-neighbors.ts';

const places = [0, 0, 1, 0, 2, 0, 3, 0];

async function stateOf(input: Omit<Parameters<typeof buildClustering>[0], 'labels'>): Promise<ViewerState> {
  const state = new ViewerState();
  state.setData(await buildClustering({ labels: [0, 0, 1, 1], ...input }));
  return state;
}

describe('selectNeighbors', () => {
  it('measures between the points that were clustered', async () => {
    const state = await stateOf({
      points: [
        [0, 0],
        [10, 0],
        [10, 1],
        [0, 3],
      ],
      positions: places,
    });
    const { points, space, message } = selectNeighbors(state, 0, 2);
    expect([...points]).toEqual([3, 1]);
    expect([...state.selection.points]).toEqual([0, 1, 3]);
    expect(space).toBe('the points that were clustered');
    expect(message).toBe(
      'Row 0 and its 2 nearest neighbors are selected, by the points that were clustered.',
    );
  });

  it('standardizes the columns of a table, so that units do not matter', async () => {
    const table = tableOf({
      grams: [0, 1000, 0, 1000],
      meters: [0, 0.1, 0.2, 5],
      kind: ['a', 'a', 'a', 'b'],
    });
    const state = await stateOf({ table, positions: places });
    // Standard deviations: 500 g and 2.12 m. So 0 and 2 differ by 0.09, 0 and 1 by 2.0, and 0 and 3 by more.
    expect([...selectNeighbors(state, 0, 3).points]).toEqual([2, 1, 3]);
  });

  it('takes pixels where points have pictures, and else places on the map', async () => {
    const images = {
      width: 2,
      height: 1,
      pixels: Uint8Array.of(9, 9, 200, 200, 8, 9),
      points: Uint32Array.of(0, 2, 3),
    };
    const state = await stateOf({ images, positions: places });
    expect([...selectNeighbors(state, 0, 1).points]).toEqual([3]);
    expect(selectNeighbors(state, 0, 1).space).toBe('the pixels of 3 pictures');
    const { points, space } = selectNeighbors(state, 1, 2);
    expect([[...points], space]).toEqual([[0, 2], 'their places on the map']);
  });

  it('leaves out points that do not pass the filters, and refuses wrong numbers', async () => {
    const state = await stateOf({ points: [[0], [1], [2], [3]] });
    state.setFilters([{ by: 'cluster', values: [1] }], Uint8Array.of(1, 0, 1, 1));
    expect([...selectNeighbors(state, 0, 5).points]).toEqual([2, 3]);
    expect(() => selectNeighbors(state, 4, 1)).toThrow('There is no point 4; the viewer shows 4 points.');
    expect(() => selectNeighbors(state, 0, 0)).toThrow('at least 1; got 0');
  });
});
