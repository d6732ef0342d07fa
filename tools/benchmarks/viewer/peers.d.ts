/** Types of the peers, only for the calls of the bench; install the peers to measure them. */
declare module 'peer:regl-scatterplot' {
  interface Scatterplot {
    draw(points: { x: Float32Array; y: Float32Array; valueA: ArrayLike<number> }): Promise<void>;
    get(property: 'regl'): { readonly _gl: WebGLRenderingContext };
    set(properties: { cameraView: Float32Array }): void;
    subscribe(event: 'draw', listener: () => void): object;
    unsubscribe(subscription: object): void;
    destroy(): void;
  }
  const createScatterplot: (properties: Readonly<Record<string, unknown>>) => Scatterplot;
  export { createScatterplot as default };
}

declare module 'peer:embedding-atlas' {
  export class EmbeddingView {
    constructor(target: HTMLElement, properties: Readonly<Record<string, unknown>>);
    update(properties: Readonly<Record<string, unknown>>): void;
    destroy(): void;
  }
}
