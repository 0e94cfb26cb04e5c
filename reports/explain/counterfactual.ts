import type { AnyExplanation } from "./any-explanation.js";
import type { DerivationStep } from "./derivation.js";

/** One figure as it is, and as it would be. */
export interface CounterfactualLine {
  readonly term: string;
  /** Where the scenario states the stage that it is of: `stages.1`; null: of no stage. */
  readonly path: string | null;
  readonly unit: string;
  /** Null: there is none, or it is not known. */
  readonly value: DerivationStep["value"];
  readonly counterfactual: DerivationStep["value"];
  /** counterfactual - value; null where one is no number. A part of the pay that only one has is 0 in the other. */
  readonly difference: number | bigint | null;
  /** Parts of a pay are each less than a rao from what they are: may a part differ by its own rounding alone? */
  readonly by_rounding: boolean;
  readonly words: string;
}

/** The same explanation of the scenario with other values. */
export interface Counterfactual {
  /** `path=value` texts. */
  readonly changes: readonly string[];
  /** Null: the miner, or the epoch, is not there then. */
  readonly explanation: AnyExplanation | null;
  /** Figures of either, in the order of computing. */
  readonly lines: readonly CounterfactualLine[];
}

/** Sets both side by side, figure by figure. */
export function counterfactualOf(changes: readonly string[], as: AnyExplanation, would: AnyExplanation | null): Counterfactual {
  const isWhole = [as, would].every((one) => one?.kind !== "run" || one.told_epochs === one.epochs);
  const [left, right] = [figuresOf(as, isWhole), would === null ? [] : figuresOf(would, isWhole)];
  const others = new Map(right.map((step) => [step.term, step]));
  const terms = new Set(left.map(({ term }) => term));
  const lines = left.map((step) => lineOf(step.term, step, others.get(step.term)));
  // What only the other has stands behind what it follows there.
  right.forEach((step, at) => {
    if (terms.has(step.term)) return;
    const before = right[at - 1]?.term;
    const place = before === undefined ? 0 : lines.findIndex(({ term }) => term === before) + 1;
    lines.splice(place, 0, lineOf(step.term, undefined, step));
  });
  return { changes, explanation: would, lines };
}

type Figure = Pick<DerivationStep, "term" | "path" | "unit" | "value" | "words"> & {
  /** Does it sum with the others? Then it is 0 where it is not there. */
  readonly isPart?: true;
};

/** @param isWhole of a run: is every epoch of both known? Otherwise what they were paid over the whole run is all that compares */
function figuresOf(explanation: AnyExplanation, isWhole: boolean): readonly Figure[] {
  if (explanation.kind !== "run") return explanation.derivation?.steps ?? [];
  const { parts, paid_rao, whole_run_paid_rao } = explanation;
  const sum = { path: null, unit: "rao" };
  if (!isWhole) return [{ ...sum, term: "whole_run_paid", value: whole_run_paid_rao, words: "over the whole run, in all roles" }];
  const rows = parts.map(({ term, path, amount_rao: value, words }) => ({ term, path, unit: "rao", value, words, isPart: true as const }));
  return [...rows, { ...sum, term: "paid", value: paid_rao, words: "sum of the parts" }];
}

function lineOf(term: string, as: Figure | undefined, would: Figure | undefined): CounterfactualLine {
  const [value, counterfactual] = [as?.value ?? null, would?.value ?? null];
  const { unit, words, path, isPart } = would ?? as ?? { unit: "", words: "", path: null };
  const absent = isPart === true ? 0n : null;
  const difference = differenceOf(value ?? absent, counterfactual ?? absent);
  const byRounding = isPart === true && (difference === 1n || difference === -1n);
  return { term, path, unit, value, counterfactual, difference, by_rounding: byRounding, words };
}

function differenceOf(value: DerivationStep["value"], counterfactual: DerivationStep["value"]): number | bigint | null {
  if (typeof value === "string" || typeof counterfactual === "string" || value === null || counterfactual === null) return null;
  if (typeof value === "bigint" || typeof counterfactual === "bigint") {
    return Number.isInteger(Number(value)) && Number.isInteger(Number(counterfactual)) ? BigInt(counterfactual) - BigInt(value) : null;
  }
  return counterfactual - value;
}
