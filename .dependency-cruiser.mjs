import { readdirSync, readFileSync } from 'node:fs';

/**
 * Which way imports may point. Nothing but the command line imports the bench, and nothing but the package `shoal`, which is
 * all of them under one name, the command line.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const MAY_IMPORT = {
  core: [],
  tables: ['core'],
  data: ['core', 'tables'],
  'webgpu-kernels': ['core'],
  'wasm-kernels': ['core'],
  engines: ['core', 'webgpu-kernels', 'wasm-kernels'],
  workers: ['core', 'data', 'engines'],
  manifold: ['core', 'data'],
  'deep-clustering': ['core', 'data', 'manifold'],
  viewer: ['core', 'tables', 'data', 'engines', 'manifold'],
  bench: ['core', 'data', 'webgpu-kernels', 'wasm-kernels', 'manifold', 'deep-clustering', 'viewer'],
  cli: [
    'core',
    'tables',
    'data',
    'webgpu-kernels',
    'wasm-kernels',
    'engines',
    'manifold',
    'deep-clustering',
    'workers',
    'bench',
    'viewer',
  ],
  shoal: ['core', 'tables', 'data', 'engines', 'manifold', 'deep-clustering', 'viewer', 'cli'],
};

const direction = Object.entries(MAY_IMPORT).map(([name, targets]) => ({
  name: `${name}-imports-only-${targets.length === 0 ? 'itself' : targets.join('-')}`,
  severity: /** @type {const} */ ('error'),
  from: { path: `^packages/${name}/src/` },
  to: { path: '^packages/([^/]+)/', pathNot: `^packages/(${[name, ...targets].join('|')})/` },
}));

/**
 * The source files behind an export: one, or one for each kind of place that it runs in.
 *
 * @typedef {string | Record<string, string>} Sources
 */

/** The source files behind every export of every package, such as `packages/core/src/index.ts`. */
const entries = readdirSync(new URL('packages/', import.meta.url)).flatMap((name) => {
  const file = new URL(`packages/${name}/package.json`, import.meta.url);
  const manifest = /** @type {{ exports: Record<string, { '@shoal/source': Sources }> }} */ (
    JSON.parse(readFileSync(file, 'utf8'))
  );
  return Object.values(manifest.exports).flatMap(({ '@shoal/source': source }) =>
    (typeof source === 'string' ? [source] : Object.values(source)).map((path) =>
      path.replace('.', `packages/${name}`),
    ),
  );
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...direction,
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'pages-know-no-study',
      comment: 'reproduce makes pages of what report has, not the other way round',
      severity: 'error',
      from: { path: '^packages/cli/src/report/' },
      to: { path: '^packages/cli/src/reproduce/' },
    },
    {
      name: 'core-has-no-dependencies',
      comment: 'core runs anywhere and brings nothing along',
      severity: 'error',
      from: { path: '^packages/core/src/', pathNot: '[.]test[.]ts$' },
      to: {
        dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'unknown'],
      },
    },
    {
      name: 'node-only-in-node-folders',
      comment: 'a browser must be able to load every entry but ./node, tests, the bench and the command line',
      severity: 'error',
      from: { path: '^packages/(?!cli/|bench/)[^/]+/src/', pathNot: '/src/node/|[.]test[.]ts$|/test-' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'browser-code-does-not-import-node-folders',
      severity: 'error',
      from: { path: '^packages/(?!cli/|bench/)[^/]+/src/', pathNot: '/src/node/|[.]test[.]ts$|/test-' },
      to: { path: '^packages/[^/]+/src/node/' },
    },
    {
      name: 'no-deep-imports',
      comment: 'packages meet at their exports, never inside one another',
      severity: 'error',
      from: { path: '^(?:packages|examples)/([^/]+)/' },
      to: {
        path: '^packages/[^/]+/src/',
        pathNot: `^packages/$1/|^(?:${entries.join('|')})$`,
      },
    },
    {
      name: 'not-resolvable',
      severity: 'error',
      from: {},
      // The benchmark of the viewer finds its peers where whoever measures has put them.
      to: { couldNotResolve: true, pathNot: '^peer:' },
    },
    {
      name: 'declared-dependencies-only',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/', pathNot: '[.]test[.]ts$' },
      // A peer that is also there for development counts as both declared and not.
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['npm-peer'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules/[.]cache|assembly)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@shoal/source', 'browser', 'import', 'module', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.json'],
    },
  },
};
