import { assemblyscript } from './assemblyscript-plugin.mjs';
import { lit } from './lit-plugin.mjs';
import { script } from './script-plugin.mjs';
import { wgsl } from './wgsl-plugin.mjs';

/** The plugins that Vitest, Vite and tsdown need to load the packages' sources. */
export function sourcePlugins() {
  return [wgsl(), assemblyscript(), script(), lit()];
}
