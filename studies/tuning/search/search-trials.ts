import { meanOf } from "../../statistics/mean.js";
import type { Evaluator } from "../evaluation/evaluator.js";
import type { TuningManifest } from "../folder/tuning-manifest.js";
import { lossOf, valuesOf } from "../objectives/objective.js";
import type { Pruning, TuningPlan } from "../plan/tuning-plan.js";
import type { Outcome } from "../samplers/index.js";
import { samplerNamed } from "../samplers/index.js";
import type { TrialEntry } from "../trials/trial-log.js";
import { brokenLimits, errorIn, type TrialStatus } from "../tuning.js";
import { roundsOf, survivors } from "./halving.js";
import { type Candidate, search } from "./search.js";

/** A trial that was decided. */
export interface TrialRow extends Candidate {
  readonly status: TrialStatus;
}

export interface TrialReplicates {
  readonly replicates: readonly number[];
  /** Further ones, which nothing is chosen by. */
  readonly heldOut: readonly number[];
  /** Does another process run a part of it? */
  readonly isSharded: boolean;
}

/** The part of an evaluator that a search needs. */
export type TrialSource = Pick<Evaluator, "run" | "entry" | "tasks">;

/** Searches with trials run by an evaluator; of a time that is over, the trials before the first that is not decided are told. */
export async function searchTrials(
  plan: TuningPlan,
  evaluator: TrialSource,
  { replicates, heldOut, isSharded }: TrialReplicates,
): Promise<{ readonly rows: readonly TrialRow[]; readonly ended: TuningManifest["ended"] }> {
  const decided = new Map<number, TrialStatus>();
  const isAdaptive = samplerNamed(plan.sampler.name).adapts;
  const { candidates, isWhole } = await search(plan, {
    async run(batch) {
      const given =
        plan.pruning === null
          ? await runAll(batch, evaluator, replicates, heldOut)
          : await halve(plan.pruning, plan, batch, evaluator, replicates, heldOut);
      const outcomes = batch.map(({ number }, at): Outcome | undefined => {
        const isWhole = given[at] === replicates.length;
        const entries = entriesOf(evaluator, number, isWhole ? [...replicates, ...heldOut] : replicates.slice(0, given[at]));
        if (entries === null) return undefined;
        // What is held out decides nothing: not even that a trial failed.
        const own = entries.slice(0, given[at]);
        const isFailed = errorIn(own) !== null;
        decided.set(number, isFailed ? "failed" : isWhole ? "finished" : "pruned");
        return isFailed ? null : outcomeOf(plan, own);
      });
      if (outcomes.every((one) => one !== undefined)) return outcomes;
      // Who does not learn from outcomes goes on to what is its own part of the rest.
      return isSharded && !isAdaptive ? outcomes.map((one) => one ?? null) : null;
    },
  });
  const firstGap = candidates.findIndex(({ number }) => !decided.has(number));
  const told = firstGap === -1 || (isSharded && !isAdaptive) ? candidates : candidates.slice(0, firstGap);
  const rows = told.flatMap((one) => {
    const status = decided.get(one.number);
    return status === undefined ? [] : [{ ...one, status }];
  });
  const isCut = !isWhole || firstGap !== -1;
  const ended = isCut ? (isSharded ? "shard" : "time") : candidates.length === plan.trials ? "budget" : "exhausted";
  return { rows, ended };
}

/** Runs a batch whole. @returns how many replicates each was given, those that are held out aside */
async function runAll(
  batch: readonly Candidate[],
  evaluator: TrialSource,
  replicates: readonly number[],
  heldOut: readonly number[],
): Promise<readonly number[]> {
  const all = [...replicates, ...heldOut];
  await evaluator.run(batch.map(({ number, assignment }) => ({ trial: number, assignment, replicates: all })));
  return batch.map(() => replicates.length);
}

/** The same by successive halving. */
async function halve(
  pruning: Pruning,
  plan: TuningPlan,
  batch: readonly Candidate[],
  evaluator: TrialSource,
  replicates: readonly number[],
  heldOut: readonly number[],
): Promise<readonly number[]> {
  const given = batch.map(() => 0);
  let places: readonly number[] = batch.map((_, at) => at);
  for (const count of roundsOf(pruning, replicates.length)) {
    const asked = count < replicates.length ? replicates.slice(0, count) : [...replicates, ...heldOut];
    await evaluator.run(places.map((at) => ({ trial: batch[at].number, assignment: batch[at].assignment, replicates: asked })));
    for (const at of places) given[at] = count;
    const losses = places.map((at): Outcome | undefined => {
      const entries = entriesOf(evaluator, batch[at].number, asked);
      if (entries === null) return undefined;
      const own = entries.slice(0, count);
      return errorIn(own) !== null ? null : outcomeOf(plan, own);
    });
    // What is not decided cannot be compared: the time is over.
    if (losses.some((one) => one === undefined)) return batch.map(() => replicates.length);
    const kept = survivors(losses as readonly Outcome[], pruning);
    places = kept.map((one) => places[one]);
  }
  return given;
}

/** All of these replicates; null: some were not run. */
function entriesOf(evaluator: TrialSource, trial: number, replicates: readonly number[]): readonly TrialEntry[] | null {
  const entries = replicates.map((replicate) => evaluator.entry(trial, replicate));
  return entries.every((one) => one !== null) ? entries : null;
}

/** Mean losses over replicates; null where a limit is broken. */
function outcomeOf(plan: TuningPlan, entries: readonly TrialEntry[]): Outcome {
  if (brokenLimits(plan.limits, entries).length > 0) return null;
  const values = entries.map(({ figures }) => valuesOf(plan.objectives, figures ?? {}));
  return plan.objectives.map((objective, k) => lossOf(objective, meanOf(values.map((one) => one[k]))));
}
