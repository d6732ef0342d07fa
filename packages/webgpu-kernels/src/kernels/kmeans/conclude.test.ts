import { describe, expect, it } from 'vitest';
import { runKernel } from '../../testing/test-device.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { concludeAssignmentKernel, concludeAssignmentParams } from './conclude-assignment.ts';
import { concludeIterationKernel, concludeIterationParams } from './conclude-iteration.ts';
import { ITERATION_BYTES, packState, unpackIteration } from './state.ts';

describe('conclude-assignment', () => {
  const device = useTestDevice();

  /** Partials whose inertias are 1 and whose changes are 2 each. */
  function partialsOf(count: number): Uint8Array {
    const view = new DataView(new ArrayBuffer(8 * count));
    for (let i = 0; i < count; i++) {
      view.setFloat32(8 * i, 1, true);
      view.setUint32(8 * i + 4, 2, true);
    }
    return new Uint8Array(view.buffer);
  }

  it.each([1, 255, 256, 257, 5000])('adds up %i partial results', async (count) => {
    const { history, state } = await runKernel(device.context, concludeAssignmentKernel, {
      grid: [1, 1],
      buffers: {
        partials: partialsOf(count),
        sums: Float32Array.of(5, 1, 6, 2),
        state: new Uint8Array(packState(true, 0)),
        history: new Uint8Array(2 * ITERATION_BYTES),
        params: new Uint8Array(concludeAssignmentParams(count, 2, 1, true)),
      },
    });
    const expected = { inertia: count, changed: 2 * count, shift: 0, empty: 0 };
    expect(unpackIteration(new DataView(history), 0)).toEqual(expected);
    expect([...new Uint32Array(state).subarray(0, 3)]).toEqual([0, 0, 0]);
  });

  it('halts on empty clusters when it has their sums', async () => {
    const buffers = {
      partials: partialsOf(1),
      sums: Float32Array.of(5, 0, 6, 2, 0, 0),
      state: new Uint8Array(packState(false, 0)),
      history: new Uint8Array(ITERATION_BYTES),
    };
    for (const hasSums of [true, false]) {
      const params = new Uint8Array(concludeAssignmentParams(1, 3, 1, hasSums));
      const { history, state } = await runKernel(device.context, concludeAssignmentKernel, {
        grid: [1, 1],
        buffers: { ...buffers, params },
      });
      expect(unpackIteration(new DataView(history), 0).empty).toBe(hasSums ? 2 : 0);
      const halted = hasSums ? 1 : 0;
      expect([...new Uint32Array(state).subarray(0, 2)]).toEqual([halted, halted]);
    }
  });

  it('packs partials, clusters, elements per cluster and whether there are sums', () => {
    expect([...new Uint32Array(concludeAssignmentParams(9, 3, 4, true))]).toEqual([9, 3, 5, 1]);
  });
});

describe('conclude-iteration', () => {
  const device = useTestDevice();

  async function conclude(
    shifts: Float32Array,
    changed: number,
    tolerance: number,
    halted = false,
  ): Promise<{ halted: number; ran: number; shift: number }> {
    const before = packState(false, tolerance);
    if (halted) new Uint32Array(before)[0] = 1;
    const { state, history } = await runKernel(device.context, concludeIterationKernel, {
      grid: [1, 1],
      buffers: {
        shifts,
        state: new Uint8Array(before),
        history: Uint32Array.of(0, changed, 0, 0),
        params: new Uint8Array(concludeIterationParams(shifts.length)),
      },
    });
    const [flag, ran] = new Uint32Array(state);
    return { halted: flag, ran: ran, shift: unpackIteration(new DataView(history), 0).shift };
  }

  it.each([1, 255, 257, 1000])('adds up the movements of %i clusters', async (clusters) => {
    const found = await conclude(new Float32Array(clusters).fill(0.5), 3, 0);
    expect(found).toEqual({ halted: 0, ran: 1, shift: 0.5 * clusters });
  });

  it('halts when no label changed or the movement is within the tolerance, infinity included', async () => {
    const shifts = Float32Array.of(2);
    expect((await conclude(shifts, 0, 0)).halted).toBe(1);
    expect((await conclude(shifts, 1, 1.9)).halted).toBe(0);
    expect((await conclude(shifts, 1, 2)).halted).toBe(1);
    expect((await conclude(shifts, 1, Infinity)).halted).toBe(1);
  });

  it('records nothing once the step has halted', async () => {
    expect(await conclude(Float32Array.of(2), 1, 0, true)).toEqual({ halted: 1, ran: 0, shift: 0 });
  });
});
