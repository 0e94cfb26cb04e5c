import { TenureError, TIME_LIMIT_MS } from "../../../engine/index.js";
import { isoTimeMs } from "../../../scenarios/index.js";

/** What replaces the text of a field: stream column -> text in the file -> text that is meant. */
export type ValueMap = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Times that are counted from block numbers. */
export interface BlockTimes {
  /** Whole ms between two blocks, 1 or more. */
  readonly blockMs: number;
  /** Time of block 0. */
  readonly zeroMs: number;
}

/**
 * `netuid=64`, one column each.
 * @throws TenureError `TEN-IMPORT-021`
 */
export function parseConstants(texts: readonly string[]): Record<string, string> {
  // Without a prototype, so that no name means anything already.
  const constants: Record<string, string> = Object.create(null);
  for (const text of texts) {
    const at = text.indexOf("=");
    const column = text.slice(0, at).trim();
    const value = text.slice(at + 1);
    if (at < 1 || column === "" || value.trim() === "")
      throw new TenureError({
        code: "TEN-IMPORT-021",
        what: "A constant is not understood.",
        place: { path: "--const" },
        found: text,
        allowed: "<column>=<value>, neither of them empty",
        hint: "For example --const netuid=64",
      });
    if (Object.hasOwn(constants, column)) {
      throw new TenureError({
        code: "TEN-IMPORT-021",
        what: "A column is given two constants.",
        place: { path: "--const" },
        found: text,
        allowed: "one --const for a column",
        hint: `Keep one of ${constants[column]} and ${value}.`,
      });
    }
    constants[column] = value;
  }
  return constants;
}

/**
 * `action:DELEGATE=added`: what the file writes stands before the last `=`, what is meant behind it.
 * @throws TenureError `TEN-IMPORT-021`
 */
export function parseValues(texts: readonly string[]): ValueMap {
  const values: Record<string, Record<string, string>> = Object.create(null);
  for (const text of texts) {
    const [, column, from, to] = /^\s*([^:=\s]+)\s*:(.*)=([^=]*)$/s.exec(text) ?? [];
    if (column === undefined) {
      throw new TenureError({
        code: "TEN-IMPORT-021",
        what: "A value is not understood.",
        place: { path: "--value" },
        found: text,
        allowed: "<column>:<text in the file>=<value>",
        hint: "For example --value action:DELEGATE=added",
      });
    }
    values[column] ??= Object.create(null) as Record<string, string>;
    const known = values[column][from.trim()];
    if (known !== undefined && known !== to.trim()) {
      throw new TenureError({
        code: "TEN-IMPORT-021",
        what: "A text is given two values.",
        place: { path: "--value" },
        found: text,
        allowed: "one --value for a text",
        hint: `Keep one of ${known} and ${to.trim()}.`,
      });
    }
    values[column][from.trim()] = to.trim();
  }
  return values;
}

/** `12s`, `0.25s` or `250ms` in whole ms; undefined when it is none. */
function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,6})(?:\.(\d{1,3}))?\s?(s|ms)$/.exec(text.trim());
  if (match === null) return undefined;
  const [, whole, fraction = "", unit] = match;
  if (unit === "ms") return fraction === "" ? Number(whole) : undefined;
  return Number(whole) * 1000 + Number(fraction.padEnd(3, "0"));
}

/**
 * How times follow from block numbers: the time between two blocks, and the time of block 0 (ISO 8601 or ms since 1970).
 * @throws TenureError `TEN-IMPORT-021`
 */
export function parseBlockTimes(every: string | undefined, zero: string | undefined): BlockTimes | undefined {
  if (every === undefined && zero === undefined) return undefined;
  if (every === undefined || zero === undefined) {
    const [given, missing] = every === undefined ? ["--block-zero", "--block-time"] : ["--block-time", "--block-zero"];
    throw new TenureError({
      code: "TEN-IMPORT-021",
      what: "Times from blocks need two things.",
      place: { path: "--block-time" },
      found: `${given} alone`,
      allowed: "--block-time and --block-zero together",
      hint: `Add ${missing}, for example ${missing === "--block-time" ? "--block-time 12s" : "--block-zero 2023-03-20T00:00:00Z"}`,
    });
  }
  const blockMs = parseDuration(every);
  if (blockMs === undefined || blockMs === 0) {
    throw new TenureError({
      code: "TEN-IMPORT-021",
      what: "The time between two blocks is not understood.",
      place: { path: "--block-time" },
      found: every,
      allowed: "seconds or ms above 0: 12s, 0.25s, 250ms",
      hint: "Bittensor makes a block every 12s.",
    });
  }
  const zeroMs = /^\d+$/.test(zero.trim()) ? Number(zero) : isoTimeMs(zero, "loose");
  if (zeroMs === null || !(zeroMs >= 0 && zeroMs < TIME_LIMIT_MS)) {
    throw new TenureError({
      code: "TEN-IMPORT-021",
      what: "The time of block 0 is not one.",
      place: { path: "--block-zero" },
      found: zero,
      allowed: "ISO 8601 or ms since 1970, 1970 to 2109",
      hint: "Of a block n whose time is known: that time less n times the time between two blocks.",
    });
  }
  return { blockMs, zeroMs };
}
