// A second software GPU for tests: Mesa's lavapipe as Debian's testing branch has it. Unlike SwiftShader it offers the
// features `shader-f16` and subgroup matrices, and it rounds and fuses like a different compiler.
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { arch, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, run } from './command.mjs';

/**
 * @typedef {object} Lavapipe how to start Node.js so that Dawn finds lavapipe
 * @property {readonly string[]} launcher a command and its first arguments, to be followed by Node.js' own
 * @property {Record<string, string>} environment
 */

const FOLDER = join(root, 'node_modules', '.cache', 'lavapipe');
const MANIFEST = 'lavapipe.json';
const PACKAGE = 'mesa-vulkan-drivers';
const SUITE = 'testing';

/**
 * Where Debian keeps each machine's loader and libraries.
 *
 * @type {Readonly<Record<string, { readonly loader: string, readonly libraries: string } | undefined>>}
 */
const MACHINES = {
  x64: { loader: 'lib64/ld-linux-x86-64.so.2', libraries: 'usr/lib/x86_64-linux-gnu' },
  arm64: { loader: 'lib/ld-linux-aarch64.so.1', libraries: 'usr/lib/aarch64-linux-gnu' },
};

/**
 * Makes lavapipe ready, downloading it the first time. Nothing is installed: its packages, and the C library they were built
 * for, are unpacked into a folder of the workspace, and Node.js runs on that C library's loader.
 *
 * @returns {Promise<Lavapipe | string>} or why it is not available, in one sentence
 */
export async function lavapipe() {
  const machine = MACHINES[arch()];
  if (platform() !== 'linux' || machine === undefined)
    return 'lavapipe is only downloaded on Linux, on x64 and arm64.';
  if (!existsSync(FOLDER)) {
    const problem = await fetchInto(FOLDER, machine.libraries);
    if (problem !== undefined) return problem;
  }
  return {
    launcher: [
      join(FOLDER, machine.loader),
      '--library-path',
      join(FOLDER, machine.libraries),
      process.execPath,
    ],
    environment: { VK_DRIVER_FILES: join(FOLDER, MANIFEST), XDG_RUNTIME_DIR: tmpdir() },
  };
}

/**
 * @param {string} folder
 * @param {string} libraries
 * @returns {Promise<string | undefined>} what went wrong
 */
async function fetchInto(folder, libraries) {
  const apt = existsSync('/usr/bin/apt-get');
  if (process.getuid?.() !== 0 || !apt)
    return 'lavapipe is only downloaded by root on Debian and its derivatives.';
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  if (!existsSync('/usr/sbin/debootstrap')) {
    await run('apt-get', ['update', '-q'], { env });
    const installed = await run(
      'apt-get',
      ['install', '-q', '-y', '--no-install-recommends', 'debootstrap'],
      { env },
    );
    if (installed.code !== 0) return `apt-get could not install debootstrap.\n${installed.output}`;
  }
  const packages = `${folder}-packages`;
  const unpacked = `${folder}-unpacked`;
  await Promise.all([packages, unpacked].map((made) => rm(made, { recursive: true, force: true })));
  await mkdir(unpacked, { recursive: true });
  const wanted = ['--download-only', '--variant=minbase', `--include=${PACKAGE}`, SUITE, packages];
  const downloaded = await run('debootstrap', wanted);
  if (downloaded.code !== 0) return `debootstrap could not download ${PACKAGE}.\n${downloaded.output}`;
  const archives = join(packages, 'var', 'cache', 'apt', 'archives');
  for (const name of await readdir(archives)) {
    if (!name.endsWith('.deb')) continue;
    const extracted = await run('dpkg-deb', ['--extract', join(archives, name), unpacked]);
    if (extracted.code !== 0) return `dpkg-deb could not unpack ${name}.\n${extracted.output}`;
  }
  // Mesa's own manifest has only the name of the library; a loader would search the system's folders for it.
  const library = join(folder, libraries, 'libvulkan_lvp.so');
  const manifest = { file_format_version: '1.0.1', ICD: { api_version: '1.4.0', library_path: library } };
  await writeFile(join(unpacked, MANIFEST), JSON.stringify(manifest));
  await rm(packages, { recursive: true });
  await rename(unpacked, folder);
  return undefined;
}
