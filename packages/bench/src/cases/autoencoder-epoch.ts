import type { BenchCase } from '../bench-case.ts';
import { drawnImages } from '../data/images.ts';

const SEED = 10;
const LAYERS = [128, 64, 32] as const;
const BATCH_SIZE = 256;

/** One pass of training over images; TensorFlow.js does the arithmetic. */
export const autoencoderEpoch: BenchCase = {
  name: 'autoencoder-epoch',
  summary: 'one epoch of training the 784-128-64-32 autoencoder',
  workloads: (quick) => {
    const rows = quick ? 256 : 10_000;
    // 784-128-64-32 and back: weights of the encoder and of its mirror image.
    const weights = 2 * (784 * 128 + 128 * 64 + 64 * 32);
    return [
      {
        name: 'garments',
        parameters: {
          rows,
          columns: 784,
          dtype: 'uint8',
          data: `the first ${rows} garments, pixels / 255`,
          layers: [...LAYERS],
          batchSize: BATCH_SIZE,
          epochs: 1,
          seed: SEED,
        },
        quality: { name: 'mean squared error', tolerance: null },
        work: {
          flops: 6 * rows * weights,
          bytes: rows * 784,
          formula: '6 N W FLOP for W weights (2 forwards, 4 backwards), N D bytes',
          by: 'tensorflow',
        },
        timed: 'run',
        repetitions: 3,
        async prepare(context) {
          const { bytes } = await drawnImages(rows, context.signal);
          // Loaded only when an autoencoder is measured: machines for measuring GPUs do not have TensorFlow.js.
          const { Autoencoder, reportAutoencoder } = await import('@shoal/deep-clustering');
          const autoencoder = new Autoencoder({
            ...reportAutoencoder,
            layers: LAYERS,
            batchSize: BATCH_SIZE,
            epochs: 1,
            seed: SEED,
            backend: await context.tensorBackend(),
          });
          return {
            contenders: [
              {
                name: 'shoal',
                role: 'ours',
                dtype: 'uint8',
                async run() {
                  const startedAt = performance.now();
                  const model = await autoencoder.fit(bytes, { signal: context.signal });
                  const seconds = (performance.now() - startedAt) / 1000;
                  const { loss } = model.history;
                  model.destroy();
                  return { seconds, iterations: 1, quality: async () => loss[loss.length - 1] };
                },
              },
            ],
            notes: ['quality is the mean loss of the epoch, taken while it trains'],
          };
        },
      },
    ];
  },
};
