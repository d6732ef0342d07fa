// The program of one thread. It is started from its text (see `thread.ts?script`), so it may import only types.
import type { FromThread, ToThread } from './messages.ts';

type Kernel = (index: number, ...args: readonly number[]) => void;

/** What a Worker in a browser and the port of one in Node.js have in common. */
interface Port {
  postMessage(message: FromThread): void;
  /** Ends the thread. */
  close(): void;
}

const scope = globalThis as unknown as Port & {
  onmessage: ((event: { readonly data: ToThread }) => void) | null;
};
const { process } = globalThis as { readonly process?: Partial<NodeJS.Process> };
const parent = process?.getBuiltinModule?.('node:worker_threads').parentPort;
const port: Port = parent ?? scope;
const instances = new Map<number, { readonly exports: WebAssembly.Exports; readonly control: Int32Array }>();

if (parent) parent.on('message', obey);
else
  scope.onmessage = ({ data }) => {
    obey(data);
  };

function obey(message: ToThread): void {
  if (message.kind === 'open') open(message);
  else if (message.kind === 'run') port.postMessage(run(message));
  else port.close();
}

function open({ id, module, memory, globals }: Extract<ToThread, { kind: 'open' }>): void {
  let instance = instances.get(id);
  if (instance === undefined) {
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    // CONTROL_OFFSET in messages.ts; the words are in the order of CONTROL.
    instance = { exports, control: new Int32Array(memory.buffer, 0x10000 - 64, 3) };
    instances.set(id, instance);
  }
  for (const [name, value] of Object.entries(globals)) {
    (instance.exports[name] as WebAssembly.Global).value = Number(value);
  }
}

function run({ id, job, kernel, count, args }: Extract<ToThread, { kind: 'run' }>): FromThread {
  const instance = instances.get(id);
  if (instance === undefined) return { job, problem: `no memory ${id} was opened` };
  const { exports, control } = instance;
  const call = exports[kernel] as Kernel;
  try {
    for (;;) {
      const index = Atomics.add(control, 0, 1);
      if (index >= count || Atomics.load(control, 1) !== 0) break;
      call(index, ...args);
    }
    Atomics.add(control, 2, 1);
    return { job };
  } catch (error) {
    return { job, problem: String(error) };
  }
}
