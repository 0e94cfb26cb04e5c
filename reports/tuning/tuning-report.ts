import {
  analyseTuning,
  type Better,
  domainWords,
  isEligible,
  type Measured,
  meanOf,
  type Objective,
  samplerNamed,
  type Trial,
  type TrialStatus,
  type TunedValue,
  type Tuning,
  type TuningAnalysis,
  type TuningFinding,
} from "../../studies/index.js";

export interface TuningTrialReport {
  readonly trial: number;
  readonly set: Readonly<Record<string, TunedValue>>;
  readonly status: TrialStatus;
  /** Limits that it does not keep, by figure, and the means of the limited figures; null: there is none. */
  readonly breaks: readonly string[];
  readonly limited: Readonly<Record<string, number | null>>;
  /** Replicates that it was given. */
  readonly replicates: number;
  /** By objective; null: the trial failed. */
  readonly objectives: Readonly<Record<string, ObjectiveReport>> | null;
  /** Means over the replicates that nothing was chosen by; null: there are none. */
  readonly held_out: Readonly<Record<string, number>> | null;
  readonly is_on_front: boolean;
  readonly error: Trial["error"];
}

interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Mean of an objective over the replicates, and its 95 % interval; null: one replicate has none. */
export interface ObjectiveReport {
  readonly mean: number;
  readonly interval: Interval | null;
  /** Mean difference from the chosen trial within replicates, and its interval; null: one replicate. */
  readonly from_chosen: { readonly mean: number; readonly interval: Interval | null } | null;
}

/** A tuning, in the names of `--json`. */
export interface TuningReport {
  readonly dir: string;
  readonly study: string;
  readonly description: string | null;
  /** As it is opened: a path, or the name of a shipped one. */
  readonly scenario: string;
  readonly seed: number;
  readonly sampler: string;
  /** Does it learn from the trials? */
  readonly sampler_adapts: boolean;
  readonly replicates: readonly number[];
  readonly held_out_replicates: readonly number[];
  readonly random: readonly string[];
  /** `values`: what is tried, null for a range; `words`: the same for a reader. */
  readonly parameters: readonly { readonly path: string; readonly values: readonly TunedValue[] | null; readonly words: string }[];
  readonly constraints: readonly string[];
  readonly objectives: readonly { readonly name: string; readonly better: Better }[];
  readonly limits: readonly { readonly figure: string; readonly at_most: number | null; readonly at_least: number | null }[];
  readonly ended: Tuning["ended"];
  readonly trials: readonly TuningTrialReport[];
  /** The scenario as it stands; null: it failed. */
  readonly base: Readonly<Record<string, ObjectiveReport>> | null;
  readonly base_breaks: readonly string[];
  readonly base_limited: Readonly<Record<string, number | null>>;
  readonly base_held_out: Readonly<Record<string, number>> | null;
  /** Numbers of the trials in the neighbourhood of the chosen one; of a single objective it is chosen by them, too. */
  readonly neighbours: readonly number[];
  /** What runs warn of. */
  readonly warnings: readonly string[];
  /** Numbers of the trials that no other is better than in one objective without being worse in another. */
  readonly front: readonly number[];
  /** Number of the trial to begin with. */
  readonly chosen: number | null;
  readonly trust: TuningAnalysis["trust"];
  readonly importance: TuningAnalysis["importance"];
  readonly sensitivity: Tuning["sensitivity"];
  readonly confirmed: Tuning["confirmed"];
  readonly findings: readonly TuningFinding[];
}

/** A tuning for a reader: trials, front, choice, and how far to trust it. */
export function tuningReport(tuning: Tuning): TuningReport {
  const { dir, plan, seed, replicates, heldOut, random, parameters, objectives, trials, ended, confirmed, sensitivity } = tuning;
  const { spreads, base, baseDifferences, neighbours, front, chosen, differences, trust, importance, findings } = analyseTuning(tuning);
  const onFront = new Set(front);
  const numberAt = (place: number) => trials[place].number;
  return {
    dir,
    study: plan.name,
    description: plan.description,
    scenario: plan.scenario,
    seed,
    sampler: plan.sampler.name,
    sampler_adapts: samplerNamed(plan.sampler.name).adapts,
    replicates,
    held_out_replicates: heldOut,
    random,
    parameters: parameters.map(({ path, domain }) => ({
      path,
      values: domain.kind === "list" ? domain.values : null,
      words: domainWords(domain),
    })),
    constraints: plan.space.constraints.map(({ text }) => text),
    objectives: objectives.map(({ name, better }) => ({ name, better })),
    limits: plan.limits.map(({ figure, atMost, atLeast }) => ({ figure, at_most: atMost, at_least: atLeast })),
    ended,
    trials: trials.map((trial, place) => ({
      trial: trial.number,
      set: Object.fromEntries(parameters.map(({ path }, at) => [path, trial.assignment[at]])),
      status: trial.status,
      breaks: trial.breaks.map(({ figure }) => figure),
      limited: limitedOf(plan.limits, trial),
      replicates: trial.values?.[0].length ?? 0,
      objectives: objectivesOf(objectives, spreads[place], isEligible(trial) ? differences[place] : null),
      held_out: heldOutOf(objectives, trial),
      is_on_front: onFront.has(place),
      error: trial.error,
    })),
    base: objectivesOf(objectives, base, baseDifferences),
    base_breaks: tuning.base.breaks.map(({ figure }) => figure),
    base_limited: limitedOf(plan.limits, tuning.base),
    base_held_out: heldOutOf(objectives, tuning.base),
    neighbours: neighbours.map(numberAt),
    warnings: tuning.warnings,
    front: front.map(numberAt),
    chosen: chosen === null ? null : numberAt(chosen),
    trust,
    importance,
    sensitivity,
    confirmed,
    findings: findings.map((one) => (one.kind === "not_told_apart" ? { ...one, trials: one.trials.map(numberAt) } : one)),
  };
}

function objectivesOf(
  objectives: readonly Objective[],
  spreads: TuningAnalysis["base"] | undefined,
  differences: TuningAnalysis["differences"][number] | undefined,
): TuningTrialReport["objectives"] {
  if (spreads == null) return null;
  return Object.fromEntries(
    objectives.map(({ name }, k) => {
      const { mean, interval } = spreads[k];
      const difference = differences?.[k] ?? undefined;
      return [
        name,
        { mean, interval, from_chosen: difference === undefined ? null : { mean: difference.mean, interval: difference.interval } },
      ];
    }),
  );
}

function limitedOf(limits: Tuning["plan"]["limits"], { limited }: Measured): TuningTrialReport["limited"] {
  return Object.fromEntries(limits.map(({ figure }, at) => [figure, limited[at]]));
}

function heldOutOf(objectives: readonly Objective[], { heldOut }: Measured): TuningTrialReport["held_out"] {
  if (heldOut === null) return null;
  return Object.fromEntries(objectives.map(({ name }, k) => [name, meanOf(heldOut[k])]));
}
