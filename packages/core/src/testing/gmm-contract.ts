import type { ContractCase } from './contract-case.ts';

/** What every engine's mixture session promises. */
export const gmmContract: readonly ContractCase[] = [];
