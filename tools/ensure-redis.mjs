import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installPackage } from './install-package.mjs';

/**
 * Makes sure there is a redis-server, for the tests of workers: installs Debian's if it is allowed to.
 *
 * @returns {Promise<string | undefined>} what is wrong, in one sentence; undefined when it is there
 */
export async function ensureRedis() {
  if (hasRedis()) return undefined;
  const output = await installPackage('redis-server');
  if (hasRedis()) return undefined;
  const help = 'install it (on Debian: apt-get install redis-server)';
  return output === undefined
    ? `The tests of workers need redis-server: ${help}.`
    : `The tests of workers need redis-server, and apt-get could not install it.\n${output}`;
}

function hasRedis() {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.some((folder) => existsSync(join(folder, 'redis-server')));
}
