import { TenureError } from "../../engine/index.js";
import type { CheckedInputs } from "../../recorders/index.js";
import { randomParts, type Scenario } from "../../scenarios/index.js";
import { replicatesOf } from "../replicates/replicate-range.js";
import type { TrialScenarios } from "./evaluation/trial-scenarios.js";
import { isOfRun, isSpanFigure } from "./objectives/objective.js";
import type { TuningPlan } from "./plan/tuning-plan.js";
import { scenarioTime } from "./time/scenario-time.js";
import { NO_SPANS, type TimeSpans, timeSpans } from "./time/time-spans.js";
import type { Window } from "./trust/splits.js";

/** What a plan means for its scenario. */
export interface TuningSetup {
  readonly scenario: { readonly name: string; readonly seed: number };
  readonly replicates: readonly number[];
  /** Further ones, which nothing is chosen by. */
  readonly heldOut: readonly number[];
  /** What draws random numbers; empty: nothing, and a single replicate says all. */
  readonly random: readonly string[];
  readonly time: TimeSpans;
  /** Numbers at an end of what is tried beyond which the scenario allows nothing. */
  readonly bounds: readonly { readonly path: string; readonly value: number }[];
}

/** What is tuned, checked. */
export interface TuningSubject {
  readonly base: Scenario;
  /** It with single values of what is varied: one of them may begin to draw. */
  readonly checked: readonly Scenario[];
  readonly scenarios: TrialScenarios;
}

export function setupOf(
  plan: TuningPlan,
  { base, checked, scenarios }: TuningSubject,
  inputs: Pick<CheckedInputs, "recordings">,
): TuningSetup {
  const random = [...new Set([base, ...checked].flatMap((scenario) => [...randomParts(scenario)]))].sort();
  const isRandom = random.length > 0;
  const { name, seed } = base.configuration;
  return {
    scenario: { name, seed },
    replicates: isRandom ? replicatesOf(plan.replicates, null) : [plan.replicates.from],
    heldOut: isRandom ? Array.from({ length: plan.heldOut }, (_, at) => plan.replicates.to + 1 + at) : [],
    random,
    time: spansOf(plan, scenarioTime(base, inputs), Math.max(...[base, ...checked].map(windowMsOf))),
    bounds: boundsOf(plan, scenarios),
  };
}

/** So far beyond an end it is looked whether there is anything. */
const STEP = 1e-6;

/** Ends of what is tried beyond which the scenario allows nothing. */
function boundsOf({ space }: TuningPlan, scenarios: TrialScenarios): TuningSetup["bounds"] {
  return space.parameters.flatMap(({ path, domain }) => {
    const ends = domain.kind === "range" ? [domain.from, domain.to] : domain.values.filter((value) => typeof value === "number");
    if (ends.length === 0) return [];
    const [least, most] = [Math.min(...ends), Math.max(...ends)];
    // What is whole may have to be.
    const step = (value: number) => (ends.every(Number.isInteger) ? 1 : STEP * Math.max(1, Math.abs(value)));
    const beyond = (value: number, side: number) => value + side * step(value);
    return [
      ...(scenarios.allows(path, beyond(least, -1)) ? [] : [{ path, value: least }]),
      ...(scenarios.allows(path, beyond(most, 1)) ? [] : [{ path, value: most }]),
    ];
  });
}

/** Parts of the time that are measured apart. */
function spansOf(plan: TuningPlan, time: Window | null, windowMs: number): TimeSpans {
  const unmeasured = plan.objectives.find((one) => !isOfRun(one) || !isSpanFigure(one.name));
  if (unmeasured === undefined || plan.validation?.kind === "none") return placedSpans(plan, time, windowMs);
  if (plan.validation === null) return { ...NO_SPANS, reason: `${unmeasured.name} is measured of whole runs alone` };
  throw new TenureError({
    code: "TEN-TUNE-144",
    what: "An objective cannot be measured of a part of the time.",
    place: { ...(plan.file === null ? {} : { file: plan.file }), path: "validation" },
    found: unmeasured.name,
    allowed: "pot_moved, held_pay_share, multiplier_paid, unpaid_epochs, gini_before, gini_after; or validation: none and held_out",
    hint: "Judge it by replicates that nothing is chosen by: held_out: 8.",
  });
}

/** Refusals of the split are those of the study that states it. */
function placedSpans({ validation, file }: TuningPlan, time: Window | null, windowMs: number): TimeSpans {
  try {
    return timeSpans(validation, time, windowMs);
  } catch (error) {
    if (!(error instanceof TenureError) || file === null) throw error;
    const { code, what, place, found, allowed, hint } = error;
    const rest = { ...(found === undefined ? {} : { found }), ...(allowed === undefined ? {} : { allowed }) };
    throw new TenureError({ code, what, place: { ...place, file }, ...rest, ...(hint === undefined ? {} : { hint }) });
  }
}

/** How far back the rule looks: what is held in one window is paid for in the next. */
function windowMsOf({ configuration: { vesting } }: Scenario): number {
  return vesting.mode === "off" ? 0 : vesting.retentionWindowDays * 86_400_000;
}
