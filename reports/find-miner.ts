import { TenureError } from "../engine/index.js";
import { nearestHotkey } from "./nearest-hotkey.js";
import { type PositionRow, wasPaid } from "./reading/positions.js";

/** How many candidates an ambiguous key is answered with. */
const SHOWN = 8;

function describe({ position, netuid, hotkey, coldkey }: PositionRow): string {
  return `${hotkey} of ${coldkey} (position ${position}, subnet ${netuid})`;
}

/** Rows whose name a key fits: a whole name beats a beginning, a beginning beats a part. */
export function fitting<Row>(rows: readonly Row[], key: string, nameOf: (row: Row) => string): readonly Row[] {
  const tests: ((name: string) => boolean)[] = [(name) => name === key, (name) => name.startsWith(key), (name) => name.includes(key)];
  for (const test of tests) {
    const found = rows.filter((row) => test(nameOf(row)));
    if (found.length > 0) return found;
  }
  return [];
}

/** Positions that a key fits: a hotkey, or a part of it, beats a coldkey or its beginning. */
export function fittingPositions(positions: readonly PositionRow[], key: string): readonly PositionRow[] {
  const found = fitting(positions, key, ({ hotkey }) => hotkey);
  if (found.length > 0) return found;
  const whole = positions.filter(({ coldkey }) => coldkey === key);
  return whole.length > 0 ? whole : positions.filter(({ coldkey }) => coldkey.startsWith(key));
}

/**
 * The one position a reader means by a key: a hotkey, or a part of one that fits no other; else a coldkey or its
 * beginning. Of several positions on one hotkey, the only one that was paid is meant.
 * @param beside names of who has no position, for the nearest name alone
 * Refusals: `TEN-REPORT-001` (none), `TEN-REPORT-002` (several; they are listed).
 */
export function findMiner(positions: Iterable<PositionRow>, key: string, beside: readonly string[] = []): PositionRow {
  const all = [...positions];
  const found = fittingPositions(all, key);
  const paid = found.filter(wasPaid);
  if (found.length === 1) return found[0];
  if (paid.length === 1 && new Set(found.map((row) => row.hotkey)).size === 1) return paid[0];
  if (found.length === 0) {
    throw new TenureError({
      code: "TEN-REPORT-001",
      what: "No position of this run has such a hotkey.",
      place: { path: "--hotkey" },
      found: key,
      allowed: "a hotkey, a part of one, or the beginning of a coldkey",
      hint: `${nearestHotkey(
        [...all.map(({ hotkey }) => hotkey), ...beside],
        key,
      )}\`tenure show <run-dir>\` lists the miners; the beginning of a hotkey is enough.`,
    });
  }
  const more = found.length > SHOWN ? `, and ${found.length - SHOWN} more` : "";
  throw new TenureError({
    code: "TEN-REPORT-002",
    what: `The key fits ${found.length} positions.`,
    place: { path: "--hotkey" },
    found: key,
    allowed: `one of ${found.slice(0, SHOWN).map(describe).join(", ")}${more}`,
    hint:
      new Set(found.map((row) => row.hotkey)).size === 1
        ? "All are on this one hotkey: --position with its number names one, and so does its coldkey, or of several subnets --netuid of `tenure explain`."
        : "Give more of the hotkey, or --position with its number.",
  });
}

/** The position with an id. Refusal: `TEN-REPORT-004`. */
export function findPosition(positions: ReadonlyMap<number, PositionRow>, id: number): PositionRow {
  const row = positions.get(id);
  if (row !== undefined) return row;
  throw new TenureError({
    code: "TEN-REPORT-004",
    what: "This run has no such position.",
    place: { path: "--position" },
    found: id,
    allowed: positions.size === 0 ? "none, the run has no position" : `0 to ${positions.size - 1}`,
    hint: "`tenure show <run-dir> --json` lists the positions.",
  });
}

/** The position that a key or an id means. Refusals: `TEN-REPORT-001`, `-002`, `-004`. */
export function chosenPosition(
  positions: ReadonlyMap<number, PositionRow>,
  { hotkey, position }: { readonly hotkey?: string | undefined; readonly position?: number | undefined },
  beside: readonly string[] = [],
): PositionRow {
  return position === undefined ? findMiner(positions.values(), hotkey ?? "", beside) : findPosition(positions, position);
}
