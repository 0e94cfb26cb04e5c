import { nearestName, type Place, TenureError } from "../../../engine/index.js";
import type { TunedValue } from "./domain.js";

/** A condition that the parameters of a trial have to meet, such as `vesting.max_multiplier * vesting.retention_target <= 2`. */
export interface Constraint {
  readonly text: string;
  /** @param values by path */
  holds(values: ReadonlyMap<string, TunedValue>): boolean;
}

type Value = (values: ReadonlyMap<string, TunedValue>) => TunedValue;
type Sign = "<=" | ">=" | "==" | "!=" | "<" | ">";
type Token = { readonly kind: "number" | "word" | "path" | "sign"; readonly text: string; readonly at: number };

const SIGNS: readonly Sign[] = ["<=", ">=", "==", "!=", "<", ">"];
const NUMBER = /^(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?/;
const QUOTED = /^(?:"([^"]*)"|'([^']*)')/;
const NAME = /^[A-Za-z_][^\s=<>!*/+()"',]*/;
/** Brackets inside one another, and characters: more than anybody states. */
const DEEPEST = 50;
const LONGEST = 2_000;

export const CONSTRAINT_ALLOWED = "two sums or products of numbers and varied paths with <=, <, >=, >, == or != between";

/**
 * Reads a constraint: `+ - * /`, brackets, numbers, quoted words and the paths of parameters on both sides of one comparison.
 * @param paths that are varied
 * @throws TenureError TEN-TUNE-117, or -150 for a path that is not varied, with the place in the text
 */
export function parseConstraint(text: string, paths: readonly string[], place: Place = { path: "constraints" }): Constraint {
  if (text.length > LONGEST) {
    throw new TenureError({
      code: "TEN-TUNE-117",
      what: "It is not clear what a constraint says.",
      place,
      found: `${text.length} characters`,
      allowed: `at most ${LONGEST} characters`,
      hint: "State several shorter ones.",
    });
  }
  const parser = new Parser(text, paths, place);
  const left = parser.sum(0);
  const sign = parser.comparison();
  const right = parser.sum(0);
  parser.end();
  return { text, holds: (values) => compare(left(values), sign, right(values)) };
}

function compare(left: TunedValue, sign: Sign, right: TunedValue): boolean {
  if (sign === "==") return left === right;
  if (sign === "!=") return left !== right;
  if (typeof left !== "number" || typeof right !== "number") return false;
  return sign === "<=" ? left <= right : sign === "<" ? left < right : sign === ">=" ? left >= right : left > right;
}

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(
    private readonly text: string,
    private readonly paths: readonly string[],
    private readonly place: Place,
  ) {
    this.#tokens = this.#tokensOf();
  }

  comparison(): Sign {
    const token = this.#tokens[this.#next];
    const sign = SIGNS.find((one) => token?.kind === "sign" && token.text === one);
    if (sign === undefined) throw this.#refused(token, "One comparison is missing.");
    this.#next += 1;
    return sign;
  }

  end(): void {
    const token = this.#tokens[this.#next];
    if (token !== undefined) throw this.#refused(token, "What follows is no part of one comparison.");
  }

  sum(depth: number): Value {
    let value = this.#product(depth);
    for (let sign = this.#takes("+", "-"); sign !== null; sign = this.#takes("+", "-")) {
      const [left, right, by] = [value, this.#product(depth), sign === "+" ? 1 : -1];
      value = (values) => this.#number(left(values)) + by * this.#number(right(values));
    }
    return value;
  }

  #product(depth: number): Value {
    let value = this.#factor(depth);
    for (let sign = this.#takes("*", "/"); sign !== null; sign = this.#takes("*", "/")) {
      const [left, right, isTimes] = [value, this.#factor(depth), sign === "*"];
      value = (values) =>
        isTimes ? this.#number(left(values)) * this.#number(right(values)) : this.#number(left(values)) / this.#number(right(values));
    }
    return value;
  }

  #factor(depth: number): Value {
    if (this.#takes("-") !== null) {
      const inner = this.#factor(depth + 1);
      return (values) => -this.#number(inner(values));
    }
    const token = this.#tokens[this.#next];
    if (token === undefined || depth > DEEPEST) throw this.#refused(token, "A number or the path of a parameter is missing.");
    this.#next += 1;
    if (token.kind === "number") {
      const value = Number(token.text);
      return () => value;
    }
    if (token.kind === "word") return () => token.text;
    if (token.kind === "path") return (values) => values.get(token.text) ?? Number.NaN;
    if (token.text !== "(") throw this.#refused(token, "A number or the path of a parameter is missing.");
    const inner = this.sum(depth + 1);
    if (this.#takes(")") === null) throw this.#refused(this.#tokens[this.#next], "A bracket is not closed.");
    return inner;
  }

  /** Words have no sums: a comparison with what comes out is never met. */
  #number(value: TunedValue): number {
    return typeof value === "number" ? value : Number.NaN;
  }

  #takes(...signs: readonly string[]): string | null {
    const token = this.#tokens[this.#next];
    if (token?.kind !== "sign" || !signs.includes(token.text)) return null;
    this.#next += 1;
    return token.text;
  }

  #tokensOf(): Token[] {
    const tokens: Token[] = [];
    // A path may hold a hyphen or begin as another does: the longest is meant.
    const paths = [...this.paths].sort((a, b) => b.length - a.length);
    for (let at = 0; at < this.text.length; ) {
      const rest = this.text.slice(at);
      const [blank] = /^\s*/.exec(rest) ?? [""];
      if (blank !== "") {
        at += blank.length;
        continue;
      }
      const path = paths.find((one) => rest.startsWith(one) && !/^[\w.[\]]/.test(rest.slice(one.length)));
      const quoted = QUOTED.exec(rest);
      const number = NUMBER.exec(rest);
      const sign = [...SIGNS, "+", "-", "*", "/", "(", ")"].find((one) => rest.startsWith(one));
      if (path !== undefined) tokens.push({ kind: "path", text: path, at });
      else if (quoted !== null) tokens.push({ kind: "word", text: quoted[1] ?? quoted[2] ?? "", at });
      else if (number !== null) tokens.push({ kind: "number", text: number[0], at });
      else if (sign !== undefined) tokens.push({ kind: "sign", text: sign, at });
      else throw this.#unknown(NAME.exec(rest)?.[0] ?? rest[0], at);
      at += path?.length ?? quoted?.[0].length ?? number?.[0].length ?? sign?.length ?? 1;
    }
    return tokens;
  }

  #unknown(name: string, at: number): TenureError {
    const nearest = nearestName(name, this.paths);
    return new TenureError({
      code: "TEN-TUNE-150",
      what: "A constraint names something that is not varied.",
      place: this.place,
      found: `${name}, at character ${at + 1} of: ${this.text}`,
      allowed: this.paths.join(", "),
      hint: nearest === undefined ? "Name a path under `vary`; put quotes around a word." : `Did you mean ${nearest}?`,
    });
  }

  #refused(token: Token | undefined, why: string): TenureError {
    const where = token === undefined ? `the end of: ${this.text}` : `${token.text}, at character ${token.at + 1} of: ${this.text}`;
    return new TenureError({
      code: "TEN-TUNE-117",
      what: "It is not clear what a constraint says.",
      place: this.place,
      found: `${where}. ${why}`,
      allowed: CONSTRAINT_ALLOWED,
      hint: 'For example: "vesting.retention_target <= 0.9".',
    });
  }
}
