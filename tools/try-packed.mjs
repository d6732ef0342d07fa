// Tests Shoal as users get it: packs every package as npm would publish it, installs the package `shoal` from those
// files into an empty folder, and runs there every TypeScript example of the README that imports 'shoal', and the
// command. Once on the Node.js that runs this, and once on each given release, which npm downloads: node
// tools/try-packed.mjs [20.19 22 24 26] Needs a build, and a registry for the packages that Shoal depends on.
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pnpm, root, run, TYPESCRIPT } from './command.mjs';

/** The most bytes that the viewer may install, with all that it needs. */
const MAX_VIEWER_BYTES = 22e6;

/** A table of two groups far apart, with a header, as users have. */
const TABLE = ['height,weight', '1.6,55', '1.62,57', '1.59,54', '1.9,95', '1.92,97', '1.88,93'].join('\n');

const folder = await mkdtemp(join(tmpdir(), 'shoal-packed-'));
/** @type {string[]} */
const problems = [];
try {
  await installPacked();
  await tryViewer();
  const examples = await readExamples();
  await checkTypes(examples);
  await tryOn(process.execPath, examples);
  for (const release of process.argv.slice(2)) {
    const executable = await installNode(release);
    if (executable !== undefined) await tryOn(executable, examples);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;

/** Packs every package, and installs them together, so that none comes from a registry. */
async function installPacked() {
  const packages = await readdir(join(root, 'packages'));
  for (const name of packages) {
    const { code, output } = await pnpm([
      '--dir',
      join(root, 'packages', name),
      'pack',
      '--pack-destination',
      folder,
    ]);
    if (code !== 0) throw new Error(`The package ${name} cannot be packed.\n${output}`);
  }
  /** @type {Record<string, string>} */
  const dependencies = {};
  for (const name of packages) {
    const { name: full, version } = await manifestOf(name);
    dependencies[full] = `file:${full.replace('@', '').replace('/', '-')}-${version}.tgz`;
  }
  const manifest = { name: 'user', private: true, type: 'module', dependencies };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'points.csv'), TABLE);
  const { code, output } = await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], {
    cwd: folder,
  });
  if (code !== 0) throw new Error(`The packed packages cannot be installed.\n${output}`);
}

/** Installs the viewer alone, as the author of a page does: a browser needs no Dawn, which has over 100 MB. */
async function tryViewer() {
  const place = join(folder, 'page');
  await mkdir(place);
  /** @type {Record<string, string>} */
  const dependencies = {};
  for (const name of [
    'core',
    'data',
    'engines',
    'manifold',
    'tables',
    'viewer',
    'wasm-kernels',
    'webgpu-kernels',
  ]) {
    const { name: full, version } = await manifestOf(name);
    dependencies[full] = `file:../${full.replace('@', '').replace('/', '-')}-${version}.tgz`;
  }
  const manifest = { name: 'page', private: true, type: 'module', dependencies };
  await writeFile(join(place, 'package.json'), JSON.stringify(manifest));
  const { code, output } = await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], {
    cwd: place,
  });
  if (code !== 0) throw new Error(`The packed viewer cannot be installed.\n${output}`);
  const modules = join(place, 'node_modules');
  const files = await readdir(modules, { recursive: true, withFileTypes: true });
  let bytes = 0;
  for (const file of files) {
    if (file.isFile()) bytes += (await stat(join(file.parentPath, file.name))).size;
  }
  const names = (await readdir(modules)).filter((name) => !name.startsWith('.'));
  console.log(`@shoal/viewer installs ${(bytes / 1e6).toFixed(1)} MB: ${names.join(', ')}`);
  if (bytes > MAX_VIEWER_BYTES || names.includes('webgpu')) {
    problems.push(`@shoal/viewer installs ${bytes} bytes: ${names.join(', ')}.`);
  }
}

/**
 * @param {string} name of a package's folder
 * @returns {Promise<{ name: string, version: string }>}
 */
async function manifestOf(name) {
  const text = await readFile(join(root, 'packages', name, 'package.json'), 'utf8');
  /** @type {{ name: string, version: string }} */
  const manifest = JSON.parse(text);
  return manifest;
}

/** Writes the README's examples to files. */
async function readExamples() {
  const text = await readFile(join(root, 'README.md'), 'utf8');
  const blocks = [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code);
  const runnable = blocks.filter((code) => code.includes("from 'shoal'"));
  if (runnable.length === 0) throw new Error("The README has no example that imports 'shoal'.");
  return Promise.all(
    runnable.map(async (code, i) => {
      const file = `readme-${i + 1}.mjs`;
      await writeFile(join(folder, file), code);
      return file;
    }),
  );
}

/**
 * Checks the types of the examples as those of a strict program, against the packed declarations.
 *
 * @param {readonly string[]} examples
 */
async function checkTypes(examples) {
  const files = examples.map((file) => file.replace('.mjs', '.ts'));
  await Promise.all(files.map(async (file, i) => copyFile(join(folder, examples[i]), join(folder, file))));
  const args = ['--noEmit', '--strict', '--target', 'esnext', '--module', 'nodenext', '--types', 'node'];
  const typeRoots = join(root, 'node_modules', '@types');
  await tryRun('TypeScript', files.join(' '), process.execPath, [
    ...[TYPESCRIPT, ...args, '--typeRoots', typeRoots, ...files],
  ]);
}

/**
 * @param {string} release such as 26 or 20.19
 * @returns {Promise<string | undefined>} the path of its executable; undefined, with a problem recorded, when npm does
 *   not have it
 */
async function installNode(release) {
  const place = join(folder, `node-${release}`);
  const args = [
    'install',
    '--prefix',
    place,
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    `node@${release}`,
  ];
  const { code, output } = await run('npm', args, { cwd: folder });
  if (code === 0) return join(place, 'node_modules', '.bin', 'node');
  problems.push(`Node.js ${release} cannot be installed.\n${output}`);
  return undefined;
}

/**
 * Runs the examples and the command.
 *
 * @param {string} node
 * @param {readonly string[]} examples
 */
async function tryOn(node, examples) {
  const { output } = await run(node, ['--version']);
  const version = `Node.js ${output.trim()}`;
  // npx starts the Node.js that it finds; other releases run the file that it would start.
  const [command, ...first] =
    node === process.execPath
      ? ['npx', '--no-install', 'shoal']
      : [node, join(folder, 'node_modules', 'shoal', 'dist', 'bin.js')];
  for (const file of examples) await tryRun(version, file, node, [file]);
  for (const args of [
    ['--version'],
    ['fit', 'points.csv', '-k', '2', '-o', 'run', '--force'],
    ['predict', 'run', 'points.csv', '-o', `labels-${output.trim()}.npy`],
  ]) {
    await tryRun(version, `shoal ${args.join(' ')}`, command, [...first, ...args]);
  }
}

/**
 * @param {string} version of Node.js
 * @param {string} what for people
 * @param {string} command
 * @param {readonly string[]} args
 */
async function tryRun(version, what, command, args) {
  const { code, output } = await run(command, args, { cwd: folder });
  if (code === 0) console.log(`${version}: ${what}: ${output.trim().split('\n').pop()}`);
  else problems.push(`${version}: ${what} ended with status ${code}.\n${output}`);
}
