import type { z } from "zod";
import { isWithin, math, type NumberRange, nearestName } from "../../engine/index.js";
import { rangeOf } from "../schema/numbers.js";
import type { SchemaAt } from "../schema/schema-at.js";
import { alternativesOf, meaningOf } from "../schema/schema-walk.js";
import { writtenOtherwise } from "./written-otherwise.js";

type Issue = z.core.$ZodIssue;

const { ceil, floor } = math;

/** A share below it is a little too much rather than a percentage. */
const LEAST_PERCENT = 2;

/** What to do about a value of the wrong type; undefined where the type says all there is. */
export function typeHint(issue: Issue, found: unknown, schemas: readonly SchemaAt[]): string | undefined {
  if (typeof found === "bigint") return "Integers above 2^53 - 1 (9007199254740991) cannot be counted exactly.";
  if (typeof found !== "string") return undefined;
  const [, percent] = /^\s*([+-]?\d+(?:\.\d+)?)\s*%\s*$/.exec(found) ?? [];
  const ranges = rangesOf(schemas);
  if (percent !== undefined && ranges.some(isShare)) return shareHint(percent, found.trim());
  return writtenOtherwise(issue, found, ranges, schemas[schemas.length - 1]) ?? nearestWord(issue, found);
}

/**
 * What to do about a value that is not allowed: the word or share that was likely meant, or the nearest number, and what the
 * key means.
 * @param schemas on the way to it, the outermost first
 */
export function valueHint(issue: Issue, found: unknown, schemas: readonly SchemaAt[]): string | undefined {
  const meant = typeHint(issue, found, schemas);
  if (meant !== undefined) return meant;
  const [range] = rangesOf(schemas);
  const nearest = typeof found === "number" && range !== undefined ? numberHint(found, range) : undefined;
  const hint = [nearest, meaningHint(schemas)].filter((text) => text !== undefined).join(" ");
  return hint === "" ? undefined : hint;
}

function rangesOf(schemas: readonly SchemaAt[]): readonly NumberRange[] {
  const last = schemas[schemas.length - 1];
  return last === undefined ? [] : alternativesOf(last.schema).flatMap((one) => rangeOf(one) ?? []);
}

/** Only where 1 is the most: of a multiplier half a percent is no share. */
function isShare({ above, atLeast, below, atMost, whole }: NumberRange): boolean {
  return whole !== true && (above ?? atLeast ?? -1) >= 0 && (atMost ?? below) === 1;
}

function shareHint(percent: number | string, found: string): string {
  // As decimals: 33.3 / 100 would be 0.33299999999999996.
  return `Shares are written from 0 to 1: ${Number(`${percent}e-2`)} for ${found}.`;
}

function numberHint(found: number, range: NumberRange): string | undefined {
  const { above, atLeast, below, atMost, whole } = range;
  if (isShare(range) && found >= LEAST_PERCENT && isWithin(Number(`${found}e-2`), range)) return shareHint(found, `${found} %`);
  if (atLeast !== undefined && found < atLeast) return `The nearest allowed is ${atLeast}.`;
  if (above !== undefined && found <= above) return `It has to be above ${above}.`;
  if (atMost !== undefined && found > atMost) return `The nearest allowed is ${atMost}.`;
  if (below !== undefined && found >= below) return `It has to be below ${below}.`;
  if (whole && Number.isFinite(found) && floor(found) !== found) return `The nearest whole numbers are ${floor(found)} and ${ceil(found)}.`;
  return undefined;
}

/** The first sentence of what the key means, or where it was not described what holds it. */
export function meaningHint(schemas: readonly SchemaAt[]): string | undefined {
  for (const { key, schema } of [...schemas].reverse()) {
    const meaning = meaningOf(schema);
    if (meaning !== undefined) return `${key}: ${meaning.replace(/(?<=\.) [A-Z`].*$/, "")}`;
  }
  return undefined;
}

function nearestWord(issue: Issue, found: string): string | undefined {
  const words = issue.code === "invalid_value" ? issue.values : issue.code === "invalid_union" ? wordsOf(issue) : [];
  const nearest = nearestName(found, words.map(String));
  return nearest === undefined ? undefined : `Did you mean ${nearest}?`;
}

/** The words of a union: those of its branches, or where the key that tells them apart has another word, what its message lists. */
function wordsOf(issue: Extract<Issue, { code: "invalid_union" }>): readonly unknown[] {
  if (issue.errors.length > 0) return issue.errors.flatMap(valuesOf);
  return issue.message.replace(/^one of /, "").split(", ");
}

function valuesOf(branch: readonly Issue[]): readonly unknown[] {
  return branch.flatMap((issue) => (issue.code === "invalid_value" ? issue.values : []));
}
