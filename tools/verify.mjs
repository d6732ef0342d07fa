// `pnpm verify`: installs missing packages, then runs every check of the project. Every step runs even when an earlier
// one failed; the last line counts the tests.
import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { build, install, root, run, TYPESCRIPT } from './command.mjs';
import { ensureChromium } from './ensure-chromium.mjs';
import { ensureRedis } from './ensure-redis.mjs';
import { runTests } from './test-run.mjs';
import { vulkanDriver } from './software-gpu.mjs';

/**
 * @typedef {object} StepResult
 * @property {boolean} passed
 * @property {string} [detail] one line beside the step's name
 * @property {string} [output] shown when the step failed
 */

/** @typedef {readonly [name: string, action: () => Promise<StepResult>]} Step */

const tests = { passed: 0, failed: 0 };

/**
 * The newest release of Node.js with long-term support, on which the packed packages are tested too, beside the running
 * one.
 */
const NEWEST_NODE = '26';

/** @type {readonly Step[]} what needs the build and nothing else; most of it keeps one core busy */
const checks = [
  ['format', tool('oxfmt', '--check')],
  ['lint', tool('oxlint', '--config', 'oxlint.config.mjs')],
  ['types', tool(process.execPath, TYPESCRIPT, '--noEmit')],
  [
    'dependency direction',
    tool('depcruise', '--config', '.dependency-cruiser.mjs', 'packages', 'examples', 'tools'),
  ],
  ['unused code', tool('knip')],
  ['tracked files', tool(process.execPath, 'tools/check-tracked-files.mjs')],
  ['built packages', tool(process.execPath, 'tools/check-packages.mjs')],
  ['scaffolds', tool(process.execPath, 'tools/scaffold/check.mjs')],
  ['packed packages', tool(process.execPath, 'tools/try-packed.mjs', NEWEST_NODE)],
  ['example in Node.js', tool(process.execPath, 'examples/node-kmeans/main.mjs')],
  ['software GPU and redis-server', gpuAndRedis],
];

/** @type {readonly Step[]} what takes every core, and the software GPU that was looked for */
const testing = [
  ['tests', () => testsOf('node', ['--project', 'node*'])],
  ['tests in Chromium', () => testsOf('browser', ['--project', 'browser'])],
  [
    'kills, signals, full disks',
    tool(process.execPath, 'tools/break/main.mjs', '--scale', '0.1', '--only', 'kills,writers,signals,disks'),
  ],
];

const started = performance.now();
const installed = await step('install', async () => outcome(await install()));
const failed = installed ? [] : ['install'];
if (installed) {
  await lane([['build', async () => outcome(await build())]]);
  const waiting = [...checks];
  await Promise.all(Array.from({ length: availableParallelism() }, () => lane(waiting)));
  await lane([...testing]);
}

const minutes = ((performance.now() - started) / 60_000).toFixed(1);
console.log(
  failed.length === 0
    ? `\nEverything passed in ${minutes} min.`
    : `\nFailed: ${failed.join(', ')} (${minutes} min).`,
);
console.log(`${tests.passed} passed, ${tests.failed} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;

/**
 * Takes steps from the front until the list is empty; lanes may share it.
 *
 * @param {Step[]} waiting
 */
async function lane(waiting) {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const [name, action] = next;
    if (!(await step(name, action))) failed.push(name);
  }
}

/**
 * @param {string} name
 * @param {() => Promise<StepResult>} action
 * @returns {Promise<boolean>} whether it passed
 */
async function step(name, action) {
  const start = performance.now();
  const { passed, detail = '', output = '' } = await action();
  const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(6);
  console.log(`${passed ? 'pass' : 'FAIL'}  ${seconds} s  ${name}${detail === '' ? '' : `: ${detail}`}`);
  if (!passed) console.log(output.trimEnd().replace(/^/gm, '    '));
  return passed;
}

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {() => Promise<StepResult>}
 */
function tool(command, ...args) {
  return async () => outcome(await run(command, args));
}

/**
 * @param {import('./command.mjs').Outcome} result
 * @returns {StepResult}
 */
function outcome({ code, output }) {
  return { passed: code === 0, output };
}

/** @returns {Promise<StepResult>} */
async function gpuAndRedis() {
  // One after the other: apt-get runs alone.
  const problem = (await ensureChromium()) ?? (await ensureRedis());
  if (problem !== undefined) return { passed: false, output: problem };
  const driver = vulkanDriver();
  if (driver === undefined) {
    const output =
      'No Vulkan driver: Chromium was found without its SwiftShader. Set VK_DRIVER_FILES to a driver manifest.';
    return { passed: false, output };
  }
  const probe = await run(process.execPath, ['tools/probe-gpu.mjs'], { env: driver.environment });
  return probe.code === 0 ? { passed: true, detail: probe.output.trim() } : outcome(probe);
}

/**
 * @param {string} name
 * @param {readonly string[]} selection
 * @returns {Promise<StepResult>}
 */
async function testsOf(name, selection) {
  const report = join(root, 'node_modules', '.cache', `verify-${name}.json`);
  await rm(report, { force: true });
  const result = await runTests(selection, report);
  tests.passed += result.passed;
  tests.failed += result.failed;
  return {
    passed: result.problem === undefined,
    detail: `${result.passed} passed, ${result.failed} failed`,
    output: result.problem ?? '',
  };
}
