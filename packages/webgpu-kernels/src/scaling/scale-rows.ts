import { ShapeError, type DeviceMatrix, type RowScaling } from '@shoal/core';
import { assertLength } from '@shoal/core/engine-kit';
import { scaleColumnsGrid, scaleColumnsKernel } from '../kernels/scaling/scale-columns.ts';
import { fittedScalingParams } from '../kernels/scaling/fitted.ts';
import { scaleUnitGrid, scaleUnitKernel, scaleUnitParams } from '../kernels/scaling/scale-unit.ts';
import { whitenGrid, whitenKernel } from '../kernels/scaling/whiten.ts';
import { chunkRows, deviceBuffer, deviceMatrix } from '../points/device-points.ts';
import type { BufferScope, BufferSlice } from '../runtime/buffers.ts';
import type { DeviceContext } from '../runtime/device.ts';
import { Commands } from '../runtime/dispatch.ts';
import type { Grid } from '../runtime/kernel.ts';
import { bindKernel, type BoundKernel } from '../runtime/pipeline-cache.ts';

/** A range of rows of the input and the output. */
interface Part {
  readonly input: BufferSlice;
  readonly output: BufferSlice;
  readonly rows: number;
}

/** Creates the dispatches of one scaling. */
interface Scaler {
  /** Call it inside `DeviceContext.guard`. */
  bind(part: Part): BoundKernel;
  grid(rows: number): Grid;
  /** Multiply-adds per row. */
  readonly rowCost: number;
}

/**
 * Applies a row scaling on the device. The result owns its buffer.
 *
 * @throws {UnsupportedError} when the points are on another engine
 * @throws {ShapeError} when the scaling was fitted to another number of columns
 * @throws {DeviceError} when the device fails or runs out of memory
 */
export async function scaleRows(
  context: DeviceContext,
  points: DeviceMatrix,
  scaling: RowScaling,
): Promise<DeviceMatrix> {
  const { rows, columns } = points;
  const source = deviceBuffer(points, context);
  const outputScope = context.createScope();
  const scratch = context.createScope();
  try {
    const scaler = await createScaler(context, scratch, columns, scaling);
    const limits = context.device.limits;
    const step = chunkRows(limits, columns, 4 * columns, scaler.rowCost, context.submitBudget);
    const target = await context.guard('allocating scaled rows', () =>
      outputScope.storage('scaled rows', 4 * rows * columns),
    );
    const commands = new Commands(context, 'scaling rows');
    for (let start = 0; start < rows; start += step) {
      const count = Math.min(step, rows - start);
      const range = { offset: 4 * start * columns, size: 4 * count * columns };
      const part = {
        input: { buffer: source, ...range },
        output: { buffer: target, ...range },
        rows: count,
      };
      const bound = await context.guard('scaling rows', () => scaler.bind(part));
      await commands.dispatch(bound, scaler.grid(count), count * scaler.rowCost);
    }
    await commands.finish();
    const owner = {
      destroy() {
        context.disown(owner);
        outputScope.destroy();
      },
    };
    context.adopt(owner);
    return deviceMatrix(context, target, rows, columns, () => {
      owner.destroy();
    });
  } catch (error) {
    outputScope.destroy();
    throw error;
  } finally {
    scratch.destroy();
  }
}

async function createScaler(
  context: DeviceContext,
  scratch: BufferScope,
  columns: number,
  scaling: RowScaling,
): Promise<Scaler> {
  const { device, pipelines } = context;
  if (scaling.kind === 'unit') {
    const pipeline = await pipelines.get(scaleUnitKernel);
    return {
      bind: ({ input, output, rows }) =>
        bindKernel(device, pipeline, {
          input,
          output,
          params: scratch.uniform('scale-unit', scaleUnitParams(rows, columns)),
        }),
      grid: scaleUnitGrid,
      rowCost: columns,
    };
  }
  const whitens = scaling.kind === 'whiten';
  const expected = whitens ? columns * columns : columns;
  if (scaling.mean.length !== columns) {
    throw new ShapeError(
      `The row scaling was fitted to ${scaling.mean.length} columns, but the points have ${columns}.`,
    );
  }
  assertLength('The factors of the row scaling', scaling.factors, expected);
  const pipeline = await pipelines.get(whitens ? whitenKernel : scaleColumnsKernel);
  const { mean, factors } = await context.guard('uploading a row scaling', () => ({
    mean: scratch.upload('mean', Float32Array.from(scaling.mean)),
    factors: scratch.upload('factors', Float32Array.from(scaling.factors)),
  }));
  return {
    bind: ({ input, output, rows }) => {
      const uniform = scratch.uniform(scaling.kind, fittedScalingParams(rows, columns));
      return bindKernel(device, pipeline, { input, mean, factors, output, params: uniform });
    },
    grid: (rows) => (whitens ? whitenGrid(rows, columns) : scaleColumnsGrid(rows, columns)),
    rowCost: expected,
  };
}
