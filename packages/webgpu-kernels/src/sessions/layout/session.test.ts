import { Random, UnsupportedError, type Engine, type SparseGraph } from '@shoal/core';
import { RATE_OF_ONE, type GraphLayoutOptions } from '@shoal/core/engine-kit';
import { engineContract } from '@shoal/core/testing';
import { describe, expect, it } from 'vitest';
import { DeviceContext } from '../../runtime/device.ts';
import { engineDevice } from '../../testing/engine-device.ts';
import { spyOnDispatches, spyOnReadbacks } from '../../testing/spies.ts';
import { openTestDevice } from '../../testing/test-device.ts';
import { normals } from '../../testing/test-points.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { openGraphLayout } from './recoverable.ts';
import { WebGpuGraphLayoutSession } from './session.ts';

const OPTIONS: GraphLayoutOptions = {
  dimensions: 2,
  a: 1.58,
  b: 0.9,
  repulsion: 1,
  negatives: 5,
  learningRate: 1,
  steps: 200,
  seed: 3,
};

function ring(vertices: number): SparseGraph {
  return {
    offsets: Uint32Array.from({ length: vertices + 1 }, (_, i) => i),
    targets: Uint32Array.from({ length: vertices }, (_, i) => (i + 1) % vertices),
    rates: new Uint32Array(vertices).fill(RATE_OF_ONE / 2),
  };
}

describe('a layout with one submit for each dispatch', () => {
  const device = useTestDevice();
  const cases = engineContract.filter(({ name }) => /^layout: (65|1025|300|edges|steps|what)/.test(name));

  it.each(cases.map((entry) => [entry.name, entry] as const))('%s', async (_, entry) => {
    const context = new DeviceContext(device.context.device, { software: true, submitBudget: 1 });
    const engine: Pick<Engine, 'createGraphLayout'> = {
      createGraphLayout: (...input) => openGraphLayout(engineDevice(context), ...input),
    };
    await entry.run(engine as Engine);
    expect(context.ledger.count).toBe(0);
  });
});

describe('WebGpuGraphLayoutSession', () => {
  const device = useTestDevice();
  const vertices = 150;
  const graph = ring(vertices);

  async function layOut(dimensions: number, stretches: readonly number[]): Promise<Float32Array> {
    const positions = normals(1, vertices * dimensions);
    const options = { ...OPTIONS, dimensions };
    const session = await WebGpuGraphLayoutSession.create(device.context, graph, positions, options);
    for (const count of stretches) await session.step(count);
    expect(session.completed).toBe(stretches.reduce((sum, count) => sum + count, 0));
    const read = await session.readPositions();
    session.destroy();
    return read;
  }

  it.each([1, 2, 3, 5])('is the same for any division into calls, in %i dimensions', async (dimensions) => {
    const atOnce = await layOut(dimensions, [199]);
    expect(await layOut(dimensions, [1, 62, 2, 0, 64, 70])).toEqual(atOnce);
    expect(await layOut(dimensions, [63, 65, 71])).toEqual(atOnce);
  });

  it('continues from its state with the same bits', async () => {
    const open = (positions: Float32Array, completed: number) =>
      WebGpuGraphLayoutSession.create(device.context, graph, positions, OPTIONS, completed);
    const first = await open(normals(1, 2 * vertices), 0);
    await first.step(101);
    const between = await first.readPositions();
    await first.step(99);
    const second = await open(between, 101);
    await second.step(1000);
    expect(second.completed).toBe(200);
    expect(await second.readPositions()).toEqual(await first.readPositions());
    first.destroy();
    second.destroy();
  });

  it('takes one dispatch per step, and reads nothing back', async () => {
    const session = await WebGpuGraphLayoutSession.create(
      device.context,
      graph,
      normals(1, 2 * vertices),
      OPTIONS,
    );
    const dispatches = spyOnDispatches(device.context.device);
    const readbacks = spyOnReadbacks(device.context.device);
    await session.step(200);
    await session.step(1);
    expect(dispatches).toHaveBeenCalledTimes(200);
    expect(readbacks).toHaveBeenCalledTimes(0);
    dispatches.mockRestore();
    readbacks.mockRestore();
    session.destroy();
    expect(device.context.ledger.count).toBe(0);
  });

  it('stops between steps when aborted', async () => {
    const controller = new AbortController();
    const context = new DeviceContext(device.context.device, { software: true, submitBudget: 1 });
    const options = { ...OPTIONS, steps: 16_000, signal: controller.signal };
    const session = await WebGpuGraphLayoutSession.create(context, graph, normals(1, 2 * vertices), options);
    const stepping = session.step(16_000);
    setTimeout(() => {
      controller.abort(new Error('enough'));
    }, 20);
    await expect(stepping).rejects.toThrow('enough');
    expect(session.completed).toBeLessThan(16_000);
    session.destroy();
  });

  it('lays out a vertex with very many edges', async () => {
    const leaves = 20_000;
    const random = new Random(1);
    const star: SparseGraph = {
      offsets: Uint32Array.from({ length: leaves + 2 }, (_, i) => (i === 0 ? 0 : leaves + i - 1)),
      targets: Uint32Array.from({ length: 2 * leaves }, (_, edge) => (edge < leaves ? edge + 1 : 0)),
      rates: Uint32Array.from({ length: 2 * leaves }, () => random.integer(RATE_OF_ONE)),
    };
    const positions = normals(1, 2 * (leaves + 1));
    const session = await WebGpuGraphLayoutSession.create(device.context, star, positions, OPTIONS);
    await session.step(3);
    expect((await session.readPositions()).every((value) => Number.isFinite(value))).toBe(true);
    session.destroy();
  });

  it('rejects what the device cannot bind', async () => {
    const { device: gpu } = device.context;
    const dimensions = gpu.limits.maxStorageBufferBindingSize / 4 + 1;
    const positions = new Float32Array(dimensions);
    const lone = { offsets: Uint32Array.of(0, 0), targets: new Uint32Array(0), rates: new Uint32Array(0) };
    const opening = WebGpuGraphLayoutSession.create(device.context, lone, positions, {
      ...OPTIONS,
      dimensions,
    });
    await expect(opening).rejects.toBeInstanceOf(UnsupportedError);
    expect(device.context.ledger.count).toBe(0);
  });

  it('rejects running calls when it, or the device, is destroyed', async () => {
    const own = await openTestDevice();
    const open = () => openGraphLayout(engineDevice(own.context), graph, normals(1, 2 * vertices), OPTIONS);
    const session = await open();
    const stepping = session.step(200);
    session.destroy();
    await expect(stepping).rejects.toMatchObject({ name: 'StateError' });
    const other = await open();
    own.context.device.destroy();
    await expect(other.step(1)).rejects.toMatchObject({ name: 'DeviceError', reason: 'lost' });
    own.destroy();
    await expect(other.step(1)).rejects.toMatchObject({ name: 'StateError' });
  });
});
