import { existsSync } from 'node:fs';
import { platform } from 'node:os';
import { run } from './command.mjs';

/**
 * Installs a package of Debian, where that is allowed.
 *
 * @param {string} name
 * @returns {Promise<string | undefined>} what was printed; undefined where nothing may be installed
 */
export async function installPackage(name) {
  const mayInstall = platform() === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (!mayInstall) return undefined;
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const update = await run('apt-get', ['update', '-q'], { env });
  const install = await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', name], { env });
  return update.output + install.output;
}
