import type { StageListConfiguration } from "../configuration/stage-list-configuration.js";
import { Fraction } from "../kernel/decimal.js";
import { stageOf } from "../rules/stages/index.js";
import type { BoundFactorStage, BoundShareStage, InnerList, KeepStage, ListAround } from "../rules/stages/stage.js";
import type { StageConfiguration } from "../rules/stages/stage-configuration.js";

export interface BoundFactor {
  readonly effect: "factor";
  readonly stage: BoundFactorStage;
  /** Is it a bonus that a stage before may withhold? */
  readonly mayLack: boolean;
}

export type Bound = BoundFactor | { readonly effect: "share"; readonly stage: BoundShareStage };

/** Makes a list of stages inside a stage. @param isBehindGate whether a stage before it may have withheld bonuses */
export type InnerListOf = (list: StageListConfiguration, isBehindGate: boolean) => InnerList;

/**
 * Stages at work, by place; null: one that keeps.
 * @param list in which they stand
 * @param inner makes the list of a pool
 * @param isBehindGate whether a stage before the list may have withheld bonuses
 */
export function boundStages(
  stages: readonly StageConfiguration[],
  list: StageListConfiguration,
  inner: InnerListOf,
  isBehindGate = false,
): readonly (Bound | null)[] {
  let withholds = isBehindGate;
  const { residual } = list;
  return stages.map(({ stage, parameters, variant, of }) => {
    const declared = stageOf(stage);
    const stated = { ...parameters, variant, of } as never;
    if (declared.effect === "factor") {
      const stage = declared.bind(stated);
      const mayLack = stage.isBonus === true && withholds;
      withholds ||= stage.withholds !== undefined;
      return { effect: "factor", stage, mayLack };
    }
    if (declared.effect !== "share") return null;
    const isBehind = withholds;
    const around: ListAround = {
      get kept() {
        return exactlyKept(list.stages);
      },
      listOf: (stages) => inner({ stages: stages as readonly StageConfiguration[], residual, recordsEveryEpoch: false }, isBehind),
    };
    return { effect: "share", stage: declared.bind(stated, around) };
  });
}

/** What the stages that keep leave of the pot, exactly. */
function exactlyKept(stages: readonly StageConfiguration[]): Fraction {
  let kept = Fraction.whole(1);
  for (const { stage, parameters } of stages) {
    const declared = stageOf(stage);
    if (declared.effect !== "keep") continue;
    const { exactly, bind } = declared as KeepStage;
    kept = kept.times(exactly?.(parameters as never) ?? Fraction.decimal(bind.call(declared, parameters as never)));
  }
  return kept;
}
