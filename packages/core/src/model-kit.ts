/**
 * For those who write a model that is not in core: how settings are checked and saved models read, with the same
 * words for the same mistakes. Published as `@shoal/core/model-kit`.
 */
export { StateReader } from './state-reader.ts';
export { requireNonNegative, requireOneOf, requireWholeNumber } from './validation.ts';
