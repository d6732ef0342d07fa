/**
 * Measures the WebGPU engine on a GPU machine that has the built packages but not the command's libraries:
 *
 *   node tools/gpu/bench.mjs OUT_FOLDER [ADAPTER] [--quick]
 *
 * Variants of k-means beside PyTorch, fits, mixtures and seeding beside scikit-learn; OUT_FOLDER gets `bench.json`,
 * to be committed under packages/bench/results, and `bench.html`.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { refusalTexts, reportHtml, reportMarkdown, runBench } from '../../packages/bench/dist/index.js';
import { createNodeWebGpuEngine } from '../../packages/webgpu-kernels/dist/node/index.js';

const quick = process.argv.includes('--quick');
const [folder, adapter] = /** @type {(string | undefined)[]} */ (
  process.argv.slice(2).filter((argument) => argument !== '--quick')
);
if (folder === undefined) throw new Error('usage: tools/gpu/bench.mjs OUT_FOLDER [ADAPTER] [--quick]');
await mkdir(folder, { recursive: true });

const interrupt = new AbortController();
process.once('SIGINT', () => {
  interrupt.abort(new DOMException('Interrupted by Ctrl-C.', 'AbortError'));
});
const engine = await createNodeWebGpuEngine({ adapter, allowSoftware: adapter !== undefined });
try {
  const report = await runBench({
    cases: [
      'kmeans-variants',
      'kmeans-fit/fashion-mnist',
      'kmeans-fit/noise-1024',
      'kmeans-seeding',
      'gmm-*',
    ],
    engine,
    reason: adapter === undefined ? 'a hardware GPU is here' : 'asked for',
    tensorBackend: () => Promise.reject(new Error('No case here trains.')),
    peers: true,
    quick,
    // A GPU machine is lent by the minute.
    repetitions: quick ? undefined : 3,
    signal: interrupt.signal,
    onProgress: ({ phase, message }) => {
      console.error(phase, message ?? '');
    },
  });
  await writeFile(join(folder, 'bench.json'), `${JSON.stringify(report, undefined, 2)}\n`);
  await writeFile(join(folder, 'bench.html'), reportHtml(report));
  console.log(reportMarkdown(report));
  const refused = refusalTexts(report);
  for (const text of refused) console.error(text);
  process.exitCode = refused.length > 0 ? 1 : 0;
} finally {
  engine.destroy();
}
// Dawn's instance would keep the process alive.
process.exit();
