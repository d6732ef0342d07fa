import {
  CLUSTER_SELECTIONS,
  LINKAGES,
  type BisectingStrategy,
  type ClusterSelection,
  type CovarianceType,
  type KMeansMetric,
  type KMeansPrecision,
  type Linkage,
  type NeighborSearchKind,
  type RowScalingKind,
  type SizeAssignment,
  type WeightPrior,
} from '@shoal/core';
import type { EncoderLayer } from '@shoal/deep-clustering';
import type { Balance } from '@shoal/manifold';
import { RECIPE_SCALINGS } from '@shoal/tables';
import { Option } from 'commander';
import { commonOptions, notNegative, positive, share, wholeNumber } from '../options.ts';
import { parseLayers } from './parse-layers.ts';
import { scalingOption } from '../scaling-option.ts';

/** Values of `--features`: pixels as they are, or oriented gradients of images. */
export const FEATURES = ['pixels', 'gradients'] as const;
export type FeatureName = (typeof FEATURES)[number];

/** Values of options of methods. */
interface OptionValues {
  readonly scaling: RowScalingKind | 'none';
  readonly metric: KMeansMetric;
  readonly init: string;
  readonly rounds: number;
  readonly oversampling: number;
  readonly nInit: number;
  readonly maxIterations: number;
  readonly tol: number;
  readonly precision: KMeansPrecision;
  readonly covarianceType: CovarianceType;
  readonly regCovar: number;
  readonly layers: readonly EncoderLayer[];
  readonly epochs: number;
  readonly members: number;
  readonly pca: number;
  readonly neighbors: number;
  readonly dimensions: number;
  readonly minDist: number;
  readonly layoutEpochs: number;
  readonly balance: Balance;
  readonly compactness: number;
  readonly batchSize: number;
  readonly patience: number;
  readonly reassignment: number;
  readonly minSize: number;
  readonly maxSize: number;
  readonly assignment: SizeAssignment;
  readonly strategy: BisectingStrategy;
  readonly weightPrior: WeightPrior;
  readonly concentration: number;
  readonly minClusterSize: number;
  readonly minSamples: number;
  readonly clusterSelection: ClusterSelection;
  readonly clusterSelectionEpsilon: number;
  readonly maxClusterSize: number;
  readonly allowSingleCluster: boolean;
  readonly neighborSearch: NeighborSearchKind;
  readonly radius: number;
  readonly linkage: Linkage;
  readonly microClusters: number;
}
export type OptionName = keyof OptionValues;

/** Options of `shoal fit` that are passed to an algorithm; options that were not given are undefined. */
export type MethodOptions = {
  /** The name as typed; see `METHODS`. */
  readonly method: string;
  /** 0 for methods that find the number themselves. */
  readonly clusters: number;
  readonly seed: number;
  /** How the points are described; default `pixels`, which all points may have. */
  readonly features?: FeatureName | undefined;
} & { readonly [Name in OptionName]?: OptionValues[Name] | undefined };

