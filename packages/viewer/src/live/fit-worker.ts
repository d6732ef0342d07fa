/// <reference lib="webworker" />
import type { Progress } from '@shoal/core';
import { openEngine } from '@shoal/engines';
import { fitRun } from '../runs/fit-run.ts';
import type { RunTask } from '../runs/fit-task.ts';
import { Gate } from './gate.ts';
import type { FitTask, FromWorker, ToWorker } from './messages.ts';
import { runFit } from './run-fit.ts';

let gate: Gate | undefined;

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  switch (data.kind) {
    case 'start':
      void answering(() => fitLive(data.task));
      break;
    case 'start-run':
      void answering(() => fitColumns(data.task));
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
async function answering(fit: () => Promise<FromWorker>): Promise<void> {
  try {
    tell(await fit());
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    tell({ kind: 'failed', name, message: `${message}${adviceOn(message)}` });
  }
}

async function fitLive(task: FitTask): Promise<FromWorker> {
  const { interval = 0, paused = false, engine: choice = 'auto' } = task.settings;
  gate = new Gate(interval, paused);
  // A choice of `webgpu` by name also allows an emulated GPU.
  using engine = await openEngine(choice, { allowSoftware: choice === 'webgpu' });
  tell({ kind: 'engine', text: engine.reason });
  const outcome = await runFit(task, { engine, gate, signal: new AbortController().signal, tell });
  return { kind: 'done', outcome };
}

async function fitColumns(task: RunTask): Promise<FromWorker> {
  using engine = await openEngine('wasm');
  const onProgress = ({ phase, completed, total, message }: Progress): void => {
    tell({ kind: 'progress', phase, message, share: total === undefined ? undefined : completed / total });
  };
  return { kind: 'run', data: { ...(await fitRun(task, { engine, onProgress })), points: undefined } };
}

/** What a page must change whose policy forbids WebAssembly; browsers say only that it does. */
function adviceOn(message: string): string {
  return /unsafe-eval|content security policy/i.test(message)
    ? " Allow WebAssembly in the policy of the worker's file: script-src 'self' 'wasm-unsafe-eval'."
    : '';
}

function tell(message: FromWorker): void {
  self.postMessage(message);
}
