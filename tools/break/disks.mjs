import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { run as runTool } from '../command.mjs';
import { writePoints } from './part.mjs';
import { rawError, shoal } from './shoal.mjs';

/** Mounts a small disk in its own namespace, if every user may do that, and runs the command there. */
const SMALL_DISK = (/** @type {string} */ options) =>
  `mount -t tmpfs -o ${options} tmpfs disk && cp points.csv disk/ && `;

/** Disks that are full or read-only, and standard streams that accept no data. */
/** @type {import('./part.mjs').Part} */
export const disks = {
  name: 'disks',
  title: 'full and read-only disks, streams that accept no data',
  share: 0.05,
  async run({ folder, random }) {
    const cwd = folder;
    await writePoints(join(folder, 'points.csv'), 3000, 2, random);
    await mkdir(join(folder, 'disk'));
    await mkdir(join(folder, 'temporary'));
    const env = { TMPDIR: join(folder, 'temporary') };
    const fit = ['fit', 'points.csv', '-k', '3', '--engine', 'wasm', '--threads', '1'];
    /** @type {string[]} */
    const defects = [];
    let tried = 0;
    /** @param {string} about @param {import('./shoal.mjs').Ending} ending @param {boolean} isRight */
    const check = (about, ending, isRight) => {
      tried++;
      const raw = rawError(ending);
      if (raw !== undefined) defects.push(`${about}: ${raw}`);
      if (!isRight) defects.push(`${about}: ended with ${String(ending.status)}: ${ending.stderr}`);
    };

    for (const stream of ['2>/dev/full', '2>&-', '>/dev/full', '>&-']) {
      const output = `run${tried}`;
      const ending = await shoal([...fit, '-o', output], { cwd, env, shell: `"$@" ${stream}` });
      check(
        stream,
        ending,
        (await stat(join(folder, output, 'model.json')).catch(() => undefined)) !== undefined,
      );
    }

    const name = 'unshare';
    const isThere = await runTool(name, ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', join(folder, 'disk')]);
    if (isThere.code !== 0) {
      return { tried, defects, missing: 'small disks: unshare may not mount here' };
    }
    const before = ['unshare', '-rm'];
    const within = { cwd, env, before: [] };
    /** @param {string} script */
    const inNamespace = (script) => ({
      ...within,
      shell: `exec ${before.join(' ')} bash -c '${script}' bash "$@"`,
    });
    // Room for the points and little more: the model does not fit, and the run goes to the folder for temporary files.
    const full = await shoal(
      [...fit, '-o', 'disk/run'],
      inNamespace(`${SMALL_DISK('size=180k')} cd . && "$@"; code=$?; ls disk >&2; exit $code`),
    );
    const rescued = (await readdir(cwd)).filter((entry) => entry.startsWith('shoal-run-'));
    check(
      'a full disk',
      full,
      full.status === 0 || (full.status === 1 && rescued.length === 1 && full.stderr.includes(rescued[0])),
    );
    const readOnly = await shoal(
      [...fit, '-o', 'disk/run'],
      inNamespace(`${SMALL_DISK('size=1m')} mount -o remount,ro disk && "$@"`),
    );
    check(
      'a read-only disk',
      readOnly,
      readOnly.status === 2 && readOnly.stderr.includes('the disk is read-only'),
    );
    return { tried, defects };
  },
};
