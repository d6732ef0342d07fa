import {
  assertFinite,
  type ColumnMoments,
  type MatrixProductSession,
  type Points,
  type SessionOptions,
} from '@shoal/core';
import {
  Destroyable,
  assertCount,
  assertLength,
  assertRowIndices,
  assertWeights,
} from '@shoal/core/engine-kit';
import type { DeviceContext } from '../../runtime/device.ts';
import { Lifetime } from '../lifetime.ts';
import { columnMoments } from '../../points/column-moments.ts';
import { createPointResources, type PointResources } from '../../points/resources.ts';
import { Gram } from './gram.ts';
import { multiply } from './multiply.ts';

/** Products of points with narrow matrices on a WebGPU device, in float32; the shift is rounded to float32 too. */
export class WebGpuMatrixProductSession extends Destroyable implements MatrixProductSession {
  readonly rows: number;
  readonly columns: number;
  readonly #resources: PointResources;
  readonly #lifetime: Lifetime;
  readonly #shift: GPUBuffer;
  /** The last `gram`, for the next one of its width. */
  #gram: Gram | undefined;

  private constructor(resources: PointResources, shift: GPUBuffer) {
    super();
    this.rows = resources.points.rows;
    this.columns = resources.points.columns;
    this.#resources = resources;
    this.#lifetime = new Lifetime('product', resources.signal);
    this.#shift = shift;
    resources.context.adopt(this);
  }

  /**
   * Uploads the points.
   *
   * @throws {InvalidArgumentError} for weights that cannot be
   * @throws {ShapeError} when there is not one weight per point
   * @throws {DataError} for host points that are not finite
   * @throws {UnsupportedError} when the points exceed the device's limits or live elsewhere
   * @throws {DeviceError} when the device fails or runs out of memory
   */
  static async create(
    context: DeviceContext,
    points: Points,
    options: SessionOptions,
  ): Promise<WebGpuMatrixProductSession> {
    assertWeights(options.weights, points.rows);
    if (points.location === 'host') assertFinite(points);
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

  columnMoments(): Promise<ColumnMoments> {
    return this.#lifetime.run(() => columnMoments(this.#resources));
  }

  writeShift(shift: Float64Array): Promise<void> {
    return this.#lifetime.run(async () => {
      assertLength('The shift', shift, this.columns);
      const { context, scope } = this.#resources;
      await context.guard('writing a shift', () => {
        scope.write(this.#shift, Float32Array.from(shift));
      });
    });
  }

  multiply(right: Float64Array, width: number, start: number, count: number): Promise<Float32Array> {
    return this.#lifetime.run(() => {
      this.#assertFactor(right, width);
      if (count > 0) assertRowIndices([start, start + count - 1], this.rows);
      return multiply(this.#resources, this.#shift, Float32Array.from(right), width, start, count);
    });
  }

  gram(right: Float64Array, width: number): Promise<Float64Array> {
    return this.#lifetime.run(async () => {
      this.#assertFactor(right, width);
      if (this.#gram?.width !== width) {
        this.#gram?.release();
        this.#gram = undefined;
        this.#gram = await Gram.create(this.#resources, this.#shift, width);
      }
      return this.#gram.run(Float32Array.from(right));
    });
  }

  destroy(): void {
    if (!this.#lifetime.end()) return;
    this.#resources.context.disown(this);
    this.#resources.scope.destroy();
  }

  #assertFactor(right: Float64Array, width: number): void {
    assertCount('The width of the right factor', width);
    assertLength('The right factor', right, this.columns * width);
  }
}
