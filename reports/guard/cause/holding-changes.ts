import type { VestingConfiguration } from "../../../engine/index.js";
import type { ValueDifference } from "../../../studies/index.js";
import type { HoldingMeasure } from "./held-beyond-pay.js";

/** Sections that make pay of holdings, and say nothing of what is held; and values that say what there is to pay. */
const PAYS =
  /^(vesting|stages|index\.(rewards|emission)|emission\.outside|closed_loop\.emission|streams\.[^.]+\.miner_pot_alpha_per_block)\b/;
/** Values among them that do: which tranches are looked at, and how they are measured. */
const MEASURES = /^vesting(\.(start|retention_basis|retention_scope|rounding|key_scope))?$/;

/** How holdings are measured, where they may differ by themselves since these values have changed; undefined: only through what was paid otherwise. */
export function changedHoldings(
  changed: readonly Pick<ValueDifference, "path">[],
  vesting: Pick<VestingConfiguration, "keyScope" | "retentionScope" | "rounding">,
): HoldingMeasure | undefined {
  const measures = (path: string) =>
    MEASURES.test(path) || (vesting.retentionScope === "window" && path === "vesting.retention_window_days") || !PAYS.test(path);
  return changed.some(({ path }) => measures(path)) ? measureOf(vesting) : undefined;
}

export function measureOf({ keyScope, rounding }: Pick<VestingConfiguration, "keyScope" | "rounding">): HoldingMeasure {
  return { isPooled: keyScope === "coldkey_even", isInWholeDays: rounding === "whole_days" };
}
