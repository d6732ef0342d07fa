// Checks the built packages as users get them: publint on the packed form, every export imported by plain Node.js from
// dist, and every declaration type-checked separately.
import { readdir, readFile } from 'node:fs/promises';
import { join, posix, relative } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import ts from 'typescript';
import { root, run } from './command.mjs';

/**
 * @typedef {object} PackageManifest
 * @property {string} name
 * @property {Record<string, Export>} exports
 */

/**
 * @typedef {object} Export
 * @property {string} [types]
 * @property {string | Built} [browser]
 * @property {Built} [node]
 * @property {string} default
 */

/**
 * @typedef {object} Built
 * @property {string} types
 */

const packages = join(root, 'packages');
/** @type {string[]} */
const problems = [];
/** @type {string[]} */
const declarations = [];

for (const name of await readdir(packages)) {
  const folder = join(packages, name);
  const text = await readFile(join(folder, 'package.json'), 'utf8');
  const manifest = /** @type {PackageManifest} */ (JSON.parse(text));
  problems.push(...(await lintPacked(folder, manifest)));
  for (const [subpath, target] of Object.entries(manifest.exports)) {
    const specifier = posix.join(manifest.name, subpath);
    // An export for a browser's file is a script for pages: Node.js serves it and never runs it.
    if (typeof target.browser !== 'string') problems.push(...(await importBuilt(folder, specifier)));
    if (target.types === undefined) problems.push(`${specifier}: no types`);
    else declarations.push(join(folder, target.types));
    if (target.node !== undefined) declarations.push(join(folder, target.node.types));
  }
}
problems.push(...checkDeclarations(declarations));

for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;

/**
 * @param {string} folder
 * @param {PackageManifest} manifest
 */
async function lintPacked(folder, manifest) {
  const { messages } = await publint({ pkgDir: folder, pack: 'pnpm', strict: true });
  return messages.map((message) => `${manifest.name}: ${formatMessage(message, manifest) ?? message.code}`);
}

/**
 * @param {string} folder
 * @param {string} specifier a package's own export, resolved from inside that package
 */
async function importBuilt(folder, specifier) {
  const script = `process.chdir(${JSON.stringify(folder)});
    const { createRequire } = await import('node:module');
    const { pathToFileURL } = await import('node:url');
    const path = createRequire(${JSON.stringify(join(folder, 'package.json'))}).resolve(${JSON.stringify(specifier)});
    const target = pathToFileURL(path).href;
    if (!target.includes('/dist/')) throw new Error('resolves to ' + path + ' instead of dist');
    await import(target);
    process.exit(0);`;
  const { code, output } = await run(process.execPath, ['--input-type=module', '--eval', script]);
  return code === 0 ? [] : [`${specifier}: cannot be imported\n${output}`];
}

/** @param {readonly string[]} files */
function checkDeclarations(files) {
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts', 'lib.dom.d.ts'],
    module: ts.ModuleKind.NodeNext,
    types: ['node', '@webgpu/types'],
    strict: true,
    noEmit: true,
  });
  return ts
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => file === undefined || /\/packages\/[^/]+\/dist\//.test(file.fileName))
    .map(({ file, messageText }) => {
      const where = file === undefined ? '' : `${relative(root, file.fileName)}: `;
      return where + ts.flattenDiagnosticMessageText(messageText, '\n');
    });
}