/** Every option of a method, described once, in the order of the help. */
export const METHOD_OPTIONS: Readonly<Record<OptionName, () => Option>> = {
  scaling: () =>
    scalingOption(
      'of the columns of a table: auto (default), none, standardize, robust, min-max; of rows: unit, whiten (of an array: none, standardize too; UMAP: none, unit)',
      [...RECIPE_SCALINGS, 'unit', 'whiten'],
    ),
  metric: commonOptions.metric,
  init: () =>
    new Option(
      '--init <name>',
      "k-means: k-means++, 'k-means||' (in quotes), random; " +
        'mixtures: kmeans, k-means++, random, random-from-data',
    ),
  rounds: () =>
    new Option('--rounds <n>', 'k-means||: passes over the points (default: 5)').argParser(
      wholeNumber('--rounds', 1),
    ),
  oversampling: () =>
    new Option(
      '--oversampling <x>',
      'k-means||: candidates drawn in a round, as a multiple of the clusters (default: 2)',
    ).argParser(positive('--oversampling')),
  nInit: () => new Option('--n-init <n>', 'starts; the best is kept').argParser(wholeNumber('--n-init', 1)),
  maxIterations: () =>
    new Option('--max-iterations <n>', 'greatest number of iterations').argParser(
      wholeNumber('--max-iterations', 1),
    ),
  tol: () =>
    new Option('--tol <x>', "tolerance of convergence, with scikit-learn's meaning").argParser(
      notNegative('--tol'),
    ),
  precision: () =>
    new Option(
      '--precision <name>',
      'k-means: exact, or fast: half floats label points on a GPU that has them (default: exact)',
    ).choices(['exact', 'fast']),
  covarianceType: commonOptions.covarianceType,
  regCovar: commonOptions.regCovar,
  layers: () =>
    new Option(
      '--layers <list>',
      'autoencoders: widths of the encoder, 256,128,32; convolutions first: 32x5/2,64x3/2,10 (filters x kernel / stride)',
    ).argParser(parseLayers),
  epochs: () =>
    new Option('--epochs <n>', 'autoencoders: passes over the points').argParser(wholeNumber('--epochs', 1)),
  members: () =>
    new Option('--members <n>', 'n2d: number of autoencoders with codes side by side (default: 1)').argParser(
      wholeNumber('--members', 1),
    ),
  pca: () =>
    new Option('--pca <n>', 'UMAP: principal components searched, 0 for none (default: 50)').argParser(
      wholeNumber('--pca'),
    ),
  neighbors: () =>
    new Option('--neighbors <n>', 'UMAP: size of neighborhoods (default: 20)').argParser(
      wholeNumber('--neighbors', 2),
    ),
  dimensions: () =>
    new Option('--dimensions <n>', 'UMAP: columns of the embedding (default: 10)').argParser(
      wholeNumber('--dimensions', 1),
    ),
  minDist: () =>
    new Option('--min-dist <x>', 'UMAP: least distance of points (default: 0)').argParser(
      notNegative('--min-dist'),
    ),
  layoutEpochs: () =>
    new Option('--layout-epochs <n>', 'UMAP: passes over the edges').argParser(
      wholeNumber('--layout-epochs', 1),
    ),
  balance: () =>
    new Option(
      '--balance <x>',
      'cut: weight of equal cluster sizes, a number or auto (default: auto: 2, or less when sizes seem to differ)',
    ).argParser((text: string) => (text === 'auto' ? text : notNegative('--balance', 'auto')(text))),
  compactness: () =>
    new Option(
      '--compactness <x>',
      'cut: weight of clusters that are compact in the points (default: 0.2)',
    ).argParser(notNegative('--compactness')),
  batchSize: () =>
    new Option('--batch-size <n>', 'mini-batch k-means: points in a batch (default: 1024)').argParser(
      wholeNumber('--batch-size', 1),
    ),
  patience: () =>
    new Option(
      '--patience <n>',
      'mini-batch k-means: batches without improvement before it ends (default: 10)',
    ).argParser(wholeNumber('--patience', 1)),
  reassignment: () =>
    new Option(
      '--reassignment <x>',
      'mini-batch k-means: clusters below this share of the heaviest one move, 0 for never (default: 0.01)',
    ).argParser(share('--reassignment')),
  minSize: () =>
    new Option(
      '--min-size <n>',
      'k-means with sizes: least number of points in a cluster (without --max-size: equal sizes)',
    ).argParser(wholeNumber('--min-size', 1)),
  maxSize: () =>
    new Option('--max-size <n>', 'k-means with sizes: greatest number of points in a cluster').argParser(
      wholeNumber('--max-size', 1),
    ),
  assignment: () =>
    new Option(
      '--assignment <name>',
      'k-means with sizes: exact, or approximate for many points (default: by their number)',
    ).choices(['exact', 'approximate']),
  strategy: () =>
    new Option(
      '--strategy <name>',
      'bisecting k-means: splits the cluster with the greatest inertia or size (default: inertia)',
    ).choices(['inertia', 'size']),
  weightPrior: () =>
    new Option(
      '--weight-prior <name>',
      'Bayesian mixture: dirichlet-process, which prefers few clusters, or dirichlet (default: dirichlet-process)',
    ).choices(['dirichlet-process', 'dirichlet']),
  concentration: () =>
    new Option(
      '--concentration <x>',
      'Bayesian mixture: the less, the fewer clusters (default: 1 / clusters)',
    ).argParser(positive('--concentration')),
  minClusterSize: () =>
    new Option(
      '--min-cluster-size <n>',
      'HDBSCAN: least points of a cluster, or a share of all below 1 (default: 5; of an embedding: 0.01)',
    ).argParser(positive('--min-cluster-size')),
  minSamples: () =>
    new Option(
      '--min-samples <n>',
      'HDBSCAN: the neighbor whose distance is the density (default: the least size; of an embedding: 10); ' +
        'DBSCAN: points within the radius of a core point, itself included (default: 5)',
    ).argParser(wholeNumber('--min-samples', 1)),
  clusterSelection: () =>
    new Option(
      '--cluster-selection <name>',
      'HDBSCAN: clusters that last longest, or the leaves of the tree (default: excess-of-mass)',
    ).choices([...CLUSTER_SELECTIONS]),
  clusterSelectionEpsilon: () =>
    new Option(
      '--cluster-selection-epsilon <x>',
      'HDBSCAN: distance below which clusters are not divided (default: 0)',
    ).argParser(notNegative('--cluster-selection-epsilon')),
  maxClusterSize: () =>
    new Option('--max-cluster-size <n>', 'HDBSCAN: greatest points of a cluster').argParser(
      wholeNumber('--max-cluster-size', 2),
    ),
  neighborSearch: () =>
    new Option(
      '--neighbor-search <name>',
      'HDBSCAN: neighbors are exact, or by nn-descent, for very many points (default: exact)',
    ).choices(['exact', 'nn-descent']),
  allowSingleCluster: () => new Option('--allow-single-cluster', 'HDBSCAN: all points may be one cluster'),
  radius: () =>
    new Option(
      '--radius <x>',
      'DBSCAN: distance within which points are neighbors; it must be given',
    ).argParser(positive('--radius')),
  linkage: () =>
    new Option('--linkage <name>', 'agglomerative: distance of clusters (default: ward)').choices([
      ...LINKAGES,
    ]),
  microClusters: () =>
    new Option(
      '--micro-clusters <n>',
      'agglomerative: k-means clusters that merges begin from, 0 for points (default: 8192 for many points)',
    ).argParser(wholeNumber('--micro-clusters')),
};
