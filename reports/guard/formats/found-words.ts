import { formatFigure } from "../../format/figure.js";
import { formatShare } from "../../format/numbers.js";
import { plainNumber } from "../../format/plain-number.js";
import type { CheckedExpectation } from "../expectations/check-expectations.js";

/** What a figure is, in the unit of what is demanded; with as many digits as tell it from that. */
export function foundWords({ found, value, unit }: Pick<CheckedExpectation, "found" | "value" | "unit">): string {
  const ways: readonly ((number: number) => string)[] =
    unit === "%"
      ? [formatShare, (ratio) => `${plainNumber(ratio * PERCENT)} %`, (ratio) => `${ratio}, where ${value * PERCENT} % is ${value}`]
      : [formatFigure, plainNumber, String].map((way) => (number) => (unit === "" ? way(number) : `${way(number)} ${unit}`));
  const tells = (way: (number: number) => string) => found === value || way(found) !== way(value);
  return (ways.find(tells) ?? ways[0])(found);
}

const PERCENT = 100;
