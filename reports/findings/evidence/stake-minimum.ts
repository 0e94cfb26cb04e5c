import { RAO_PER_TOKEN } from "../../../engine/index.js";
import type { RunRules } from "../../rules.js";

/** The least stake that a rule asks for. */
export interface StakeMinimum {
  /** 0: it is in TAO, and depends on a price. */
  readonly rao: number;
  readonly words: string;
  /** What becomes of who has less. */
  readonly below: string;
  /** Where it is stated in the scenario. */
  readonly path: string;
}

/** Null where no stake is asked for: gates by collateral, age or volume ask for something else, which the holdings do not tell. */
export function minimumOf({ vesting, stages }: RunRules): StakeMinimum | null {
  if (vesting.mode === "off") return null;
  if (stages === null) {
    if (vesting.minimumStakeRao === 0) return null;
    const isAlpha = vesting.minimumStakeUnit === "alpha";
    return {
      rao: isAlpha ? vesting.minimumStakeRao : 0,
      words: `${vesting.minimumStakeRao / RAO_PER_TOKEN} ${isAlpha ? "alpha" : "TAO"}`,
      below: vesting.belowMinimum,
      path: "vesting.minimum_stake",
    };
  }
  const at = stages.stages.findIndex(({ stage, parameters }) => stage === "gate" && (parameters as { readonly by: string }).by === "stake");
  if (at < 0) return null;
  const { atLeast, unit, below } = stages.stages[at].parameters as {
    readonly atLeast: number;
    readonly unit: string;
    readonly below: string;
  };
  if (atLeast === 0) return null;
  return {
    rao: unit === "alpha" ? Math.ceil(atLeast * RAO_PER_TOKEN) : 0,
    words: `${atLeast} ${unit === "alpha" ? "alpha" : "TAO"}`,
    below,
    path: `stages.${at}.gate.at_least`,
  };
}
