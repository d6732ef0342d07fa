import { run as runTool } from '../command.mjs';

/** Number of kinds of files (ten formats and two packings), and of runs, that are damaged. */
const KINDS = 12 + 7;

/** Damaged files and run folders, in the tests that try a few of them in `pnpm verify`. */
/** @type {import('./part.mjs').Part} */
export const files = {
  name: 'files',
  title: 'damaged files and run folders',
  share: 0.1,
  async run({ scale }) {
    const each = Math.ceil((100_000 * scale) / KINDS);
    const tests = ['packages/data/test/hostile-files.test.ts', 'packages/cli/test/hostile-runs.test.ts'];
    const { code, output } = await runTool(
      'vitest',
      ['run', '--project', 'node', '--testTimeout', '600000', ...tests],
      {
        env: { SHOAL_MUTATIONS: String(each) },
      },
    );
    return { tried: each * KINDS, defects: code === 0 ? [] : [output.slice(-4000)] };
  },
};
