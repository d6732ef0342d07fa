import type { OpenAccess } from '../sources/source.ts';

/** How long a file stays open after it was read. */
const LINGER_MS = 1000;

/** Opens a file. */
type Opener = (signal: AbortSignal | undefined) => Promise<OpenAccess | undefined>;

/**
 * Keeps the file that was read last open for a moment: the next part is probably read from it, and a read that need not open the
 * file first goes on while this thread computes.
 */
export class LastOpened {
  #kept: { readonly opener: Opener; readonly access: OpenAccess } | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** The file, if it is open and nobody reads it. The caller gives it back by `keep`, or closes it. */
  take(opener: Opener): OpenAccess | undefined {
    if (this.#kept?.opener !== opener) return undefined;
    const { access } = this.#kept;
    this.#kept = undefined;
    clearTimeout(this.#timer);
    return access;
  }

  /** Keeps a file open for a moment, and closes the one before it. */
  async keep(opener: Opener, access: OpenAccess): Promise<void> {
    const before = this.#kept;
    this.#kept = { opener, access };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.take(opener)?.close(), LINGER_MS).unref();
    await before?.access.close();
  }
}
