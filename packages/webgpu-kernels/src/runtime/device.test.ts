import { DeviceError, StateError } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { sumBlocksKernel } from '../kernels/common/sum-blocks.ts';
import { openTestDevice } from '../testing/test-device.ts';
import { useTestDevice } from '../testing/use-test-device.ts';
import { wholeBuffer, type BufferScope } from './buffers.ts';
import { Commands } from './dispatch.ts';
import { defineKernel } from './kernel.ts';
import { bindKernel, type BoundKernel } from './pipeline-cache.ts';

describe('DeviceContext', () => {
  const device = useTestDevice();

  it('rejects with the validation error of the device', async () => {
    const { context } = device;
    const refused = context.guard('testing', () => context.device.createBuffer({ size: 16, usage: 0xffff }));
    await expect(refused).rejects.toMatchObject({ name: 'DeviceError', reason: 'validation' });
  });

  it('rejects when a buffer cannot be allocated', async () => {
    const { context } = device;
    const scope = context.createScope();
    const refused = context.guard('testing', () => scope.storage('huge', 2 ** 50));
    await expect(refused).rejects.toBeInstanceOf(DeviceError);
    scope.destroy();
    expect(context.ledger.count).toBe(0);
  });

  it('rejects with the compiler’s message when a kernel does not compile', async () => {
    const broken = defineKernel('broken', 'fn broken() { let x = ; }', {});
    await expect(device.context.pipelines.get(broken)).rejects.toMatchObject({
      reason: 'validation',
      message: expect.stringMatching(/broken.*WGSL/s) as unknown,
    });
  });

  it('reports every use of a lost device', async () => {
    const { context } = await openTestDevice();
    const scope = context.createScope();
    context.device.destroy();
    await context.device.lost;
    const used = context.guard('testing', () => scope.storage('late', 16));
    await expect(used).rejects.toMatchObject({ name: 'DeviceError', reason: 'lost' });
  });

  it('rejects a running readback when the device is lost', async () => {
    const { context } = await openTestDevice();
    const scope = context.createScope();
    const buffer = await context.guard('testing', () => scope.storage('some', 16));
    const reading = new Commands(context, 'testing').read(scope, wholeBuffer(buffer));
    context.device.destroy();
    await expect(reading).rejects.toMatchObject({ name: 'DeviceError' });
  });

  it('rejects work after destroy', async () => {
    const own = await openTestDevice();
    own.destroy();
    own.destroy();
    await expect(own.context.guard('testing', () => 1)).rejects.toBeInstanceOf(StateError);
  });
});

describe('BufferScope', () => {
  const device = useTestDevice();

  it('counts its buffers and frees all of them', async () => {
    const { context } = device;
    const scope = context.createScope();
    const first = await context.guard('testing', () => {
      scope.storage('odd', 5);
      return scope.storage('small', 1);
    });
    expect([context.ledger.count, context.ledger.bytes]).toEqual([2, 32]);
    scope.release(first);
    scope.release(first);
    expect([context.ledger.count, context.ledger.bytes]).toEqual([1, 16]);
    scope.destroy();
    scope.destroy();
    expect([context.ledger.count, context.ledger.bytes]).toEqual([0, 0]);
    expect(() => scope.storage('late', 4)).toThrow(StateError);
  });

  it('writes any number of bytes', async () => {
    const { context } = device;
    const scope = context.createScope();
    for (const length of [1, 3, 4, 7, 64]) {
      const bytes = Uint8Array.from({ length }, (_, i) => i + 1);
      const buffer = await context.guard('testing', () => scope.upload('bytes', bytes));
      const read = await new Commands(context, 'testing').read(scope, wholeBuffer(buffer));
      expect([...new Uint8Array(read).subarray(0, length)]).toEqual([...bytes]);
    }
    scope.destroy();
  });
});

describe('Commands', () => {
  const device = useTestDevice();

  async function boundKernel(scope: BufferScope): Promise<BoundKernel> {
    const { context } = device;
    const pipeline = await context.pipelines.get(sumBlocksKernel);
    return context.guard('testing', () =>
      bindKernel(context.device, pipeline, {
        partials: scope.storage('partials', 16),
        totals: scope.storage('totals', 16),
        params: scope.uniform('params', new ArrayBuffer(16)),
      }),
    );
  }

  it('stops between submits when the signal is aborted', async () => {
    const { context } = device;
    const scope = context.createScope();
    const bound = await boundKernel(scope);
    const controller = new AbortController();
    const commands = new Commands(context, 'testing', controller.signal);
    const expensive = context.submitBudget;
    await commands.dispatch(bound, [1, 1], expensive);
    await commands.dispatch(bound, [1, 1], expensive);
    controller.abort(new Error('enough'));
    await expect(commands.dispatch(bound, [1, 1], expensive)).rejects.toThrow('enough');
    scope.destroy();
  });

  it('submits many small dispatches in pieces', async () => {
    const { context } = device;
    const scope = context.createScope();
    const bound = await boundKernel(scope);
    const commands = new Commands(context, 'testing', AbortSignal.abort(new Error('enough')));
    const record = async (): Promise<void> => {
      for (let i = 0; i < 5000; i++) await commands.dispatch(bound, [1, 1]);
    };
    await expect(record()).rejects.toThrow('enough');
    scope.destroy();
  });
});
