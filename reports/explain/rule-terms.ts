import { type NamedTerm, type PlugIn, RAO_PER_TOKEN, snakeCase } from "../../engine/index.js";
import type { StepList } from "./step-list.js";
import type { NamedRow } from "./told/told-rows-of.js";

/** Where the terms of a rule belong. */
export interface TermsOf {
  /** Of their ids, such as `multiplier` or `stage.2.multiplier`. */
  readonly prefix: string;
  /** Of the ids of its parameters, such as `parameter` or `parameter.stage.2`. */
  readonly parameters: string;
  readonly rule: string;
  /** Steps that inputs of these names stand for. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Of a rule of one's own: names of its parameters. Its other inputs are what it calls them, whatever built-in rules mean by such a name. */
  readonly own?: ReadonlySet<string> | null;
  /** Steps of parameters that its words have as numbers: what it answers is made of them, too. */
  readonly stated?: readonly string[];
}

const UNITS: Readonly<Record<string, string>> = { held_share: "0..1", held_days: "days", retention_window_days: "days" };
/** Inputs that are measured, and have no step of their own. */
const FACTS: Readonly<Record<string, { readonly unit: string; readonly words: string }>> = {
  collateral: { unit: "tokens", words: "collateral of the hotkey when the epoch ended, by the latest row of the stream" },
  age_days: { unit: "days", words: "days since the hotkey was registered" },
  volume: { unit: "TAO", words: "TAO traded in the epoch" },
  largest_stake: { unit: "tokens", words: "the largest stake of its closes in the look-back, neutral moves taken along" },
  hours_left: { unit: "hours", words: "for how long the step still holds" },
  stake_before: { unit: "tokens", words: "its stake so many epochs before" },
  earned_since: { unit: "tokens", words: "emission booked for it since" },
  all_stake: { unit: "tokens", words: "stake of all miners in the list" },
};
/** Inputs that a rule is told in tokens of what was measured in rao. */
const IN_TOKENS: readonly string[] = ["stake", "stake_alpha"];

/**
 * Adds what a rule tells of its formula. Inputs of it are what was measured, or parameters; what follows is made of the terms that
 * its words name.
 * @returns the id of its last term, which is its result; null where it told nothing
 */
export function addRuleTerms(list: StepList, terms: readonly NamedTerm[], of: TermsOf): string | null {
  const ids = new Map(Object.entries(of.inputs).filter(([, id]) => list.has(id)));
  let last: string | null = null;
  for (const [at, { name, formula, value, isFact = false }] of terms.entries()) {
    const unit = UNITS[name] ?? "";
    const measured = ids.get(name);
    let id = `${of.prefix}.${name}`;
    if ((formula === "" || isFact) && measured !== undefined) id = measured;
    else if (isFact) {
      id = unused(list, id);
      list.add(id, value, { rule: of.rule, unit, words: formula, row: rowOfFact(list, name, value) });
    } else if (formula === "" && of.own != null && !of.own.has(name)) {
      id = unused(list, id);
      list.add(id, value, { rule: of.rule, words: `an input of ${of.rule}` });
    } else if (formula === "" && IN_TOKENS.includes(name)) {
      id = unused(list, id);
      list.add(id, value, { rule: of.rule, unit: "tokens", from: ["holdings.stake"], words: "holdings.stake in tokens" });
    } else if (formula === "" && name === "price") {
      id = unused(list, id);
      list.add(id, value, { rule: of.rule, unit: "TAO per alpha", words: "price in force when the epoch ended" });
    } else if (formula === "" && FACTS[name] !== undefined && !list.has(`${of.parameters}.${name}`)) {
      id = unused(list, id);
      const row = name === "collateral" ? list.rowOf("collateral", value) : null;
      list.add(id, value, { rule: of.rule, unit: FACTS[name].unit, words: FACTS[name].words, row });
    } else if (formula === "") {
      id = `${of.parameters}.${name}`;
      if (!list.has(id)) list.add(id, value, { rule: of.rule, unit, words: `a parameter of ${of.rule}` });
    } else {
      id = unused(list, id);
      list.add(id, value, {
        rule: of.rule,
        unit,
        from: [...madeOf(formula, ids), ...(at === terms.length - 1 ? (of.stated ?? []) : [])],
        words: formula,
      });
    }
    ids.set(name, id);
    last = id;
  }
  return last;
}

/** Names of the parameters of a rule of one's own, as a scenario states them; null: it comes with Tenure. */
export function ownParameters(choice: string | PlugIn<{ readonly parameters: object }> | undefined): ReadonlySet<string> | null {
  return typeof choice !== "object" ? null : new Set(Object.keys(choice.rule?.parameters ?? {}).map(snakeCase));
}

/** Of what a rule of one's own read of a stream. */
function rowOfFact(list: StepList, name: string, value: number): NamedRow | null {
  if (name === "collateral_rao") return list.rowOf("collateral", value / RAO_PER_TOKEN);
  return name === "score" ? list.rowOf("scores", value, null) : null;
}

/** A rule of one's own may tell two terms of one name. */
function unused(list: StepList, id: string): string {
  if (!list.has(id)) return id;
  for (let again = 2; ; again++) if (!list.has(`${id}.${again}`)) return `${id}.${again}`;
}

/** The terms that a formula names; of one that names none, all before it. */
function madeOf(formula: string, ids: ReadonlyMap<string, string>): readonly string[] {
  const named = (formula.match(/[a-z_][a-z0-9_]*/g) ?? []).flatMap((word) => ids.get(word) ?? []);
  // What is told as it was recorded is made of none of them.
  return named.length > 0 || formula.startsWith("as recorded") ? named : [...ids.values()];
}
