import { stageOf } from "./index.js";
import type { AskedFact } from "./stage.js";
import type { StageConfiguration } from "./stage-configuration.js";

const ALL: readonly AskedFact[] = ["key", "collateral", "volume", "earned", "moved", "obligations", "usd"];

/** What a stage asks besides what everybody's holdings tell; one of a user's own file may ask anything. */
export function askedFacts({ stage, parameters, variant, of }: StageConfiguration): readonly AskedFact[] {
  if (typeof stage !== "string") return ALL;
  return stageOf(stage).asks?.({ ...parameters, variant, of } as never, (one) => askedFacts(one as StageConfiguration)) ?? [];
}

/** The same of a whole list. */
export function allAskedFacts(stages: readonly StageConfiguration[]): ReadonlySet<AskedFact> {
  return new Set(stages.flatMap(askedFacts));
}
