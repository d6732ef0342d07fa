import { installPackage } from './install-package.mjs';
import { findChromium, setting } from './software-gpu.mjs';

/**
 * Makes sure there is a Chromium, for its browser and for its software GPU: installs Debian's if it is allowed to.
 *
 * @returns {Promise<string | undefined>} what is wrong, in one sentence; undefined when Chromium is there
 */
export async function ensureChromium() {
  if (findChromium() !== undefined) return undefined;
  const given = setting(process.env, 'CHROMIUM_PATH');
  if (given !== undefined) return `CHROMIUM_PATH names ${given}, which is not a file.`;
  const output = await installPackage('chromium');
  if (output === undefined) {
    return 'The WebGPU tests need Chromium and the software GPU that is part of it: install it (on Debian: apt-get install chromium) or set CHROMIUM_PATH to its executable.';
  }
  if (findChromium() !== undefined) return undefined;
  return `The WebGPU tests need Chromium, and apt-get could not install it.\n${output}`;
}
