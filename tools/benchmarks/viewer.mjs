/**
 * Measures how fast the viewer and other libraries draw points in one headless Chromium, in turn, each time in a new
 * page:
 *
 *   node tools/benchmarks/viewer.mjs --peers FOLDER --rounds 5 --output packages/bench/results/NAME.json
 *   node tools/benchmarks/viewer.mjs --render packages/bench/results/NAME.json
 *
 * FOLDER is one where `npm install regl-scatterplot@1.16 regl pub-sub-es embedding-atlas@0.26` was run; without it only
 * the viewer is measured. `--render` puts a result into docs/benchmarks.md. It needs a build.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../command.mjs';
import { measureViewer } from './viewer/measure.mjs';
import { renderViewer } from './viewer/render.mjs';

const { values } = parseArgs({
  options: {
    peers: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    frames: { type: 'string', default: '10' },
    counts: { type: 'string', default: '10000,100000,1000000' },
    output: { type: 'string' },
    render: { type: 'string' },
  },
});

if (values.render !== undefined) {
  await renderViewer(values.render);
} else {
  const report = await measureViewer({
    peers: values.peers,
    rounds: wholeNumber('rounds', values.rounds),
    frames: wholeNumber('frames', values.frames),
    counts: values.counts.split(',').map((count) => wholeNumber('counts', count)),
    seed: 1,
    say: (line) => {
      console.log(line);
    },
  });
  const text = `${JSON.stringify(report, undefined, 2)}\n`;
  await writeFile(values.output ?? join(root, 'viewer-bench.json'), text);
}

/**
 * @param {string} name
 * @param {string} text
 */
function wholeNumber(name, text) {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new Error(`--${name} takes whole numbers above 0; got ${text}.`);
  return value;
}
