import { InvariantError } from "../kernel/errors.js";
import { snakeCase } from "../kernel/names.js";
import type { Trace } from "./trace.js";

/** A rule of a user's own file, as a configuration holds it (docs/how-to/write-a-rule.md). */
export interface PlugIn<Rule> {
  /** As the scenario names the file. */
  readonly file: string;
  /** What the file declares; null: it was not read, and nothing can be computed with it. */
  readonly rule: Rule | null;
  /** What the scenario states for its parameters, by their names in code. */
  readonly values: object;
}

/**
 * The rule of a plug-in.
 * @throws InvariantError where its file was not read
 */
export function ruleOf<Rule>({ file, rule }: PlugIn<Rule>): Rule {
  if (rule === null) throw new InvariantError(`the rule of ${file} was not loaded before the run`);
  return rule;
}

/** Was the file of a plug-in read? What is no plug-in needs none. */
export function isRead(choice: string | PlugIn<unknown> | undefined): boolean {
  return typeof choice !== "object" || choice.rule !== null;
}

/** How reports call a rule: by its name; one whose file was not read by that. */
export function ruleLabel(choice: string | PlugIn<{ readonly name: string }>): string {
  return typeof choice === "string" ? choice : (choice.rule?.name ?? choice.file);
}

/** More terms than anybody reads, and longer ones. */
const MOST_TERMS = 100;
const LONGEST_TEXT = 200;

/**
 * What a plug-in told a trace, fit to be shown, its result last.
 * @param inputs shown where it told nothing
 */
export function fitTerms(
  { terms }: Trace,
  inputs: Readonly<Record<string, number>>,
  result: { readonly name: string; readonly value: number; readonly formula: string },
): Trace["terms"] {
  const told = toldTerms(terms);
  const shown = told.length > 0 ? told : Object.entries(inputs).map(([name, value]) => ({ name, formula: "", value }));
  const isTold = shown.at(-1)?.name === result.name && shown.at(-1)?.value === result.value;
  return isTold ? shown : [...shown, result];
}

/** Of what a plug-in told a trace, terms that have a name and a number; of more than anybody reads the first ones. */
export function toldTerms(terms: Trace["terms"]): Trace["terms"] {
  return terms
    .slice(0, MOST_TERMS)
    .filter(({ value }) => Number.isFinite(value))
    .map(({ name, formula, value, isFact }) => {
      return { name: legible(name), formula: legible(formula), value, ...(isFact === true ? { isFact } : {}) };
    })
    .filter(({ name }) => name !== "");
}

/** The numbers that a scenario states for a plug-in, by their names in a scenario. */
export function numbersOf({ values }: PlugIn<unknown>): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (typeof value === "number" ? [[snakeCase(name), value]] : [])),
  );
}

/** Of what is no text nothing: a foreign value may not even have one. */
function legible(text: unknown): string {
  return (typeof text === "string" ? text : "").slice(0, LONGEST_TEXT).replace(/\p{C}/gu, "?");
}
