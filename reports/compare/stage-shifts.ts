import type { OpenRun } from "../../recorders/index.js";
import { type RunStage, runStages } from "../run-stages.js";
import { stageTitle } from "../stage-step.js";

/** A stage of the lists of two runs, and how differently it moved pay. Null: the run has no such stage, or did not record what it did. */
export interface StageShift {
  /** `gate`, `multiplier net_stake`, ...; the second of a name in a list is `gate #2`. */
  readonly stage: string;
  /** The same as people read it: `gate collateral`; where it goes by something else in b, both: `gate stake, in b gate collateral`. */
  readonly title: string;
  /** Where the scenarios state it: `stages.1`. */
  readonly path_a: string | null;
  readonly path_b: string | null;
  /** Share of the pot that it took from miners, and that it gave to others, mean over the epochs that were recorded; 0..1. */
  readonly taken_a: number | null;
  readonly taken_b: number | null;
  readonly given_a: number | null;
  readonly given_b: number | null;
  /** What it takes more of in b, and gives; a stage that a run does not have takes and gives nothing. Null: not recorded. */
  readonly taken_change: number | null;
  readonly given_change: number | null;
  /** Fewest epochs of either run of which that is the mean; null: it keeps a part, which is the same in all, or was not recorded. */
  readonly epochs: number | null;
}

/** The stages of both runs, those first that differ most. */
export async function stageShifts(a: OpenRun, b: OpenRun): Promise<readonly StageShift[]> {
  const [left, right] = [byName(await runStages(a)), byName(await runStages(b))];
  const shifts = [...new Set([...left.keys(), ...right.keys()])].map((stage) => shiftOf(stage, left.get(stage), right.get(stage)));
  return sortShifts(shifts);
}

/** Those first that differ most; of those that differ as much, in their order. */
export function sortShifts<Shift extends StageShift>(shifts: readonly Shift[]): readonly Shift[] {
  const size = ({ taken_change: taken, given_change: given }: StageShift) => Math.abs(taken ?? 0) + Math.abs(given ?? 0);
  return [...shifts].sort((one, other) => size(other) - size(one));
}

/** A residual moves nothing by itself: where it sends what stages leave is a value of the scenario. */
function byName(stages: readonly RunStage[]): ReadonlyMap<string, RunStage> {
  const named = new Map<string, RunStage>();
  for (const stage of stages) {
    if (stage.name === "residual") continue;
    const name = stage.variant === null ? stage.name : `${stage.name} ${stage.variant}`;
    let id = name;
    for (let again = 2; named.has(id); again++) id = `${name} #${again}`;
    named.set(id, stage);
  }
  return named;
}

function shiftOf(stage: string, a: RunStage | undefined, b: RunStage | undefined): StageShift {
  const change = (of: "taken" | "given") => {
    const [then, now] = [a === undefined ? 0 : a[of], b === undefined ? 0 : b[of]];
    return then === null || now === null ? null : now - then;
  };
  return {
    stage,
    title: titleOf(stage, a, b),
    path_a: a?.path ?? null,
    path_b: b?.path ?? null,
    taken_a: a?.taken ?? null,
    taken_b: b?.taken ?? null,
    given_a: a?.given ?? null,
    given_b: b?.given ?? null,
    taken_change: change("taken"),
    given_change: change("given"),
    epochs: fewest([a?.epochs, b?.epochs]),
  };
}

function titleOf(stage: string, a: RunStage | undefined, b: RunStage | undefined): string {
  const again = / #\d+$/.exec(stage)?.[0] ?? "";
  const [in_a, in_b] = [a, b].map((one) => (one === undefined ? null : `${stageTitle(one)}${again}`));
  return in_a !== null && in_b !== null && in_a !== in_b ? `${in_a}, in b ${in_b}` : (in_a ?? in_b ?? stage);
}

/** Null: none is known. */
export function fewest(epochs: readonly (number | null | undefined)[]): number | null {
  const known = epochs.filter((count) => count != null);
  return known.length === 0 ? null : Math.min(...known);
}
