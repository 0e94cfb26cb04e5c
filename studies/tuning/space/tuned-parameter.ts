import { Fraction, TenureError } from "../../../engine/index.js";

/** A value that a scenario's key can be set to. */
export type TunedValue = number | string | boolean;

/** A key of a scenario, and what is tried for it. */
export interface TunedParameter {
  /** As `--set` names it. */
  readonly path: string;
  /** Each once, in the order in which they are tried; at least one. */
  readonly values: readonly TunedValue[];
}

/** What a trial sets, in the order of the parameters. */
export type Assignment = readonly TunedValue[];

/** Values of one parameter, and trials of a study, at most. */
const MOST_VALUES = 1_000;
export const MOST_TRIALS = 100_000;

/** More than a double has. */
const DIGITS = 1_000_000_000_000_000_000_000_000_000_000n;

const PATH = /^[^=\s]+$/;
const RANGE = /^([-+\d.eE]+)\.\.([-+\d.eE]+):(\d+)$/;
const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/;

export const VARY_ALLOWED = "path=value,value,... or path=from..to:n, n evenly spaced values from 2 to 1,000";

/**
 * Reads `vesting.retention_target=0.5..1:6` or `vesting.max_multiplier=1.2,1.5,2`.
 * @throws TenureError TEN-TUNE-101
 */
export function parseVary(text: string): TunedParameter {
  const at = text.indexOf("=");
  const path = at < 0 ? "" : text.slice(0, at).trim();
  const stated = text.slice(at + 1).trim();
  if (at < 0 || !PATH.test(path) || stated === "") throw malformed(text);
  const values = RANGE.test(stated) ? evenlySpaced(stated, text) : stated.split(",").map((one) => scalarOf(one.trim(), text));
  if (values.length > MOST_VALUES) throw malformed(text);
  const repeated = values.find((value, i) => values.indexOf(value) !== i);
  if (repeated !== undefined) {
    throw new TenureError({
      code: "TEN-TUNE-101",
      what: "A value is to be tried twice.",
      place: { path: `--vary ${path}` },
      found: String(repeated),
      allowed: "each value once",
      hint: "Leave one of the two out.",
    });
  }
  return { path, values };
}

/** The points of a range by the decimals of its ends: 0.5..1:6 is 0.5, 0.6, ... and not 0.6000000000000001. */
function evenlySpaced(stated: string, text: string): number[] {
  const [, from, to, count] = RANGE.exec(stated) as unknown as [string, string, string, string];
  const n = Number(count);
  if (![from, to].every((end) => NUMBER.test(end) && Number.isFinite(Number(end))) || n < 2 || n > MOST_VALUES) throw malformed(text);
  const first = Fraction.decimal(Number(from));
  const step = Fraction.decimal(Number(to))
    .minus(first)
    .over(Fraction.whole(n - 1));
  return Array.from({ length: n }, (_, i) => {
    const { numerator, denominator } = first.plus(step.times(Fraction.whole(i)));
    return quotient(numerator, denominator);
  });
}

/** To 15 digits, which name every decimal of so many: what a person would write. */
function quotient(numerator: bigint, denominator: bigint): number {
  const scaled = (numerator * DIGITS) / denominator;
  return Number((Number(scaled) / 1e30).toPrecision(15));
}

function scalarOf(one: string, text: string): TunedValue {
  if (one === "" || /[[\]{}"']|\.\./.test(one)) throw malformed(text);
  if (one === "true" || one === "false") return one === "true";
  if (!NUMBER.test(one)) return one;
  const value = Number(one);
  if (!Number.isFinite(value)) throw malformed(text);
  return value;
}

function malformed(text: string): TenureError {
  return new TenureError({
    code: "TEN-TUNE-101",
    what: "It is not clear what is to be varied.",
    place: { path: "--vary" },
    found: text,
    allowed: VARY_ALLOWED,
    hint: "For example: --vary vesting.retention_target=0.5..1:6",
  });
}

/**
 * All combinations, the last parameter fastest.
 * @throws TenureError TEN-TUNE-102 for a key that is given twice, for none, and for too many trials
 */
export function combinationsOf(parameters: readonly TunedParameter[]): readonly Assignment[] {
  const repeated = parameters.find(({ path }, i) => parameters.findIndex((one) => one.path === path) !== i);
  if (repeated !== undefined || parameters.length === 0) {
    throw new TenureError({
      code: "TEN-TUNE-102",
      what: repeated === undefined ? "Nothing is to be varied." : "A key is to be varied twice.",
      place: { path: "--vary" },
      found: repeated?.path ?? "no --vary",
      allowed: "each key once, and one at least",
      hint: repeated === undefined ? "For example: --vary vesting.retention_target=0.5..1:6" : "Give all its values in one --vary.",
    });
  }
  const trials = parameters.reduce((product, { values }) => product * values.length, 1);
  if (trials > MOST_TRIALS) {
    throw new TenureError({
      code: "TEN-TUNE-102",
      what: "These are too many combinations.",
      place: { path: "--vary" },
      found: `${trials} trials`,
      allowed: `at most ${MOST_TRIALS}`,
      hint: "Try fewer values of each key first, and more of them around what is best.",
    });
  }
  return parameters.reduce<TunedValue[][]>((all, { values }) => all.flatMap((before) => values.map((value) => [...before, value])), [[]]);
}

/** An assignment in the words of `--set`, each with how it was given. */
export function overridesOf(parameters: readonly TunedParameter[], assignment: Assignment): { text: string; given: string }[] {
  return parameters.map(({ path }, i) => {
    const text = `${path}=${yamlOf(assignment[i])}`;
    return { text, given: `--vary ${text}` };
  });
}

function yamlOf(value: TunedValue): string {
  return String(value);
}
