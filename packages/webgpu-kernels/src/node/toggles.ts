/** Toggles with which Dawn offers half floats and subgroup matrices if an adapter has them; without them it does not. */
export const FEATURE_TOGGLES = 'enable-dawn-features=allow_unsafe_apis,vulkan_enable_f16_on_nvidia';
