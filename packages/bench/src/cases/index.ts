import type { BenchCase } from '../bench-case.ts';
import { autoencoderEpoch } from './autoencoder-epoch.ts';
import { cliColdStart } from './cli-cold-start.ts';
import { gmmFit } from './gmm-fit.ts';
import { gmmStep } from './gmm-step.ts';
import { kmeansFit } from './kmeans-fit.ts';
import { kmeansSeeding } from './kmeans-seeding.ts';
import { kmeansStep } from './kmeans-step.ts';
import { gmmDeviceFit } from './gpu/gmm-device-fit.ts';
import { gmmDeviceStep } from './gpu/gmm-device-step.ts';
import { kmeansDeviceFit } from './gpu/kmeans-device-fit.ts';
import { kmeansDeviceSeeding } from './gpu/kmeans-device-seeding.ts';
import { kmeansVariants } from './gpu/kmeans-variants.ts';
import { metrics } from './metrics.ts';
import { pca } from './pca.ts';
import { scaling } from './scaling.ts';

/** Every case, in the order of the report. */
export const BENCH_CASES: readonly BenchCase[] = [
  kmeansFit,
  kmeansStep,
  kmeansSeeding,
  gmmFit,
  gmmStep,
  pca,
  metrics,
  autoencoderEpoch,
  cliColdStart,
  scaling,
  kmeansVariants,
  kmeansDeviceFit,
  kmeansDeviceSeeding,
  gmmDeviceStep,
  gmmDeviceFit,
];
