/** Names of GPUs that are emulated on the CPU. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|basic render/i;

/** The part of `GPUAdapterInfo` that identifies an adapter. */
export type AdapterIdentity = Pick<GPUAdapterInfo, 'vendor' | 'architecture' | 'device' | 'description'> & {
  readonly isFallbackAdapter?: boolean;
};

/** Whether an adapter is emulated on the CPU. */
export function isSoftware(info: AdapterIdentity): boolean {
  const names = [info.vendor, info.architecture, info.device, info.description];
  return info.isFallbackAdapter === true || names.some((name) => SOFTWARE.test(name));
}

/** The name of an adapter: its description, else the names of its vendor and architecture. */
export function adapterName(info: AdapterIdentity): string {
  return info.description || [info.vendor, info.architecture].filter(Boolean).join(' ') || 'unnamed GPU';
}

/** For people: "NVIDIA H200", "SwiftShader driver 5.0.0 (software)". */
export function describeAdapter(info: AdapterIdentity): string {
  return isSoftware(info) ? `${adapterName(info)} (software)` : adapterName(info);
}
