import { InvariantError } from "../../kernel/errors.js";
import { ROUNDING_RAO } from "../../ledger/rounding.js";

/** What a balance change that the events do not explain is taken for (docs/explanation/flows.md, attribution). */
export type ResidualKind = "emission" | "rounding" | "unexplained" | "none";

export interface Residual {
  readonly kind: ResidualKind;
  /** Its size in rao, 0 or more whatever the direction. */
  readonly amountRao: number;
}

/**
 * Classifies the residual of the interval (previous balance, this balance] of one position:
 * residual = change - net manual flow. Above 0 it is `emission`; in [-10 rao per event, 0) it is `rounding`; below that it
 * is an `unexplained` outflow; 0 is `none`.
 *
 * @param changeRao this balance less the previous one; whole rao of either sign
 * @param netFlowRao inflows less outflows of the events in the interval; whole rao of either sign
 * @param events how many events that was
 * @throws InvariantError when an argument or the residual is not a whole number below 2^53
 */
export function classifyResidual(changeRao: number, netFlowRao: number, events: number): Residual {
  const residualRao = changeRao - netFlowRao;
  if (!Number.isSafeInteger(changeRao) || !Number.isSafeInteger(netFlowRao) || !Number.isSafeInteger(residualRao)) {
    throw new InvariantError(`a residual of ${changeRao} less ${netFlowRao} rao is not exact`);
  }
  if (residualRao > 0) return { kind: "emission", amountRao: residualRao };
  if (residualRao === 0) return { kind: "none", amountRao: 0 };
  return { kind: residualRao >= -ROUNDING_RAO * events ? "rounding" : "unexplained", amountRao: -residualRao };
}
