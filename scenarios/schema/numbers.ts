import * as z from "zod";
import { isWithin, type NumberRange, rangeText } from "../../engine/index.js";

/** A finite number in a range; a whole one where the range is of whole numbers. */
export function real(range: NumberRange) {
  const error = rangeText(range);
  let schema: z.ZodNumber = range.whole === true ? z.int({ error }) : z.number({ error });
  if (range.above !== undefined) schema = schema.gt(range.above, { error });
  if (range.atLeast !== undefined) schema = schema.gte(range.atLeast, { error });
  if (range.below !== undefined) schema = schema.lt(range.below, { error });
  if (range.atMost !== undefined) schema = schema.lte(range.atMost, { error });
  // JSON Schema cannot say how many decimal places there may be.
  return range.places === undefined ? schema : schema.refine((value) => isWithin(value, range), { error });
}

/** A whole number from `from` to `to`. */
export function whole(from: number, to: number) {
  const error = rangeText({ atLeast: from, atMost: to, whole: true });
  return z.int({ error }).gte(from, { error }).lte(to, { error });
}

/** A whole number in a range. */
export function wholeIn({ atLeast, atMost }: NumberRange & { readonly atLeast: number; readonly atMost: number; readonly whole: true }) {
  return whole(atLeast, atMost);
}

/** The range of a number of the schema, but for decimal places; undefined for what is no number. */
export function rangeOf(schema: z.core.$ZodType): NumberRange | undefined {
  if (!(schema instanceof z.ZodNumber)) return undefined;
  const bounds = (schema.def.checks ?? []).map((check) => boundOf(check as z.core.$ZodChecks));
  return Object.assign(schema.isInt ? { whole: true as const } : {}, ...bounds);
}

function boundOf(check: z.core.$ZodChecks): NumberRange {
  const { def } = check._zod;
  if (def.check === "greater_than") return def.inclusive ? { atLeast: Number(def.value) } : { above: Number(def.value) };
  if (def.check === "less_than") return def.inclusive ? { atMost: Number(def.value) } : { below: Number(def.value) };
  return {};
}

export const MAX_WHOLE = Number.MAX_SAFE_INTEGER;
