declare module '*.ts?wasm' {
  /** An AssemblyScript module compiled on import, in base64; see tools/assemblyscript-plugin.mjs. */
  const base64: string;
  export { base64 as default };
}
