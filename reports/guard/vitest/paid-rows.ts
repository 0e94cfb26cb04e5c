import { TenureError } from "../../../engine/index.js";
import { comparePaidKeys, type PaidLine, type PaidTotals, paidKeyText } from "../baseline/paid-line.js";
import { UNDATED } from "../baseline/totals-text.js";

/** What a reward code of one's own pays somebody: a row a key (and day). */
export interface PaidRow {
  readonly hotkey: string;
  /** Left out: empty. */
  readonly coldkey?: string | undefined;
  /** Left out: 0. */
  readonly netuid?: number | undefined;
  /** In UTC, `2025-01-31`; left out of all rows where there is one distribution. */
  readonly day?: string | undefined;
  /** Whole rao, 0 or more: a safe integer, a bigint, or decimal digits. */
  readonly rao: number | bigint | string;
  /** Mean multiplier of the key, where it has one; of several days the last counts. */
  readonly multiplier?: number | undefined;
  /** Mean share of the pot of the key, 0..1, where it has one; of several days the last counts. */
  readonly weight?: number | undefined;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A day that the calendar has: reading 2025-02-31 gives one of March. */
function isDay(day: unknown): boolean {
  if (typeof day !== "string" || !DAY.test(day)) return false;
  const ms = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
}

interface Sum {
  readonly netuid: number;
  readonly hotkey: string;
  readonly coldkey: string;
  readonly byDay: Map<string, bigint>;
  multiplier: number | null;
  weight: number | null;
}

/**
 * Sums rows up as a baseline holds them.
 * @throws TenureError `TEN-GUARD-018` no rows, a row that is none, with its number, or one of a key and day that has one already
 */
export function totalsOfRows(rows: unknown): PaidTotals {
  if (!Array.isArray(rows)) throw noRow(null, typeof rows, "a list of rows { hotkey, rao, coldkey?, netuid?, day? }");
  if (rows.length === 0) throw noRow(null, "no rows", "at least one row { hotkey, rao, coldkey?, netuid?, day? }");
  const sums = new Map<string, Sum>();
  const places = new Map<string, number>();
  const days = new Set<string>();
  for (const [at, row] of (rows as readonly PaidRow[]).entries()) {
    const { hotkey, coldkey, netuid, day, rao } = checked(row, at, (rows as readonly PaidRow[])[0]?.day === undefined);
    const key = paidKeyText({ netuid, kind: "position", hotkey, coldkey });
    const sum: Sum = sums.get(key) ?? { netuid, hotkey, coldkey, byDay: new Map(), multiplier: null, weight: null };
    sums.set(key, sum);
    const place = JSON.stringify([key, day]);
    const earlier = places.get(place);
    if (earlier !== undefined) throw secondRow(at, earlier, hotkey, row.day);
    places.set(place, at);
    sum.byDay.set(day, rao);
    sum.multiplier = row.multiplier ?? sum.multiplier;
    sum.weight = row.weight ?? sum.weight;
    days.add(day);
  }
  const ordered = [...days].sort();
  const lines = [...sums.values()].map(({ byDay: paid, ...sum }): PaidLine => {
    const byDay = ordered.map((day) => paid.get(day) ?? 0n);
    return { ...sum, kind: "position", paidRao: byDay.reduce((all, rao) => all + rao, 0n), terms: null, byDay };
  });
  return { days: ordered, lines: lines.sort(comparePaidKeys) };
}

function checked(row: PaidRow, at: number, isUndated: boolean) {
  if (typeof row !== "object" || row === null) throw noRow(at, row, "a row { hotkey, rao, coldkey?, netuid?, day? }");
  const { hotkey, coldkey = "", netuid = 0, day = UNDATED, multiplier = 0, weight = 0 } = row;
  if (typeof hotkey !== "string" || hotkey === "") throw noRow(at, hotkey, "hotkey: a text that is not empty");
  if (typeof coldkey !== "string") throw noRow(at, coldkey, "coldkey: a text, or left out");
  if (!Number.isInteger(netuid) || netuid < 0 || netuid > 65_535)
    throw noRow(at, netuid, "netuid: a whole number from 0 to 65535, or left out");
  if (row.day !== undefined && !isDay(day)) throw noRow(at, day, "day: a date as 2025-01-31, or left out");
  if ((row.day === undefined) !== isUndated) throw noRow(at, row.day, "day: of all rows or of none");
  for (const measure of [multiplier, weight]) {
    const isMeasure = typeof measure === "number" && Number.isFinite(measure) && measure >= 0;
    if (!isMeasure) throw noRow(at, measure, "multiplier and weight: finite numbers of 0 or more, or left out");
  }
  return { hotkey, coldkey, netuid, day, rao: wholeRao(row.rao, at) };
}

function wholeRao(rao: unknown, at: number): bigint {
  if (typeof rao === "number" && Number.isSafeInteger(rao) && rao >= 0) return BigInt(rao);
  if (typeof rao === "bigint" && rao >= 0n) return rao;
  if (typeof rao === "string" && /^\d{1,40}$/.test(rao)) return BigInt(rao);
  throw noRow(at, rao, "rao: a whole number of 0 or more below 2^53, a bigint, or decimal digits");
}

function secondRow(at: number, earlier: number, hotkey: string, day: string | undefined): TenureError {
  const who = day === undefined ? hotkey : `${hotkey} on ${day}`;
  return noRow(at, `a second row of ${who}, after row ${earlier}`, "one row a netuid, hotkey and coldkey (and day)");
}

function noRow(at: number | null, found: unknown, allowed: string): TenureError {
  return new TenureError({
    code: "TEN-GUARD-018",
    what: "What is to be compared with a baseline is not pay.",
    place: at === null ? { path: "rows" } : { path: "rows", row: at },
    found,
    allowed,
    hint: "Hand in what each key is paid in whole rao, a row a key (and day).",
  });
}
