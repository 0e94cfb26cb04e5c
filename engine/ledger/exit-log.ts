/** Doubles of an exit: the tranche, what it lost, what it held before. */
const EXIT_STRIDE = 3;

/**
 * What withdrawals and moves took from tranches, in the order it was taken. Written in the innermost loop, so an exit is
 * three doubles side by side, and what all exits of one withdrawal share stands once, in its header.
 */
export class ExitLog {
  static readonly STRIDE = EXIT_STRIDE;
  /** Exits so far. */
  rows = 0;
  /** `EXIT_STRIDE` doubles an exit: tranche id, amount taken (rao), held before (rao). */
  exits: Float64Array;
  /** Withdrawals so far. */
  headers = 0;
  headerMs: Float64Array;
  headerPosition: Int32Array;
  /** Code of `EXIT_REASONS`. */
  headerReason: Uint8Array;
  /** First exit of the withdrawal. */
  headerFirst: Int32Array;

  constructor(capacity: number) {
    this.exits = new Float64Array(capacity * EXIT_STRIDE);
    this.headerMs = new Float64Array(1024);
    this.headerPosition = new Int32Array(1024);
    this.headerReason = new Uint8Array(1024);
    this.headerFirst = new Int32Array(1024);
  }

  /** Begins a withdrawal; the exits that follow are its own. */
  begin(timeMs: number, position: number, reason: number): void {
    const header = this.headers;
    if (header === this.headerMs.length) this.#growHeaders();
    this.headerMs[header] = timeMs;
    this.headerPosition[header] = position;
    this.headerReason[header] = reason;
    this.headerFirst[header] = this.rows;
    this.headers = header + 1;
  }

  push(tranche: number, amountRao: number, beforeRao: number): void {
    const at = this.rows * EXIT_STRIDE;
    if (at === this.exits.length) this.#grow();
    const exits = this.exits;
    exits[at] = tranche;
    exits[at + 1] = amountRao;
    exits[at + 2] = beforeRao;
    this.rows += 1;
  }

  trancheAt(row: number): number {
    return this.exits[row * EXIT_STRIDE];
  }

  amountAt(row: number): number {
    return this.exits[row * EXIT_STRIDE + 1];
  }

  beforeAt(row: number): number {
    return this.exits[row * EXIT_STRIDE + 2];
  }

  clear(): void {
    this.rows = 0;
    this.headers = 0;
  }

  /** `exits` with room for `rows` more. */
  room(rows: number): Float64Array {
    while ((this.rows + rows) * EXIT_STRIDE > this.exits.length) this.#grow();
    return this.exits;
  }

  #grow(): void {
    const wider = new Float64Array(this.exits.length * 2);
    wider.set(this.exits);
    this.exits = wider;
  }

  #growHeaders(): void {
    const length = this.headerMs.length * 2;
    const headerMs = new Float64Array(length);
    headerMs.set(this.headerMs);
    this.headerMs = headerMs;
    const headerPosition = new Int32Array(length);
    headerPosition.set(this.headerPosition);
    this.headerPosition = headerPosition;
    const headerReason = new Uint8Array(length);
    headerReason.set(this.headerReason);
    this.headerReason = headerReason;
    const headerFirst = new Int32Array(length);
    headerFirst.set(this.headerFirst);
    this.headerFirst = headerFirst;
  }
}
