import {
  InvalidArgumentError,
  WRITTEN_NO_CLUSTER,
  writtenLabels,
  type JsonValue,
  type ModelState,
  type Tensor,
} from '@shoal/core';
import packageJson from '../../package.json' with { type: 'json' };
import type { Labels } from '../dataset.ts';
import { FormatError, MissingFileError } from '../errors.ts';
import { isJsonObject, parseJson } from '../formats/json.ts';
import { readNpy, writeNpy } from '../formats/npy.ts';
import { readSafetensors, writeSafetensors } from '../formats/safetensors.ts';
import { shortened, shortJson } from '../formats/shortened.ts';
import { wholeLabels } from '../formats/whole-labels.ts';

/** The saved result of a clustering run. */
export interface Run {
  readonly model: ModelState;
  /** The cluster of each training point, or `NO_CLUSTER`. */
  readonly labels: Labels;
  /** Plain data, as JSON holds it. */
  readonly metrics: object;
  /** Values per iteration or epoch: inertia, log-likelihood, loss. Plain data, as JSON holds it. */
  readonly history: object;
  /** How columns of a table become points, as `Recipe` of `@shoal/tables` writes it; absent for points without a table. */
  readonly recipe?: object | undefined;
}

/** Names of a run folder's files. */
export const RUN_FILES = {
  model: 'model.json',
  tensors: 'model.safetensors',
  labels: 'labels.npy',
  metrics: 'metrics.json',
  history: 'history.json',
  recipe: 'recipe.json',
  tree: 'tree.json',
} as const;

/** The value of `format` in `model.json`. */
export const RUN_FORMAT = 'shoal-run';
const VERSION = 1;

/**
 * The files of a run folder, by name; `docs/data-formats.md` describes them.
 *
 * @throws {InvalidArgumentError} when a number to be saved as JSON is NaN or infinite, which JSON cannot hold
 */
export function encodeRun({
  model,
  labels,
  metrics,
  history,
  recipe,
}: Run): Record<string, Uint8Array | string> {
  const { type, settings, tensors } = model;
  const shapes = Object.entries(tensors).map(([name, { shape }]) => [name, { shape }] as const);
  const description = {
    format: RUN_FORMAT,
    version: VERSION,
    shoal: packageJson.version,
    model: { type, settings, tensors: Object.fromEntries(shapes) },
  };
  return {
    [RUN_FILES.model]: encodeRunJson(description, RUN_FILES.model),
    [RUN_FILES.tensors]: writeSafetensors(tensors),
    [RUN_FILES.labels]: writeNpy({ data: writtenLabels(labels), shape: [labels.length] }),
    [RUN_FILES.metrics]: encodeRunJson(metrics, RUN_FILES.metrics),
    [RUN_FILES.history]: encodeRunJson(history, RUN_FILES.history),
    ...(recipe && { [RUN_FILES.recipe]: encodeRunJson(recipe, RUN_FILES.recipe) }),
  };
}

/**
 * Reads a run back from its files.
 *
 * @param read returns the bytes of the file with that name, or rejects with `MissingFileError`; `metrics.json`, `history.json`
 *   and `recipe.json` may be missing
 * @param folder the folder of the files, for errors
 * @throws {FormatError} when a file is malformed, of another version, or does not fit the others
 */
export async function decodeRun(read: (name: string) => Promise<Uint8Array>, folder: string): Promise<Run> {
  const pathOf = (name: string): string => `${folder}/${name}`;
  const json = async (name: string) => parseObject(await read(name), pathOf(name));
  /** Files that a model works without. */
  const optional = async (name: string): Promise<object | undefined> => {
    let bytes: Uint8Array;
    try {
      bytes = await read(name);
    } catch (error) {
      if (error instanceof MissingFileError) return undefined;
      throw error;
    }
    return parseObject(bytes, pathOf(name));
  };
  const { type, settings, shapes } = checkedDescription(await json(RUN_FILES.model), pathOf(RUN_FILES.model));
  const tensorsPath = pathOf(RUN_FILES.tensors);
  const { tensors } = readSafetensors(await read(RUN_FILES.tensors), tensorsPath);
  checkShapes(tensors, shapes, tensorsPath);
  const labelsPath = pathOf(RUN_FILES.labels);
  const model = { type, settings, tensors };
  const written = wholeLabels(readNpy(await read(RUN_FILES.labels), labelsPath), labelsPath);
  checkLabels(written, model, labelsPath);
  return {
    model,
    labels: written.includes(WRITTEN_NO_CLUSTER) ? Uint32Array.from(written) : written,
    metrics: (await optional(RUN_FILES.metrics)) ?? {},
    history: (await optional(RUN_FILES.history)) ?? {},
    recipe: await optional(RUN_FILES.recipe),
  };
}

