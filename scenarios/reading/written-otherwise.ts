import type { z } from "zod";
import { isWithin, type NumberRange, nearestName } from "../../engine/index.js";
import { AMOUNT, amountDigits, amountRao } from "../schema/amount.js";
import { dayReadings } from "../schema/day-readings.js";
import { DURATION, durationMs } from "../schema/duration.js";
import { INSTANT, instantMs } from "../schema/instant.js";
import { numberReadings } from "../schema/number-readings.js";
import type { SchemaAt } from "../schema/schema-at.js";
import { entriesOf } from "../schema/schema-walk.js";
import { allowedBy } from "./allowed-by.js";

/** Of a key that ends so, in what its number counts, ms. */
const COUNTED_IN: Readonly<Record<string, number>> = { days: 86_400_000, hours: 3_600_000, minutes: 60_000, seconds: 1_000, ms: 1 };
/** What people write for the units of a time span. */
const UNITS: readonly (readonly [RegExp, string])[] = [
  [/^(d|days?)$/i, "d"],
  [/^(h|hrs?|hours?)$/i, "h"],
  [/^(m|min|mins|minutes?)$/i, "min"],
  [/^(s|secs?|seconds?)$/i, "s"],
  [/^(ms|milliseconds?)$/i, "ms"],
];
const MEASURED = /^([+-]?[\d.]+)\s*([a-zτ]+)$/i;

/**
 * What to write for a text that says what is meant in another form: a number with a decimal comma, a percentage, a time span
 * where days are counted, a date of another order, rao where tokens are meant, a word where a list is. Undefined for any other.
 * @param ranges of the numbers that the value may be
 */
export function writtenOtherwise(
  issue: z.core.$ZodIssue,
  found: string,
  ranges: readonly NumberRange[],
  at: SchemaAt | undefined,
): string | undefined {
  const allowed = allowedBy(issue);
  const text = found.trim();
  if (at !== undefined && entriesOf(at.schema).length > 0) return listOf(text, entriesOf(at.schema));
  if (allowed.includes(INSTANT)) return dayOf(text);
  if (allowed.includes(DURATION)) return spanOf(text);
  if (ranges.length === 0) return undefined;
  const fits = (number: string) => ranges.some((range) => isWithin(Number(number), range));
  return (
    (allowed.includes(AMOUNT) ? tokensOf(text) : countOf(text, at?.key ?? "", fits)) ?? percentageOf(text, fits) ?? plainOf(text, fits)
  );
}

function plainOf(text: string, fits: (number: string) => boolean): string | undefined {
  const [plain, other] = numberReadings(text).filter(fits);
  if (plain === undefined) return undefined;
  const write = other === undefined ? `write ${plain}` : `write ${plain} if the comma is a decimal one, or ${other} if it is not`;
  return `Numbers have a decimal point, and nothing between their digits: ${write}.`;
}

function percentageOf(text: string, fits: (number: string) => boolean): string | undefined {
  const [, percent] = /^([+-]?\d+(?:\.\d+)?)\s*%$/.exec(text) ?? [];
  // As decimals: 33.3 / 100 would be 0.33299999999999996.
  const number = String(Number(`${percent}e-2`));
  return percent === undefined || !fits(number) ? undefined : `Numbers are written without a percent sign: ${number} for ${text}.`;
}

/** A time span as a number of what the key counts in. */
function countOf(text: string, key: string, fits: (number: string) => boolean): string | undefined {
  const unit = key.replace(/^.*_/, "");
  if (!Object.hasOwn(COUNTED_IN, unit)) return undefined;
  const timeMs = measuredMs(text);
  if (timeMs === null) return undefined;
  const number = String(timeMs / COUNTED_IN[unit]);
  return fits(number) ? `${key} is a number of ${unit}, without a unit: ${number} for ${text}.` : undefined;
}

/** `30 days` as `30 d`, the way that the schema reads it; undefined for what is no number with a unit of time. */
function measured(text: string): string | undefined {
  const [, number = "", word = ""] = MEASURED.exec(text) ?? [];
  const unit = UNITS.find(([form]) => form.test(word))?.[1];
  return unit === undefined ? undefined : `${number} ${unit}`;
}

function measuredMs(text: string): number | null {
  const span = measured(text);
  return span === undefined ? null : durationMs(span);
}

function spanOf(text: string): string | undefined {
  const span = measured(text);
  return span === undefined || span === text || durationMs(text) !== null || durationMs(span) === null ? undefined : `Write it as ${span}.`;
}

function dayOf(text: string): string | undefined {
  const [day, other] = dayReadings(text).filter((one) => instantMs(one) !== null);
  if (day === undefined) return undefined;
  return other === undefined
    ? `It seems to be ${day}: days are written so.`
    : `It is ${day} if the day comes first, or ${other} if the month does: write the one that is meant.`;
}

function tokensOf(text: string): string | undefined {
  const [, number = "", unit = ""] = MEASURED.exec(text) ?? [];
  if (/^rao$/i.test(unit)) {
    const rao = /^\d+$/.test(number) ? Number(number) : Number.NaN;
    return Number.isSafeInteger(rao) ? `Amounts are in tokens, of 1000000000 rao each: ${amountDigits(rao)} for ${text}.` : undefined;
  }
  const isToken = /^(alpha|tao|tokens?|τ|t)$/i.test(unit);
  return isToken && amountRao(number) !== null ? `Amounts are in tokens, without a unit: ${number} for ${text}.` : undefined;
}

function listOf(text: string, entries: readonly SchemaAt["schema"][]): string | undefined {
  const words = entries.flatMap(({ _zod: { values } }) => [...(values ?? [])].map(String));
  if (words.length === 0) return undefined;
  const given = text.split(/[\s,;]+/).filter((word) => word !== "");
  const meant = given.map((word) => (words.includes(word) ? word : nearestName(word, words)));
  const list = meant.every((word) => word !== undefined) && meant.length > 0 ? meant : [words[0]];
  return `A list stands in brackets, also where it has one entry: [${[...new Set(list)].join(", ")}]. There are ${words.join(", ")}.`;
}
