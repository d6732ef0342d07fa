/** The k nearest rows seen so far, nearest first; of equally near ones the row that was offered first. */
export class NearestList {
  readonly rows: Uint32Array;
  /** Squared distances; infinite where fewer than k rows were offered. */
  readonly squares: Float64Array;

  constructor(size: number) {
    this.rows = new Uint32Array(size);
    this.squares = new Float64Array(size);
    this.clear();
  }

  clear(): void {
    this.squares.fill(Infinity);
  }

  offer(square: number, row: number): void {
    const { rows, squares } = this;
    let at = squares.length - 1;
    if (!(square < squares[at])) return;
    for (; at > 0 && square < squares[at - 1]; at--) {
      squares[at] = squares[at - 1];
      rows[at] = rows[at - 1];
    }
    squares[at] = square;
    rows[at] = row;
  }
}
