/// <reference lib="webworker" />
import { Gate } from './gate.ts';
import type { FitTask, FromWorker, ToWorker } from './messages.ts';
import { openEngine } from './open-engine.ts';
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

/** A worker does one fit: whoever wants it to stop ends the worker. */
async function start(task: FitTask): Promise<void> {
  const { interval = 0, paused = false, engine: choice } = task.settings;
  gate = new Gate(interval, paused);
  try {
    const { engine, text } = await openEngine(choice);
    tell({ kind: 'engine', text });
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
