/// <reference lib="webworker" />
import { openEngine } from '@shoal/engines';
import { Gate } from './gate.ts';
import type { FitTask, FromWorker, ToWorker } from './messages.ts';
import { runFit } from './run-fit.ts';

let gate: Gate | undefined;

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  switch (data.kind) {
    case 'start':
      void start(data.task);
      break;
    case 'pause':
      gate?.pause();
      break;
    case 'resume':
      gate?.resume();
      break;
    case 'step':
      gate?.step();
      break;
  }
});

/** A worker runs one fit; to stop the fit, terminate the worker. */
async function start(task: FitTask): Promise<void> {
  const { interval = 0, paused = false, engine: choice = 'auto' } = task.settings;
  gate = new Gate(interval, paused);
  try {
    // A choice of `webgpu` by name also allows an emulated GPU.
    const engine = await openEngine(choice, { allowSoftware: choice === 'webgpu' });
    tell({ kind: 'engine', text: engine.reason });
    const outcome = await runFit(task, { engine, gate, signal: new AbortController().signal, tell });
    engine.destroy();
    tell({ kind: 'done', outcome });
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    tell({ kind: 'failed', name, message });
  }
}

function tell(message: FromWorker): void {
  self.postMessage(message);
}
