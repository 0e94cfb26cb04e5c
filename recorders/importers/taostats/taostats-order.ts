import { TenureError } from "../../../engine/index.js";
import type { PositionRow, TaostatsBalance, TaostatsEvent } from "./taostats-rows.js";

/** By code unit, so that no locale has a say. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A position in one text, for maps. */
export function positionKey(row: PositionRow): string {
  return `${row.netuid}/${row.hotkey}/${row.coldkey}`;
}

function comparePositions(a: PositionRow, b: PositionRow): number {
  return a.netuid - b.netuid || compareText(a.hotkey, b.hotkey) || compareText(a.coldkey, b.coldkey);
}

/**
 * Times must grow with blocks: intervals are cut by time, provenance is by block.
 * @throws TenureError `TEN-IMPORT-018`
 */
function checkBlocks(rows: readonly PositionRow[]): void {
  for (let index = 1; index < rows.length; index++) {
    const [previous, row] = [rows[index - 1], rows[index]];
    if (row.block >= previous.block) continue;
    throw new TenureError({
      code: "TEN-IMPORT-018",
      what: "Blocks and times contradict each other: a later time has an earlier block.",
      place: row.place,
      found: `block ${row.block}`,
      allowed: `block ${previous.block} or later, as at ${previous.place.path}`,
    });
  }
}

/**
 * A row that is there twice: the same bytes of two pages, or two rows that contradict each other.
 * @param say what a row says that there can be but one of
 */
function duplicate<Row extends PositionRow>(row: Row, earlier: Row, what: string, say: (row: Row) => string): TenureError {
  if (say(row) !== say(earlier)) {
    const both = `${what[0].toLowerCase()}${what.slice(1)}`;
    return new TenureError({
      code: "TEN-IMPORT-008",
      what: `Two rows contradict each other: ${both}.`,
      place: row.place,
      found: `block ${row.block}: ${say(row)}`,
      allowed: `one; ${earlier.place.file === row.place.file ? "" : `${earlier.place.file}, `}${earlier.place.path} says ${say(earlier)}`,
      hint: "Keep the one that holds.",
    });
  }
  return new TenureError({
    code: "TEN-IMPORT-008",
    what: `${what}.`,
    place: row.place,
    found: `block ${row.block}`,
    allowed: "each row once",
    hint: "Pages that overlap were joined; keep each row once.",
  });
}

function sayEvent({ joined, alphaRao }: TaostatsEvent): string {
  return `${joined ? "DELEGATE" : "UNDELEGATE"}, alpha ${alphaRao}`;
}

/** Oldest first: (time, block, extrinsic, event). Refuses an event that is there twice. */
export function orderEvents(events: readonly TaostatsEvent[]): TaostatsEvent[] {
  const seen = new Map<string, TaostatsEvent>();
  for (const event of events) {
    const earlier = seen.get(event.id);
    if (earlier !== undefined) throw duplicate(event, earlier, "An event is there twice", sayEvent);
    seen.set(event.id, event);
  }
  const ordered = [...events].sort(
    (a, b) => a.timeMs - b.timeMs || a.block - b.block || a.extrinsic - b.extrinsic || a.event - b.event || comparePositions(a, b),
  );
  checkBlocks(ordered);
  return ordered;
}

/** Oldest first: (time, block, position). Refuses two balances of a position at one block. */
export function orderBalances(balances: readonly TaostatsBalance[]): TaostatsBalance[] {
  const ordered = [...balances].sort((a, b) => a.timeMs - b.timeMs || a.block - b.block || comparePositions(a, b));
  for (let index = 1; index < ordered.length; index++) {
    const [previous, row] = [ordered[index - 1], ordered[index]];
    if (previous.timeMs === row.timeMs && previous.block === row.block && comparePositions(previous, row) === 0) {
      throw duplicate(row, previous, "A position has two balances at one block", ({ balanceRao }) => `balance ${balanceRao}`);
    }
  }
  checkBlocks(ordered);
  return ordered;
}
