// `pnpm test-on-lavapipe`: the WebGPU engine's kernels and sessions on a second software GPU, which has features that
// SwiftShader does not have. Not part of `verify`: Dawn sometimes crashes when threads end, after every test has
// passed.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './command.mjs';
import { lavapipe } from './lavapipe.mjs';
import { runTests } from './test-run.mjs';

const driver = await lavapipe();
if (typeof driver === 'string') {
  console.error(driver);
  process.exit(1);
}
const report = join(root, 'node_modules', '.cache', 'lavapipe-tests.json');
await rm(report, { force: true });
const projects = ['--project', 'node*', '--project', 'features'];
// In threads, and without tests that look for adapters in their own process: the launcher does not reach other
// processes.
const paths = ['kernels', 'sessions'].map((folder) => `packages/webgpu-kernels/src/${folder}/`);
const { passed, failed, problem } = await runTests(
  [...projects, '--pool', 'threads', ...paths],
  report,
  driver,
);
if (problem !== undefined) console.error(problem);
console.log(`${passed} passed, ${failed} failed on lavapipe`);
process.exitCode = problem === undefined ? 0 : 1;
