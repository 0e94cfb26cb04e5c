import { allocateColumn, type ColumnArray, columnIndex, STREAMS, type StreamKind } from "../../../engine/index.js";

/** Columns that order a stream, the first one first. Not every kind has all. */
const ORDER = ["time_ms", "block", "extrinsic", "event"] as const;

/** How rows were put in order. */
export interface RowOrder {
  /** Places in the file (from 0), first row first. */
  readonly places: Uint32Array;
  /** Does the file run backwards, as explorers export it? Then of equal rows the later one in the file comes first. */
  readonly newestFirst: boolean;
  /** Rows that share all that orders them with another row. */
  readonly ties: number;
  /** Was the file in another order? */
  readonly moved: boolean;
}

/** The rows of a table, held in typed columns until all are known. */
export class HeldRows {
  #columns: ColumnArray[];
  #capacity = 16_384;
  /** Number of each row in the file, from 1. */
  #numbers = new Uint32Array(this.#capacity);
  rows = 0;

  constructor(readonly kind: StreamKind) {
    this.#columns = STREAMS[kind].columns.map((column) => allocateColumn(column.type, this.#capacity));
  }

  /** @param number of the row in the file, from 1; several may come of one */
  push(values: readonly number[], number: number): void {
    if (this.rows === this.#capacity) this.#widen();
    for (let index = 0; index < this.#columns.length; index++) this.#columns[index][this.rows] = values[index];
    this.#numbers[this.rows] = number;
    this.rows++;
  }

  /** The row at a place, into `values`. */
  take(place: number, values: number[]): void {
    for (let index = 0; index < this.#columns.length; index++) values[index] = this.#columns[index][place] as number;
  }

  numberOf(place: number): number {
    return this.#numbers[place];
  }

  /** By time (the instant, whatever clock it was written for), block, extrinsic and event. */
  order(): RowOrder {
    const keys = ORDER.map((name) => columnIndex(STREAMS[this.kind], name)).filter((index) => index !== -1);
    const columns = keys.map((index) => this.#columns[index] as Float64Array | Int32Array);
    const compare = (a: number, b: number): number => {
      for (const column of columns) if (column[a] !== column[b]) return column[a] - column[b];
      return 0;
    };
    const times = columns[0];
    let [rises, falls, moved] = [0, 0, false];
    for (let row = 1; row < this.rows; row++) {
      if (times[row] > times[row - 1]) rises++;
      else if (times[row] < times[row - 1]) falls++;
      if (!moved && compare(row - 1, row) > 0) moved = true;
    }
    const newestFirst = falls > rises;
    const places = Uint32Array.from({ length: this.rows }, (_, row) => row);
    const numbers = this.#numbers;
    // Rows that one row of the file became stay as they came.
    const inFile = (a: number, b: number): number => (newestFirst ? numbers[b] - numbers[a] : numbers[a] - numbers[b]) || a - b;
    if (moved) places.sort((a, b) => compare(a, b) || inFile(a, b));
    return { places, newestFirst, ties: this.#ties(places, compare), moved };
  }

  #ties(places: Uint32Array, compare: (a: number, b: number) => number): number {
    let ties = 0;
    let isTied = false;
    for (let row = 1; row < places.length; row++) {
      const wasTied = isTied;
      isTied = compare(places[row - 1], places[row]) === 0;
      if (isTied) ties += wasTied ? 1 : 2;
    }
    return ties;
  }

  #widen(): void {
    this.#capacity *= 2;
    const numbers = new Uint32Array(this.#capacity);
    numbers.set(this.#numbers);
    this.#numbers = numbers;
    this.#columns = this.#columns.map((column, index) => {
      const wider = allocateColumn(STREAMS[this.kind].columns[index].type, this.#capacity);
      (wider as Float64Array).set(column as Float64Array);
      return wider;
    });
  }
}
