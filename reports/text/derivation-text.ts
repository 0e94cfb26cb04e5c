import type { Derivation, DerivationStep } from "../explain/derivation.js";
import { formatTokens } from "../format/amount.js";
import type { ReportStyle } from "../style.js";
import { type Term, termTable } from "./term-table.js";

/** Fewer are shown as such, not as a part of a token. */
const FEW_RAO = 1_000;

/**
 * The derivation as a tree: what was paid, below it what it is made of, down to what was measured or stated.
 * @param root what its last step is, in words
 */
export function derivationText({ steps }: Pick<Derivation, "steps">, style: ReportStyle, root = "what was paid"): string {
  const byTerm = new Map(steps.map((step) => [step.term, step]));
  const shown = new Set<string>();
  const rows: Term[] = [];
  const add = (step: DerivationStep, lead: string, below: string): void => {
    const isAgain = shown.has(step.term);
    shown.add(step.term);
    const isRepeated = isAgain && step.from.length > 0;
    rows.push({ name: lead + termText(step), value: valueText(step), from: isRepeated ? "as above" : step.words });
    if (isAgain) return;
    const parts = step.from.flatMap((term) => byTerm.get(term) ?? []);
    parts.forEach((part, at) => {
      const isLast = at === parts.length - 1;
      add(part, `${below}${isLast ? "└ " : "├ "}`, `${below}${isLast ? "  " : "│ "}`);
    });
  };
  const last = steps.at(-1);
  if (last !== undefined) add(last, "", "");
  // What is told beside it, such as where the rest of the pot goes.
  const beside = steps.filter(({ term }) => !shown.has(term));
  const within = new Set(beside.flatMap(({ from }) => from));
  for (const step of beside) if (!within.has(step.term)) add(step, "", "");
  const head = style.bold(`Derivation, from ${root} down to what it is made of`);
  return `${head}\n${termTable(rows, style)}`;
}

/** Every digit, so that a reader can work it out again. */
export function valueText({ value, unit }: Pick<DerivationStep, "value" | "unit">): string {
  if (value === null) return "-";
  if (unit.startsWith("rao") && typeof value !== "string" && Number.isInteger(Number(value))) {
    return raoText(value, value);
  }
  return String(value);
}

/** In rao where all beside which it stands are few, else in tokens. */
export function raoText(value: number | bigint, ...beside: readonly (number | bigint)[]): string {
  return beside.every((one) => Math.abs(Number(one)) < FEW_RAO) ? `${value} rao` : formatTokens(value);
}

/** With the path of its stage in the scenario, which counts from 0. */
export function termText({ term, path }: Pick<DerivationStep, "term" | "path">): string {
  return path === null ? term : `${term}  (${path})`;
}
