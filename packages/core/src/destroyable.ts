/**
 * An object that holds resources until `destroy()`. With `using`, the end of the block calls it; runtimes without
 * `Symbol.dispose` have only `destroy()`.
 */
export abstract class Destroyable implements Disposable {
  abstract destroy(): void;

  [Symbol.dispose](): void {
    this.destroy();
  }
}
