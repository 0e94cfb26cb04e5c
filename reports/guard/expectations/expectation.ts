/** How a figure is to compare with a value. */
export const COMPARISONS = ["<=", ">=", "<", ">", "="] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** What is demanded of a figure of a run. */
export interface Expectation {
  /** As it was stated. */
  readonly text: string;
  readonly figure: string;
  readonly comparison: Comparison;
  readonly value: number;
  /** Stated behind the value; empty: none. */
  readonly unit: string;
}

export const EXPECTATION_ALLOWED = `a figure, one of ${COMPARISONS.join(" ")}, a number and, of a ratio, %: such as 'pot_moved < 6 %'`;

const NUMBER = /^([+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*(.*)$/i;

/** The expectation of a text; null: it is none. */
export function parseExpectation(text: string): Expectation | null {
  const [, figure = "", comparison = "", rest = ""] = /^\s*([^\s<>=]+)\s*(<=|>=|<|>|=)\s*(.+?)\s*$/.exec(text) ?? [];
  const [, number = "", unit = ""] = NUMBER.exec(rest) ?? [];
  if (number === "" || !/^(%|[A-Za-z][A-Za-z ]*)?$/.test(unit)) return null;
  // In text, so that 6 % is the double of 0.06.
  const value = unit === "%" ? percent(number) : Number(number);
  return Number.isFinite(value) ? { text: text.trim(), figure, comparison: comparison as Comparison, value, unit } : null;
}

function percent(number: string): number {
  const [digits, exponent = "0"] = number.toLowerCase().split("e");
  return Number(`${digits}e${Number(exponent) - 2}`);
}

/** Does a value meet it? */
export function meets({ comparison, value }: Pick<Expectation, "comparison" | "value">, found: number): boolean {
  switch (comparison) {
    case "<":
      return found < value;
    case "<=":
      return found <= value;
    case ">":
      return found > value;
    case ">=":
      return found >= value;
    case "=":
      return found === value;
  }
}
