import { camel, words } from './names.mjs';

/**
 * A method of the command: `shoal fit --method NAME`.
 *
 * @param {string} name
 * @returns {import('./plan.mjs').Plan}
 */
export function planMethod(name) {
  const method = `${camel(name)}Method`;
  return {
    files: {
      [`packages/cli/src/methods/${name}.ts`]: `import { KMeans, KMeansModel } from '@shoal/core';
import { fitted, type Method } from './method.ts';

export const ${method}: Method = {
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
`,
    },
    insertions: [
      {
        path: 'packages/cli/src/methods/index.ts',
        before: 'import type { Method, ModelWithMemory }',
        text: `import { ${method} } from './${name}.ts';\n`,
      },
      { path: 'packages/cli/src/methods/index.ts', before: '];\n\n/** @throws', text: `  ${method},\n` },
    ],
    next: [
      `Describe it in the table of methods in docs/command-line.md, and name it in README.md: documentation.test.ts compares both.`,
      `Options that no method has yet are described in packages/cli/src/methods/options.ts.`,
    ],
  };
}
