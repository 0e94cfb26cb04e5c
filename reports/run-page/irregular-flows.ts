import { choiceNames, numberColumn, type TableSource } from "../reading/columns.js";
import { spanAt, type TimeGrid } from "./time-grid.js";

/** How often, and how much of, something happened that events do not explain. */
export interface IrregularKind {
  readonly kind: string;
  /** By span. */
  readonly counts: readonly number[];
  readonly count: number;
  readonly amount_rao: bigint;
  readonly positions: number;
}

/** One of the largest. */
export interface IrregularRow {
  readonly time_ms: number;
  readonly position: number;
  readonly kind: string;
  readonly amount_rao: number;
}

export interface IrregularFlows {
  readonly grid: TimeGrid;
  readonly kinds: readonly IrregularKind[];
  readonly largest: readonly IrregularRow[];
}

/** Rows that a page shows; the rest is one query away. */
const LARGEST = 15;

/** Withdrawals of more than there was, with what they asked for beyond it. Null: none, or not recorded. */
export function readRejectedWithdrawals(run: TableSource, grid: TimeGrid): Promise<IrregularFlows | null> {
  return readIrregular(run, "rejections", "cause", grid);
}

/** What neither events nor emission explain, without openings, which only begin a recording. Null: none, or not recorded. */
export function readUnexplainedFlows(run: TableSource, grid: TimeGrid): Promise<IrregularFlows | null> {
  return readIrregular(run, "unexplained", "kind", grid);
}

async function readIrregular(
  run: TableSource,
  table: "rejections" | "unexplained",
  choice: "cause" | "kind",
  grid: TimeGrid,
): Promise<IrregularFlows | null> {
  if (!run.tables.includes(table)) return null;
  const kinds = new Map<string, { counts: Int32Array; count: number; rao: bigint; positions: Set<number> }>();
  let largest: IrregularRow[] = [];
  const keep = () => {
    largest = largest.sort((a, b) => b.amount_rao - a.amount_rao || a.time_ms - b.time_ms || a.position - b.position).slice(0, LARGEST);
  };
  for await (const batch of run.readTable(table)) {
    const [time, position, code] = ["time_ms", "position", choice].map((name) => numberColumn(batch, name));
    const asked = numberColumn(batch, table === "rejections" ? "requested_rao" : "amount_rao");
    const held = table === "rejections" ? numberColumn(batch, "held_rao") : null;
    const names = choiceNames(batch, choice);
    for (let row = 0; row < batch.rows; row++) {
      const kind = names[code[row]];
      if (kind === "opening") continue;
      const amount = asked[row] - (held?.[row] ?? 0);
      let sums = kinds.get(kind);
      if (sums === undefined) {
        sums = { counts: new Int32Array(grid.count), count: 0, rao: 0n, positions: new Set() };
        kinds.set(kind, sums);
      }
      sums.counts[spanAt(grid, time[row])] += 1;
      sums.count += 1;
      sums.rao += BigInt(amount);
      sums.positions.add(position[row]);
      largest.push({ time_ms: time[row], position: position[row], kind, amount_rao: amount });
      if (largest.length > 1024) keep();
    }
  }
  keep();
  if (kinds.size === 0) return null;
  return {
    grid,
    kinds: [...kinds]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([kind, { counts, count, rao, positions }]) => ({
        kind,
        counts: [...counts],
        count,
        amount_rao: rao,
        positions: positions.size,
      })),
    largest,
  };
}
