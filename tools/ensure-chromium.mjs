import { existsSync } from 'node:fs';
import { platform } from 'node:os';
import { run } from './command.mjs';
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
  const mayInstall = platform() === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (!mayInstall) {
    return 'The WebGPU tests need Chromium and the software GPU that is part of it: install it (on Debian: apt-get install chromium) or set CHROMIUM_PATH to its executable.';
  }
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const update = await run('apt-get', ['update', '-q'], { env });
  const install = await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'chromium'], {
    env,
  });
  if (findChromium() !== undefined) return undefined;
  return `The WebGPU tests need Chromium, and apt-get could not install it.\n${update.output}${install.output}`;
}
