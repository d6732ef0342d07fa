/** One thread of the ceiling probes: runs an operation for a given time, and answers how often it ran. */
import { parentPort, workerData } from 'node:worker_threads';

/**
 * @typedef {object} ProbeData
 * @property {WebAssembly.Module} module
 * @property {string} operation export to call
 * @property {number} argument
 * @property {number} warmUpMs
 */

const { module, operation, argument, warmUpMs } = /** @type {ProbeData} */ (workerData);
const run = /** @type {(argument: number) => number} */ (new WebAssembly.Instance(module).exports[operation]);

/** @param {number} ms */
function repeat(ms) {
  const start = performance.now();
  let calls = 0;
  let elapsed = 0;
  while (elapsed < ms) {
    run(argument);
    calls++;
    elapsed = performance.now() - start;
  }
  return { calls, ms: elapsed };
}

// Long enough for the optimizing compiler to take over.
repeat(warmUpMs);
parentPort?.on('message', (/** @type {number} */ ms) => {
  parentPort?.postMessage(repeat(ms));
});
parentPort?.postMessage('ready');
