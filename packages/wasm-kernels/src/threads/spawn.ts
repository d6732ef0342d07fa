import source from './thread.ts?script';
import type { FromThread, ToThread } from './messages.ts';

/** A started thread. */
export interface Thread {
  post(message: ToThread): void;
  /** Sets whether the process stays alive for this thread; a page always does. */
  keepAlive(wanted: boolean): void;
  /** Ends it when its present call is over. */
  terminate(): void;
}

/** Events of a thread. */
export interface ThreadListener {
  readonly onMessage: (message: FromThread) => void;
  /** The thread ended by itself or could not start. */
  readonly onDeath: (reason: string) => void;
}

/** What this runtime offers for threads. */
export interface ThreadSupport {
  /** How many threads run at once. */
  readonly processors: number;
  /** Whether threads can share memory: in pages only if these are cross-origin isolated. */
  readonly canShare: boolean;
  /** Whether the calling thread may be blocked: not where it draws a page. */
  readonly mayHelp: boolean;
}

export function threadSupport(): ThreadSupport {
  const os = nodeModule('node:os');
  if (os) return { processors: os.availableParallelism(), canShare: true, mayHelp: true };
  const scope = globalThis as Partial<typeof globalThis>;
  return {
    processors: scope.navigator?.hardwareConcurrency ?? 1,
    canShare: scope.crossOriginIsolated ?? false,
    mayHelp: scope.document === undefined,
  };
}

/** Starts a thread from its embedded text, so that there is no file that a bundler could miss. */
export function spawn(listener: ThreadListener): Thread {
  return nodeModule('node:worker_threads') ? spawnInNode(listener) : spawnInPage(listener);
}

function spawnInNode({ onMessage, onDeath }: ThreadListener): Thread {
  const { Worker } = nodeModule('node:worker_threads')!;
  const url = new URL(`data:text/javascript,${encodeURIComponent(source)}`);
  const worker = new Worker(url, { name: 'shoal-wasm', execArgv: [], env: {} });
  let isWanted = true;
  const die = (reason: string): void => {
    if (isWanted) onDeath(reason);
  };
  worker.on('message', onMessage);
  worker.on('error', (error) => {
    die(String(error));
  });
  worker.on('exit', (status) => {
    die(`it exited with status ${status}`);
  });
  worker.unref();
  return {
    post(message) {
      worker.postMessage(message);
    },
    keepAlive(wanted) {
      if (wanted) worker.ref();
      else worker.unref();
    },
    terminate() {
      isWanted = false;
      // Node.js 20 can crash when a thread is terminated while its code is still being compiled.
      worker.postMessage({ kind: 'end' } satisfies ToThread);
    },
  };
}

function spawnInPage({ onMessage, onDeath }: ThreadListener): Thread {
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const worker = new Worker(url, { name: 'shoal-wasm', type: 'module' });
  worker.onmessage = ({ data }: MessageEvent<FromThread>) => {
    onMessage(data);
  };
  worker.onerror = (event) => {
    onDeath(event.message || 'it could not start');
  };
  worker.onmessageerror = () => {
    onDeath('a message could not be read');
  };
  return {
    post(message) {
      worker.postMessage(message);
    },
    keepAlive: () => undefined,
    terminate() {
      worker.onerror = null;
      worker.terminate();
      URL.revokeObjectURL(url);
    },
  };
}

/** A module of Node.js, loaded without an import, which bundlers for browsers could not resolve. */
function nodeModule<Id extends 'node:os' | 'node:worker_threads'>(
  id: Id,
): ReturnType<typeof globalThis.process.getBuiltinModule<Id>> | undefined {
  // Bundlers may add a `process` to pages that lacks most of Node.js.
  const { process } = globalThis as { readonly process?: Partial<NodeJS.Process> };
  return process?.getBuiltinModule?.(id);
}
