import type { Objective, Trial, TunedValue, Tuning } from "../../../studies/index.js";
import { planOfInput } from "../../../studies/tuning/plan/read-study.js";
import type { StudyInput } from "../../../studies/tuning/plan/study-schema.js";
import type { Domain } from "../../../studies/tuning/space/domain.js";
import { SearchSpace } from "../../../studies/tuning/space/search-space.js";
import { centreOf } from "../../../studies/tuning/space.js";
import { NO_SPANS } from "../../../studies/tuning/time/time-spans.js";

/** What a test says of trials; all that is left out is as dull as can be. */
export interface MadeTuning extends Partial<Pick<Tuning, "base" | "random" | "heldOut" | "time" | "bounds" | "undecided" | "ended">> {
  /** By parameter: values, all combinations of which are tried; or a domain, and `assignments`. They are called p0, p1, ... */
  readonly parameters: readonly (readonly TunedValue[] | Domain)[];
  readonly assignments?: readonly (readonly TunedValue[])[];
  readonly objectives: readonly Objective[];
  /** By trial, objective and replicate; null: it failed. */
  readonly values: readonly (readonly (readonly number[])[] | null)[];
  /** What else of a trial is not dull. */
  readonly more?: (trial: number) => Partial<Trial>;
  readonly study?: Partial<StudyInput>;
}

export const least: Objective = { name: "cost", better: "min" };
export const most: Objective = { name: "gain", better: "max" };
export const FAILED = { code: "TEN-LOOP-107", what: "It failed." };

export function madeTuning({ parameters: domains, assignments, objectives, values, more, study = {}, ...rest }: MadeTuning): Tuning {
  const parameters = domains.map((own, i) => ({
    path: `p${i}`,
    domain: isList(own) ? { kind: "list" as const, values: own } : own,
  }));
  const combinations =
    assignments ??
    domains.reduce<TunedValue[][]>((all, own) => (isList(own) ? all.flatMap((one) => own.map((value) => [...one, value])) : all), [[]]);
  const stated = objectives.map(({ name, better }) => ({ figure: name, better }));
  const plan = planOfInput({ study: "made", scenario: "demo", vary: {}, objectives: stated, ...study }, parameters);
  return {
    dir: "/tmp",
    // A command line has no ranges, so the plan is told of them here.
    plan: { ...plan, space: new SearchSpace(parameters, plan.space.constraints) },
    scenario: "made",
    seed: 1,
    parameters,
    objectives,
    replicates: (values.find((one) => one !== null)?.[0] ?? [0]).map((_, i) => i),
    heldOut: [],
    random: ["streams.peers"],
    time: { ...NO_SPANS, reason: "the test has no time" },
    bounds: [],
    undecided: [],
    base: { values: null, heldOut: null, spans: [], limited: [], spansLimited: [], breaks: [] },
    warnings: [],
    ended: "exhausted",
    confirmed: null,
    sensitivity: null,
    trials: combinations.slice(0, values.length).map((assignment, number) => ({
      number,
      assignment,
      point: assignment.map((value, p) => pointOf(parameters[p].domain, value)),
      status: values[number] === null ? "failed" : "finished",
      values: values[number],
      heldOut: null,
      spans: [],
      limited: [],
      spansLimited: [],
      breaks: [],
      error: values[number] === null ? FAILED : null,
      ...more?.(number),
    })),
    ...rest,
  };
}

function isList(own: readonly TunedValue[] | Domain): own is readonly TunedValue[] {
  return Array.isArray(own);
}

function pointOf(domain: Domain, value: TunedValue): number {
  if (domain.kind === "list") return centreOf(domain.values.indexOf(value), domain.values.length);
  return ((value as number) - domain.from) / (domain.to - domain.from);
}
