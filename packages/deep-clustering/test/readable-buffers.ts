const MAP_READ = 0x0001;

/** Counts the buffers a device makes that the host could read, by watching the real device's calls. */
export interface ReadableBuffers {
  /** Number of buffers made with the usage MAP_READ: data leaves a WebGPU device only through these. */
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
