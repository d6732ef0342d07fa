import { UnsupportedError, type Engine, type Neighbors, type Points } from '@shoal/core';
import { blobs, bytes, engineContract } from '@shoal/core/testing';
import { describe, expect, it } from 'vitest';
import { deviceMatrix } from '../../points/device-points.ts';
import { DeviceContext } from '../../runtime/device.ts';
import { engineDevice } from '../../testing/engine-device.ts';
import { spyOnDispatches, spyOnReadbacks } from '../../testing/spies.ts';
import { openTestDevice } from '../../testing/test-device.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { MAX_NEIGHBORS, planSearch } from './plan.ts';
import { openNeighborSearch } from './recoverable.ts';
import { WebGpuNeighborSearchSession } from './session.ts';

describe.each([
  // A budget of one multiply-add gives chunks and slices of 64 rows, blocks of 128 queries and one submit per dispatch.
  ['in chunks of 64 rows, resident', true, 1, Infinity],
  ['in chunks of 64 rows, streamed', true, 1, 0],
  ['in parts, as on hardware', false, 1e10, Infinity],
  ['in parts and slices', false, 4 * 128 * 64 * 10, Infinity],
] as const)('neighbors %s', (_how, software, budget, residentBytes) => {
  const device = useTestDevice();
  const cases = engineContract.filter(({ name }) =>
    /^neighbors: (\d+ of (129|257|511|513|1025|140)|on a grid|duplicates|a part|other points)/.test(name),
  );

  it('has contract cases of more than one chunk', () => {
    expect(cases.length).toBeGreaterThanOrEqual(12);
  });

  it.each(cases.map((entry) => [entry.name, entry] as const))('%s', async (_, entry) => {
    const context = new DeviceContext(device.context.device, {
      software,
      submitBudget: budget,
      residentBytes,
    });
    const engine: Pick<Engine, 'createNeighborSearch'> = {
      createNeighborSearch: (points, options) => openNeighborSearch(engineDevice(context), points, options),
    };
    await entry.run(engine as Engine);
    expect(context.ledger.count).toBe(0);
  });
});

describe('planSearch', () => {
  const hardware = { software: false, submitBudget: 1e10 };

  it('divides candidates if there are few queries, but not if there are many, and not in software', () => {
    const shape = { queries: 4096, rows: 60_000, columns: 50, neighbors: 15 };
    expect(planSearch(hardware, shape).parts).toBe(16);
    expect(planSearch(hardware, { ...shape, queries: 65_536 }).parts).toBe(1);
    expect(planSearch(hardware, { ...shape, neighbors: 256 }).parts).toBe(2);
    expect(planSearch(hardware, { ...shape, neighbors: MAX_NEIGHBORS }).parts).toBe(1);
    expect(planSearch(hardware, { ...shape, rows: 100 }).parts).toBe(2);
    expect(planSearch({ software: true, submitBudget: 1e8 }, shape).parts).toBe(1);
  });

  it('has equal blocks that fit memory, and dispatches that fit the budget', () => {
    for (const submitBudget of [1e8, 1e10]) {
      for (const queries of [1, 127, 60_000, 1_000_001]) {
        for (const columns of [1, 50, 784, 20_000]) {
          for (const neighbors of [1, 15, 256, MAX_NEIGHBORS]) {
            const shape = { queries, rows: 1_000_001, columns, neighbors };
            const { block, parts, slice } = planSearch({ software: false, submitBudget }, shape);
            expect(block * columns * 4).toBeLessThanOrEqual(128 * 2 ** 20);
            expect(block * neighbors * 8).toBeLessThanOrEqual(32 * 2 ** 20);
            expect(block * parts * neighbors * 8).toBeLessThanOrEqual(128 * 2 ** 20);
            expect(block * columns * slice).toBeLessThanOrEqual(Math.max(submitBudget, 128 * 64 * columns));
            expect(queries / block / Math.ceil(queries / block)).toBeGreaterThan(0.99);
            expect(slice % 64).toBe(0);
          }
        }
      }
    }
  });
});

describe('WebGpuNeighborSearchSession', () => {
  const device = useTestDevice();
  const { points } = blobs(300, 7, 3, 1);

  async function nearest(given: Points): Promise<Neighbors> {
    const session = await WebGpuNeighborSearchSession.create(device.context, given, { neighbors: 5 });
    const found = await session.nearestToRows(0, given.rows);
    session.destroy();
    return found;
  }

  it('stores only the points between calls, bytes as bytes', async () => {
    const session = await WebGpuNeighborSearchSession.create(device.context, bytes(5000, 8, 1), {
      neighbors: 3,
    });
    await session.nearestToRows(0, 200);
    await session.nearestTo(bytes(70, 8, 2));
    expect(device.context.ledger.bytes).toBeLessThan(5000 * 8 + 100);
    session.destroy();
    expect(device.context.ledger.count).toBe(0);
  });

  it('takes points that are on the device, without destroying them', async () => {
    const { context } = device;
    const scope = context.createScope();
    const buffer = await context.guard('testing', () => scope.upload('points', points.data));
    expect(await nearest(deviceMatrix(context, buffer, 300, 7))).toEqual(await nearest(points));
    expect(context.ledger.count).toBe(1);
    scope.destroy();
  });

  it('handles several calls at once', async () => {
    const session = await WebGpuNeighborSearchSession.create(device.context, points, { neighbors: 5 });
    const all = await session.nearestToRows(0, 300);
    const parts = await Promise.all([0, 100, 200].map((start) => session.nearestToRows(start, 100)));
    expect(parts.flatMap(({ indices }) => [...indices])).toEqual([...all.indices]);
    session.destroy();
  });

  it('gathers, searches and ranks a block of queries with one readback', async () => {
    const session = await WebGpuNeighborSearchSession.create(device.context, points, { neighbors: 5 });
    const dispatches = spyOnDispatches(device.context.device);
    const readbacks = spyOnReadbacks(device.context.device);
    await session.nearestToRows(0, 300);
    expect(dispatches).toHaveBeenCalledTimes(3);
    expect(readbacks).toHaveBeenCalledTimes(1);
    dispatches.mockRestore();
    readbacks.mockRestore();
    session.destroy();
  });

  it('finds up to its limit of neighbors and rejects more', async () => {
    const many = blobs(MAX_NEIGHBORS + 2, 2, 3, 1).points;
    const open = (neighbors: number) =>
      WebGpuNeighborSearchSession.create(device.context, many, { neighbors });
    await expect(open(MAX_NEIGHBORS + 1)).rejects.toBeInstanceOf(UnsupportedError);
    const session = await open(MAX_NEIGHBORS);
    const { indices, distances } = await session.nearestToRows(7, 1);
    expect(new Set(indices).size).toBe(MAX_NEIGHBORS);
    expect(indices).not.toContain(7);
    expect(distances).toEqual(distances.toSorted());
    session.destroy();
  });

  it('rejects running calls when it, or the device, is destroyed', async () => {
    const own = await openTestDevice();
    const open = () => openNeighborSearch(engineDevice(own.context), points, { neighbors: 5 });
    const session = await open();
    const searching = session.nearestToRows(0, 300);
    session.destroy();
    await expect(searching).rejects.toMatchObject({ name: 'StateError' });
    const other = await open();
    own.context.device.destroy();
    await expect(other.nearestTo(points)).rejects.toMatchObject({ name: 'DeviceError', reason: 'lost' });
    own.destroy();
    await expect(other.nearestTo(points)).rejects.toMatchObject({ name: 'StateError' });
  });
});
