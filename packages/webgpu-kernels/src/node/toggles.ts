/** What makes Dawn offer half floats and subgroup matrices where an adapter has them: neither is offered unasked. */
export const FEATURE_TOGGLES = 'enable-dawn-features=allow_unsafe_apis,vulkan_enable_f16_on_nvidia';
