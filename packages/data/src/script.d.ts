declare module '*.ts?script' {
  /** The text of a TypeScript file and of what it imports, as JavaScript; see tools/script-plugin.mjs. */
  const source: string;
  export { source as default };
}
