import { burn } from "./burn.js";
import { curve } from "./curve.js";
import { gate } from "./gate.js";
import { multiplier } from "./multiplier.js";
import type { Stage } from "./stage.js";

export type { StageFacts } from "./stage-facts.js";

/** The stages a scenario can list, but for `residual`, which ends a list: a line each. */
export const STAGE_REGISTRY = { gate, multiplier, curve, burn } as const;

export type StageName = keyof typeof STAGE_REGISTRY;
export const STAGES: Readonly<Record<StageName, Stage>> = STAGE_REGISTRY as unknown as Readonly<Record<StageName, Stage>>;
