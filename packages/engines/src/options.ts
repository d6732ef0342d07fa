import { InvalidArgumentError } from '@shoal/core';
import type { ArithmeticChoice } from '@shoal/wasm-kernels';
import type { KMeansTuning, WebGpuEngineSettings } from '@shoal/webgpu-kernels';

/** The choices of an engine. `auto` is a hardware GPU, else WebAssembly. */
export const ENGINE_CHOICES = ['auto', 'webgpu', 'wasm', 'reference'] as const;
export type EngineChoice = (typeof ENGINE_CHOICES)[number];

/** Options of `openEngine`. With `auto`, only those of the opened engine are used. */
export interface OpenEngineOptions extends Pick<WebGpuEngineSettings, 'residentBytes' | 'onDeviceChange'> {
  /** Of `webgpu` in Node.js: part of an adapter's name; default the first hardware adapter. */
  readonly adapter?: string | undefined;
  /** Of `webgpu`: whether a GPU that is emulated on the CPU may be used; default false. `auto` never uses one. */
  readonly allowSoftware?: boolean | undefined;
  /** Of `webgpu` in Node.js: results of `measureVariants`, by the adapter's name in `engine.info.device`. */
  readonly tuning?: Readonly<Record<string, KMeansTuning>> | undefined;
  /** Of `wasm`: number of threads; default one per processor. Results have the same bits for any number. */
  readonly threads?: number | undefined;
  /** Of `wasm`: how products are added up; default the fastest way that runs here. */
  readonly arithmetic?: ArithmeticChoice | undefined;
}

/** @throws {InvalidArgumentError} for a choice that does not exist, or an option of another engine */
export function checkOptions(choice: EngineChoice, options: OpenEngineOptions): void {
  if (!ENGINE_CHOICES.includes(choice)) {
    throw new InvalidArgumentError(
      `The engine must be one of ${ENGINE_CHOICES.join(', ')}; got "${choice}".`,
    );
  }
  const { adapter, allowSoftware, threads, arithmetic } = options;
  if (adapter !== undefined && choice !== 'webgpu') {
    throw new InvalidArgumentError(`adapter chooses a GPU, so it needs the engine webgpu; got ${choice}.`);
  }
  if (allowSoftware === true && choice !== 'webgpu') {
    throw new InvalidArgumentError(`allowSoftware is an option of the engine webgpu; got ${choice}.`);
  }
  if (choice !== 'webgpu' && choice !== 'reference') return;
  const given = Object.entries({ threads, arithmetic }).find(([, value]) => value !== undefined);
  if (given !== undefined) {
    throw new InvalidArgumentError(`${given[0]} is an option of the engine wasm; got ${choice}.`);
  }
}
