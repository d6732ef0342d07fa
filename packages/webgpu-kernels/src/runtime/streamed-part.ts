/** A buffer on the device that parts of the points use one after another. */
export class Slot {
  readonly buffer: GPUBuffer;
  /** The part whose values are in the slot after all queued work. */
  holds: StreamedPart | undefined;

  constructor(buffer: GPUBuffer) {
    this.buffer = buffer;
  }
}

/** A part of the points that is copied to the device each time before a kernel reads it. */
export class StreamedPart {
  readonly #slot: Slot;
  readonly #write: (buffer: GPUBuffer) => void;

  /** @param write queues the copy of the part into the slot's buffer */
  constructor(slot: Slot, write: (buffer: GPUBuffer) => void) {
    this.#slot = slot;
    this.#write = write;
  }

  /** Whether commands that are submitted now read this part from its slot. */
  get present(): boolean {
    return this.#slot.holds === this;
  }

  /** Queues the copy. Recorded work on another part in the slot must have been submitted before. */
  load(): void {
    this.#write(this.#slot.buffer);
    this.#slot.holds = this;
  }
}
