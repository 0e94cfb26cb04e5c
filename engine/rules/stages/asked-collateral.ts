import { RAO_PER_TOKEN } from "../../kernel/money.js";
import { withInner } from "./listed-stages.js";
import type { StageConfiguration } from "./stage-configuration.js";

/** The least collateral above 0 that gates of a list ask for, rao; infinite where none goes by collateral. */
export function leastAskedCollateralRao(stages: readonly StageConfiguration[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const { stage, parameters } of withInner(stages)) {
    if (stage !== "gate") continue;
    const { by, atLeast } = parameters as { readonly by: string; readonly atLeast: number };
    const askedRao = atLeast * RAO_PER_TOKEN;
    if (by === "collateral" && askedRao > 0 && askedRao < least) least = askedRao;
  }
  return least;
}
