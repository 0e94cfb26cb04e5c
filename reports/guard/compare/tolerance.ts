import { TenureError } from "../../../engine/index.js";

/** How far pay may be from the baseline: so many rao a day, or such a share of what a day paid. */
export type Tolerance =
  | { readonly kind: "rao"; readonly rao: bigint }
  /** Parts of the whole as a fraction, exact. */
  | { readonly kind: "share"; readonly parts: bigint; readonly whole: bigint };

export const EXACT: Tolerance = { kind: "rao", rao: 0n };
const TOLERANCE_ALLOWED = "rao a day, such as 0 or 1000, or a share of a day's pay, such as 0.1%";

/** The tolerance of a text; null: it is none. */
export function parseTolerance(text: string): Tolerance | null {
  const [, whole = "", fraction = "", percent = ""] = /^(\d{1,15})(?:\.(\d{1,12}))?\s*(%?)$/.exec(text.trim()) ?? [];
  if (whole === "") return null;
  if (percent === "") return fraction === "" ? { kind: "rao", rao: BigInt(whole) } : null;
  return { kind: "share", parts: BigInt(whole + fraction), whole: 100n * 10n ** BigInt(fraction.length) };
}

/**
 * The same; left out it is exact.
 * @param path of the option that says it
 * @throws TenureError `TEN-GUARD-017` it is none
 */
export function toleranceOf(text: unknown, path: string): Tolerance {
  if (text === undefined) return EXACT;
  const tolerance = typeof text === "string" ? parseTolerance(text) : null;
  if (tolerance !== null) return tolerance;
  throw new TenureError({
    code: "TEN-GUARD-017",
    what: "This is no tolerance.",
    place: { path },
    found: text,
    allowed: TOLERANCE_ALLOWED,
    hint: "Leave it out to compare every rao.",
  });
}

/** Is it any at all? Exact comparisons look at all terms, others at what has a distance. */
export function isExact(tolerance: Tolerance): boolean {
  return tolerance.kind === "rao" ? tolerance.rao === 0n : tolerance.parts === 0n;
}

/** Is an amount within the tolerance of another? */
export function isWithin(expected: bigint, got: bigint, tolerance: Tolerance): boolean {
  const off = expected > got ? expected - got : got - expected;
  if (tolerance.kind === "rao") return off <= tolerance.rao;
  return off * tolerance.whole <= expected * tolerance.parts;
}

/** The same of a mean, for which a tolerance in rao says nothing. */
export function isMeanWithin(expected: number | null, got: number | null, tolerance: Tolerance): boolean {
  if (expected === got) return true;
  if (isExact(tolerance) || expected === null || got === null) return false;
  if (tolerance.kind === "rao") return true;
  return Math.abs(got - expected) <= expected * (Number(tolerance.parts) / Number(tolerance.whole));
}
