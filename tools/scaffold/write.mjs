import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { planClusterer } from './clusterer.mjs';
import { planFormat } from './format.mjs';
import { planKernel } from './kernel.mjs';
import { planMethod } from './method.mjs';

/** The things that can be scaffolded, and the form of their names. */
export const SCAFFOLDS = {
  clusterer: { plan: planClusterer, named: /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, example: 'mini-batch' },
  method: { plan: planMethod, named: /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, example: 'mini-batch' },
  format: { plan: planFormat, named: /^[a-z][a-z0-9]*$/, example: 'parquet' },
  kernel: { plan: planKernel, named: /^[a-z]+\/[a-z][a-z0-9]*(-[a-z0-9]+)*$/, example: 'rows/scale-values' },
};

/**
 * Writes the files and lines of a new thing into a checkout. Nothing is written when one of the files exists already,
 * or when a file that gets a line does not look as expected.
 *
 * @param {string} root of the checkout
 * @param {keyof typeof SCAFFOLDS} kind
 * @param {string} name
 * @returns {Promise<{ written: string[], changed: string[], next: readonly string[] }>} paths relative to the root
 */
export async function scaffold(root, kind, name) {
  const { plan, named, example } = SCAFFOLDS[kind];
  if (!named.test(name)) throw new Error(`The name of a ${kind} must look like "${example}"; got "${name}".`);
  const { files, insertions, next } = plan(name);
  for (const path of Object.keys(files)) {
    const isThere = await access(join(root, path)).then(
      () => true,
      () => false,
    );
    if (isThere) throw new Error(`${path} exists already; choose another name.`);
  }
  /** @type {Map<string, string>} */
  const changed = new Map();
  for (const { path, before, text } of insertions) {
    const old = changed.get(path) ?? (await readFile(join(root, path), 'utf8'));
    const parts = old.split(before);
    if (parts.length !== 2) {
      throw new Error(
        `${path} should hold ${JSON.stringify(before)} once, but does ${parts.length - 1} times.`,
      );
    }
    changed.set(path, `${parts[0]}${text}${before}${parts[1]}`);
  }
  for (const [path, text] of [...Object.entries(files), ...changed]) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return { written: Object.keys(files), changed: [...changed.keys()], next };
}
