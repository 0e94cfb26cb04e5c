import {
  type ColumnBatch,
  type ColumnDeclaration,
  columnIndex,
  instantText,
  isRao,
  KEY_SWAPS,
  type Place,
  STAKE_ACTIONS,
  STREAMS,
  type StreamKind,
  TenureError,
  TIME_LIMIT_MS,
} from "../../engine/index.js";

/** Columns that order a stream, the first one first. Not every kind has all. */
const ORDER = ["time_ms", "block", "extrinsic", "event"] as const;

const NETUID = columnIndex(STREAMS.stake, "netuid");
const ACTION = columnIndex(STREAMS.stake, "action");
const SWAPS: ReadonlySet<number> = new Set(KEY_SWAPS.map((action) => STAKE_ACTIONS.indexOf(action)));

/** The checks that every row of a stream passes, when it is written and again when it is read. Keeps its place across batches. */
export class RowCheck {
  readonly #kind: StreamKind;
  readonly #file: string;
  readonly #order: readonly number[];
  readonly #last: number[];
  /** Rows seen before the current batch. */
  rows = 0;

  /** @param file shown in refusals */
  constructor(kind: StreamKind, file: string) {
    this.#kind = kind;
    this.#file = file;
    this.#order = ORDER.map((name) => columnIndex(STREAMS[kind], name)).filter((index) => index !== -1);
    this.#last = this.#order.map(() => Number.NEGATIVE_INFINITY);
  }

  place(row: number, column?: string): Place {
    return { file: this.#file, stream: this.#kind, row: this.rows + row, ...(column === undefined ? {} : { path: column }) };
  }

  /**
   * @throws TenureError `TEN-STREAM-009` rows not in order, `-010` an amount, `-011` a price or other real number, `-012`
   *   any other value that is out of range
   */
  check(batch: ColumnBatch): void {
    const { columns } = STREAMS[this.#kind];
    for (let index = 0; index < columns.length; index++) this.#checkColumn(columns[index], index, batch);
    if (this.#kind === "stake") this.#checkAllSubnets(batch);
    this.#checkOrder(batch);
    this.rows += batch.rows;
  }

  #checkColumn(column: ColumnDeclaration, index: number, batch: ColumnBatch): void {
    const values = batch.columns[index] as Float64Array | Int32Array | Uint8Array;
    const rows = batch.rows;
    switch (column.type) {
      case "time":
        for (let row = 0; row < rows; row++) {
          const value = values[row];
          if (!(value >= 0 && value < TIME_LIMIT_MS && Math.floor(value) === value)) {
            this.#refuse("TEN-STREAM-012", "A time is out of range.", row, column, value, `whole ms, 0 to ${TIME_LIMIT_MS - 1}`);
          }
        }
        return;
      case "rao":
        for (let row = 0; row < rows; row++) {
          const value = values[row];
          if (!isRao(value)) {
            this.#refuse("TEN-STREAM-010", "An amount is not whole rao below 2^53.", row, column, value, "0 to 9007199254740991");
          }
        }
        return;
      case "real": {
        const { above } = column;
        const isPrice = above !== undefined;
        for (let row = 0; row < rows; row++) {
          const value = values[row];
          if (!(value < Number.POSITIVE_INFINITY && (above === undefined ? value >= 0 : value > above))) {
            const allowed = isPrice ? `finite and above ${above}` : "finite and 0 or more";
            this.#refuse("TEN-STREAM-011", isPrice ? "A price is not a price." : "A number is out of range.", row, column, value, allowed);
          }
        }
        return;
      }
      case "int":
        this.#checkLeast(column, values, rows, column.atLeast ?? (column.missing === -1 ? -1 : 0));
        if (column.atMost !== undefined) this.#checkMost(column, values, rows, column.atMost);
        return;
      case "address":
      case "name":
        this.#checkLeast(column, values, rows, column.optional === true ? -1 : 0);
        return;
      case "choice": {
        const codes = column.values?.length ?? 0;
        for (let row = 0; row < rows; row++) {
          if (values[row] >= codes) {
            this.#refuse("TEN-STREAM-012", "A code names nothing.", row, column, values[row], `0 to ${codes - 1}`);
          }
        }
        return;
      }
    }
  }

  /** Of all subnets (netuid -1) are swaps of keys alone. */
  #checkAllSubnets({ columns, rows }: ColumnBatch): void {
    const netuids = columns[NETUID];
    const actions = columns[ACTION] as Uint8Array;
    for (let row = 0; row < rows; row++) {
      if ((netuids[row] as number) >= 0 || SWAPS.has(actions[row])) continue;
      const allowed = `0 or more; -1 with ${KEY_SWAPS.join(" and ")}`;
      this.#refuse("TEN-STREAM-012", "A value is out of range.", row, STREAMS.stake.columns[NETUID], netuids[row], allowed);
    }
  }

  #checkLeast(column: ColumnDeclaration, values: Float64Array | Int32Array | Uint8Array, rows: number, least: number): void {
    for (let row = 0; row < rows; row++) {
      if (values[row] < least) this.#refuse("TEN-STREAM-012", "A value is out of range.", row, column, values[row], `${least} or more`);
    }
  }

  #checkMost(column: ColumnDeclaration, values: Float64Array | Int32Array | Uint8Array, rows: number, most: number): void {
    for (let row = 0; row < rows; row++) {
      if (values[row] > most) this.#refuse("TEN-STREAM-012", "A value is out of range.", row, column, values[row], `at most ${most}`);
    }
  }

  #checkOrder(batch: ColumnBatch): void {
    const order = this.#order;
    const last = this.#last;
    const columns = order.map((index) => batch.columns[index] as Float64Array | Int32Array);
    for (let row = 0; row < batch.rows; row++) {
      for (let key = 0; key < order.length; key++) {
        const value = columns[key][row];
        if (value === last[key]) continue;
        if (value < last[key]) this.#refuseOrder(row, columns);
        for (let rest = key; rest < order.length; rest++) last[rest] = columns[rest][row];
        break;
      }
    }
  }

  #refuseOrder(row: number, columns: readonly (Float64Array | Int32Array)[]): never {
    const names = ORDER.slice(0, columns.length);
    throw new TenureError({
      code: "TEN-STREAM-009",
      what: `Rows are not in the order of ${names.join(", ")}.`,
      place: this.place(row),
      found: this.#orderText(columns.map((column) => column[row])),
      allowed: `${this.#orderText(this.#last)} or later`,
      hint: "Make the recording again; `tenure import table --sort` sorts a table.",
    });
  }

  /** `2025-01-01T00:00:00Z, block 5`; what is unknown is left out. */
  #orderText(values: readonly number[]): string {
    const { columns } = STREAMS[this.#kind];
    return values
      .flatMap((value, key) => {
        const { name } = columns[this.#order[key]];
        return name === "time_ms" ? [instantText(value)] : value < 0 ? [] : [`${name} ${value}`];
      })
      .join(", ");
  }

  #refuse(code: string, what: string, row: number, column: ColumnDeclaration, found: unknown, allowed: string): never {
    throw new TenureError({ code, what, place: this.place(row, column.name), found, allowed });
  }
}
