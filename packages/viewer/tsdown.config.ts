import { defineConfig } from 'tsdown';
import { library } from '../../tools/tsdown.mjs';

export default defineConfig([
  library(['src/index.ts', 'src/component.ts', 'src/data/index.ts', 'src/report/index.ts']),
  // One script with everything in it but the engines, which only a live fit asks for.
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
