import { camel, words } from './names.mjs';
import { hasKind } from './taken.mjs';

/**
 * A method of the command: `shoal fit --method NAME`. It runs the kind of clustering of this name, if core has one.
 *
 * @param {string} name
 * @param {string} root of the checkout
 * @returns {Promise<import('./plan.mjs').Plan>}
 */
export async function planMethod(name, root) {
  const method = `${camel(name)}Method`;
  return {
    files: {
      [`packages/cli/src/methods/${name}.ts`]: (await hasKind(root, name)) ? ofKind(name) : ofKMeans(name),
    },
    insertions: [
      {
        path: 'packages/cli/src/methods/index.ts',
        before: 'import type { Method, ModelWithMemory }',
        text: `import { ${method} } from './${name}.ts';\n`,
      },
      { path: 'packages/cli/src/methods/index.ts', array: 'METHODS', item: method },
    ],
    next: [
      `Describe it in the table of methods in docs/command-line.md, and name it in README.md: documentation.test.ts compares both.`,
      `Options that no method has yet are described in packages/cli/src/methods/options.ts.`,
    ],
  };
}

/** @param {string} name of the method, and of a kind of core */
function ofKind(name) {
  const kind = `${camel(name)}Kind`;
  return `import { ${kind} } from '@shoal/core';
import { fitted, type Method } from './method.ts';

export const ${camel(name)}Method: Method = {
  name: '${name}',
  title: '${words(name)}',
  // TODO: the options of the command that its settings take.
  options: [],
  async fit({ points }, { clusters, seed }, { engine }, watching) {
    const clusterer = ${kind}.create({ clusters }, { seed, engine });
    return fitted(await clusterer.fit({ points }, watching));
  },
  type: ${kind}.type,
  load: (state, { engine }) => Promise.resolve(${kind}.load(state, engine)),
};
`;
}

/** @param {string} name */
function ofKMeans(name) {
  return `import { KMeans, KMeansModel } from '@shoal/core';
import { fitted, type Method } from './method.ts';

export const ${camel(name)}Method: Method = {
  name: '${name}',
  title: '${words(name)}',
  options: ['nInit', 'maxIterations'],
  // TODO: what this method does. Import its package here and in \`load\`, so that \`shoal --version\` stays fast.
  async fit({ points }, { clusters, seed, nInit, maxIterations }, { engine }, watching) {
    return fitted(await new KMeans({ clusters, seed, nInit, maxIterations, engine }).fit(points, watching));
  },
  type: 'kmeans',
  load: (state, { engine }) => Promise.resolve(KMeansModel.fromState(state, engine)),
};
`;
}
