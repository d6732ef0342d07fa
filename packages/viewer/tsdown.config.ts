import { defineConfig } from 'tsdown';
import { library } from '../../tools/tsdown.mjs';

export default defineConfig([
  library({
    index: 'src/index.ts',
    component: 'src/component.ts',
    'data/index': 'src/data/index.ts',
    'report/index': 'src/report/index.ts',
    // The live fit expects this file beside itself.
    'fit-worker': 'src/live/fit-worker.ts',
  }),
  // One script with everything except the engines, which only a live fit needs.
  library(['src/standalone.ts'], {
    platform: 'browser',
    minify: true,
    dts: false,
    sourcemap: false,
    clean: false,
    deps: {
      alwaysBundle: (id: string) => !/^@shoal\/\w+-kernels/.test(id),
      onlyBundle: false,
      neverBundle: [/^@shoal\/\w+-kernels/],
    },
    outputOptions: { codeSplitting: false },
  }),
]);
