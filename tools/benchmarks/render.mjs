/**
 * Puts a committed result into docs/benchmarks.md, and its scaling plots beside it. It needs a build.
 *
 *   node tools/benchmarks/render.mjs packages/bench/results/NAME.json
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { parseReport, reportMarkdown, scalingCells, scalingChart } from '../../packages/bench/dist/index.js';
import { root, run } from '../command.mjs';

const START = '<!-- result: written by tools/benchmarks/render.mjs -->';
const END = '<!-- end of result -->';

const [, , file] = process.argv;
if (process.argv.length !== 3) throw new Error('Name a result, such as packages/bench/results/NAME.json.');
const report = parseReport(await readFile(file, 'utf8'));

const page = join(root, 'docs', 'benchmarks.md');
const text = await readFile(page, 'utf8');
const [start, end] = [text.indexOf(START), text.indexOf(END)];
if (start < 0 || end < start) {
  throw new Error(`${page} has no place for a result between "${START}" and "${END}".`);
}
const path = relative(join(root, 'docs'), resolve(file)).replaceAll('\\', '/');
const section = `Every sample is in [${path.split('/').at(-1)}](${path}).\n\n${reportMarkdown(report)}`;
await writeFile(page, `${text.slice(0, start)}${START}\n\n${section}\n\n${text.slice(end)}`);
const { code, output } = await run('oxfmt', [page]);
if (code !== 0) throw new Error(`The page is written, but oxfmt could not format it:\n${output}`);

const cells = scalingCells(report);
if (cells.length > 0) {
  const chart = scalingChart(cells, report.engine.device);
  await writeFile(join(root, 'docs', 'images', 'scaling.svg'), `${chart}\n`);
}
