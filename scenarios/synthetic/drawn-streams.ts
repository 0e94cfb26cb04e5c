import {
  type AddressBook,
  COLLATERAL_STREAM,
  type ColumnBatch,
  MAX_RAO,
  math,
  normalDeviates,
  RAO_PER_TOKEN,
  type RandomStream,
  randomStreams,
  SCORES_STREAM,
} from "../../engine/index.js";
import { CHUNK_ROWS } from "./chunk-rows.js";
import { ChunkColumns } from "./columns.js";
import { drawLogUniform } from "./log-uniform.js";
import type { SyntheticStream } from "./synthetic-streams.js";

const { exp, floor, ln, max, min, sqrt } = math;
/** The logarithm of a number stays within this of that of its level. */
const FARTHEST = 20;

/** Levels, log-uniform; 0 < from <= to. */
export interface Levels {
  readonly from: number;
  readonly to: number;
}

/** A stream of numbers that are made up, for each hotkey its own. */
export interface DrawnOptions {
  readonly kind: "collateral" | "scores";
  readonly netuid: number;
  readonly hotkeys: readonly string[];
  /** Of collateral in tokens. */
  readonly levels: Levels;
  /** Of scores: columns beside them, by name. */
  readonly columns: Readonly<Record<string, Levels>>;
  readonly everyMs: number;
  /** Null: numbers stay where they are. */
  readonly halfLifeMs: number | null;
  /** Long-run standard deviation of the logarithm. */
  readonly deviation: number;
  /** Part of the rows that are told, above 0 and at most 1. */
  readonly told: number;
}

export interface DrawnContext {
  readonly name: string;
  readonly seed: number;
  readonly replicate: number;
  readonly startMs: number;
  /** Included. */
  readonly endMs: number;
  readonly addresses: AddressBook;
}

/**
 * Makes rows of collateral or scores: each hotkey has a level, log-uniform, and a number around it that moves as the exponential of an
 * Ornstein-Uhlenbeck process. The same options, seed and replicate give the same rows; a hotkey more leaves the others as they are.
 */
export function makeDrawnStream(options: DrawnOptions, context: DrawnContext): SyntheticStream {
  const { kind } = options;
  for (const name of [...options.hotkeys, ...Object.keys(options.columns)]) context.addresses.intern(name);
  return {
    description: { name: `${context.name}/${kind}`, kind, coverage: "subnet", role: "miner" },
    chunks: { [Symbol.iterator]: () => chunksOf(options, context) },
  };
}

/** One number of a hotkey. */
class Drawn {
  /** -1: it is the number itself and no column beside it. */
  readonly column: number;
  readonly #level: number;
  readonly #next: () => number;
  #x = 0;

  constructor(
    readonly hotkey: number,
    column: number,
    levels: Levels,
    private readonly deviation: number,
    random: RandomStream,
  ) {
    this.column = column;
    this.#level = drawLogUniform(random, levels.from, levels.to);
    this.#next = normalDeviates(random);
    if (deviation > 0) this.#x = within(deviation * this.#next());
  }

  get value(): number {
    return this.#level * exp(this.#x);
  }

  /** By the exact step of the process; `kept` of what it is off stays. */
  step(kept: number): void {
    if (this.deviation > 0) this.#x = within(this.#x * kept + this.deviation * sqrt(1 - kept * kept) * this.#next());
  }
}

function* chunksOf(options: DrawnOptions, context: DrawnContext): Generator<ColumnBatch> {
  const { kind, netuid, everyMs, halfLifeMs, told } = options;
  const { startMs, endMs } = context;
  const isAmount = kind === "collateral";
  const columns = new ChunkColumns(isAmount ? COLLATERAL_STREAM : SCORES_STREAM, CHUNK_ROWS);
  const { all, capacity, declaration } = columns;
  const times = columns.real("time_ms");
  const values = columns.real(isAmount ? "amount_rao" : "score");
  const hotkeys = columns.int("hotkey");
  const named = isAmount ? null : columns.int("column");
  columns.int("netuid").fill(netuid);
  const numbers = drawAll(options, context);
  const kept = halfLifeMs === null ? 1 : exp((-ln(2) * everyMs) / halfLifeMs);
  let rows = 0;
  for (let timeMs = startMs; timeMs <= endMs; timeMs += everyMs) {
    for (const { drawn, tells } of numbers) {
      if (timeMs > startMs) for (const one of drawn) one.step(kept);
      if (told < 1 && timeMs > startMs && tells() >= told) continue;
      for (const one of drawn) {
        if (rows === capacity) {
          yield { declaration, rows, columns: all };
          rows = 0;
        }
        times[rows] = timeMs;
        values[rows] = isAmount ? min(MAX_RAO, floor(one.value * RAO_PER_TOKEN)) : one.value;
        hotkeys[rows] = one.hotkey;
        if (named !== null) named[rows] = one.column;
        rows += 1;
      }
    }
  }
  if (rows > 0) yield { declaration, rows, columns: all };
}

/** The numbers of each hotkey, and what says whether a row of it is told: streams of its own. */
function drawAll(
  { hotkeys, levels, columns, deviation, halfLifeMs }: DrawnOptions,
  { name, seed, replicate, addresses }: DrawnContext,
): readonly { readonly drawn: readonly Drawn[]; readonly tells: RandomStream }[] {
  const random = randomStreams(seed, replicate);
  const moves = halfLifeMs === null ? 0 : deviation;
  return hotkeys.map((hotkey) => {
    const id = addresses.intern(hotkey);
    const draw = (column: string | null, of: Levels) =>
      new Drawn(id, column === null ? -1 : addresses.intern(column), of, moves, random(`drawn/${name}/${hotkey}/${column ?? ""}`));
    const drawn = [draw(null, levels), ...Object.entries(columns).map(([column, of]) => draw(column, of))];
    return { drawn, tells: random(`drawn/${name}/${hotkey}/told`) };
  });
}

function within(x: number): number {
  return min(FARTHEST, max(-FARTHEST, x));
}
