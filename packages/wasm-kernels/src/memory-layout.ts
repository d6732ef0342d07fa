const PAGE_BYTES = 0x10000;
/** 32-bit WebAssembly can address 4 GiB. */
export const MAX_MEMORY_BYTES = 0x100000000;

/** Addresses of a session's arrays: reserved one after another, then allocated together. */
export class MemoryLayout {
  // The first page belongs to the kernels' own constants and to the threads' control words.
  #end = PAGE_BYTES;
  #zeroedFrom = PAGE_BYTES;

  /** Reserves the first room, which the host fills itself. */
  reservePoints(bytes: number): number {
    const start = this.reserve(bytes);
    this.#zeroedFrom = this.#end;
    return start;
  }

  /** Reserves aligned, zero-filled memory and returns its byte offset. */
  reserve(bytes: number): number {
    const start = this.#end;
    this.#end = Math.ceil((start + bytes) / 16) * 16;
    return start;
  }

  /** Reserves the same number of bytes for each of several threads or parts, each on separate cache lines. */
  reserveEach(count: number, bytes: number): RoomForEach {
    const each = Math.ceil(bytes / 64) * 64;
    this.#end = Math.ceil(this.#end / 64) * 64;
    return { start: this.reserve(count * each), bytes: each };
  }

  get bytes(): number {
    return this.#end;
  }

  /** Where the memory begins that must be zero at first. */
  get zeroedFrom(): number {
    return this.#zeroedFrom;
  }

  get pages(): number {
    return Math.ceil(this.#end / PAGE_BYTES);
  }
}

/** Parts of memory of the same size, one after another. */
export interface RoomForEach {
  readonly start: number;
  /** Bytes from the start of one part to the start of the next. */
  readonly bytes: number;
}

/** The address of each array for one thread. */
export function roomsOf<Name extends string>(
  rooms: Readonly<Record<Name, RoomForEach>>,
  thread: number,
): Readonly<Record<Name, number>> {
  const starts = Object.entries<RoomForEach>(rooms).map(([name, room]) => [
    name,
    room.start + thread * room.bytes,
  ]);
  return Object.fromEntries(starts) as Record<Name, number>;
}
