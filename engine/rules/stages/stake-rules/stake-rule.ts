import type { ParameterDeclarations, ValuesOf } from "../../parameter.js";
import type { AskedFact, BoundFactorStage } from "../stage.js";

/**
 * A bonus of the stage `multiplier` that goes by stake and its course, where the multiplier rules proper go by what is held of
 * emission (docs/explanation/stages.md). One file, and its line in the registry (`index.ts`).
 */
export interface StakeRule<D extends ParameterDeclarations = ParameterDeclarations> {
  readonly name: string;
  readonly meaning: string;
  readonly parameters: D;
  /** What it asks of `StageFacts` that is not gathered for every list. */
  readonly asks?: readonly AskedFact[];
  bind(parameters: ValuesOf<D>): Omit<BoundFactorStage, "isBonus" | "withholds">;
}

export function declareStakeRule<const D extends ParameterDeclarations>(rule: StakeRule<D>): StakeRule<D> {
  return rule;
}
