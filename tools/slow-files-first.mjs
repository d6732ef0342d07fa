import { existsSync } from 'node:fs';
import { BaseSequencer } from 'vitest/node';

/** Test files that take more than ten seconds, the slowest first. Others follow in Vitest's own order. */
const SLOW = [
  'packages/webgpu-kernels/test/browser/contract.browser.test.ts',
  'packages/webgpu-kernels/test/engine-contract.test.ts',
  'packages/webgpu-kernels/src/sessions/kmeans/session.test.ts',
  'packages/webgpu-kernels/test/device-loss.test.ts',
  'packages/cli/test/fit-predict-evaluate.test.ts',
  'packages/cli/test/same-results.test.ts',
  'packages/webgpu-kernels/test/default-limits.test.ts',
  'packages/cli/test/command.e2e.test.ts',
  'packages/data/test/hostile-files.test.ts',
  'packages/manifold/test/umap.test.ts',
  'packages/webgpu-kernels/src/sessions/neighbors/session.test.ts',
];

/**
 * Starts the slowest test files first, so that no core waits at the end for a long one that began late. Vitest begins
 * with the longest source files, but a contract is long in a file of twenty lines.
 */
export class SlowFilesFirst extends BaseSequencer {
  /**
   * @override
   * @param {import('vitest/node').TestSpecification[]} files
   */
  async sort(files) {
    const gone = SLOW.find((path) => !existsSync(path));
    if (gone !== undefined)
      throw new Error(`${gone} does not exist; take it out of tools/slow-files-first.mjs.`);
    const sorted = await super.sort(files);
    /** @param {import('vitest/node').TestSpecification} file */
    const rank = ({ moduleId }) => {
      const at = SLOW.findIndex((path) => moduleId.endsWith(path));
      return at < 0 ? SLOW.length : at;
    };
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}
