export { checkFilters } from './check-filters.ts';
export { filterMask } from './filter-mask.ts';
