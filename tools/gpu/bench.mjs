/**
 * Measures the WebGPU engine on a GPU machine with the built packages but without the command's libraries:
 *
 *   node tools/gpu/bench.mjs OUT_FOLDER [ADAPTER] [--quick] [--seconds N] [--flash-kmeans FOLDER]
 *
 * Iterations, kernels and whole fits of k-means and mixtures compared with PyTorch, flash-kmeans and scikit-learn, the
 * most important shapes first. Workloads that would take longer than the remaining seconds are left out, and the report
 * says so. OUT_FOLDER gets `bench.json`, to be committed under packages/bench/results and written again after each
 * case, `bench.html` and `bench.md`.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { refusalTexts, reportHtml, reportMarkdown, runBench } from '../../packages/bench/dist/index.js';
import { writeFileAtomic } from '../../packages/data/dist/node/index.js';
import { createNodeWebGpuEngine } from '../../packages/webgpu-kernels/dist/node/index.js';

/** The most important ones first; consecutive ones share their points, which take seconds to make. */
const CASES = [
  'kmeans-variants/images',
  'kmeans-device-fit/images',
  'kmeans-variants/images-u8',
  'kmeans-device-fit/images-u8',
  'kmeans-variants/million-1024',
  'kmeans-device-fit/million-1024',
  'kmeans-variants/million-256',
  'kmeans-variants/million-4096',
  'gmm-device-step/*-million-64',
  'gmm-device-step/*-60000-10',
  'gmm-device-fit/*-60000-10',
  'kmeans-variants/million-64',
  'kmeans-variants/odd-*',
  'gmm-device-step/*-odd-*',
  'gmm-device-fit/*-million-64',
  'kmeans-device-seeding',
  'kmeans-fit/fashion-mnist',
  'kmeans-variants/eight-million-1024',
  'kmeans-device-fit',
  'kmeans-variants',
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    seconds: { type: 'string' },
    'flash-kmeans': { type: 'string' },
  },
});
const [folder, adapter] = /** @type {(string | undefined)[]} */ (positionals);
const seconds = values.seconds === undefined ? undefined : Number(values.seconds);
if (folder === undefined || positionals.length > 2 || (seconds !== undefined && !(seconds > 0))) {
  throw new Error(
    'usage: tools/gpu/bench.mjs OUT_FOLDER [ADAPTER] [--quick] [--seconds N] [--flash-kmeans FOLDER]',
  );
}
await mkdir(folder, { recursive: true });

const interrupt = new AbortController();
process.once('SIGINT', () => {
  interrupt.abort(new DOMException('Interrupted by Ctrl-C.', 'AbortError'));
});
/**
 * @param {string} name
 * @param {string} text
 */
const save = (name, text) =>
  writeFileAtomic(join(folder, name), `${text.trimEnd()}\n`, { signal: interrupt.signal });
const startedAt = performance.now();
const engine = await createNodeWebGpuEngine({ adapter, allowSoftware: adapter !== undefined });
try {
  const report = await runBench({
    cases: CASES,
    engine,
    reason: adapter === undefined ? 'a hardware GPU is available' : 'asked for',
    tensorBackend: () => Promise.reject(new Error('No case here trains.')),
    peers: true,
    flashKmeans: values['flash-kmeans'],
    quick: values.quick,
    seconds,
    signal: interrupt.signal,
    onReport: (report) => save('bench.json', JSON.stringify(report, undefined, 2)),
    onProgress: ({ phase, message }) => {
      console.error(
        `${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s`,
        phase,
        message ?? '',
      );
    },
  });
  await save('bench.html', reportHtml(report));
  const markdown = reportMarkdown(report);
  await save('bench.md', markdown);
  console.log(markdown);
  const refused = refusalTexts(report);
  for (const text of refused) console.error(text);
  process.exitCode = refused.length > 0 ? 1 : 0;
} finally {
  engine.destroy();
}
// Dawn's instance would keep the process alive.
process.exit();
