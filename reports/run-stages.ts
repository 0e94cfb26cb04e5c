import { ruleLabel, type StageConfiguration, type StageListConfiguration } from "../engine/index.js";
import type { OpenRun } from "../recorders/index.js";
import { keptAt, keptByAll } from "./elsewhere.js";
import { readStageChanges } from "./reading/stage-changes.js";
import { indexNetuidOf, kindOf, type RunRules, rulesOf } from "./rules.js";
import { gateBy, keeps } from "./stage-step.js";

/** A stage of the list of a run's rule, and what it did over the run. */
export interface RunStage {
  /** Place in the list, from 1; `residual` is the last. */
  readonly stage: number;
  /** `curve`, `multiplier`, ...; `residual`. */
  readonly name: string;
  readonly variant: string | null;
  /** Of a gate: by what it goes. Left out for others. */
  readonly by?: string;
  /** Where the scenario states it: `stages.1`; null: it states no residual. */
  readonly path: string | null;
  /**
   * Share of the pot that it took from miners, and that it gave to others, 0..1, mean over the epochs of which the run recorded its stages;
   * of a stage that keeps a part what it keeps. Null: not recorded.
   */
  readonly taken: number | null;
  readonly given: number | null;
  /** Epochs of which that is the mean, of subnets together; null: of a stage that keeps a part, or not recorded. */
  readonly epochs: number | null;
}

/**
 * The stages of a run's list in order; none where its rule is no list.
 * @param besides a subnet that does not count, or null
 */
export async function runStages(
  run: OpenRun,
  rules: RunRules = rulesOf(run, kindOf(run, indexNetuidOf(run))),
  besides: number | null = null,
): Promise<readonly RunStage[]> {
  const { stages: list, stagesStated } = rules;
  if (list === null) return [];
  const moved = await readMoved(run, besides);
  const stages = list.stages.map((one, at): RunStage => ({ ...named(one, at), ...effectOf(list, at, moved.get(at + 1)) }));
  const place = list.stages.length;
  const residual = { stage: place + 1, name: "residual", variant: list.residual ?? "normalise", taken: null, given: null, epochs: null };
  return [...stages, { ...residual, path: stagesStated > place ? `stages.${place}` : null }];
}

function named(one: StageConfiguration, at: number) {
  const variant = one.variant === undefined ? null : ruleLabel(one.variant);
  return { stage: at + 1, name: ruleLabel(one.stage), variant, ...gateBy(one), path: `stages.${at}` };
}

/** The table tells shares of what stages that keep leave: of the whole pot they are as much less. */
function effectOf(list: StageListConfiguration, at: number, moved: Moved | undefined): Pick<RunStage, "taken" | "given" | "epochs"> {
  if (keeps(list.stages[at])) return { taken: keptAt(list, at), given: 0, epochs: null };
  const left = keptByAll(list);
  if (moved === undefined || left === null) return { taken: null, given: null, epochs: null };
  return { taken: (left * moved.taken) / moved.epochs, given: (left * moved.given) / moved.epochs, epochs: moved.epochs };
}

interface Moved {
  taken: number;
  given: number;
  /** Of subnets together. */
  epochs: number;
  /** The subnet and epoch of its latest row. */
  netuid: number;
  epoch: number;
}

/** Sums by stage, from 1. */
async function readMoved(run: OpenRun, besides: number | null): Promise<ReadonlyMap<number, Moved>> {
  const moved = new Map<number, Moved>();
  await readStageChanges(run, (netuid, epoch, stage, change) => {
    if (netuid === besides) return;
    let of = moved.get(stage);
    if (of === undefined) {
      of = { taken: 0, given: 0, epochs: 0, netuid: -1, epoch: -1 };
      moved.set(stage, of);
    }
    if (of.netuid !== netuid || of.epoch !== epoch) of.epochs += 1;
    of.netuid = netuid;
    of.epoch = epoch;
    if (change < 0) of.taken -= change;
    else of.given += change;
  });
  return moved;
}
