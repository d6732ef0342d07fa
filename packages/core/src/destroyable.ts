/**
 * What holds resources until `destroy()`. With `using` a block calls it at its end; in runtimes without `Symbol.dispose`
 * there is `destroy()` alone.
 */
export abstract class Destroyable implements Disposable {
  abstract destroy(): void;

  [Symbol.dispose](): void {
    this.destroy();
  }
}