type JsonObject = Readonly<Record<string, JsonValue>>;

function checkedDescription(
  value: JsonObject,
  file: string,
): { type: string; settings: JsonObject; shapes: JsonObject } {
  if (value['format'] !== RUN_FORMAT) {
    throw new FormatError(
      { file },
      `not a Shoal run: its format is ${shortJson(value['format'])}, not "${RUN_FORMAT}".`,
    );
  }
  if (value['version'] !== VERSION) {
    throw new FormatError(
      { file },
      `version ${shortJson(value['version'])} of the run format is unknown; this Shoal reads version ${VERSION}. ` +
        'Update Shoal, or fit the model again.',
    );
  }
  const model = value['model'];
  if (
    !isJsonObject(model) ||
    typeof model['type'] !== 'string' ||
    !isJsonObject(model['settings']) ||
    !isJsonObject(model['tensors'])
  ) {
    throw new FormatError({ file }, 'the model lacks its type, settings or tensors.');
  }
  return { type: model['type'], settings: model['settings'], shapes: model['tensors'] };
}

function checkShapes(tensors: Readonly<Record<string, Tensor>>, shapes: JsonObject, file: string): void {
  for (const name of new Set([...Object.keys(tensors), ...Object.keys(shapes)])) {
    const expected = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
    const shape = Object.hasOwn(tensors, name) ? JSON.stringify(tensors[name].shape) : 'none';
    if (!isJsonObject(expected) || JSON.stringify(expected['shape']) !== shape) {
      throw new FormatError(
        { file },
        `tensor "${shortened(name)}" has shape ${shortened(shape)}, but ${RUN_FILES.model} says ${shortJson(expected)}. The two files do not belong to the same run.`,
      );
    }
  }
}

/** A label beyond the clusters belongs to another model; -1 stands for no cluster. */
function checkLabels(labels: Labels, model: ModelState, file: string): void {
  const clusters = clustersOf(model.type, model.settings) ?? Infinity;
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] >= WRITTEN_NO_CLUSTER && labels[i] < clusters) continue;
    throw new FormatError(
      { file },
      `label ${i + 1} is ${labels[i]}, but the model has clusters 0 to ${clusters - 1}, and -1 for no cluster. The two files do not belong to the same run.`,
    );
  }
}

/** The number of clusters of a model, or of the part of it that clusters; undefined when it does not say. */
function clustersOf(type: JsonValue | undefined, settings: JsonValue | undefined): number | undefined {
  if (!isJsonObject(settings)) return undefined;
  const { clusters, components, parts } = settings;
  const count = type === 'gaussian-mixture' ? components : clusters;
  if (typeof count === 'number' && Number.isSafeInteger(count)) return count;
  if (!isJsonObject(parts)) return undefined;
  const part = parts['clustering'] ?? parts['model'];
  return isJsonObject(part) ? clustersOf(part['type'], part['settings']) : undefined;
}

/**
 * A value as a run folder's JSON files hold it.
 *
 * @param file for errors
 * @throws {InvalidArgumentError} when a number is NaN or infinite, which JSON cannot hold
 */
export function encodeRunJson(value: unknown, file: string): string {
  const checked = (key: string, item: unknown): unknown => {
    if (typeof item === 'number' && !Number.isFinite(item)) {
      throw new InvalidArgumentError(
        `"${key}" is ${item}, which ${file} cannot hold; leave it out, or use null.`,
      );
    }
    return item;
  };
  return `${JSON.stringify(value, checked, 2)}\n`;
}

function parseObject(bytes: Uint8Array, file: string): JsonObject {
  const value = parseJson(bytes, file);
  if (!isJsonObject(value)) throw new FormatError({ file }, 'not a JSON object.');
  return value;
}
