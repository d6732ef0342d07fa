import { UnsupportedError } from '@shoal/core';
import { requestDevice } from '../engine/adapter.ts';
import { describeAdapter } from '../runtime/adapter-name.ts';
import type { OpenedDevice } from '../recovery/engine-device.ts';
import {
  WebGpuEngine,
  type EngineDeviceOptions,
  type WebGpuEngineSettings,
} from '../engine/webgpu-engine.ts';
import { openDawn } from './dawn.ts';
import type { KMeansTuning } from '../tuning/kmeans-tuning.ts';
import { listAdapters, type AdapterSummary } from './adapters.ts';

export interface NodeWebGpuEngineOptions extends Pick<
  WebGpuEngineSettings,
  'residentBytes' | 'onDeviceChange'
> {
  /** A name from `listAdapters`, or a part of it; default the first hardware adapter. */
  readonly adapter?: string | undefined;
  /** Accept an adapter emulated on the CPU (default false). */
  readonly allowSoftware?: boolean | undefined;
  /** Results of `measureVariants`, by the adapter's name in `engine.info.device`. */
  readonly tuning?: Readonly<Record<string, KMeansTuning>> | undefined;
}

/** The WebGPU engine on Dawn. */
class NodeWebGpuEngine extends WebGpuEngine {
  readonly #instance: GPU;

  constructor(instance: GPU, device: EngineDeviceOptions, settings: WebGpuEngineSettings) {
    super(device, settings);
    this.#instance = instance;
  }

  /** Dawn's instance; see `openDawn`. */
  get gpu(): GPU {
    return this.#instance;
  }
}

/**
 * Opens the WebGPU engine in Node.js. Prints nothing where there is no GPU.
 *
 * @throws {UnsupportedError} when no adapter fits (the message lists the existing ones); a `DawnLoadError` where Dawn cannot
 * be loaded
 */
export async function createNodeWebGpuEngine(
  options: NodeWebGpuEngineOptions = {},
): Promise<NodeWebGpuEngine> {
  const chosen = chooseAdapter(await listAdapters(), options);
  const instance = await openDawn([`backend=${chosen.backend}`, `adapter=${chosen.name}`], chosen.software);
  const open = async (): Promise<OpenedDevice> => {
    const adapter = await instance.requestAdapter({ powerPreference: 'high-performance' });
    if (adapter === null) {
      throw new UnsupportedError(
        `The GPU adapter ${chosen.name} was listed but could not be opened; try again.`,
      );
    }
    return { device: await requestDevice(adapter), adapterInfo: adapter.info };
  };
  const opened = await open();
  const { residentBytes, onDeviceChange } = options;
  return new NodeWebGpuEngine(
    instance,
    { ...opened, owned: true, reopen: open },
    { tuning: options.tuning?.[describeAdapter(opened.adapterInfo)], residentBytes, onDeviceChange },
  );
}

function chooseAdapter(
  adapters: readonly AdapterSummary[],
  { adapter: wanted, allowSoftware = false }: NodeWebGpuEngineOptions,
): AdapterSummary {
  const named = adapters.filter(
    ({ name }) => wanted === undefined || name.toLowerCase().includes(wanted.toLowerCase()),
  );
  const chosen = named.find(({ software }) => allowSoftware || !software);
  if (chosen !== undefined) return chosen;
  const list = adapters.map(({ name, software }) => (software ? `${name} (software)` : name)).join(', ');
  if (adapters.length === 0) {
    throw new UnsupportedError('No GPU adapter was found. Use the wasm engine, or install a GPU driver.');
  }
  if (named.length === 0) {
    throw new UnsupportedError(`No GPU adapter is called "${String(wanted)}"; there are: ${list}.`);
  }
  throw new UnsupportedError(
    `Only GPUs emulated on the CPU were found: ${list}. They are slower than the wasm engine; ` +
      'set allowSoftware to use one anyway.',
  );
}
