import { nearestName, TenureError } from "../../../engine/index.js";
import type { Figure } from "../../../studies/index.js";
import { type Expectation, meets } from "./expectation.js";

export interface CheckedExpectation extends Expectation {
  readonly found: number;
  readonly met: boolean;
  readonly meaning: string;
}

/**
 * Compares the figures of a run with what is demanded of them.
 * @throws TenureError `TEN-GUARD-006` no such figure, `-007` a unit that it does not have
 */
export function checkExpectations(expectations: readonly Expectation[], figures: readonly Figure[]): readonly CheckedExpectation[] {
  return expectations.map((expectation) => {
    const figure = figures.find(({ name }) => name === expectation.figure);
    if (figure === undefined) throw noFigure(expectation, figures);
    const { unit, value, meaning } = figure;
    const isOfUnit = expectation.unit === "" || (expectation.unit === "%" ? unit === "" : expectation.unit === unit);
    if (!isOfUnit) throw otherUnit(expectation, unit);
    return { ...expectation, found: value, met: meets(expectation, value), meaning };
  });
}

/** Figures that are named where one is not found. */
const NAMED = 40;

function noFigure({ text, figure }: Expectation, figures: readonly Figure[]): TenureError {
  const names = figures.map(({ name }) => name);
  const nearest = nearestName(figure, names);
  const more = names.length > NAMED ? `, and ${names.length - NAMED} more` : "";
  return new TenureError({
    code: "TEN-GUARD-006",
    what: "The run has no such figure.",
    place: { path: `--expect ${text}` },
    found: figure,
    allowed: `${names.slice(0, NAMED).join(", ")}${more}`,
    hint: nearest === undefined ? "Name one of them; `tenure compare` shows all with their values." : `Did you mean ${nearest}?`,
  });
}

function otherUnit({ text, unit, figure }: Expectation, own: string): TenureError {
  return new TenureError({
    code: "TEN-GUARD-007",
    what: "The figure is not in this unit.",
    place: { path: `--expect ${text}` },
    found: unit,
    allowed: own === "" ? "a number, or %: it is a ratio" : `a number, or a number of ${own}`,
    hint: `State ${figure} in ${own === "" ? "parts of one or in %" : own}.`,
  });
}
