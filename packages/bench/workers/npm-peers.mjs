/**
 * Runs clustering libraries from npm for @shoal/bench, in its own process so that they cannot affect the bench: one
 * JSON request a line on standard input, one JSON answer a line on standard output. Only the work itself is timed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

// Ctrl-C reaches the whole process group; the bench ends this process itself.
process.on('SIGINT', () => undefined);
// Output of a library must not get between the answers.
console.log = console.info = console.debug = console.error;

/**
 * @typedef {object} KMeansRequest
 * @property {string} points NPY file of float32 values, row-major
 * @property {number} columns
 * @property {string} centroids the same, for a given start; empty for one of its own
 * @property {number} clusters
 * @property {number} iterations
 * @property {number} seed
 * @property {string} out where the centroids go, as bare float64 values
 */

/** @typedef {{ seconds: number, iterations?: number | undefined }} Timing */

/**
 * @typedef {object} MlKMeans the part of ml-kmeans that is used
 * @property {(data: number[][], k: number, options: object) => { centroids: number[][], iterations: number }} kmeans
 */

/**
 * @typedef {object} ClusteringTfjs the part of clustering-tfjs that is used
 * @property {new (options: object) => { fit(data: number[][]): Promise<void>, centroids_: { array(): Promise<number[][]> } }} KMeans
 * @property {{ init?(options?: object): Promise<void> }} Clustering
 */

/** Folders whose node_modules are searched, in this order. */
const folders = [...process.argv.slice(2), import.meta.dirname];
/** The modules that were found, by name. @type {Map<string, unknown>} */
const loaded = new Map();

/** @type {Record<string, (request: any) => Promise<object>>} */
const operations = { hello, forget, 'ml-kmeans': mlKMeans, 'clustering-tfjs': clusteringTfjs };

/** @type {Map<string, number[][]>} */
const tables = new Map();

for await (const line of createInterface({ input: process.stdin })) {
  const request = /** @type {{ id: number, operation: string }} */ (JSON.parse(line));
  /** @type {object} */
  let answer;
  try {
    answer = await operations[request.operation](request);
  } catch (error) {
    answer = { error: String(error) };
  }
  process.stdout.write(`${JSON.stringify({ id: request.id, ...answer })}\n`);
}

async function hello() {
  /** @type {Record<string, string | null>} */
  const versions = {};
  for (const name of ['ml-kmeans', 'clustering-tfjs']) versions[name] = await load(name);
  return { node: process.versions.node, versions };
}

async function forget() {
  tables.clear();
  return {};
}

/**
 * @param {string} name
 * @returns {Promise<string | null>} its version, or null when it is not installed
 */
async function load(name) {
  for (const folder of folders) {
    const require = createRequire(join(folder, 'package.json'));
    for (const base of require.resolve.paths(name) ?? []) {
      try {
        const manifest = /** @type {{ version: string }} */ (
          JSON.parse(readFileSync(join(base, name, 'package.json'), 'utf8'))
        );
        const entry = name === 'ml-kmeans' ? join(base, name, 'lib', 'index.js') : require.resolve(name);
        loaded.set(name, await import(pathToFileURL(entry).href));
        return manifest.version;
      } catch {
        // Not in this folder: try the next one.
      }
    }
  }
  return null;
}

/**
 * @param {KMeansRequest} request
 * @returns {Promise<Timing>}
 */
async function mlKMeans({ points, columns, centroids, clusters, iterations, seed, out }) {
  const { kmeans } = /** @type {MlKMeans} */ (loaded.get('ml-kmeans'));
  const data = table(points, columns);
  const initialization = centroids === '' ? 'kmeans++' : table(centroids, columns);
  // Its tolerance is a squared movement: this small, it stops only when no centroid moves.
  const options = { initialization, maxIterations: iterations, tolerance: 1e-12, seed };
  const start = performance.now();
  const result = kmeans(data, clusters, options);
  const seconds = (performance.now() - start) / 1000;
  write(out, result.centroids);
  return { seconds, iterations: result.iterations };
}

/**
 * Always from its own k-means++ start, because it does not take a start.
 *
 * @param {KMeansRequest} request
 * @returns {Promise<Timing>}
 */
async function clusteringTfjs({ points, columns, clusters, iterations, seed, out }) {
  const { KMeans, Clustering } = /** @type {ClusteringTfjs} */ (loaded.get('clustering-tfjs'));
  await Clustering.init?.();
  const data = table(points, columns);
  const estimator = new KMeans({
    n_clusters: clusters,
    n_init: 1,
    max_iter: iterations,
    tol: 0,
    random_state: seed,
  });
  const start = performance.now();
  await estimator.fit(data);
  const seconds = (performance.now() - start) / 1000;
  write(out, await estimator.centroids_.array());
  return { seconds };
}

/**
 * @param {string} file
 * @param {number} columns
 */
function table(file, columns) {
  const known = tables.get(file);
  if (known !== undefined) return known;
  const bytes = readFileSync(file);
  const header = 10 + bytes.readUInt16LE(8);
  const values = new Float32Array(new Uint8Array(bytes.subarray(header)).buffer);
  const rows = Array.from({ length: values.length / columns }, (_, i) =>
    Array.from(values.subarray(i * columns, (i + 1) * columns)),
  );
  tables.set(file, rows);
  return rows;
}

/**
 * @param {string} file
 * @param {number[][]} rows
 */
function write(file, rows) {
  writeFileSync(file, new Uint8Array(Float64Array.from(rows.flat()).buffer));
}
