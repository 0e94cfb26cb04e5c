import { type PoolCourse, ruleLabel, type StageConfiguration } from "../../../engine/index.js";
import type { PositionRow } from "../../reading/positions.js";
import { multiplierEffect, type RunRules } from "../../rules.js";
import { hasFactor, keeps } from "../../stage-step.js";
import { stagePath } from "../stage-path.js";
import { NO_ROWS, type OwnRows } from "../told/own-rows.js";
import type { Cause, CauseRange } from "./cause.js";
import type { OwnEvents } from "./own-events.js";
import { NOBODY } from "./pool-members.js";
import type { RunColumns } from "./run-columns.js";
import { stageMover } from "./stage-causes.js";

/** A term of a miner's pay over the epochs of a run. */
export interface Series {
  readonly term: string;
  /** Where the scenario states the stage; null: no stage. */
  readonly path: string | null;
  /** Does what it holds decide it? Otherwise its place among the others does. */
  readonly byHolding: boolean;
  /** By its number; NaN: it has none. */
  at(epoch: number): number;
  /** It moves in steps, and what stands still after one belongs to it. */
  readonly isStep?: true;
  /** It is a factor of the miner's own; else what others have counts, too. */
  readonly isFactor?: true;
  /** What is shown instead of the number. */
  shown?(epoch: number): string;
  /** Why it moved in a range; left out, or undefined: by what is held, or its place among the others. */
  cause?(range: CauseRange): Cause | undefined;
}

/** Of a miner whose pay is shared by multipliers, or by a list of stages; the first that moves names a range. */
export function seriesOf(
  columns: RunColumns,
  rules: RunRules,
  events: OwnEvents,
  rows: OwnRows = NO_ROWS,
  position: Pick<PositionRow, "hotkey" | "uid"> = NOBODY,
  course: PoolCourse | null = null,
): readonly Series[] {
  const { stages, stagesStated } = rules;
  if (stages === null) {
    if (multiplierEffect(rules) === "applied") {
      return [{ term: "multiplier", path: null, byHolding: true, at: (epoch) => columns.factor[epoch] }];
    }
    return [{ term: WOULD_BE, path: null, byHolding: true, at: (epoch) => wouldBeAt(columns, epoch) }];
  }
  const listed = stages.stages.flatMap((one, index): Series[] => {
    const row = columns.stages.get(index + 1);
    if (row === undefined || keeps(one)) return [];
    // What was recorded of some epochs alone moves nothing in the others.
    if (columns.epochs.some(({ epoch }) => columns.weighed[epoch] === 1 && Number.isNaN(row.after[epoch]))) return [];
    const values = hasFactor(one) ? row.factor : row.after;
    const withholding = stages.stages.slice(0, index).findIndex(withholdsBonus);
    const who = { hotkey: position.hotkey, uid: position.uid, tags: stages.tags ?? {} };
    const known = { rows, isScored: rules.beforeRule === "scores", who, course, spending: columns.spending };
    const mover = stageMover(one, row, events, withholding === -1 ? null : `stage ${withholding + 1}`, known);
    const term = `stage.${index + 1}.${ruleLabel(one.stage)}`;
    const own = hasFactor(one) ? ({ isFactor: true } as const) : {};
    return [{ term, path: stagePath(term, stagesStated), ...mover, ...own, at: (epoch) => values[epoch] }];
  });
  return listed.length > 0 ? listed : [{ term: "final_weight", path: null, byHolding: false, at: (epoch) => columns.final[epoch] }];
}

function withholdsBonus({ stage, parameters }: StageConfiguration): boolean {
  return stage === "gate" && (parameters as { readonly below?: string }).below === "no_bonus";
}

/** The term of a multiplier that moves no pay. */
export const WOULD_BE = "shadow_multiplier";

/** What its multiplier would be, also of who has no weight among the miners: what its holding was measured at; NaN: not known. */
export function wouldBeAt({ weighed, shadow, measured }: RunColumns, epoch: number): number {
  return weighed[epoch] === 1 ? shadow[epoch] : measured[epoch];
}
