import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { root, run } from './command.mjs';

const VITEST = join(root, 'node_modules', 'vitest', 'vitest.mjs');

/**
 * @typedef {object} TestResult
 * @property {number} passed
 * @property {number} failed
 * @property {string | undefined} problem why the run counts as failed; undefined when it passed
 */

/**
 * @typedef {object} VitestReport the part of Vitest's JSON report that is read here
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 */

/**
 * Runs Vitest. A skipped test fails the run, and so does a run without tests.
 *
 * @param {readonly string[]} selection Vitest's arguments that select tests: projects, paths
 * @param {string} reportFile the path for Vitest's JSON report
 * @param {{ launcher?: readonly string[], environment?: Record<string, string> }} [options] `launcher`: the command
 *   that starts Node.js
 * @returns {Promise<TestResult>}
 */
export async function runTests(
  selection,
  reportFile,
  { launcher: [command, ...first] = [process.execPath], environment = {} } = {},
) {
  const args = [
    ...first,
    VITEST,
    'run',
    ...selection,
    '--allowOnly=false',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${relative(root, reportFile)}`,
  ];
  const { code, output } = await run(command, args, { env: environment });
  if (!existsSync(reportFile)) return { passed: 0, failed: 0, problem: output };
  const report = /** @type {VitestReport} */ (JSON.parse(await readFile(reportFile, 'utf8')));
  return judge(report, code, output);
}

/**
 * @param {VitestReport} report
 * @param {number} code Vitest's exit status
 * @param {string} output what it printed
 * @returns {TestResult}
 */
export function judge(report, code, output) {
  const passed = report.numPassedTests;
  const failed = report.numFailedTests;
  const skipped = report.numPendingTests + report.numTodoTests;
  if (code !== 0 || failed > 0) return { passed, failed, problem: output };
  if (skipped > 0)
    return { passed, failed, problem: `${skipped} tests were skipped; none may be skipped.\n${output}` };
  if (passed === 0) return { passed, failed, problem: `No test ran.\n${output}` };
  return { passed, failed, problem: undefined };
}
