const KINDS = [
  'Uint8Array',
  'Int8Array',
  'Uint16Array',
  'Int16Array',
  'Uint32Array',
  'Int32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
] as const;

/** Counts the bytes of the typed arrays that are made by their length, until it is stopped. */
export interface MemoryCount {
  readonly bytes: number;
  reset(): void;
  stop(): void;
}

/**
 * A reader that trusts a length in a damaged file asks for gigabytes that it never touches: no measurement of the process
 * shows them, but the request does.
 */
export function countMemory(): MemoryCount {
  let bytes = 0;
  const originals = KINDS.map((kind) => [kind, globalThis[kind]] as const);
  for (const [kind, original] of originals) {
    const counted = new Proxy(original, {
      construct(target, args: readonly unknown[], self: new () => object) {
        const [length] = args;
        if (typeof length === 'number') bytes += length * target.BYTES_PER_ELEMENT;
        return Reflect.construct(target, args, self) as object;
      },
    });
    Object.defineProperty(globalThis, kind, { value: counted, configurable: true, writable: true });
  }
  return {
    get bytes() {
      return bytes;
    },
    reset: () => {
      bytes = 0;
    },
    stop: () => {
      for (const [kind, original] of originals) {
        Object.defineProperty(globalThis, kind, { value: original, configurable: true, writable: true });
      }
    },
  };
}
