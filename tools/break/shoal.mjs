import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../command.mjs';

/** The built command. */
export const bin = join(root, 'packages', 'cli', 'dist', 'bin.js');

/**
 * @typedef {object} Ending
 * @property {number | null} status exit status; null when a signal ended it
 * @property {string} stdout
 * @property {string} stderr
 * @property {number} seconds from the start to the end
 * @property {number} secondsToEnd from the first signal to the end; 0 without one
 */

/**
 * @typedef {object} Circumstances
 * @property {string} cwd
 * @property {Record<string, string | undefined>} [env] what differs from this process' environment
 * @property {readonly string[]} [before] a command that runs the command: `prlimit --as=1000000`
 * @property {NodeJS.Signals} [signal] sent `after` so many seconds
 * @property {number} [after]
 * @property {string} [shell] a script that runs the command as "$@"
 */

/**
 * Runs the built command, as a user would.
 *
 * @param {readonly string[]} args
 * @param {Circumstances} circumstances
 * @returns {Promise<Ending>}
 */
export function shoal(args, { cwd, env = {}, before = [], signal, after = 0, shell }) {
  const command = [...before, process.execPath, bin, ...args];
  const [file, ...rest] = shell === undefined ? command : ['bash', '-c', shell, 'bash', ...command];
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const child = spawn(file, rest, {
      cwd,
      env: { ...process.env, NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    let signaledAt = Infinity;
    const timer =
      signal &&
      setTimeout(() => {
        signaledAt = performance.now();
        child.kill(signal);
      }, after * 1000);
    child.stdout.on('data', (/** @type {Buffer} */ piece) => (stdout += piece.toString()));
    child.stderr.on('data', (/** @type {Buffer} */ piece) => (stderr += piece.toString()));
    child.on('error', reject);
    child.on('close', (status) => {
      clearTimeout(timer);
      const now = performance.now();
      const seconds = (now - startedAt) / 1000;
      resolve({ status, stdout, stderr, seconds, secondsToEnd: Math.max(0, (now - signaledAt) / 1000) });
    });
  });
}

/**
 * Finds output that no ending may have: a stack, or a raw error of the system or of JavaScript.
 *
 * @param {Ending} ending
 * @returns {string | undefined}
 */
export function rawError({ stderr }) {
  const found =
    /^ +at .+:\d+:\d+\)?$|\b(RangeError|TypeError|ReferenceError|FATAL ERROR)\b|0\.0 GiB|core dumped/m.exec(
      stderr,
    );
  return found === null
    ? undefined
    : `it printed "${stderr.slice(Math.max(0, found.index - 80), found.index + 200).trim()}"`;
}

/**
 * The unexpected files of a folder.
 *
 * @param {string} folder
 * @param {readonly string[]} expected
 */
export async function besides(folder, expected) {
  return (await readdir(folder)).filter((name) => !expected.includes(name));
}
