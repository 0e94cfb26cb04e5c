import { TenureError } from "../../engine/index.js";
import { nearestHotkey } from "../nearest-hotkey.js";
import type { ParticipantRow } from "./index-rows.js";

const SHOWN = 8;

/**
 * The participant or validator a reader means by a name, its beginning or a part of it that fits no other, or by its
 * position. Refusals: `TEN-REPORT-001` (none), `TEN-REPORT-002` (several; they are listed), `TEN-REPORT-004` (no such position).
 */
export function findParticipant(
  participants: readonly ParticipantRow[],
  { hotkey, position }: { readonly hotkey?: string | undefined; readonly position?: number | undefined },
): ParticipantRow {
  const paid = participants.filter(({ kind }) => kind !== "noise_trader");
  if (position !== undefined) {
    const row = paid.find((one) => one.position === position);
    if (row !== undefined) return row;
    throw new TenureError({
      code: "TEN-REPORT-004",
      what: "This run has no such position.",
      place: { path: "--position" },
      found: position,
      allowed: paid.length === 0 ? "none, the run has no participant" : "the position of a participant or validator",
      hint: "`tenure show <run-dir> --json` lists the positions.",
    });
  }
  const key = hotkey ?? "";
  const tests: ((row: ParticipantRow) => boolean)[] = [
    (row) => row.hotkey === key,
    (row) => row.hotkey.startsWith(key),
    (row) => row.hotkey.includes(key),
    (row) => row.coldkey === key,
  ];
  const found = tests.map((test) => paid.filter(test)).find((rows) => rows.length > 0) ?? [];
  if (found.length === 1) return found[0];
  if (found.length === 0) {
    throw new TenureError({
      code: "TEN-REPORT-001",
      what: "No participant or validator of this run has such a hotkey.",
      place: { path: "--hotkey" },
      found: key,
      allowed: "a hotkey, or the beginning of one",
      hint: `${nearestHotkey(
        paid.map(({ hotkey }) => hotkey),
        key,
      )}\`tenure show <run-dir>\` lists them; the beginning of a hotkey is enough.`,
    });
  }
  const more = found.length > SHOWN ? `, and ${found.length - SHOWN} more` : "";
  throw new TenureError({
    code: "TEN-REPORT-002",
    what: `The key fits ${found.length} participants and validators.`,
    place: { path: "--hotkey" },
    found: key,
    allowed: `one of ${found
      .slice(0, SHOWN)
      .map((row) => row.hotkey)
      .join(", ")}${more}`,
    hint: "Give more of the hotkey.",
  });
}
