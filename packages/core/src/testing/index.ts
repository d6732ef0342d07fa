import { batchContract } from './batch-contract.ts';
import type { ContractCase } from './contract-case.ts';
import { coreClusterersContract } from './core-clusterers.ts';
import { gmmContract } from './mixture-contract.ts';
import { inputContract } from './input-contract.ts';
import { kmeansContract } from './kmeans-contract.ts';
import { layoutContract } from './layout-contract.ts';
import { neighborsContract } from './neighbors-contract.ts';
import { offsetContract } from './offset-contract.ts';
import { partedSumsContract } from './parted-sums-contract.ts';
import { partsContract } from './parts-contract.ts';
import { productsContract } from './products-contract.ts';
import { seedingContract } from './seeding-contract.ts';
import { spanningContract } from './spanning-contract.ts';
import { startsContract } from './starts-contract.ts';
import { watchedContract } from './watched-contract.ts';

export { ContractViolation } from './assertions.ts';
export { clustererContract, type ContractClusterer, type ContractFitOptions } from './clusterer-contract.ts';
export type { ContractCase } from './contract-case.ts';
export { lifetimeContract, type LifetimeCase } from './lifetime-contract.ts';
export { runCaseByName } from './run-case.ts';
export { blobs, bytes, sampleWeights, type Blobs } from './datasets.ts';

/** What each kind of session promises, for a second device of an engine that has the rest of the contract behind it. */
export const sessionContract: readonly ContractCase[] = [
  ...kmeansContract,
  ...seedingContract,
  ...gmmContract,
  ...productsContract,
  ...neighborsContract,
  ...spanningContract,
  ...layoutContract,
  ...watchedContract,
];

/** Every promise of the `Engine` interface, as cases to run on an engine. */
export const engineContract: readonly ContractCase[] = [
  ...sessionContract,
  ...inputContract,
  ...startsContract,
  ...offsetContract,
  ...batchContract,
  ...partsContract,
  ...partedSumsContract,
  ...coreClusterersContract,
];
