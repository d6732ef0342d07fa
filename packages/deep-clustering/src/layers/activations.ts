export const HIDDEN_ACTIVATIONS = ['relu', 'linear'] as const;
export const OUTPUT_ACTIVATIONS = ['sigmoid', 'linear'] as const;

/** What a layer does to its weighted sums: max(0, z), or nothing. */
export type HiddenActivation = (typeof HIDDEN_ACTIVATIONS)[number];
/** What the last layer does: 1 / (1 + e^-z), for data in [0, 1], or nothing. */
export type OutputActivation = (typeof OUTPUT_ACTIVATIONS)[number];
