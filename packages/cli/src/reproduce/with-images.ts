import type { CommandContext } from '../context.ts';
import { openEngine, type EngineRequest, type OpenEngine } from '../engines.ts';
import { loadImages, type Images } from './load-images.ts';
import type { ReproduceOptions } from './reproduce-options.ts';

/** What a reproduction runs on. */
export interface Reproducing {
  readonly images: Images;
  readonly opened: OpenEngine;
  /** What the engine was opened by, for the workers that open their own. */
  readonly request: EngineRequest;
  /** The seeds to run. */
  readonly seeds: readonly number[];
  /** Seconds since the images were asked for. */
  readonly seconds: () => number;
}

/** Loads the images and opens the engine, says why it is this one, and closes it after `run`. */
export async function withImages(
  options: ReproduceOptions,
  context: CommandContext,
  run: (reproducing: Reproducing) => Promise<void>,
): Promise<void> {
  const startedAt = performance.now();
  const images = await loadImages(options, context);
  const { engine: name, adapter, arithmetic } = options;
  const request = { name, adapter, arithmetic };
  const opened = await openEngine(request, context);
  try {
    context.stderr(opened.reason);
    const seeds = Array.from({ length: options.seeds }, (_, i) => options.seed + i);
    const seconds = (): number => (performance.now() - startedAt) / 1000;
    await run({ images, opened, request, seeds, seconds });
  } finally {
    opened.destroy();
  }
}
