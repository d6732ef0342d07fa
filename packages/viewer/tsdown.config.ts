import { defineConfig, type UserConfig } from 'tsdown';
import { sourcePlugins } from '../../tools/source-plugins.mjs';
import { library } from '../../tools/tsdown.mjs';

/** Packages that only the worker of a live fit needs. */
const ENGINES = /^@shoal\/\w+-kernels/;

/** The library's worker imports packages by name, which a page without a bundler cannot. */
const standaloneWorker = {
  name: 'shoal:standalone-worker',
  transform: {
    filter: { id: /live-fit\.ts$/ },
    handler(code: string): string {
      return code.replace('./fit-worker.js', './standalone-fit-worker.js');
    },
  },
};

export default defineConfig([
  library({
    index: 'src/index.ts',
    component: 'src/component.ts',
    comparison: 'src/comparison.ts',
    'data/index': 'src/data/index.ts',
    'report/index': 'src/report/index.ts',
    // The live fit expects this file beside itself.
    'fit-worker': 'src/live/fit-worker.ts',
  }),
  // One script with everything except the engines.
  oneScript('standalone', 'src/standalone.ts', {
    alwaysBundle: (id: string) => !ENGINES.test(id),
    neverBundle: [ENGINES],
  }),
  // The worker of its live fits, with the engines. A page without a bundler serves both from one folder.
  oneScript('standalone-fit-worker', 'src/live/fit-worker.ts', { alwaysBundle: () => true }),
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
      plugins: [...sourcePlugins(), standaloneWorker],
      outputOptions: { codeSplitting: false },
    },
  );
}
