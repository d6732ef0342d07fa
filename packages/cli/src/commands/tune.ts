import type { KMeansShape, KMeansVariant, VariantTiming } from '@shoal/webgpu-kernels';
import type { CommandContext } from '../context.ts';
import { openEngine } from '../engines.ts';
import { UsageError } from '../exit-codes.ts';
import { plainTable } from '../output/tables.ts';

/** Images, and many clusters of embeddings: where variants differ most. */
const DEFAULT_SHAPES: readonly KMeansShape[] = [
  { rows: 60_000, columns: 784, clusters: 10 },
  { rows: 2 ** 18, columns: 32, clusters: 64 },
  { rows: 2 ** 18, columns: 128, clusters: 1024 },
];

export interface TuneOptions {
  /** True for the default shapes. */
  readonly shapes: readonly KMeansShape[] | true;
  readonly adapter?: string | undefined;
  readonly json: boolean;
}

/** Parses "60000x784x10" for `--tune`. */
export function parseShape(text: string): KMeansShape {
  const [rows, columns, clusters, ...rest] = text.split('x').map(Number);
  const valid = [rows, columns, clusters].every((count) => Number.isSafeInteger(count) && count >= 1);
  if (!valid || rest.length > 0 || clusters > rows) {
    throw new UsageError(
      `--tune takes points x columns x clusters, such as 60000x784x10, with no more clusters than points; got "${text}".`,
    );
  }
  return { rows, columns, clusters };
}

/** `shoal devices --tune`: measures the variants of k-means on a GPU and remembers the fastest of each shape. */
export async function tune({ shapes, adapter, json }: TuneOptions, context: CommandContext): Promise<void> {
  const { signal, progress } = context;
  const { measureVariants, tuningKey, WebGpuEngine } = await import('@shoal/webgpu-kernels');
  const { addTuning, tuningPath } = await import('../tuning-file.ts');
  // Checked before anything is measured.
  const path = tuningPath();
  const opened = await openEngine({ name: 'webgpu', adapter }, context);
  const { engine, reason } = opened;
  try {
    if (!(engine instanceof WebGpuEngine))
      throw new TypeError('The webgpu engine is from another copy of the package.');
    context.stderr(reason);
    const wanted = shapes === true ? DEFAULT_SHAPES : shapes;
    const found: (KMeansShape & { readonly timings: readonly VariantTiming[] })[] = [];
    for (const [i, shape] of wanted.entries()) {
      progress({ phase: 'tuning', completed: i, total: wanted.length, message: shapeText(shape) });
      found.push({ ...shape, timings: await measureVariants(engine, shape, signal) });
    }
    context.endProgress();
    const { device } = engine.info;
    const choices: Record<string, KMeansVariant> = {};
    for (const { columns, clusters, timings } of found) {
      choices[tuningKey(columns, clusters)] = timings[0].variant;
    }
    await addTuning(device, choices, signal);
    context.stderr(`Wrote ${path}.`);
    if (json) {
      context.stdout(JSON.stringify({ adapter: device, shapes: found, choices }, undefined, 2));
      return;
    }
    const rows = found.map(({ timings, ...shape }) => [
      shapeText(shape),
      ...timings.map(({ variant, milliseconds }) => `${variant} ${milliseconds.toPrecision(3)} ms`),
    ]);
    const others = Array.from({ length: Math.max(...rows.map((row) => row.length)) - 2 }, () => '');
    context.stdout(plainTable(['shape', 'quickest', ...others], rows));
  } finally {
    opened.destroy();
  }
}

function shapeText({ rows, columns, clusters }: KMeansShape): string {
  return `${rows} x ${columns}, ${clusters} clusters`;
}
