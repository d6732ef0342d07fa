/** The optional feature that profiling takes. */
export const TIMESTAMPS = 'timestamp-query';

/** Optional features that kernels may need, and what WGSL calls them. */
const WGSL_NAMES = {
  'shader-f16': 'f16',
  subgroups: 'subgroups',
  'chromium-experimental-subgroup-matrix': 'chromium_experimental_subgroup_matrix',
} as const;

/** A feature of WGSL that not every device has. */
export type ShaderFeature = keyof typeof WGSL_NAMES;

/** Every optional feature that the engine uses where a device has it. None is ever required. */
export const OPTIONAL_FEATURES: readonly string[] = [TIMESTAMPS, ...Object.keys(WGSL_NAMES)];

/** Those that an adapter or a device has. */
export function optionalFeatures({ features }: { readonly features: ReadonlySet<string> }): string[] {
  return OPTIONAL_FEATURES.filter((feature) => features.has(feature));
}

/** The directives that a shader begins with. */
export function enableDirectives(features: readonly ShaderFeature[]): string {
  return features.map((feature) => `enable ${WGSL_NAMES[feature]};\n`).join('');
}

/** The first of the features that a device lacks. */
export function lacking(device: GPUDevice, features: readonly ShaderFeature[]): ShaderFeature | undefined {
  const own: ReadonlySet<string> = device.features;
  return features.find((feature) => !own.has(feature));
}
