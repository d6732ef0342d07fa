declare module '*.ts?script' {
  /** The text of a TypeScript file and of what it imports, as JavaScript; see tools/script-plugin.mjs. */
  const source: string;
  export { source as default };
}

declare module '*.ts?wasm&unshared' {
  /** An AssemblyScript module, compiled on import, in base64; see tools/assemblyscript-plugin.mjs. */
  const base64: string;
  export { base64 as default };
}
