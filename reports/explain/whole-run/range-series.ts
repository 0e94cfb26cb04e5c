import { isRead, type PoolCourse, ruleLabel, type StageConfiguration } from "../../../engine/index.js";
import type { PositionRow } from "../../reading/positions.js";
import { multiplierEffect, type RunRules } from "../../rules.js";
import { hasFactor, keeps } from "../../stage-step.js";
import { stagePath } from "../stage-path.js";
import { NO_ROWS, type OwnRows } from "../told/own-rows.js";
import { type Cause, type CauseRange, causeInWords } from "./cause.js";
import type { MoveRange } from "./followed-pools.js";
import type { OwnEvents } from "./own-events.js";
import { NOBODY } from "./pool-members.js";
import type { RunColumns } from "./run-columns.js";
import { listEffects, type ShareEffect } from "./share-effects.js";
import { type StageRow, stageMover } from "./stage-causes.js";
import { withheldBefore } from "./withholding.js";

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
  /** Of a list of stages: by what it moves the share. That which moved it most names a range; where it is left out, the first that moved. */
  readonly effect?: ShareEffect;
  /** What of it moved it most from one epoch to another, by which ranges are told apart; left out, or null: it has no parts, or none is known. */
  part?(range: MoveRange): string | null;
  /** Why it moved in a range; left out, or undefined: by what is held, or its place among the others. */
  cause?(range: CauseRange): Cause | undefined;
}

/** Of a miner whose pay is shared by multipliers, or by a list of stages. */
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
  const listed = listedStages(columns, stages.stages);
  if (listed.length === 0) return [{ term: "final_weight", path: null, byHolding: false, at: (epoch) => columns.final[epoch] }];
  const effects = listEffects(listed.map(({ row, isFactor }) => ({ ...row, isFactor })));
  const isScored = rules.beforeRule === "scores";
  const who = { hotkey: position.hotkey, uid: position.uid, tags: stages.tags ?? {} };
  const own = listed.map(({ one, index, row, isFactor }, at): Series => {
    const values = isFactor ? row.factor : row.after;
    const withholding = withheldBefore(stages.stages, index);
    const known = { rows, isScored, who, course, spending: columns.spending };
    const mover = stageMover(one, row, events, withholding === null ? null : `stage ${withholding}`, known);
    const term = termOf(one, index);
    const kind = isFactor ? ({ isFactor: true } as const) : {};
    return { term, path: stagePath(term, stagesStated), ...mover, ...kind, effect: effects.own[at], at: (epoch) => values[epoch] };
  });
  const others = listed.flatMap(({ index, row, isFactor }, at): Series[] => {
    const term = `others.stage.${index + 1}`;
    const gain = (epoch: number) => row.after[epoch] / (row.before[epoch] * row.factor[epoch]);
    const cause = ({ change }: CauseRange) => causeInWords(`the factors of the others ${change === "up" ? "fell" : "rose"}`);
    const named = { term, path: stagePath(term, stagesStated), byHolding: false, cause };
    return isFactor ? [{ ...named, effect: effects.others[at], at: gain }] : [];
  });
  const { before: shares } = listed[0].row;
  const base: Series = {
    term: "base_weight",
    path: null,
    byHolding: false,
    effect: effects.base,
    at: (epoch) => shares[epoch],
    cause: (range) => {
      const row = isScored ? rows.moved("scores", range) : null;
      const words = `its base weight ${range.change === "up" ? "rose" : "fell"} among those of all`;
      return { ...causeInWords(words), ...(row === null ? {} : { row }) };
    },
  };
  return [...own, ...others, base];
}

interface ListedStage {
  readonly one: StageConfiguration;
  /** From 0. */
  readonly index: number;
  readonly row: StageRow;
  /** Of a rule that was not read it is not known. */
  readonly isFactor: boolean;
}

/** Those of a list that move shares. */
function listedStages(columns: RunColumns, stages: readonly StageConfiguration[]): readonly ListedStage[] {
  return stages.flatMap((one, index) => {
    const row = columns.stages.get(index + 1);
    if (row === undefined || keeps(one)) return [];
    // What was recorded of some epochs alone moves nothing in the others.
    if (columns.epochs.some(({ epoch }) => columns.weighed[epoch] === 1 && Number.isNaN(row.after[epoch]))) return [];
    return [{ one, index, row, isFactor: isRead(one.stage) && hasFactor(one) }];
  });
}

function termOf({ stage }: StageConfiguration, index: number): string {
  return `stage.${index + 1}.${ruleLabel(stage)}`;
}

/** The term of a multiplier that moves no pay. */
export const WOULD_BE = "shadow_multiplier";

/** What its multiplier would be, also of who has no weight among the miners: what its holding was measured at; NaN: not known. */
export function wouldBeAt({ weighed, shadow, measured }: RunColumns, epoch: number): number {
  return weighed[epoch] === 1 ? shadow[epoch] : measured[epoch];
}
