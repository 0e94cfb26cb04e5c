import { type Command, InvalidArgumentError } from "commander";

export interface OutputOptions {
  readonly json?: true | undefined;
  readonly quiet?: true | undefined;
}

/** What every command takes. */
export function withOutputOptions(command: Command): Command {
  return command
    .option("--json", "print only JSON: the result on stdout, an error on stderr")
    .option("--quiet", "print no progress, notes or summaries; only what was asked for, and errors");
}

// Parsers refuse by an `InvalidArgumentError` that says what is allowed; option and value found are added to it.

/** An integer from `least` to `most`. */
export function parseWhole(text: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) throw new InvalidArgumentError(`a whole number from ${least} to ${most}`);
  return value;
}

/** The number of a subnet: 16 bits. */
export function parseNetuid(text: string): number {
  return parseWhole(text, 0, 65_535);
}

/** An integer from 0 to 2^53 - 1. */
export function parseCount(text: string): number {
  return parseWhole(text, 0, Number.MAX_SAFE_INTEGER);
}

/** The number of an epoch, or the last one. */
export function parseEpoch(text: string): number | "last" {
  if (text === "last") return text;
  if (/^\d+$/.test(text)) return parseCount(text);
  throw new InvalidArgumentError("the number of an epoch, or last");
}

/** Whom a reader means. */
export function parseKey(text: string): string {
  if (text.trim() === "") throw new InvalidArgumentError("a hotkey, a part of one, or a coldkey");
  return text.trim();
}

/** A file or folder. An empty text would be the folder one is in for the system, and nothing for a person. */
export function parsePath(text: string): string {
  if (text === "") throw new InvalidArgumentError("a path; . is the folder you are in");
  if (text.includes("\0")) throw new InvalidArgumentError("a path without a NUL character, which no name of a file can hold");
  return text;
}

/** Tokens (alpha or TAO) with up to nine decimals, as rao. */
export function parseTokens(text: string): number {
  const [, whole = "", fraction = ""] = /^(\d+)(?:\.(\d{1,9}))?$/.exec(text) ?? [];
  const rao = Number(whole + fraction.padEnd(9, "0"));
  if (whole === "" || !Number.isSafeInteger(rao)) throw new InvalidArgumentError("an amount of 0 or more, with up to nine decimals");
  return rao;
}

const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** Timers count 2^31 - 1 ms, 24.8 days, and end at once beyond. */
const MOST_DAYS = 24;

/** `10m`, `90 s`, `1.5h`; milliseconds, at most 24 days. */
export function parseSpan(text: string): number {
  const [, amount = "", unit = ""] = /^\s*(\d{1,9}(?:\.\d{1,6})?)\s*(ms|s|m|min|h|d)\s*$/.exec(text) ?? [];
  const timeMs = Number(amount) * (UNITS_MS[unit] ?? Number.NaN);
  if (!(timeMs > 0)) throw new InvalidArgumentError("a time such as 90s, 10m or 1.5h");
  if (timeMs > MOST_DAYS * 86_400_000) throw new InvalidArgumentError(`a time of at most ${MOST_DAYS} days, such as 90s, 10m or 1.5h`);
  return timeMs;
}

/** Gathers the texts of an option that may be given many times. */
export function collect(text: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, text];
}

/** `column=field,column=field` as an object. */
export function parseMap(text: string, previous: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  // Without a prototype, so that no name means anything already.
  const map: Record<string, string> = Object.assign(Object.create(null), previous);
  for (const pair of text.split(",")) {
    const [column, field, ...more] = pair.trim().split("=");
    if (!column || !field || more.length > 0) throw new InvalidArgumentError("column=field, several of them with commas between");
    if (Object.hasOwn(map, column)) throw new InvalidArgumentError(`each column once; ${column} is given twice`);
    map[column] = field;
  }
  return map;
}
