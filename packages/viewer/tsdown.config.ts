import { defineConfig, type UserConfig } from 'tsdown';
import { sourcePlugins } from '../../tools/source-plugins.mjs';
import { library } from '../../tools/tsdown.mjs';

/** Packages that only the worker of a live fit needs. */
const ENGINES = /^@shoal\/\w+-kernels/;

/** The library's workers import packages by name, which a page without a bundler cannot. */
const standaloneWorkers = {
  name: 'shoal:standalone-workers',
  transform: {
    filter: { id: /(worker-task|umap-map)\.ts$/ },
    handler(code: string): string {
      return code.replace(/\.\/(fit|map)-worker\.js/, './standalone-$1-worker.js');
    },
  },
};

export default defineConfig([
  library({
    index: 'src/index.ts',
    component: 'src/component.ts',
    react: 'src/react.ts',
    comparison: 'src/comparison.ts',
    'data/index': 'src/data/index.ts',
    'report/index': 'src/report/index.ts',
    // The live fit expects this file beside itself.
    'fit-worker': 'src/live/fit-worker.ts',
    // And the map by UMAP this one.
    'map-worker': 'src/maps/map-worker.ts',
  }),
  // One script with everything except the engines.
  oneScript('standalone', 'src/standalone.ts', {
    alwaysBundle: (id: string) => !ENGINES.test(id),
    neverBundle: [ENGINES],
  }),
  // Its workers, with the engines. A page without a bundler serves all of them from one folder.
  oneScript('standalone-fit-worker', 'src/live/fit-worker.ts', { alwaysBundle: () => true }),
  oneScript('standalone-map-worker', 'src/maps/map-worker.ts', { alwaysBundle: () => true }),
]);

function oneScript(name: string, source: string, deps: UserConfig['deps']): UserConfig {
  return library(
    { [name]: source },
    {
      platform: 'browser',
      minify: true,
      dts: false,
      sourcemap: false,
      clean: false,
      deps: { ...deps, onlyBundle: false },
      plugins: [...sourcePlugins(), standaloneWorkers],
      outputOptions: { codeSplitting: false },
    },
  );
}
