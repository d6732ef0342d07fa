import base64 from '../../../assembly/rows.ts?wasm&unshared';

let compiled: Promise<WebAssembly.Module | undefined> | undefined;

/** The module that reads rows of numbers; undefined where the runtime allows no WebAssembly, as pages with strict policies. */
export function numberModule(): Promise<WebAssembly.Module | undefined> {
  return (compiled ??= compile());
}

async function compile(): Promise<WebAssembly.Module | undefined> {
  try {
    return await WebAssembly.compile(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
  } catch {
    return undefined;
  }
}
