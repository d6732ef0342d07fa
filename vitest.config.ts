import { defineConfig } from 'vitest/config';
import { vulkanDriver } from './tools/software-gpu.mjs';
import { SlowFilesFirst } from './tools/slow-files-first.mjs';
import { sourcePlugins } from './tools/source-plugins.mjs';

const conditions = ['@shoal/source', 'module', 'node', 'import', 'default'];
const inChromium = '**/*.browser.test.ts';
/** Tests of what few devices have; they fail on others. */
const onFeatures = '**/*.features.test.ts';
const special = ['**/node_modules/**', inChromium, onFeatures];
/** Packages with `@shoal/engines`, which replaces the default engine of its process; that of the others is core's. */
const usesEngines = ['engines', 'workers', 'viewer', 'bench', 'cli', 'shoal'].map(
  (name) => `packages/${name}/{src,test}/**/*.test.ts`,
);
/** For tests in Node.js. */
const setupFiles = ['./tools/patient-dawn.ts', './tools/relaxed-simd.ts'];

// The dynamic loader reads these when a process starts, so they must be there before Vitest forks its workers.
Object.assign(process.env, vulkanDriver()?.environment);

export default defineConfig({
  plugins: sourcePlugins(),
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    pool: 'forks',
    // Files share their worker's modules and its GPU. Imports and shaders would otherwise take a quarter of the time.
    isolate: false,
    sequence: { sequencer: SlowFilesFirst },
    // Vitest itself would leave a core free, which of two is half. Most tests take one, GPU tests more for moments only.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['packages/*/{src,test}/**/*.test.ts'],
          exclude: [...usesEngines, ...special],
          setupFiles,
        },
      },
      {
        extends: true,
        test: {
          name: 'node-engines',
          include: [...usesEngines, 'tools/**/*.test.ts', 'examples/**/*.test.ts'],
          exclude: special,
          setupFiles,
        },
      },
      {
        extends: true,
        test: { name: 'features', include: [onFeatures], exclude: ['**/node_modules/**'], setupFiles },
      },
      {
        extends: true,
        test: { name: 'browser', include: [inChromium], exclude: ['**/node_modules/**'] },
      },
    ],
  },
});
