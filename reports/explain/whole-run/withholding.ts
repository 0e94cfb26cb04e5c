import type { StageConfiguration } from "../../../engine/index.js";

/** Place of the first stage before another that may withhold bonuses, from 1; null: none does. */
export function withheldBefore(stages: readonly StageConfiguration[], at: number): number | null {
  const first = stages.slice(0, at).findIndex(withholdsBonus);
  return first === -1 ? null : first + 1;
}

function withholdsBonus({ stage, parameters }: StageConfiguration): boolean {
  return stage === "gate" && (parameters as { readonly below?: string }).below === "no_bonus";
}
