import base64 from '../assembly/kernels.ts?wasm';

/** Points the kernels handle together; `TILE_ROWS` in assembly/points.ts. */
export const TILE_ROWS = 64;
/** Centroids or candidates compared with a tile at a time; `CENTROID_BLOCK` in assembly/kmeans.ts. */
export const CENTRE_BLOCK = 64;

/**
 * What the host tells the kernels of one instance, once: sizes, and the byte offsets of arrays in its
 * memory. Each is described where assembly/ declares it.
 */
export type KernelSettings = Readonly<
  Record<
    // points.ts
    | 'points'
    | 'columns'
    | 'stride'
    | 'widened'
    | 'weights'
    | 'labels'
    | 'momentShift'
    | 'momentTile'
    | 'momentSums'
    // kmeans.ts
    | 'clusters'
    | 'centroids'
    | 'distances'
    | 'floatSums'
    | 'sums'
    | 'clusterWeights'
    | 'scratch'
    | 'candidates'
    | 'seedDistances'
    | 'potentials'
    // mixture.ts
    | 'components'
    | 'scale'
    | 'origin'
    | 'means'
    | 'factors'
    | 'factorBytes'
    | 'logConstants'
    | 'responsibilities'
    | 'counts'
    | 'firstMoments'
    | 'secondMoments'
    | 'secondMomentBytes'
    | 'logLikelihoods'
    | 'tile'
    | 'differences'
    | 'shares'
    | 'logDensities'
    | 'evidence',
    number
  > &
    Record<'isBytes' | 'isTriangular', boolean>
>;

/** The kernels of one instance; see assembly/ for each. */
export interface Kernels extends Readonly<Record<keyof KernelSettings, WebAssembly.Global>> {
  momentRows(start: number, count: number): void;

  assignRows(start: number, count: number): void;
  readonly inertia: WebAssembly.Global<'f64'>;
  readonly changed: WebAssembly.Global<'i32'>;
  centroidDistanceTile(start: number, rows: number, firstCentroid: number, count: number): void;
  seedPotentialRows(start: number, count: number, candidates: number): void;
  addSeedRows(start: number, count: number): void;

  prepareTile(start: number, rows: number): void;
  estimateTile(start: number, rows: number): void;
  evaluateTile(start: number, rows: number): void;
  accumulateTile(start: number, rows: number): void;
  readonly logLikelihood: WebAssembly.Global<'f64'>;
}

/** Tells the kernels where their arrays lie and how large they are. */
export function configure(kernels: Kernels, settings: Partial<KernelSettings>): void {
  for (const [name, value] of Object.entries(settings)) {
    kernels[name as keyof KernelSettings].value = Number(value);
  }
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
