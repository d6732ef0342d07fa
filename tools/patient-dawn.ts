// Vitest runs this before each test file in Node.js. It changes when Dawn looks for results, not the results.
//
// While the GPU works, Dawn's binding for Node.js looks in every turn of the event loop, and makes a new function for each
// look. On a software GPU this takes the processor away from the GPU itself: without the pause, tests of a k-means
// session took 46 s of processor time, with it 24 s. The binding looks by the global `setImmediate`, which therefore
// pauses first.

/** Milliseconds between two looks: much more than a look takes, and less than most waits for a software GPU. */
const PAUSE = 0.2;

const cell = new Int32Array(new SharedArrayBuffer(4));

/** Whether a native module made the function. Those of the language, such as a promise's `resolve`, have no prototype. */
export function isOfNativeModule(callback: unknown): boolean {
  return (
    typeof callback === 'function' &&
    Object.hasOwn(callback, 'prototype') &&
    Function.prototype.toString.call(callback).endsWith('{ [native code] }')
  );
}

/** Marks a `setImmediate` that pauses: test files share a process, and one pause is enough. */
const PATIENT = Symbol.for('shoal.patient');

if (!Reflect.has(globalThis.setImmediate, PATIENT)) {
  const patient = new Proxy(globalThis.setImmediate, {
    apply(target, self, args: unknown[]) {
      if (isOfNativeModule(args[0])) Atomics.wait(cell, 0, 0, PAUSE);
      const immediate: unknown = Reflect.apply(target, self, args);
      return immediate;
    },
  });
  globalThis.setImmediate = Object.assign(patient, { [PATIENT]: true });
}
