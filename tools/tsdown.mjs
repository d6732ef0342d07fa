import { sourcePlugins } from './source-plugins.mjs';

/**
 * The build settings of every package: ESM with declarations and source maps, with the given entries.
 *
 * @param {string[] | Record<string, string>} entry
 * @param {import('tsdown').UserConfig} [extra]
 * @returns {import('tsdown').UserConfig}
 */
export function library(entry, extra = {}) {
  return {
    entry,
    format: 'esm',
    platform: 'neutral',
    target: 'es2023',
    dts: { tsconfig: '../../tsconfig.json' },
    sourcemap: true,
    clean: true,
    fixedExtension: false,
    plugins: sourcePlugins(),
    ...extra,
  };
}
