import plain from '../assembly/kernels.ts?wasm';
import relaxed from '../assembly/kernels.ts?wasm&relaxed';
import type { Arithmetic } from './arithmetic.ts';

/** Rows whose keys the kernels compute together; `BATCH_ROWS` in assembly/keys.ts. */
export const BATCH_ROWS = 32;
/** The most candidates or centroids that distances are computed to at a time; `CANDIDATES` in assembly/candidates.ts. */
export const CANDIDATES = 64;
/** Rows of a mixture's tile, and of a block of products; `TILE_ROWS` in assembly/tile.ts. */
export const TILE_ROWS = 64;
/** Points that queries are compared with at a time; `TILE_CANDIDATES` in assembly/neighbors.ts. */
export const TILE_CANDIDATES = 32;
/** Columns of a factor that are multiplied at a time; `WIDTH` in assembly/products.ts. */
export const FACTOR_WIDTH = 32;

// The globals of the kernels, which the host sets once for each instance: sizes, and the byte offsets of arrays in its
// memory. Each is described where assembly/ declares it.

/** Globals of points.ts and summaries.ts. */
export type PointGlobals = Numbers<
  | 'rows'
  | 'columns'
  | 'points'
  | 'scale'
  | 'shift'
  | 'weights'
  | 'labels'
  | 'norms'
  | 'slotRows'
  | 'slotSums'
  | 'slotSquares'
  | 'slotRanges'
  | 'slotRow'
  | 'slotRowBytes'
> & { readonly isBytes: boolean };

/**
 * Also those of tuning.ts, centers.ts, keys.ts, fixed-sums.ts, fixed-moments.ts, bounds.ts, assignment.ts, candidates.ts,
 * seeding.ts, distances.ts.
 */
export type KMeansGlobals = PointGlobals &
  Numbers<
    | 'chunkRows'
    | 'tuning'
    | 'clusters'
    | 'centers'
    | 'panels'
    | 'centerWords'
    | 'biases'
    | 'centerErrors'
    | 'preparedBytes'
    | 'keyBytes'
    | 'wordShift'
    | 'magics'
    | 'shiftedMagics'
    | 'shiftErrors'
    | 'allSums'
    | 'sumThreads'
    | 'sumBytes'
    | 'quanta'
    | 'sums'
    | 'changedRows'
    | 'closeRows'
    | 'comparedGroups'
    | 'bounds'
    | 'boundBytes'
    | 'groups'
    | 'groupPanels'
    | 'drifts'
    | 'groupDrifts'
    | 'candidates'
    | 'candidatePanels'
    | 'candidateWords'
    | 'candidateBiases'
    | 'candidateErrors'
    | 'distances'
    | 'potentials'
    | 'chunkInertia'
    | 'chunkRest'
    | 'slotMoments'
    | 'squareMagics'
    | 'table'
  >;
/** Globals of these files that differ from thread to thread: addresses of memory that only one thread uses. */
export type KMeansThreadGlobals = Numbers<
  | 'ownSums'
  | 'prepared'
  | 'keys'
  | 'batchRows'
  | 'batchOwnKeys'
  | 'batchGroups'
  | 'pairing'
  | 'leastKeys'
  | 'lanes'
  | 'candidateRow'
>;

/** Also those of tile.ts, mixture.ts and moments.ts. */
export type MixtureGlobals = PointGlobals &
  Numbers<
    | 'chunkRows'
    | 'stride'
    | 'components'
    | 'means'
    | 'factors'
    | 'factorBytes'
    | 'logConstants'
    | 'logLikelihoods'
    | 'chunkLikelihood'
    | 'responsibilityTable'
    | 'momentRows'
    | 'momentPart'
    | 'moments'
    | 'momentBytes'
    | 'secondMomentBytes'
  > & { readonly isTriangular: boolean };
/** Globals of these files that differ from thread to thread: addresses of memory that only one thread uses. */
export type MixtureThreadGlobals = Numbers<
  'tile' | 'tileRows' | 'differences' | 'shares' | 'responsibilities' | 'logDensities' | 'evidence'
>;

/** Also those of products.ts. */
export type ProductGlobals = PointGlobals &
  Numbers<'chunkRows' | 'factor' | 'productTable' | 'gramRows' | 'gramPart' | 'grams' | 'gramBytes'>;
/** Globals of this file that differ from thread to thread. */
export type ProductThreadGlobals = Numbers<'blockPoints' | 'blockProducts'>;

/** Also those of neighbors.ts. */
export type NeighborGlobals = PointGlobals &
  Numbers<'chunkRows' | 'neighborCount' | 'queryTable' | 'foundRows' | 'foundSquares'>;
/** Globals of this file that differ from thread to thread. */
export type NeighborThreadGlobals = Numbers<'queryBlock' | 'candidateTile' | 'queryLimits'>;

