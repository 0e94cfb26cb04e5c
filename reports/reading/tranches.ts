import type { ColumnBatch } from "../../engine/index.js";
import { choiceNames, numberColumn, type TableSource } from "./columns.js";

/**
 * A tranche as the table `tranches` has it, as it was when it became empty or at the end of the run. Rows in state `moved`, which
 * are sums of tranches and none themselves, are passed over.
 */
export interface TrancheRow {
  readonly tranche: number;
  readonly position: number;
  readonly source: string;
  readonly entry_ms: number;
  readonly received_rao: number;
  readonly remaining_rao: number;
  readonly state: string;
  readonly closed_ms: number;
  /** -1 when unknown, like extrinsic and event. */
  readonly block: number;
  readonly extrinsic: number;
  readonly event: number;
}

const NUMBERS = ["tranche", "position", "entry_ms", "received_rao", "remaining_rao", "closed_ms", "block", "extrinsic", "event"] as const;

function* rowsOf(batch: ColumnBatch, wanted: ReadonlySet<number> | undefined): Generator<TrancheRow> {
  const [tranche, position, entry, received, remaining, closed, block, extrinsic, event] = NUMBERS.map((name) => numberColumn(batch, name));
  const [source, state] = [numberColumn(batch, "source"), numberColumn(batch, "state")];
  const [sources, states] = [choiceNames(batch, "source"), choiceNames(batch, "state")];
  for (let row = 0; row < batch.rows; row++) {
    if (states[state[row]] === "moved" || (wanted !== undefined && !wanted.has(position[row]))) continue;
    yield {
      tranche: tranche[row],
      position: position[row],
      source: sources[source[row]],
      entry_ms: entry[row],
      received_rao: received[row],
      remaining_rao: remaining[row],
      state: states[state[row]],
      closed_ms: closed[row],
      block: block[row],
      extrinsic: extrinsic[row],
      event: event[row],
    };
  }
}

/** Oldest first. */
function compareEntry(a: TrancheRow, b: TrancheRow): number {
  return a.entry_ms - b.entry_ms || a.tranche - b.tranche;
}

/** The tranches of some positions, oldest first; undefined where the run did not record them. */
export async function readTranches(run: TableSource, wanted: ReadonlySet<number>): Promise<readonly TrancheRow[] | undefined> {
  if (!run.tables.includes("tranches")) return undefined;
  const tranches: TrancheRow[] = [];
  for await (const batch of run.readTable("tranches")) tranches.push(...rowsOf(batch, wanted));
  return tranches.sort(compareEntry);
}

/** The newest tranches of the whole run, oldest first, with how many there are; undefined where the run did not record them. */
export async function readNewestTranches(
  run: TableSource,
  limit: number,
): Promise<{ tranches: readonly TrancheRow[]; total: number } | undefined> {
  if (!run.tables.includes("tranches")) return undefined;
  let newest: TrancheRow[] = [];
  let total = 0;
  const keep = () => {
    newest = limit === 0 ? [] : newest.sort(compareEntry).slice(-limit);
  };
  for await (const batch of run.readTable("tranches")) {
    for (const row of rowsOf(batch, undefined)) {
      total += 1;
      newest.push(row);
      if (newest.length > 2 * limit + 1024) keep();
    }
  }
  keep();
  return { tranches: newest, total };
}
