import {
  type AddressBook,
  COLLATERAL_STREAM,
  type ColumnBatch,
  math,
  OBLIGATIONS_STREAM,
  type OwedUnit,
  SCORES_STREAM,
  TAO_PRICE_STREAM,
  type TableDeclaration,
} from "../../engine/index.js";
import { CHUNK_ROWS } from "./chunk-rows.js";
import { ChunkColumns } from "./columns.js";
import type { SyntheticStream } from "./synthetic-streams.js";

/** A row that a scenario states, once or again and again. */
export interface StatedRow {
  /** From the start of the run. */
  readonly afterMs: number;
  /** Null: once. */
  readonly everyMs: number | null;
  /** None for a price. */
  readonly hotkeys: readonly string[];
  /** Rao, or billionths of a unit; a price as it is. */
  readonly value: number;
  /** Of a score: the column that it is of; left out: the score itself. */
  readonly column?: string;
}

/** A stream whose rows a scenario states. */
export interface StatedOptions {
  readonly kind: "collateral" | "scores" | "obligations" | "tao_price";
  readonly netuid: number;
  /** Of obligations. */
  readonly unit: OwedUnit;
  readonly rows: readonly StatedRow[];
}

export interface StatedContext {
  readonly name: string;
  readonly startMs: number;
  /** Included. */
  readonly endMs: number;
  readonly addresses: AddressBook;
}

const DECLARATIONS: Readonly<Record<StatedOptions["kind"], TableDeclaration>> = {
  collateral: COLLATERAL_STREAM,
  scores: SCORES_STREAM,
  obligations: OBLIGATIONS_STREAM,
  tao_price: TAO_PRICE_STREAM,
};

/** The column of a kind that has the value of a row. */
export function valueColumn(kind: StatedOptions["kind"]): string {
  if (kind === "tao_price") return "usd_per_tao";
  return kind === "scores" ? "score" : "amount_rao";
}

/** Makes the rows that a scenario states, in the order of time, then as they are stated. */
export function makeStatedStream(options: StatedOptions, context: StatedContext): SyntheticStream {
  const { kind } = options;
  const ids = options.rows.map(({ hotkeys }) => hotkeys.map((hotkey) => context.addresses.intern(hotkey)));
  const columnIds = options.rows.map(({ column }) => (column === undefined ? -1 : context.addresses.intern(column)));
  return {
    description: { name: `${context.name}/${kind}`, kind, coverage: "subnet", role: "miner" },
    chunks: { [Symbol.iterator]: () => chunksOf(options, context, ids, columnIds) },
  };
}

function* chunksOf(
  options: StatedOptions,
  { startMs, endMs }: StatedContext,
  ids: readonly (readonly number[])[],
  columnIds: readonly number[],
): Generator<ColumnBatch> {
  const { kind, netuid, unit, rows: stated } = options;
  const most = math.max(1, ...ids.map(({ length }) => length));
  const columns = new ChunkColumns(DECLARATIONS[kind], math.max(CHUNK_ROWS, most));
  const { all, capacity, declaration } = columns;
  const isPrice = kind === "tao_price";
  const times = columns.real("time_ms");
  const values = columns.real(valueColumn(kind));
  const named = kind === "scores" ? columns.int("column") : null;
  const netuids = isPrice ? null : columns.int("netuid");
  const hotkeys = isPrice ? null : columns.int("hotkey");
  if (kind === "obligations") columns.choice("unit").fill(columns.code("unit", unit));
  const nextMs = stated.map(({ afterMs }) => startMs + afterMs);
  let rows = 0;
  for (;;) {
    let next = 0;
    for (let i = 1; i < nextMs.length; i++) if (nextMs[i] < nextMs[next]) next = i;
    const timeMs = nextMs[next];
    if (timeMs > endMs) break;
    const { everyMs, value } = stated[next];
    nextMs[next] = everyMs === null ? Number.POSITIVE_INFINITY : timeMs + everyMs;
    if (rows + most > capacity) {
      yield { declaration, rows, columns: all };
      rows = 0;
    }
    for (const id of isPrice ? [-1] : ids[next]) {
      times[rows] = timeMs;
      values[rows] = value;
      if (netuids !== null) netuids[rows] = netuid;
      if (hotkeys !== null) hotkeys[rows] = id;
      if (named !== null) named[rows] = columnIds[next];
      rows += 1;
    }
  }
  if (rows > 0) yield { declaration, rows, columns: all };
}
