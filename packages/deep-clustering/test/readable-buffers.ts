const MAP_READ = 0x0001;

/** Counts the buffers a device makes that the host could read, by watching the real device's calls. */
export interface ReadableBuffers {
  /** Buffers with the usage MAP_READ made so far: nothing leaves a WebGPU device but through one. */
  readonly created: number;
  /** Stops watching. */
  restore(): void;
}

export function countReadableBuffers(device: GPUDevice): ReadableBuffers {
  const createBuffer = device.createBuffer.bind(device);
  let created = 0;
  device.createBuffer = (descriptor) => {
    if ((descriptor.usage & MAP_READ) !== 0) created++;
    return createBuffer(descriptor);
  };
  return {
    get created() {
      return created;
    },
    restore() {
      device.createBuffer = createBuffer;
    },
  };
}
