// WebGPU's flag namespaces are globals in browsers and absent in Node.js, so the values are written out
// here (they are fixed by the WebGPU specification).

/** `GPUBufferUsage` flags. */
export const bufferUsage = {
  mapRead: 0x0001,
  copySource: 0x0004,
  copyDestination: 0x0008,
  uniform: 0x0040,
  queryResolve: 0x0200,
  storage: 0x0080,
} as const;

/** `GPUMapMode.READ`. */
export const mapModeRead = 0x0001;

/** `GPUShaderStage.COMPUTE`. */
export const shaderStageCompute = 0x4;
