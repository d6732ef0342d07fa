import { defineConfig } from 'vitest/config';
import { vulkanDriver } from './tools/software-gpu.mjs';
import { sourcePlugins } from './tools/source-plugins.mjs';

const conditions = ['@shoal/source', 'module', 'node', 'import', 'default'];
const inChromium = '**/*.browser.test.ts';
/** Tests of what few devices have; they fail on others. */
const onFeatures = '**/*.features.test.ts';
/** For tests that may open a GPU in Node.js. */
const setupFiles = ['./tools/patient-dawn.ts'];

// The dynamic loader reads these when a process starts, so they must be there before Vitest forks its workers.
Object.assign(process.env, vulkanDriver()?.environment);

export default defineConfig({
  plugins: sourcePlugins(),
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    pool: 'forks',
    // Vitest itself would leave a core free, which of two is half. Most tests take one, GPU tests more for moments only.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['packages/*/{src,test}/**/*.test.ts', 'tools/**/*.test.ts', 'examples/**/*.test.ts'],
          exclude: ['**/node_modules/**', inChromium, onFeatures],
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
