import { TenureError } from "../engine/index.js";
import { nearestHotkey } from "./nearest-hotkey.js";
import { type PositionRow, wasPaid } from "./reading/positions.js";

/** How many candidates an ambiguous key is answered with. */
const SHOWN = 8;

function describe({ position, netuid, hotkey, coldkey }: PositionRow): string {
  return `${hotkey} of ${coldkey} (position ${position}, subnet ${netuid})`;
}

/** A whole hotkey beats a beginning, a beginning beats a part, a hotkey beats a coldkey. */
function candidates(positions: readonly PositionRow[], key: string): readonly PositionRow[] {
  const tests: ((row: PositionRow) => boolean)[] = [
    (row) => row.hotkey === key,
    (row) => row.hotkey.startsWith(key),
    (row) => row.hotkey.includes(key),
    (row) => row.coldkey === key,
    (row) => row.coldkey.startsWith(key),
  ];
  for (const test of tests) {
    const found = positions.filter(test);
    if (found.length > 0) return found;
  }
  return [];
}

/**
 * The one position a reader means by a key: a hotkey, or a part of one that fits no other; else a coldkey or its
 * beginning. Of several positions on one hotkey, the only one that was paid is meant.
 * Refusals: `TEN-REPORT-001` (none), `TEN-REPORT-002` (several; they are listed).
 */
export function findMiner(positions: Iterable<PositionRow>, key: string): PositionRow {
  const all = [...positions];
  const found = candidates(all, key);
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
        all.map(({ hotkey }) => hotkey),
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
        ? "All are on this one hotkey: --position with its number names one, and so does its coldkey."
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
): PositionRow {
  return position === undefined ? findMiner(positions.values(), hotkey ?? "") : findPosition(positions, position);
}
