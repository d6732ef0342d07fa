import { matrix, type DeviceMatrix, type Matrix } from '@shoal/core';
import type { DeviceContext } from '../runtime/device.ts';
import { Commands } from '../runtime/dispatch.ts';
import { deviceBuffer } from './device-points.ts';

/** Bytes copied at a time. */
const PIECE_BYTES = 64 * 2 ** 20;

/**
 * Copies a device matrix to the host, a bounded piece at a time.
 *
 * @throws {UnsupportedError} when the points are on another engine
 * @throws {DeviceError} when the device fails
 */
export async function download(context: DeviceContext, points: DeviceMatrix): Promise<Matrix> {
  const buffer = deviceBuffer(points, context);
  const { rows, columns } = points;
  const data = new Float32Array(rows * columns);
  const scope = context.createScope();
  try {
    for (let offset = 0; offset < data.byteLength; offset += PIECE_BYTES) {
      const size = Math.min(PIECE_BYTES, data.byteLength - offset);
      const bytes = await new Commands(context, 'downloading points').read(scope, { buffer, offset, size });
      data.set(new Float32Array(bytes), offset / 4);
    }
  } finally {
    scope.destroy();
  }
  return matrix(data, rows, columns);
}
