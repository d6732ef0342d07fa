import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { root } from './command.mjs';

/**
 * Optimized, SIMD, no garbage collector, traps instead of an `abort` import. The host owns the memory, of any size
 * up to 4 GiB.
 */
const OPTIONS = [
  ['--outFile', 'kernels.wasm'],
  ['--runtime', 'stub'],
  ['--enable', 'simd'],
  ['--use', 'abort='],
  ['-O3', '--noAssert'],
  ['--importMemory', '--initialMemory', '1', '--maximumMemory', '65536'],
].flat();

/** By what follows `?wasm`. */
const MORE_OPTIONS = /** @type {Readonly<Record<string, readonly string[]>>} */ ({
  '': ['--enable', 'threads', '--sharedMemory'],
  '&relaxed': ['--enable', 'threads', '--sharedMemory', '--enable', 'relaxed-simd'],
  '&unshared': [],
});

const REQUEST = /\.ts\?wasm(&relaxed|&unshared)?$/;

/**
 * Lets TypeScript import an AssemblyScript entry as compiled WebAssembly, in Vitest, Vite and tsdown: `import kernels
 * from '../assembly/kernels.ts?wasm'` is the module's bytes in base64, for a memory that threads may share. `?wasm&relaxed`
 * is the same source for runtimes that have relaxed SIMD, `?wasm&unshared` for a memory that one thread has. The bytes are
 * embedded so that a published package does not need files that Node.js, browsers and bundlers locate in different ways.
 *
 * @returns {{ name: string, resolveId: { filter: { id: RegExp }, handler: (id: string, importer: string | undefined) => string | undefined }, load: { filter: { id: RegExp }, handler: (id: string) => Promise<{ code: string, moduleType: 'js' }> } }}
 */
export function assemblyscript() {
  return {
    name: 'shoal:assemblyscript',
    resolveId: {
      filter: { id: REQUEST },
      handler: (id, importer) => (importer === undefined ? undefined : resolve(dirname(importer), id)),
    },
    load: {
      filter: { id: REQUEST },
      async handler(id) {
        const [entry, variant] = id.split('?wasm');
        const bytes = await compiled(entry, [...OPTIONS, ...MORE_OPTIONS[variant]]);
        const text = Buffer.from(bytes).toString('base64');
        return { code: `export default ${JSON.stringify(text)};`, moduleType: 'js' };
      },
    },
  };
}

/** Modules that were compiled, by a hash of what they are made of. */
const CACHE = join(root, 'node_modules', '.cache', 'assemblyscript');

/**
 * A module, compiled once: the build, the tests and each page that they build ask for the same few, and a module takes
 * seconds.
 *
 * @param {string} entry
 * @param {readonly string[]} options
 * @returns {Promise<Uint8Array>}
 */
async function compiled(entry, options) {
  const file = join(CACHE, `${await hashOf(entry, options)}.wasm`);
  const known = await readFile(file).catch(() => undefined);
  if (known !== undefined) return known;
  const bytes = await compile(entry, options);
  await mkdir(CACHE, { recursive: true });
  // Several processes may write the same module at once, and none may read half of it.
  const unfinished = `${file}.${randomUUID()}`;
  await writeFile(unfinished, bytes);
  await rename(unfinished, file);
  return bytes;
}

/**
 * @param {string} entry a module and the folder that has all that it imports
 * @param {readonly string[]} options
 * @returns {Promise<string>} of the compiler's version, the options, and every source file in the folder
 */
async function hashOf(entry, options) {
  const { version } = /** @type {{ version: string }} */ (
    createRequire(import.meta.url)('assemblyscript/package.json')
  );
  const folder = dirname(entry);
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts')).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const parts = [version, basename(entry), options, names, texts];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/**
 * @param {string} entry
 * @param {readonly string[]} options
 * @returns {Promise<Uint8Array>}
 * @throws {Error} with the compiler's diagnostics when the source does not compile
 */
async function compile(entry, options) {
  const { default: asc } = await import('assemblyscript/asc');
  const folder = dirname(entry);
  /** @type {Uint8Array | undefined} */
  let binary;
  /** @type {string[]} */
  const diagnostics = [];
  const { error } = await asc.main([basename(entry), ...options], {
    stderr: { write: (chunk) => void diagnostics.push(String(chunk)) },
    readFile: (name) => readFile(join(folder, name), 'utf8').catch(() => null),
    writeFile: (_name, contents) => {
      if (typeof contents !== 'string') binary = contents;
    },
    listFiles: () => [],
  });
  if (error || binary === undefined) throw new Error(`${entry} does not compile:\n${diagnostics.join('')}`);
  return binary;
}
