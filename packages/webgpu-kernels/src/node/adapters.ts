import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { optionalFeatures } from '../runtime/features.ts';
import { DawnLoadError } from './dawn.ts';
import { FEATURE_TOGGLES } from './toggles.ts';
import { adapterName, isSoftware, type AdapterIdentity } from '../runtime/adapter-name.ts';

/** A GPU adapter of Dawn on this machine. */
export interface AdapterSummary {
  /** Its name; the option `adapter` takes the name or a part of it. */
  readonly name: string;
  /** `vulkan`, `metal`, `d3d12` ... */
  readonly backend: string;
  readonly vendor: string;
  readonly architecture: string;
  /** True when it is emulated on the CPU. */
  readonly software: boolean;
  /** The engine's optional features that it supports. */
  readonly features: readonly string[];
}

/** The first output of the probe, after it tried to load Dawn; missing if loading Dawn ended the process. */
interface Loading {
  /** Why Dawn cannot be loaded, if so. */
  readonly problem?: string;
}

/** The error of `execFile` when the process fails. */
interface ProbeFailure extends Error {
  readonly stdout?: string;
  readonly signal?: NodeJS.Signals | null;
}

interface ProbedAdapter extends AdapterIdentity {
  readonly name: string;
  readonly backend: string;
  readonly features: readonly string[];
}

/**
 * Dawn and Vulkan loaders print warnings where there is no driver, and a faulty driver can take the process down, so the
 * adapters are listed in a separate process. It requests an adapter that does not exist, because Dawn's error lists the
 * existing ones, and then opens each.
 */
const PROBE = `
  const { create, problem } = await import(process.argv[1]).catch((error) => ({ problem: String(error.message) }));
  console.log(JSON.stringify({ problem }));
  const listed = () => create(['adapter=shoal asks for the list']).requestAdapter().then(() => '', String);
  const list = problem === undefined ? await listed() : '';
  const adapters = [];
  for (const [, backend, name] of list.matchAll(/backend: '(.*)', name: '(.*)'/g)) {
    const gpu = create(['backend=' + backend, 'adapter=' + name, process.argv[2]]);
    const adapter = await gpu.requestAdapter().catch(() => null);
    if (adapter === null) continue;
    const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
    const features = [...adapter.features];
    adapters.push({ name, backend, vendor, architecture, device, description, isFallbackAdapter, features });
  }
  console.log(JSON.stringify(adapters));
`;

/** The longest time of a probe: slow drivers take a few seconds to start. */
const PROBE_TIMEOUT_MS = 20_000;

/**
 * Lists the adapters of this machine, hardware first. It prints nothing, and the list is empty without a driver.
 *
 * @throws {DawnLoadError} (an `UnsupportedError`) where Dawn cannot be loaded, for example on Alpine
 */
export async function listAdapters(): Promise<readonly AdapterSummary[]> {
  const args = ['--input-type=module', '--eval', PROBE, '--', webgpuModule(), FEATURE_TOGGLES];
  const output = await promisify(execFile)(process.execPath, args, { timeout: PROBE_TIMEOUT_MS }).then(
    ({ stdout }) => stdout,
    (error: unknown) => {
      const { stdout, signal, message } = error as ProbeFailure;
      if (stdout) return stdout;
      throw new DawnLoadError(`the process that tried ended with ${signal ?? message}`, { cause: error });
    },
  );
  const [loading, adapters] = output.split('\n');
  const { problem } = JSON.parse(loading) as Loading;
  if (problem !== undefined) throw new DawnLoadError(problem);
  // If the process ended after it loaded Dawn, no adapter here can be used.
  const probed = adapters ? (JSON.parse(adapters) as readonly ProbedAdapter[]) : [];
  return probed
    .map((info) => ({
      name: info.name || adapterName(info),
      backend: info.backend,
      vendor: info.vendor,
      architecture: info.architecture,
      software: isSoftware(info),
      features: optionalFeatures({ features: new Set(info.features) }),
    }))
    .sort((a, b) => Number(a.software) - Number(b.software));
}

/** The place where Node.js finds Dawn from this package, which is optional. */
function webgpuModule(): string {
  try {
    return import.meta.resolve('webgpu');
  } catch (cause) {
    throw new DawnLoadError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
