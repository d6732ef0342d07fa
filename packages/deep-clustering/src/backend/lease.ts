import { StateError, UnsupportedError } from '@shoal/core';
import {
  backend as currentBackend,
  engine,
  getBackend,
  registerBackend,
  removeBackend,
  setBackend,
  tidy,
  type KernelBackend,
  type TensorContainer,
} from '@tensorflow/tfjs-core';

/** TensorFlow.js keeps kernels under these names, so a backend can only be registered under its own. */
type BackendName = 'wasm' | 'webgpu';

interface Shared {
  /** The key that must be the same to share the instance: the device, or any constant. */
  readonly key: object;
  readonly ready: Promise<KernelBackend>;
  /** The factory that TensorFlow.js had registered under the name; restored at the end. */
  readonly registered: ReturnType<typeof engine>['registryFactory'][string] | undefined;
  holders: number;
}

const open = new Map<BackendName, Shared>();

/** One holder's share of a process-wide TensorFlow.js backend, freed with its last holder. */
export class BackendLease {
  readonly #name: BackendName;
  readonly #instance: KernelBackend;
  #released = false;

  private constructor(name: BackendName, instance: KernelBackend) {
    this.#name = name;
    this.#instance = instance;
  }

  /**
   * @param create makes the instance when there is none
   * @throws {StateError} when the backend is open with another `key`, or was opened by other code
   * @throws {UnsupportedError} when `create` fails
   */
  static async take(
    name: BackendName,
    key: object,
    create: () => Promise<KernelBackend>,
  ): Promise<BackendLease> {
    const held = open.get(name);
    if (held && held.key !== key) {
      throw new StateError(
        `TensorFlow.js can hold one ${name} device per process and holds another; ` +
          'destroy the tensor backend that uses it first.',
      );
    }
    if (!held && name in engine().registry) {
      throw new StateError(
        `This process already runs TensorFlow.js's ${name} backend for itself; call its removeBackend('${name}') first.`,
      );
    }
    const registered = engine().registryFactory[name];
    const shared = held ?? { key, ready: start(name, create), registered, holders: 0 };
    open.set(name, shared);
    shared.holders++;
    try {
      return new BackendLease(name, await shared.ready);
    } catch (cause) {
      if (open.get(name) === shared) open.delete(name);
      const reason =
        cause instanceof Error ? cause.message : String((cause as { message?: unknown }).message);
      throw new UnsupportedError(`TensorFlow.js could not start its ${name} backend: ${reason}`, { cause });
    }
  }

  get released(): boolean {
    return this.#released;
  }

  /** Makes this backend TensorFlow.js's current one and runs `compute`, freeing its intermediate tensors. */
  run<Result>(compute: () => Result): Result {
    if (this.#released) {
      throw new StateError(`The ${this.#name} tensor backend was destroyed; create another one.`);
    }
    if (getBackend() !== this.#name) {
      // When the backend exists already, the switch happens before the promise is returned.
      void setBackend(this.#name);
      if (currentBackend() !== this.#instance) {
        throw new StateError(`Another user of TensorFlow.js replaced the ${this.#name} backend.`);
      }
    }
    return tidy(compute as () => TensorContainer) as Result;
  }

  release(): void {
    if (this.#released) return;
    this.#released = true;
    const shared = open.get(this.#name);
    if (!shared || --shared.holders > 0) return;
    open.delete(this.#name);
    removeBackend(this.#name);
    if (shared.registered) {
      registerBackend(this.#name, shared.registered.factory, shared.registered.priority);
    }
  }
}

async function start(name: BackendName, create: () => Promise<KernelBackend>): Promise<KernelBackend> {
  const instance = await create();
  // In browsers TensorFlow.js registers its own factory, with its own device.
  if (name in engine().registryFactory) removeBackend(name);
  registerBackend(name, () => instance);
  await setBackend(name);
  return instance;
}
