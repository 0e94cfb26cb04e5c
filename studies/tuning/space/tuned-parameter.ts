import { TenureError } from "../../../engine/index.js";
import { type Domain, evenlySpaced, MOST_VALUES, type TunedValue } from "./domain.js";

/** A key of a scenario, and what is tried for it. */
export interface TunedParameter {
  /** As `--set` names it. */
  readonly path: string;
  readonly domain: Domain;
}

/** What a trial sets, in the order of the parameters. */
export type Assignment = readonly TunedValue[];

/** Trials of one study at most. */
export const MOST_TRIALS = 100_000;

export const PATH = /^(?!.*__proto__)[^=\s]+$/;
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
  const values = RANGE.test(stated) ? rangeOf(stated, text) : stated.split(",").map((one) => scalarOf(one.trim(), text));
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
  return { path, domain: { kind: "list", values } };
}

function rangeOf(stated: string, text: string): number[] {
  const [, from, to, count] = RANGE.exec(stated) as unknown as [string, string, string, string];
  const n = Number(count);
  if (![from, to].every((end) => NUMBER.test(end) && Number.isFinite(Number(end))) || n < 2 || n > MOST_VALUES) throw malformed(text);
  return evenlySpaced(Number(from), Number(to), n);
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
 * An assignment in the words of `--set`, each with how it was given.
 * @param given where values are stated
 */
export function overridesOf(
  parameters: readonly TunedParameter[],
  assignment: Assignment,
  given = "--vary",
): { text: string; given: string }[] {
  return parameters.map(({ path }, i) => {
    const text = `${path}=${yamlOf(assignment[i])}`;
    return { text, given: `${given} ${text}` };
  });
}

/** A word that YAML reads as that word. */
const WORD = /^[A-Za-z_][\w./-]*$/;
const NO_WORD = /^(true|false|null|yes|no|on|off|nan|inf)$/i;

/** A value as YAML reads it again. */
export function yamlOf(value: TunedValue): string {
  if (typeof value !== "string" || (WORD.test(value) && !NO_WORD.test(value))) return String(value);
  // What `--vary` was given as words is read as YAML reads it: `null`, `14 d`.
  return /^[\w./ -]+$/.test(value) ? value : JSON.stringify(value);
}
