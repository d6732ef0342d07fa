declare module '*.wgsl' {
  /** The shader's source text. */
  const source: string;
  export { source as default };
}
