import { randomUUID } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { FormatError } from '../../errors.ts';

/**
 * A file for what does not fit into memory. Its name is removed at once where the system allows that, so that nothing is left
 * even of a process that is killed; elsewhere it is removed when it is closed.
 */
export class TemporaryFile {
  readonly #path: string;
  readonly #file: FileHandle;
  #length = 0;

  /**
   * @param folder that has room for it
   * @throws the file system's error
   */
  static async create(folder: string): Promise<TemporaryFile> {
    const path = join(folder, `.shoal-${randomUUID()}.tmp`);
    const file = await open(path, 'wx+');
    await rm(path).catch(() => undefined);
    return new TemporaryFile(path, file);
  }

  private constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  get length(): number {
    return this.#length;
  }

  /**
   * @returns where the bytes are
   * @throws the file system's error, for example when the disk is full
   */
  async append(bytes: Uint8Array): Promise<number> {
    const start = this.#length;
    for (let done = 0; done < bytes.length;) {
      done += (await this.#file.write(bytes, done, bytes.length - done, start + done)).bytesWritten;
    }
    this.#length += bytes.length;
    return start;
  }

  /** Fills an array with the bytes from a place on. */
  async read(bytes: Uint8Array, start: number): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      const { bytesRead } = await this.#file.read(bytes, done, bytes.length - done, start + done);
      if (bytesRead === 0) throw new FormatError({ file: this.#path }, 'the temporary file was cut short.');
      done += bytesRead;
    }
  }

  /** Closes and removes it. */
  async close(): Promise<void> {
    await this.#file.close();
    await rm(this.#path, { force: true });
  }
}
