const EVENTS = ['uncaughtException', 'unhandledRejection'] as const;

type Listeners = ReadonlyMap<(typeof EVENTS)[number], readonly NodeJS.UncaughtExceptionListener[]>;

/**
 * The process's listeners for uncaught errors. TensorFlow.js's WebAssembly loader adds its own, which throw again and
 * so change exit codes and traces. When it is disposed, it removes all listeners, including those of other code.
 */
export function processListeners(): Listeners {
  return new Map(EVENTS.map((event) => [event, process.listeners(event as 'uncaughtException')]));
}

/** Undoes later changes of these listeners. */
export function restoreProcessListeners(before: Listeners): void {
  for (const [event, listeners] of before) {
    const name = event as 'uncaughtException';
    const now = process.listeners(name);
    for (const listener of now) if (!listeners.includes(listener)) process.off(name, listener);
    for (const listener of listeners) if (!now.includes(listener)) process.on(name, listener);
  }
}
