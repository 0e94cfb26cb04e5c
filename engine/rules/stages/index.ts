import type { PlugIn } from "../plug-in.js";
import { budget } from "./budget.js";
import { burn } from "./burn.js";
import { cap } from "./cap.js";
import { curve } from "./curve.js";
import { floor } from "./floor.js";
import { gate } from "./gate.js";
import { multiplier } from "./multiplier.js";
import { guardedStage } from "./plug-in-stage.js";
import { pools } from "./pools.js";
import { sellingPenalty } from "./selling-penalty.js";
import { smooth } from "./smooth.js";
import type { Stage } from "./stage.js";
import { threshold } from "./threshold.js";

export type { Obligation } from "../../registry/obligation.js";
export type { StageFacts } from "./stage-facts.js";

/** The stages a scenario can list, but for `residual`, which ends a list: a line each. */
export const STAGE_REGISTRY = {
  gate,
  multiplier,
  selling_penalty: sellingPenalty,
  curve,
  smooth,
  cap,
  floor,
  threshold,
  pools,
  budget,
  burn,
} as const;

export type StageName = keyof typeof STAGE_REGISTRY;
export const STAGES: Readonly<Record<StageName, Stage>> = STAGE_REGISTRY as unknown as Readonly<Record<StageName, Stage>>;

/** A stage by its name, or one of a user's own file. */
export type StageChoice = StageName | PlugIn<Stage>;

/** What a stage declares: the one look-up, over those that are built in and the plug-ins of a run. */
export function stageOf(choice: StageChoice): Stage {
  return typeof choice === "string" ? STAGES[choice] : guardedStage(choice);
}
