import type { ResultTableName } from "../../engine/index.js";
import type { OpenRun } from "../../recorders/index.js";
import { EVENT_CLOCKS } from "./event-tables.js";
import { type PlacedRow, placeRows } from "./place-rows.js";
import type { TableParting } from "./table-parting.js";

/** The first row in which a table of two runs differs. */
export interface PlacedParting {
  readonly table: ResultTableName;
  /** From 1; null: the same rows, in other bytes. */
  readonly row: number | null;
  /** The first column that differs; null: one of the runs has no such row, or all rows agree. */
  readonly column: string | null;
  /** The row of each run; null: it has none there. */
  readonly a: PlacedRow | null;
  readonly b: PlacedRow | null;
}

/** The first event at which two runs part. */
export interface PartingEvent extends PlacedParting {
  /** When it happened: what comes before is the same in both. */
  readonly timeMs: number;
}

/** Says of the first difference of every table whom and when it is about. */
export async function placePartings(a: OpenRun, b: OpenRun, parted: readonly TableParting[]): Promise<readonly PlacedParting[]> {
  const [placedA, placedB] = await Promise.all([
    placeRows(
      a,
      parted.flatMap(({ table, difference }) => (difference?.first == null ? [] : [{ table, values: difference.first }])),
    ),
    placeRows(
      b,
      parted.flatMap(({ table, difference }) => (difference?.second == null ? [] : [{ table, values: difference.second }])),
    ),
  ]);
  const find = (placed: readonly PlacedRow[], table: ResultTableName) => placed.find((row) => row.table === table) ?? null;
  return parted.map(({ table, difference }) => ({
    table,
    row: difference?.row ?? null,
    column: difference?.column ?? null,
    a: find(placedA, table),
    b: find(placedB, table),
  }));
}

/** Where a row stands in the order of events; null: it is none. */
function orderOf(row: PlacedRow | null): readonly [number, number] | null {
  const clock = row === null ? null : EVENT_CLOCKS[row.table];
  return row === null || row.timeMs === null || clock === null ? null : [row.timeMs, clock.rank(row.values)];
}

const isBefore = (one: readonly [number, number], other: readonly [number, number]) =>
  one[0] === other[0] ? one[1] < other[1] : one[0] < other[0];

/**
 * The first event at which two runs part: of the rows in which the tables of events differ first, the earliest by time, inside one
 * instant by the engine's order. A table of events holds them in the order in which they happened, so of a row and what stands in
 * its place in the other run the earlier one is what the other lacks, and nothing before it differs. Null: no table of events
 * that both runs recorded differs.
 */
export function firstEvent(partings: readonly PlacedParting[]): PartingEvent | null {
  let first: { readonly order: readonly [number, number]; readonly event: PartingEvent } | null = null;
  for (const parting of partings) {
    for (const order of [orderOf(parting.a), orderOf(parting.b)]) {
      if (order === null || (first !== null && !isBefore(order, first.order))) continue;
      first = { order, event: { ...parting, timeMs: order[0] } };
    }
  }
  return first === null ? null : first.event;
}