/** Globals of points.ts (two of them), sketches.ts, space-tree.ts, set-bits.ts, leaf-blocks.ts, word-blocks.ts, near-lists.ts, spanning.ts and radius.ts. */
export type SpanningGlobals = Numbers<
  | 'rows'
  | 'columns'
  | 'values'
  | 'valueBytes'
  | 'valueScale'
  | 'sketchCenter'
  | 'directions'
  | 'directionCount'
  | 'sketchScale'
  | 'sketchColumns'
  | 'sketches'
  | 'sketchRows'
  | 'leaves'
  | 'callLeaves'
  | 'placeRows'
  | 'leafBlocks'
  | 'leafBytes'
  | 'wordFrame'
  | 'groupBoxes'
  | 'leafBatches'
  | 'leafBoxes'
  | 'bitTable'
  | 'nodeBoxes'
  | 'gapBytes'
  | 'listLength'
  | 'keptLength'
  | 'coreNeighbor'
  | 'coreSquares'
  | 'keptPlaces'
  | 'keptReaches'
  | 'placeComponents'
  | 'componentWeights'
  | 'componentPlaces'
  | 'nodeComponents'
  | 'nodeCores'
  | 'edgePlaces'
  | 'edgeWeights'
  | 'edgeSquares'
  | 'edgeFloors'
  | 'isSettled'
  | 'radiusCounts'
  | 'isCore'
  | 'parents'
  | 'rootRows'
>;
/** Globals of these files that differ from thread to thread: addresses of memory that only one thread uses. */
export type SpanningThreadGlobals = Numbers<
  | 'centeredRow'
  | 'walkStack'
  | 'nearPoints'
  | 'nearGroups'
  | 'pairs'
  | 'listSquares'
  | 'listPlaces'
  | 'sketchLimits'
  | 'wordLimits'
  | 'sketchSlacks'
  | 'searchers'
  | 'searchWeights'
  | 'searchBox'
>;

/** Globals of layout.ts. */
export type GraphLayoutGlobals = Numbers<
  | 'vertices'
  | 'chunkVertices'
  | 'placeBytes'
  | 'blockOffsets'
  | 'edgeBlocks'
  | 'evenPlaces'
  | 'oddPlaces'
  | 'anchorPlaces'
  | 'reachable'
  | 'negatives'
  | 'attractions'
  | 'repulsions'
>;

type Numbers<Name extends string> = Readonly<Record<Name, number>>;
type AllGlobals = KMeansGlobals &
  KMeansThreadGlobals &
  MixtureGlobals &
  MixtureThreadGlobals &
  ProductGlobals &
  ProductThreadGlobals &
  NeighborGlobals &
  NeighborThreadGlobals &
  SpanningGlobals &
  SpanningThreadGlobals &
  GraphLayoutGlobals;
export type KernelGlobals = Partial<AllGlobals>;

/** Kernels that are called with a number (0, 1, ...) on any thread; each is described in assembly/. */
interface ParallelKernels {
  readonly summarizeSlot: (slot: number) => void;
  readonly squareSlot: (slot: number) => void;
  readonly momentSlot: (slot: number) => void;
  readonly normSlot: (slot: number) => void;

  readonly assignChunk: (chunk: number) => void;
  readonly ownDistances: (chunk: number, high: number, low: number) => void;
  readonly tableBatch: (batch: number, start: number, end: number, count: number) => void;
  readonly seedChunk: (chunk: number, added: number, firstSeed: number, count: number, magic: number) => void;

  readonly evaluateChunk: (chunk: number) => void;
  readonly tabulateTile: (tile: number, first: number, end: number) => void;
  readonly estimateMoments: (slot: number, part: number) => void;
  readonly labeledMoments: (slot: number, part: number) => void;
  readonly randomMoments: (slot: number, part: number, seed: number, firstRow: number) => void;

  readonly multiplyChunk: (chunk: number, first: number, end: number) => void;
  readonly accumulateGram: (slot: number, part: number) => void;

  readonly searchRows: (chunk: number, first: number, end: number) => void;
  readonly searchQueries: (chunk: number, count: number) => void;

  readonly sketchChunk: (chunk: number) => void;
  readonly splitNode: (index: number, first: number) => void;
  readonly splitSubtree: (index: number, first: number) => void;
  readonly packLeaves: (call: number) => void;
  readonly listLeaves: (call: number, first: number) => void;
  readonly labelLeaves: (call: number) => void;
  readonly resolveLeaves: (call: number, spared: number) => void;
  readonly searchLeaves: (call: number, spared: number) => void;
  readonly countWithin: (call: number, square: number) => void;
  readonly joinWithin: (call: number, square: number) => void;
  readonly attachWithin: (call: number, square: number) => void;

  readonly moveVertices: (chunk: number, step: number, stream: number, rate: number) => void;
}
export type KernelName = keyof ParallelKernels;

/** The kernels of one instance. */
export interface Kernels extends ParallelKernels, Readonly<Record<keyof AllGlobals, WebAssembly.Global>> {
  zero(from: number, bytes: number): void;
  packPanels(first: number, count: number): void;
  gatherSums(first: number, count: number): void;
  loadCenter(index: number, k: number): void;
  packCandidates(count: number): void;
  tabulateBits(): void;
  labelNodes(): void;
  pickEdges(count: number, spared: number): void;
}

/** Sets the globals: where the arrays are and how large they are. */
export function configure(kernels: Kernels, globals: KernelGlobals): void {
  for (const [name, value] of Object.entries(globals)) {
    kernels[name as keyof KernelGlobals].value = Number(value);
  }
}

/** Compiles the kernels with an arithmetic that this runtime supports; one module serves all threads of an engine. */
export function compileKernels(arithmetic: Arithmetic): Promise<WebAssembly.Module> {
  return WebAssembly.compile(decode(arithmetic === 'fused' ? relaxed : plain));
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** An instance of the kernels that works in `memory`. */
export async function instantiateKernels(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
): Promise<Kernels> {
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  return exports as unknown as Kernels;
}
