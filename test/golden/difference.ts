/** The first thing in which an answer differs from the expected one. */
export class GoldenDifference extends Error {
  /** Where in `expected`, e.g. `exits[3].amount`. */
  readonly at: string;
  readonly found: unknown;
  readonly expected: unknown;

  constructor(at: string, found: unknown, expected: unknown) {
    super(`${at}: found ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`);
    this.name = "GoldenDifference";
    this.at = at;
    this.found = found;
    this.expected = expected;
  }
}

/** @throws GoldenDifference unless both are the same value */
export function same(at: string, found: number | string | boolean | null, expected: number | string | boolean | null): void {
  if (!Object.is(found, expected) && found !== expected) throw new GoldenDifference(at, found, expected);
}

/** @throws GoldenDifference unless they are at most `tolerance` apart */
export function near(at: string, found: number, expected: number, tolerance: number): void {
  if (!(Math.abs(found - expected) <= tolerance)) throw new GoldenDifference(at, found, expected);
}

/** The nearest whole rao of an amount in TAO. */
export function raoOf(tao: number): number {
  return Math.round(tao * 1e9);
}
