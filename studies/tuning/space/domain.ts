import { Fraction, math } from "../../../engine/index.js";
import { type Axis, levelOf } from "../space.js";

/** A value that a scenario's key can be set to. */
export type TunedValue = number | string | boolean;

/** What a parameter may be: some values, each once and in the order in which they are tried, or all numbers of a range. */
export type Domain =
  | { readonly kind: "list"; readonly values: readonly TunedValue[] }
  | {
      readonly kind: "range";
      readonly from: number;
      readonly to: number;
      /** Of a range on a log scale both ends are above 0. */
      readonly scale: Scale;
      readonly isWhole: boolean;
    };

export type Scale = "linear" | "log";

/** Values of one parameter at most. */
export const MOST_VALUES = 1_000;

/** More digits than a double has. */
const DIGITS = 1_000_000_000_000_000_000_000_000_000_000n;
/** Of a value out of a range: what a person reads, and far finer than any rule is. */
const READ_DIGITS = 6;

/** Evenly spaced numbers by the decimals of the ends, which are among them: 0.5..1:6 is 0.5, 0.6, ... and not 0.6000000000000001. */
export function evenlySpaced(from: number, to: number, count: number): number[] {
  const first = Fraction.decimal(from);
  const step = Fraction.decimal(to)
    .minus(first)
    .over(Fraction.whole(count - 1));
  return Array.from({ length: count }, (_, i) => decimal(first.plus(step.times(Fraction.whole(i)))));
}

/** The numbers from one on in steps, as far as the other. */
export function byStep(from: number, to: number, step: number): number[] {
  const [first, last, by] = [from, to, step].map((one) => Fraction.decimal(one));
  const values: number[] = [];
  for (let at = first; at.compare(last) <= 0 && values.length <= MOST_VALUES; at = at.plus(by)) values.push(decimal(at));
  return values;
}

/** Numbers of which each is as many times the one before, the ends as they are. */
export function geometricallySpaced(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => (i === 0 ? from : i === count - 1 ? to : numberAt(from, to, "log", i / (count - 1))));
}

/** To 15 digits, which name every decimal of so many: what a person would write. */
function decimal({ numerator, denominator }: Fraction): number {
  const scaled = (numerator * DIGITS) / denominator;
  return Number((Number(scaled) / 1e30).toPrecision(15));
}

/** Whole numbers of a range that are told apart: of more any number is drawn and rounded. */
const MOST_LEVELS = 1_000_000;

/** Are they the levels of an axis? */
function areLevels({ from, to, scale, isWhole }: Extract<Domain, { kind: "range" }>): boolean {
  return isWhole && scale === "linear" && to - from < MOST_LEVELS;
}

/** The axis on which a sampler searches it. */
export function axisOf(name: string, domain: Domain): Axis {
  if (domain.kind === "list") return { name, levels: domain.values.length, isOrdered: isMonotone(domain.values) };
  return { name, levels: areLevels(domain) ? domain.to - domain.from + 1 : null, isOrdered: true };
}

/** The value at a coordinate of the axis, 0 to 1 (1 not included). */
export function valueAt(domain: Domain, coordinate: number): TunedValue {
  if (domain.kind === "list") return domain.values[levelOf(coordinate, domain.values.length)];
  const { from, to, scale, isWhole } = domain;
  if (areLevels(domain)) return from + levelOf(coordinate, to - from + 1);
  const value = numberAt(from, to, scale, coordinate);
  return isWhole ? Math.round(value) : value;
}

function numberAt(from: number, to: number, scale: Scale, share: number): number {
  const exact = scale === "linear" ? from + share * (to - from) : math.exp(math.ln(from) + share * (math.ln(to) - math.ln(from)));
  return Math.min(to, Math.max(from, Number(exact.toPrecision(READ_DIGITS))));
}

/** Numbers, all ascending or all descending: neighbours are alike then. */
function isMonotone(values: readonly TunedValue[]): boolean {
  if (!values.every((value) => typeof value === "number")) return false;
  const steps = values.slice(1).map((value, at) => Math.sign((value as number) - (values[at] as number)));
  return steps.every((step) => step === steps[0]);
}

/** In words: `0.5, 0.6, 0.7`; `0.5 to 1`; `1 to 100 (log, whole)`. */
export function domainWords(domain: Domain): string {
  if (domain.kind === "list") {
    const { values } = domain;
    return values.length <= 8
      ? values.join(", ")
      : `${values.slice(0, 3).join(", ")}, ... ${values.slice(-2).join(", ")} (${values.length} values)`;
  }
  const notes = [...(domain.scale === "log" ? ["log"] : []), ...(domain.isWhole ? ["whole"] : [])];
  return `${domain.from} to ${domain.to}${notes.length === 0 ? "" : ` (${notes.join(", ")})`}`;
}
