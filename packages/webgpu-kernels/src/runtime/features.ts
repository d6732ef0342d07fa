/** The optional feature that profiling needs. */
export const TIMESTAMPS = 'timestamp-query';

/** Optional features that kernels may need, and their names in WGSL. */
const WGSL_NAMES = {
  'shader-f16': 'f16',
  subgroups: 'subgroups',
  'chromium-experimental-subgroup-matrix': 'chromium_experimental_subgroup_matrix',
} as const;

/** A feature of WGSL that not every device has. */
export type ShaderFeature = keyof typeof WGSL_NAMES;

/** All optional features that the engine uses if a device has them. None of them is required. */
export const OPTIONAL_FEATURES: readonly string[] = [TIMESTAMPS, ...Object.keys(WGSL_NAMES)];

/** The optional features of an adapter or a device. */
export function optionalFeatures({ features }: { readonly features: ReadonlySet<string> }): string[] {
  return OPTIONAL_FEATURES.filter((feature) => features.has(feature));
}

/** The directives at the start of a shader. */
export function enableDirectives(features: readonly ShaderFeature[]): string {
  return features.map((feature) => `enable ${WGSL_NAMES[feature]};\n`).join('');
}

/** The first of the features that a device does not have. */
export function lacking(device: GPUDevice, features: readonly ShaderFeature[]): ShaderFeature | undefined {
  const own: ReadonlySet<string> = device.features;
  return features.find((feature) => !own.has(feature));
}
