import { readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { root, run } from '../../command.mjs';

const START = '<!-- viewer: written by tools/benchmarks/viewer.mjs -->';
const END = '<!-- end of viewer -->';
const OURS = '@shoal/viewer';

/**
 * Puts a result into docs/benchmarks.md.
 *
 * @param {string} file the result of `measureViewer`
 */
export async function renderViewer(file) {
  const report = /** @type {import('./measure.mjs').ViewerReport} */ (
    JSON.parse(await readFile(file, 'utf8'))
  );
  const page = join(root, 'docs', 'benchmarks.md');
  const text = await readFile(page, 'utf8');
  const [start, end] = [text.indexOf(START), text.indexOf(END)];
  if (start < 0 || end < start)
    throw new Error(`${page} has no place for a result between "${START}" and "${END}".`);
  const path = relative(join(root, 'docs'), resolve(file)).replaceAll('\\', '/');
  const section = `${markdown(report)}\n\nEvery sample is in [${path.split('/').at(-1)}](${path}).`;
  await writeFile(page, `${text.slice(0, start)}${START}\n\n${section}\n\n${text.slice(end)}`);
  const { code, output } = await run('oxfmt', [page]);
  if (code !== 0) throw new Error(`The page is written, but oxfmt could not format it:\n${output}`);
}

/** @param {import('./measure.mjs').ViewerReport} report */
function markdown({ browser, adapter, machine, parameters, versions, absent, results, date }) {
  const { width, height, pointSize, rounds, frames, seed } = parameters;
  const names = Object.keys(versions);
  const counts = [...new Set(results.map(({ points }) => points))];
  const lines = counts.flatMap((points) => {
    const rows = results.filter((row) => row.points === points);
    /** @param {'firstPaint' | 'frames'} what */
    const ratio = (what) => {
      const ours = rows.find(({ contender }) => contender === OURS);
      const others = rows
        .filter((row) => row.contender !== OURS && row.refused === null)
        .map((row) => median(row[what]));
      return ours?.refused !== null || others.length === 0
        ? '-'
        : (median(ours[what]) / Math.min(...others)).toFixed(2);
    };
    return [
      `| ${points.toLocaleString('en-US')} | first paint | ${names.map((name) => cell(rows, name, 'firstPaint')).join(' | ')} | ${ratio('firstPaint')} |`,
      `| | a frame | ${names.map((name) => cell(rows, name, 'frames')).join(' | ')} | ${ratio('frames')} |`,
    ];
  });
  const refused = results.filter((row) => row.refused !== null);
  const reasons = [...new Set(refused.map(({ contender, refused: why }) => `${contender} ${why ?? ''}.`))];
  return [
    `${date.slice(0, 10)}, ${machine.processor}, ${machine.cores} cores; ${browser}, adapter ${adapter}. ${width} x ${height} pixels, ` +
      `points of ${pointSize} pixels in ten Gaussian heaps, seed ${seed}; ${rounds} rounds in turn after one to warm up, ${frames} frames each. ` +
      'Medians in milliseconds, least and greatest in brackets.',
    '',
    `| points | | ${names.map((name) => `${name} ${versions[name]}`).join(' | ')} | ratio |`,
    `| --- | --- | ${names.map(() => '---').join(' | ')} | --- |`,
    ...lines,
    '',
    ...reasons,
    ...(absent.length > 0 ? [`Not measured, as not installed: ${absent.join(', ')}.`] : []),
  ].join('\n');
}

/**
 * @param {readonly import('./measure.mjs').ViewerResult[]} rows
 * @param {string} name
 * @param {'firstPaint' | 'frames'} what
 */
function cell(rows, name, what) {
  const row = rows.find(({ contender }) => contender === name);
  if (row?.refused !== null) return 'refused';
  const values = row[what];
  return `${Math.round(median(values))} (${Math.round(Math.min(...values))}–${Math.round(Math.max(...values))})`;
}

/** @param {readonly number[]} values */
function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
