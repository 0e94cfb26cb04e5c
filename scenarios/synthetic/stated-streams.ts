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
  VALIDATOR_WEIGHTS_STREAM,
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
  /** Of weights: who sets them. */
  readonly validators?: readonly string[];
  /** Of weights: with what their validators count; 0: what their positions hold. */
  readonly stakeRao?: number;
}

/** A stream whose rows a scenario states. */
export interface StatedOptions {
  readonly kind: "collateral" | "scores" | "validator_weights" | "obligations" | "tao_price";
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
  validator_weights: VALIDATOR_WEIGHTS_STREAM,
  obligations: OBLIGATIONS_STREAM,
  tao_price: TAO_PRICE_STREAM,
};

/** The column of a kind that has the value of a row. */
export function valueColumn(kind: StatedOptions["kind"]): string {
  if (kind === "tao_price") return "usd_per_tao";
  if (kind === "validator_weights") return "weight";
  return kind === "scores" ? "score" : "amount_rao";
}

/** Makes the rows that a scenario states, in the order of time, then as they are stated. */
export function makeStatedStream(options: StatedOptions, context: StatedContext): SyntheticStream {
  const { kind } = options;
  const known = options.rows.map((row) => knownRow(row, context.addresses));
  return {
    description: { name: `${context.name}/${kind}`, kind, coverage: "subnet", role: "miner" },
    chunks: { [Symbol.iterator]: () => chunksOf(options, context, known) },
  };
}

/** A row with numbers for addresses and columns. */
interface KnownRow {
  /** Who says it of whom; -1: nobody, or of nobody. */
  readonly pairs: readonly (readonly [validator: number, hotkey: number])[];
  readonly column: number;
}

function knownRow({ hotkeys, validators, column }: StatedRow, addresses: AddressBook): KnownRow {
  const of = hotkeys.length === 0 ? [-1] : hotkeys.map((hotkey) => addresses.intern(hotkey));
  const by = validators === undefined ? [-1] : validators.map((hotkey) => addresses.intern(hotkey));
  return {
    pairs: by.flatMap((validator) => of.map((hotkey) => [validator, hotkey] as const)),
    column: column === undefined ? -1 : addresses.intern(column),
  };
}

function* chunksOf(options: StatedOptions, { startMs, endMs }: StatedContext, known: readonly KnownRow[]): Generator<ColumnBatch> {
  const { kind, netuid, unit, rows: stated } = options;
  const most = known.reduce((longest, { pairs }) => math.max(longest, pairs.length), 1);
  const columns = new ChunkColumns(DECLARATIONS[kind], math.max(CHUNK_ROWS, most));
  const { all, capacity, declaration } = columns;
  const isPrice = kind === "tao_price";
  const times = columns.real("time_ms");
  const values = columns.real(valueColumn(kind));
  const named = kind === "scores" ? columns.int("column") : null;
  const setters = kind === "validator_weights" ? columns.int("validator") : null;
  const stakes = kind === "validator_weights" ? columns.real("stake_rao") : null;
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
    const { everyMs, value, stakeRao = 0 } = stated[next];
    nextMs[next] = everyMs === null ? Number.POSITIVE_INFINITY : timeMs + everyMs;
    if (rows + most > capacity) {
      yield { declaration, rows, columns: all };
      rows = 0;
    }
    for (const [validator, hotkey] of known[next].pairs) {
      times[rows] = timeMs;
      values[rows] = value;
      if (netuids !== null) netuids[rows] = netuid;
      if (hotkeys !== null) hotkeys[rows] = hotkey;
      if (named !== null) named[rows] = known[next].column;
      if (setters !== null) setters[rows] = validator;
      if (stakes !== null) stakes[rows] = stakeRao;
      rows += 1;
    }
  }
  if (rows > 0) yield { declaration, rows, columns: all };
}
