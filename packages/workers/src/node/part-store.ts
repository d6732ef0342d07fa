import { crc32 } from 'node:zlib';
import { UnsupportedError, type Engine, type Matrix } from '@shoal/core';
import { HeldPart, loadPart, sessionBytes, surveyOfPart, type PartAnswer } from '@shoal/core/parts-kit';
import { readPartedFile, type PartedFile } from '@shoal/data/node';
import { openEngine } from '@shoal/engines';
import type { FitDescription } from './description.ts';
import { WorkersError } from './errors.ts';
import type { PartTask, ThreadSettings } from './messages.ts';

/** What a session keeps of each row beside its points. */
const BYTES_PER_ROW = 24;

/** What Redis has of a fit. */
export interface FitReader {
  array(fit: string, name: string): Promise<Float64Array>;
  /** The checksum that a part had in the survey; undefined during the survey. */
  sum(fit: string, part: number): Promise<number | undefined>;
}

interface Held {
  readonly fit: string;
  readonly index: number;
  readonly session: number;
  readonly part: HeldPart;
  readonly bytes: number;
}

export interface StoreAnswer {
  readonly values: PartAnswer;
  readonly sum: number | undefined;
}

/** The parts that a worker holds, within its memory; those that were not used for longest give way. */
export class PartStore {
  readonly #settings: ThreadSettings;
  readonly #reader: FitReader;
  readonly #engines = new Map<string, Promise<Engine>>();
  readonly #files = new Map<string, Promise<PartedFile>>();
  /** By use, the latest last. */
  readonly #held = new Map<string, Held>();

  constructor(settings: ThreadSettings, reader: FitReader) {
    this.#settings = settings;
    this.#reader = reader;
  }

  /** @throws whatever is wrong with the part */
  async answer({ fit, description, question, part: index }: PartTask): Promise<StoreAnswer> {
    const arrays = { get: (name: string) => this.#reader.array(fit, name) };
    const start = description.partRows.slice(0, index).reduce((sum, rows) => sum + rows, 0);
    const place = { index, start };
    if (question.kind === 'survey') {
      const { matrix, sum } = await this.#load(fit, description, index);
      return { values: await surveyOfPart(matrix, place, question, arrays), sum };
    }
    const { session } = question.setup;
    const key = [fit, session, index].join('/');
    let held = this.#held.get(key);
    if (held) {
      this.#held.delete(key);
    } else {
      const { matrix } = await this.#load(fit, description, index);
      const engine = await this.#engineOf(description);
      const bytes = sessionBytes(matrix, BYTES_PER_ROW);
      this.#makeRoom(bytes);
      const part = await HeldPart.open(engine, matrix, place, question.setup, arrays);
      held = { fit, index, session, part, bytes };
    }
    this.#held.set(key, held);
    return { values: await held.part.answer(question, arrays), sum: undefined };
  }

  /** Numbers of the parts of a fit. */
  held(fit: string): number[] {
    return [...this.#held.values()].filter((held) => held.fit === fit).map(({ index }) => index);
  }

  /** Frees what is held of fits that are over. */
  async forget(fits: readonly string[]): Promise<void> {
    for (const [key, { fit, part }] of this.#held) {
      if (!fits.includes(fit)) continue;
      part.destroy();
      this.#held.delete(key);
    }
    for (const fit of fits) this.#files.delete(fit);
    for (const engine of this.#engines.values()) (await engine).trim?.();
  }

  #makeRoom(bytes: number): void {
    let used = [...this.#held.values()].reduce((sum, held) => sum + held.bytes, 0);
    for (const [key, held] of this.#held) {
      if (used + bytes <= this.#settings.memory) return;
      held.part.destroy();
      this.#held.delete(key);
      used -= held.bytes;
    }
  }

  async #load(
    fit: string,
    description: FitDescription,
    index: number,
  ): Promise<{ readonly matrix: Matrix; readonly sum: number }> {
    const file = this.#files.get(fit) ?? openFile(description);
    this.#files.set(fit, file);
    const { points } = await file;
    const rows = points.parts[index]?.rows;
    if (rows !== description.partRows[index] || points.columns !== description.columns) {
      throw changed(description, index);
    }
    const matrix = await loadPart(points, index, undefined);
    const { data } = matrix;
    const sum = crc32(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    const expected = await this.#reader.sum(fit, index);
    if (expected !== undefined && expected !== sum) throw changed(description, index);
    return { matrix, sum };
  }

  #engineOf({ engine, arithmetic }: FitDescription): Promise<Engine> {
    const key = `${engine} ${arithmetic ?? ''}`;
    const { threads, adapter } = this.#settings;
    // To name a software adapter is the only way to get one.
    const gpu = { adapter, allowSoftware: adapter === undefined ? undefined : true };
    const options = engine === 'wasm' ? { threads, arithmetic } : engine === 'webgpu' ? gpu : {};
    const opened = this.#engines.get(key) ?? openEngine(engine, options);
    this.#engines.set(key, opened);
    return opened;
  }
}

async function openFile({ source, tensor, scale, partMemory }: FitDescription): Promise<PartedFile> {
  const file = await readPartedFile(source, { memoryBytes: partMemory, tensor, scale });
  if (file) return file;
  throw new UnsupportedError(`${source} cannot be read in parts.`);
}

function changed({ source }: FitDescription, index: number): WorkersError {
  return new WorkersError(
    `part ${index} of ${source} is not what it was when the fit began, or not the same file here as elsewhere. ` +
      'Give all workers the same files, and leave them as they are during a fit.',
  );
}
