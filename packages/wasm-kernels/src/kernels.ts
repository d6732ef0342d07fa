import base64 from '../assembly/kernels.ts?wasm';

/** Points the kernels handle together; `TILE_ROWS` in assembly/points.ts. */
export const TILE_ROWS = 64;
/** Centroids or candidates compared with a tile at a time; `CENTROID_BLOCK` in assembly/kmeans.ts. */
export const CENTRE_BLOCK = 64;

/** The kernels of one instance; pointers are byte offsets into its memory. See assembly/ for each. */
export interface Kernels {
  bindPoints(
    points: number,
    isBytes: boolean,
    columns: number,
    stride: number,
    tile: number,
    weights: number,
  ): void;
  momentRows(start: number, count: number, shift: number, tile: number, sums: number): void;

  bindAssignment(
    clusters: number,
    centroids: number,
    labels: number,
    distances: number,
    floatSums: number,
    sums: number,
    clusterWeights: number,
    scratch: number,
  ): void;
  assignRows(start: number, count: number): void;
  readonly inertia: WebAssembly.Global<'f64'>;
  readonly changed: WebAssembly.Global<'i32'>;
  centroidDistanceTile(start: number, rows: number, firstCentroid: number, count: number): void;

  bindSeeding(candidates: number, seedDistances: number, potentials: number): void;
  seedPotentialRows(start: number, count: number, candidates: number): void;
  addSeedRows(start: number, count: number): void;

  bindMixture(
    components: number,
    isTriangular: boolean,
    scale: number,
    origin: number,
    means: number,
    factors: number,
    factorBytes: number,
    logConstants: number,
    responsibilities: number,
    counts: number,
    first: number,
    second: number,
    secondBytes: number,
    labels: number,
    logLikelihoods: number,
    scratch: number,
  ): void;
  prepareTile(start: number, rows: number): void;
  estimateTile(start: number, rows: number): void;
  evaluateTile(start: number, rows: number): void;
  accumulateTile(start: number, rows: number): void;
  readonly logLikelihood: WebAssembly.Global<'f64'>;
}

/** Compiles the kernels; one module serves all sessions of an engine. */
export function compileKernels(): Promise<WebAssembly.Module> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return WebAssembly.compile(bytes);
}

/** An instance of the kernels that works in `memory`. */
export async function instantiateKernels(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
): Promise<Kernels> {
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  return exports as unknown as Kernels;
}
