import { type Place, TenureError } from "../../../engine/index.js";
import { nearestName } from "../../../scenarios/index.js";

export type Better = "min" | "max";

/** A figure that is wanted small, or large. */
export interface Objective {
  readonly name: string;
  readonly better: Better;
  /** A query that gives it; left out: it is a figure of a run. */
  readonly sql?: string;
  /** A file whose function gives it; left out: none does. */
  readonly use?: string;
}

/** Figures that anybody wants one way; of all others it has to be said. */
const BETTER: Readonly<Record<string, Better>> = {
  held_pay_share: "max",
  pot_moved: "min",
  gini_after: "min",
  unpaid_epochs: "min",
  unallocated: "min",
  held_end: "max",
  sell_pressure: "min",
  price_end: "max",
  price_lowest: "max",
  pool_depth: "max",
  pay_gini_by_miner: "min",
  churn: "min",
};

/** What is asked for where nobody says: who holds is paid, and as little as may be is taken from the others for it. */
export const DEFAULT_OBJECTIVES: readonly Objective[] = [
  { name: "held_pay_share", better: "max" },
  { name: "pot_moved", better: "min" },
];

/** Figures of what people do. A replay repeats what they did, whatever the rule. */
const OF_BEHAVIOUR = new Set([
  "held_end",
  "sell_pressure",
  "price_end",
  "price_lowest",
  "pool_depth",
  "churn",
  "outflow",
  "remaining",
  "exits",
]);

/** Is it a figure that a run has, and no measure of its own? */
export function isOfRun({ sql, use }: Objective): boolean {
  return sql === undefined && use === undefined;
}

/** Figures of pay, which are measured of parts of a run, too. */
const OF_PAY = /^(unpaid_epochs|held_pay_share|multiplier_paid|(subnet\/\d+\/)?(pot_moved|gini_before|gini_after|miners))$/;

/** Can it be measured of a part of the time? */
export function isSpanFigure(name: string): boolean {
  return OF_PAY.test(name);
}

/** Where objectives are stated that come from no file. */
const OPTION: Place = { path: "--objective" };

export const OBJECTIVE_ALLOWED = "name, name=min or name=max";

/**
 * Reads `pot_moved` or `price_end=max`.
 * @throws TenureError TEN-TUNE-103
 */
export function parseObjective(text: string): Objective {
  return namedObjective(text, OPTION);
}

/** As `parseObjective`, of a study file. */
export function namedObjective(text: string, place: Place): Objective {
  // Names of alternatives can hold an equals sign themselves.
  const [, name = "", stated] = /^\s*(.*?)\s*(?:=\s*(min|max)\s*)?$/.exec(text) ?? [];
  const isAdvantage = /(^|\/)advantage\//.test(name);
  const better = (stated as Better | undefined) ?? BETTER[name] ?? (isAdvantage ? "min" : undefined);
  if (name !== "" && better !== undefined) return { name, better };
  const nearest = nearestName(name, Object.keys(BETTER));
  throw new TenureError({
    code: "TEN-TUNE-103",
    what:
      stated === undefined && name !== ""
        ? "It is not known whether much or little of it is wanted."
        : "It is not clear what is to be reached.",
    place,
    found: text,
    allowed: OBJECTIVE_ALLOWED,
    hint: `${nearest === undefined ? "For" : `Did you mean ${nearest}? Or say which, for`} example: ${name.replace(/=.*$/, "") || "pot_moved"}=max`,
  });
}

/** @throws TenureError TEN-TUNE-104 for one that is given twice */
export function refuseRepeated(objectives: readonly Objective[], place: Place = OPTION): void {
  const repeated = objectives.find(({ name }, i) => objectives.findIndex((one) => one.name === name) !== i);
  if (repeated === undefined) return;
  throw new TenureError({
    code: "TEN-TUNE-104",
    what: "An objective is given twice.",
    place,
    found: repeated.name,
    allowed: "each once",
    hint: "Leave one of the two out.",
  });
}

/**
 * What a replay cannot tell is no objective of one.
 * @param isClosed do the scenario's miners decide for themselves?
 * @throws TenureError TEN-TUNE-105
 */
export function refuseBehaviour(objectives: readonly Objective[], isClosed: boolean, place: Place = OPTION): void {
  const found = isClosed ? undefined : objectives.find(({ name }) => OF_BEHAVIOUR.has(name));
  if (found === undefined) return;
  throw new TenureError({
    code: "TEN-TUNE-105",
    what: "What people hold and sell is as recorded here, whatever the rule: no value of any parameter changes it.",
    place,
    found: found.name,
    allowed: "figures of pay, such as held_pay_share, pot_moved, gini_after; or a scenario with closed_loop",
    hint: "Ask for held_pay_share: how much of the pay goes to who holds. Or let miners react: docs/how-to/simulate-miners.md",
  });
}

/**
 * The values of the objectives of one run.
 * @param figures by name
 * @throws TenureError TEN-TUNE-106 for one that the run has no figure of
 */
export function valuesOf(
  objectives: readonly Objective[],
  figures: Readonly<Record<string, number>>,
  place: Place = OPTION,
): readonly number[] {
  return objectives.map(({ name }) => {
    if (Object.hasOwn(figures, name)) return figures[name];
    const names = Object.keys(figures);
    const nearest = nearestName(name, names);
    throw new TenureError({
      code: "TEN-TUNE-106",
      what: "The run has no such figure.",
      place,
      found: name,
      allowed: names.join(", "),
      hint: nearest === undefined ? "Choose one of these." : `Did you mean ${nearest}?`,
    });
  });
}

/** As a loss: smaller is better. */
export function lossOf({ better }: Objective, value: number): number {
  return better === "min" ? value : -value;
}
