import { spawn } from 'node:child_process';
import { basename, delimiter, dirname, extname, isAbsolute, join } from 'node:path';
import { platform } from 'node:os';
import { fileURLToPath } from 'node:url';

/** The workspace's root folder. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** TypeScript 7: it checks types several times faster than version 6, which declarations still need. */
export const TYPESCRIPT = join(root, 'node_modules', 'typescript-native', 'bin', 'tsc');

/**
 * @typedef {object} Outcome
 * @property {number} code exit status; 127 when the command could not be started
 * @property {string} output stdout and stderr as they came; empty when they were inherited
 */

/**
 * Runs a command and waits for it. Its output is kept, or passed through with `inherit`.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string>, inherit?: boolean }} [options] `cwd`: the working folder;
 *   default the workspace's root
 * @returns {Promise<Outcome>}
 */
export function run(command, args, { cwd = root, env = {}, inherit = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...toolEnvironment(), ...(inherit ? {} : { NO_COLOR: '1' }), ...env },
      // Windows starts programs in node_modules/.bin only through its shell.
      shell: platform() === 'win32' && !isAbsolute(command),
      stdio: inherit ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    /** @param {Buffer} chunk */
    const keep = (chunk) => {
      output += chunk.toString();
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('error', (error) => {
      resolve({ code: 127, output: `${output}Could not start ${command}: ${error.message}\n` });
    });
    child.on('close', (code) => {
      resolve({ code: code ?? 1, output });
    });
  });
}

/**
 * Runs the pnpm that runs this script, or else the one on the PATH.
 *
 * @param {readonly string[]} args
 */
export function pnpm(args) {
  const self = process.env['npm_execpath'];
  // Decide by its file name only: npm may also be in a folder of pnpm.
  if (self === undefined || !/^pn(pm)?(\.|$)/.test(basename(self))) return run('pnpm', args);
  return /^\.[cm]?js$/.test(extname(self)) ? run(process.execPath, [self, ...args]) : run(self, args);
}

/** Installs exactly what the lock file says, without questions. */
export function install() {
  return pnpm(['install', '--frozen-lockfile', '--config.confirmModulesPurge=false']);
}

/**
 * Builds packages in the order of their dependencies; turbo skips what has not changed.
 *
 * @param {string} [filter] one package and its dependencies; every package and example by default
 */
export function build(filter) {
  const only = filter === undefined ? [] : [`--filter=${filter}`];
  return run('turbo', ['run', 'build', '--output-logs=errors-only', ...only]);
}

/** The workspace's own tools first, then pnpm (turbo calls it by name), then the caller's PATH. */
function toolEnvironment() {
  const self = process.env['npm_execpath'];
  const path = [
    join(root, 'node_modules', '.bin'),
    ...(self === undefined ? [] : [dirname(self)]),
    process.env['PATH'] ?? '',
  ];
  return {
    ...process.env,
    PATH: path.join(delimiter),
    TURBO_TELEMETRY_DISABLED: '1',
    TURBO_NO_UPDATE_NOTIFIER: '1',
  };
}
