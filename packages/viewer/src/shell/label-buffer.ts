import { ShapeError, StateError, type DeviceLabels } from '@shoal/core';
import type { ClusteringData } from '../data/types.ts';
import type { RendererInfo } from './header.ts';

/**
 * The buffer of labels for a map.
 *
 * @param device the shared device that the map draws with, if any
 * @throws {StateError} while no data is shown, or when the map does not share a device or cannot draw with it
 * @throws {ShapeError} when there is not one label per point
 */
export function labelBuffer(
  labels: DeviceLabels | GPUBuffer,
  data: ClusteringData | undefined,
  device: GPUDevice | undefined,
  renderer: RendererInfo | undefined,
): GPUBuffer {
  if (data === undefined) throw new StateError('The viewer shows no points yet that labels could belong to.');
  if (device === undefined) {
    throw new StateError(
      "The viewer draws with a device of its own; set its `device` to the engine's first.",
    );
  }
  if (renderer !== undefined && renderer.backend !== 'webgpu') {
    throw new StateError(
      `The viewer cannot draw with its device (${renderer.description}); read the labels back and set \`labels\`.`,
    );
  }
  const isHandle = 'handle' in labels;
  const buffer = isHandle ? (labels.handle as GPUBuffer) : labels;
  const count = isHandle ? labels.rows : Math.floor(buffer.size / 4);
  if (count !== data.count) {
    throw new ShapeError(`There are ${count} labels but ${data.count} points are shown; give one per point.`);
  }
  return buffer;
}
