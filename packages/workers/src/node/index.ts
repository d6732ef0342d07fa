export { ConnectionError, WorkersError } from './errors.ts';
export type { FitDescription } from './description.ts';
export { runWorker, type WorkerOptions } from './worker.ts';
export { WorkersHost, type WorkersHostOptions } from './workers-host.ts';
