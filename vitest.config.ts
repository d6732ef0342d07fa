import { defineConfig } from 'vitest/config';
import { wgsl } from './tools/wgsl-plugin.mjs';

const conditions = ['@shoal/source', 'module', 'node', 'import', 'default'];

export default defineConfig({
  plugins: [wgsl()],
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ['packages/*/{src,test}/**/*.test.ts', 'tools/**/*.test.ts', 'examples/**/*.test.ts'],
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
