/** Room on the device that parts of the points take turns in. */
export class Slot {
  readonly buffer: GPUBuffer;
  /** The part whose values are there, once all that was queued before has run. */
  holds: StreamedPart | undefined;

  constructor(buffer: GPUBuffer) {
    this.buffer = buffer;
  }
}

/** A part of the points that is copied to the device whenever a kernel is to read it. */
export class StreamedPart {
  readonly #slot: Slot;
  readonly #write: (buffer: GPUBuffer) => void;

  /** @param write queues the copy of the part into the slot's buffer */
  constructor(slot: Slot, write: (buffer: GPUBuffer) => void) {
    this.#slot = slot;
    this.#write = write;
  }

  /** Whether commands submitted now find the part in its slot. */
  get present(): boolean {
    return this.#slot.holds === this;
  }

  /** Queues the copy. What is recorded for another part of the slot must have been submitted. */
  load(): void {
    this.#write(this.#slot.buffer);
    this.#slot.holds = this;
  }
}
