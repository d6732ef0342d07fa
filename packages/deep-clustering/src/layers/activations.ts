export const HIDDEN_ACTIVATIONS = ['relu', 'linear'] as const;
export const OUTPUT_ACTIVATIONS = ['sigmoid', 'linear'] as const;

/** The function a layer applies to its weighted sums: max(0, z), or the identity. */
export type HiddenActivation = (typeof HIDDEN_ACTIVATIONS)[number];
/** The function of the last layer: 1 / (1 + e^-z), for data in [0, 1], or the identity. */
export type OutputActivation = (typeof OUTPUT_ACTIVATIONS)[number];
