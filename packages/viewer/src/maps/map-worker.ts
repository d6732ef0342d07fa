/// <reference lib="webworker" />
import { openEngine } from '@shoal/engines';
import { Umap } from '@shoal/manifold';
import type { FromMapWorker, MapTask } from './messages.ts';

/** Neighborhoods of UMAP, as is usual. */
const NEIGHBORS = 15;

self.addEventListener('message', ({ data }: MessageEvent<MapTask>) => {
  void place(data);
});

/** A worker places points once; to stop it, terminate it. */
async function place({ rows, seed }: MapTask): Promise<void> {
  try {
    using engine = await openEngine('auto');
    const umap = new Umap({ dimensions: 2, neighbors: Math.min(NEIGHBORS, rows.rows), seed, engine });
    const model = await umap.fit(rows, {
      onProgress: ({ phase, completed, total }) => {
        tell({ kind: 'progress', phase, completed, total });
      },
    });
    tell({ kind: 'done', positions: Float32Array.from(model.embedding.data) });
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    tell({ kind: 'failed', name, message });
  }
}

function tell(message: FromMapWorker): void {
  self.postMessage(message);
}
