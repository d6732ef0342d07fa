import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { planClusterer } from './clusterer.mjs';
import { planFormat } from './format.mjs';
import { addBefore, addToArray } from './insert.mjs';
import { planKernel } from './kernel.mjs';
import { planMethod } from './method.mjs';
import { exists, takenByLanguage, takenClusterer, takenFormat, takenKernel, takenMethod } from './taken.mjs';

const KEBAB = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** The things that can be scaffolded, the form of their names, and what may have a name already. */
export const SCAFFOLDS = {
  clusterer: { plan: planClusterer, named: KEBAB, example: 'mini-batch', taken: takenClusterer },
  method: { plan: planMethod, named: KEBAB, example: 'mini-batch', taken: takenMethod },
  format: { plan: planFormat, named: /^[a-z][a-z0-9]*$/, example: 'orc', taken: takenFormat },
  kernel: {
    plan: planKernel,
    named: /^[a-z]+\/[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    example: 'rows/scale-values',
    taken: takenKernel,
  },
};

/**
 * Writes the files and lines of a new thing into a checkout. Nothing is written when the name is taken, or when a file
 * that gets a line does not look as expected.
 *
 * @param {string} root of the checkout
 * @param {keyof typeof SCAFFOLDS} kind
 * @param {string} name
 * @returns {Promise<{ written: string[], changed: string[], next: readonly string[] }>} paths relative to the root
 * @throws {Error} when the name is taken or has another form
 */
export async function scaffold(root, kind, name) {
  await requireFreeName(root, kind, name);
  const { files, insertions, next } = await SCAFFOLDS[kind].plan(name, root);
  for (const path of Object.keys(files)) {
    if (await exists(join(root, path))) throw taken(kind, name, `${path} exists`);
  }
  /** @type {Map<string, string>} */
  const changed = new Map();
  for (const insertion of insertions) {
    const { path } = insertion;
    const old = changed.get(path) ?? (await readFile(join(root, path), 'utf8'));
    changed.set(path, inserted(old, insertion));
  }
  for (const [path, text] of [...Object.entries(files), ...changed]) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return { written: Object.keys(files), changed: [...changed.keys()], next };
}

/**
 * @param {string} root of the checkout
 * @param {keyof typeof SCAFFOLDS} kind
 * @param {string} name
 * @throws {Error} when the name is taken or has another form
 */
export async function requireFreeName(root, kind, name) {
  const { named, example, taken: takenBy } = SCAFFOLDS[kind];
  if (!named.test(name)) throw new Error(`The name of a ${kind} must look like "${example}"; got "${name}".`);
  const by = takenByLanguage(name.replace(/^.*\//, '')) ?? (await takenBy(root, name));
  if (by !== undefined) throw taken(kind, name, by);
}

/**
 * @param {string} kind
 * @param {string} name
 * @param {string} by what is in the way
 */
function taken(kind, name, by) {
  return new Error(`A new ${kind} cannot have the name "${name}": ${by}. Choose another name.`);
}

/**
 * @param {string} source
 * @param {import('./plan.mjs').Insertion} insertion
 */
function inserted(source, insertion) {
  try {
    return 'array' in insertion
      ? addToArray(source, insertion.array, insertion.item)
      : addBefore(source, insertion.before, insertion.text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${insertion.path} cannot get its line: ${reason}`, { cause: error });
  }
}
