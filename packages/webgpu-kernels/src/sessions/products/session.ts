import type { Points } from '@shoal/core';
import {
  assertCount,
  assertLength,
  assertRowIndices,
  type ColumnMoments,
  Destroyable,
  type MatrixProductSession,
  type SessionOptions,
} from '@shoal/core/engine-kit';
import type { DeviceContext } from '../../runtime/device.ts';
import { columnMoments } from '../../points/column-moments.ts';
import { createPointResources, type PointResources } from '../../points/resources.ts';
import { Gram } from './gram.ts';
import { multiply } from './multiply.ts';

/** Products of points with narrow matrices on a WebGPU device, in float32; the shift is rounded to float32 too. */
export class WebGpuMatrixProductSession extends Destroyable implements MatrixProductSession {
  readonly rows: number;
  readonly columns: number;
  readonly #resources: PointResources;
  readonly #shift: GPUBuffer;
  /** The last `gram`, for the next one of its width. */
  #gram: Gram | undefined;

  private constructor(resources: PointResources, shift: GPUBuffer) {
    super();
    this.rows = resources.points.rows;
    this.columns = resources.points.columns;
    this.#resources = resources;
    this.#shift = shift;
  }

  /**
   * Uploads the points.
   *
   * @throws like `createPointResources`
   */
  static async create(
    context: DeviceContext,
    points: Points,
    options: SessionOptions,
  ): Promise<WebGpuMatrixProductSession> {
    const resources = await createPointResources(context, points, options, points.columns);
    try {
      const { scope } = resources;
      const shift = await context.guard('allocating a shift', () =>
        scope.storage('shift', 4 * points.columns),
      );
      return new WebGpuMatrixProductSession(resources, shift);
    } catch (error) {
      resources.scope.destroy();
      throw error;
    }
  }

  async columnMoments(): Promise<ColumnMoments> {
    return columnMoments(this.#resources);
  }

  async writeShift(shift: Float64Array): Promise<void> {
    assertLength('The shift', shift, this.columns);
    const { context, scope } = this.#resources;
    await context.guard('writing a shift', () => {
      scope.write(this.#shift, Float32Array.from(shift));
    });
  }

  async multiply(right: Float64Array, width: number, start: number, count: number): Promise<Float32Array> {
    this.#assertFactor(right, width);
    if (count > 0) assertRowIndices([start, start + count - 1], this.rows);
    return multiply(this.#resources, this.#shift, Float32Array.from(right), width, start, count);
  }

  async gram(right: Float64Array, width: number): Promise<Float64Array> {
    this.#assertFactor(right, width);
    if (this.#gram?.width !== width) {
      this.#gram?.release();
      this.#gram = undefined;
      this.#gram = await Gram.create(this.#resources, this.#shift, width);
    }
    return this.#gram.run(Float32Array.from(right));
  }

  destroy(): void {
    this.#resources.scope.destroy();
  }

  #assertFactor(right: Float64Array, width: number): void {
    assertCount('The width of the right factor', width);
    assertLength('The right factor', right, this.columns * width);
  }
}
