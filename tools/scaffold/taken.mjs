import { access, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { camel, pascal, snake } from './names.mjs';
import { JAVASCRIPT_WORDS, WGSL_WORDS } from './reserved-words.mjs';

// What already has a name, so that a new thing gets one of its own. Each function returns what is in the way, as a
// clause of a message, or undefined.

/** The packages that `shoal` exports under one name: two of them cannot export the same. */
const EXPORTED_TOGETHER = ['core', 'data', 'engines', 'manifold'];

/**
 * @param {string} name
 * @returns {string | undefined}
 */
export function takenByLanguage(name) {
  if (name === 'index') return 'index.ts is the file with the exports of a folder';
  return JAVASCRIPT_WORDS.has(camel(name)) ? `"${name}" is a reserved word of JavaScript` : undefined;
}

/**
 * @param {string} root of the checkout
 * @param {string} name
 */
export async function takenClusterer(root, name) {
  const type = pascal(name);
  if (type in globalThis) return `JavaScript has a global "${type}", and the class would hide it`;
  for (const path of [`packages/core/src/${name}`, `packages/core/src/${name}.ts`]) {
    if (await exists(join(root, path))) return `${path} exists`;
  }
  if ((await kinds(root)).includes(name)) return 'a kind of clustering has this name';
  if ((await methods(root)).includes(name)) return 'a method of the command has this name';
  const made = [type, `${type}Model`, `${type}Options`, `${type}Settings`, `${camel(name)}Kind`];
  for (const each of EXPORTED_TOGETHER) {
    const index = join(root, 'packages', each, 'src/index.ts');
    const names = await exportsOf(index);
    const double = made.find((one) => names.has(one));
    if (double !== undefined) return `@shoal/${each} exports "${double}"`;
  }
  return nameIn(root, 'packages/core/src/clusterer/kinds.ts', `${camel(name)}Kind`);
}

/**
 * @param {string} root of the checkout
 * @param {string} name
 */
export async function takenMethod(root, name) {
  if ((await methods(root)).includes(name)) return 'a method of the command has this name';
  // A kind of core is what the method runs.
  if (!(await hasKind(root, name)) && (await kinds(root)).includes(name)) {
    return 'a kind of clustering has this name';
  }
  return nameIn(root, 'packages/cli/src/methods/index.ts', `${camel(name)}Method`);
}

/**
 * @param {string} root of the checkout
 * @param {string} name
 */
export async function takenFormat(root, name) {
  const folder = 'packages/data/src/formats';
  for (const { path, text } of await modules(root, folder)) {
    const names = stringsAfter(text, /\bname: |\bextensions: \[[^\]]*?|\b(?:GZIP|ZSTD)_EXTENSION = /);
    if (names.includes(name)) return `${path} has this name or file extension`;
  }
  return nameIn(root, `${folder}/index.ts`, `${camel(name)}Format`);
}

/**
 * @param {string} root of the checkout
 * @param {string} path folder and name
 */
export async function takenKernel(root, path) {
  const name = path.split('/')[1];
  if (WGSL_WORDS.has(snake(name)))
    return `"${snake(name)}" is a word of WGSL, or a name inside the new kernel`;
  const shader = `packages/webgpu-kernels/src/kernels/${path}.wgsl`;
  return (await exists(join(root, shader))) ? `${shader} exists` : undefined;
}

/**
 * Whether core has a kind of clustering in the folder of this name.
 *
 * @param {string} root of the checkout
 * @param {string} name
 */
export function hasKind(root, name) {
  return exists(join(root, `packages/core/src/${name}/kind.ts`));
}

/** @param {string} path */
export function exists(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}

/**
 * The names of the kinds of core and of manifold.
 *
 * @param {string} root
 */
async function kinds(root) {
  const found = [];
  for (const folder of ['packages/core/src', 'packages/manifold/src']) {
    for (const each of await readdir(join(root, folder))) {
      const text = await readFile(join(root, folder, each, 'kind.ts'), 'utf8').catch(() => '');
      found.push(...stringsAfter(text, /\bmethod: /));
    }
  }
  return found;
}

/**
 * The methods of the documented table, and those that are not in it yet.
 *
 * @param {string} root
 */
async function methods(root) {
  const text = await readFile(join(root, 'docs/command-line.md'), 'utf8');
  const table = text.slice(text.indexOf('| `--method`')).split('\n\n')[0];
  const documented = [...table.matchAll(/^\| `([^`-][^`]*)`/gm)].map((match) => match[1]);
  // The names of clusterings.ts are of kinds, which several methods use.
  const own = (await modules(root, 'packages/cli/src/methods')).filter(
    ({ path }) => !path.endsWith('/clusterings.ts'),
  );
  return [...documented, ...own.flatMap(({ text: source }) => stringsAfter(source, /\bname: /))];
}

/**
 * The strings in quotes that follow a pattern.
 *
 * @param {string} text
 * @param {RegExp} pattern
 */
function stringsAfter(text, pattern) {
  return [...text.matchAll(new RegExp(`(?<=${pattern.source})'([^']+)'`, 'g'))].map((match) => match[1]);
}

/**
 * @param {string} root
 * @param {string} folder
 */
async function modules(root, folder) {
  const names = (await readdir(join(root, folder))).filter((name) => /(?<!\.test)\.ts$/.test(name));
  return Promise.all(
    names.map(async (name) => ({
      path: `${folder}/${name}`,
      text: await readFile(join(root, folder, name), 'utf8'),
    })),
  );
}

/**
 * @param {string} root
 * @param {string} path
 * @param {string} identifier that will be imported there
 */
async function nameIn(root, path, identifier) {
  const text = await readFile(join(root, path), 'utf8');
  return new RegExp(`\\b${identifier}\\b`).test(text) ? `${path} has "${identifier}" already` : undefined;
}

/**
 * The names that a module exports, itself and through `export *` of its package.
 *
 * @param {string} path
 * @returns {Promise<Set<string>>}
 */
async function exportsOf(path) {
  const text = await readFile(path, 'utf8');
  const names = new Set(
    [...text.matchAll(/^export (?:abstract |async )?(?:class|const|function|interface|type) (\w+)/gm)].map(
      (match) => match[1],
    ),
  );
  for (const [, list] of text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)) {
    for (const item of list.split(',')) names.add(item.trim().replace(/^.*\s/s, ''));
  }
  for (const [, file] of text.matchAll(/^export \* from '(\.[^']+)'/gm)) {
    for (const name of await exportsOf(join(dirname(path), file))) names.add(name);
  }
  return names;
}
