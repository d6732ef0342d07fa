import { StateError } from '@shoal/core';
import type { ClusteringData } from '../data/types.ts';
import { pointSpace } from '../space/point-space.ts';
import type { ChosenPlacement } from '../state/placement.ts';
import type { FromMapWorker, MapTask } from './messages.ts';

export interface UmapMapOptions {
  readonly signal: AbortSignal;
  /** @param share from 0 to 1; undefined where it is not known */
  readonly onProgress: (phase: string, share: number | undefined) => void;
}

const SEED = 0;

/**
 * Places the points by UMAP in two dimensions, in a Worker.
 *
 * @throws {StateError} when the viewer has no space of the points, or fewer than three points
 * @throws the signal's reason when it is aborted, and the errors of UMAP
 */
export async function umapMap(data: ClusteringData, options: UmapMapOptions): Promise<ChosenPlacement> {
  const space = pointSpace(data);
  if (space === undefined || space.rows.rows < 3) {
    throw new StateError(
      'UMAP needs the points, their pictures or the columns of their table; this viewer has only places on a map.',
    );
  }
  const { rows, of, name } = space;
  const placed = await inWorker({ rows, seed: SEED }, options);
  const projection = `UMAP of ${name}`;
  if (of === undefined) return { positions: placed, origin: undefined, projection };
  const positions = new Float32Array(2 * data.count).fill(NaN);
  of.forEach((point, i) => {
    positions.set(placed.subarray(2 * i, 2 * i + 2), 2 * point);
  });
  return { positions, origin: undefined, projection };
}

function inWorker(task: MapTask, { signal, onProgress }: UmapMapOptions): Promise<Float32Array> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    // The name of the built file; bundlers find the source by this name, too.
    const worker = new Worker(new URL('./map-worker.js', import.meta.url), { type: 'module' });
    const end = (settle: () => void): void => {
      worker.terminate();
      settle();
    };
    signal.addEventListener('abort', () => {
      end(() => {
        reject(signal.reason as Error);
      });
    });
    worker.addEventListener('error', ({ message }) => {
      end(() => {
        reject(new Error(message || 'The worker that places points by UMAP could not be loaded.'));
      });
    });
    worker.addEventListener('message', ({ data }: MessageEvent<FromMapWorker>) => {
      switch (data.kind) {
        case 'progress':
          onProgress(data.phase, data.total === undefined ? undefined : data.completed / data.total);
          break;
        case 'done':
          end(() => {
            resolve(data.positions);
          });
          break;
        case 'failed':
          end(() => {
            reject(Object.assign(new Error(data.message), { name: data.name }));
          });
          break;
      }
    });
    worker.postMessage(task);
  });
}
