import { applyMultipliers, type VestingConfiguration } from "../../../engine/index.js";
import type { EpochTerms } from "./epoch-terms.js";
import type { RuleAsker } from "./rule-asker.js";

/** Less of a pot than this is what rounding leaves of 1. */
const NO_SHARE = 1e-12;

/**
 * Who keeps its weight: asked of all who shared in an epoch at once, since it is measured against the sum of their base weights.
 * @param cutsUnmultiplied does the threshold also hold on a subnet where nobody's multiplier is other than 1?
 */
export function thresholdAsker(
  { mode, redistribution }: VestingConfiguration,
  cutsUnmultiplied: (netuid: number) => boolean,
): readonly RuleAsker[] {
  // In shadow mode, and with vesting off, a threshold takes nothing.
  if (mode !== "on") return [];
  const known = new WeakMap<EpochTerms, Float64Array | null>();
  return [
    {
      output: "redistribution.threshold",
      prefix: "redistribution",
      rule: "redistribution",
      ask: ({ epoch, at }) => {
        let kept = known.get(epoch);
        if (kept === undefined) {
          kept = keptIn(epoch, redistribution, cutsUnmultiplied(epoch.netuid));
          known.set(epoch, kept);
        }
        return kept === null || Number.isNaN(kept[at]) ? null : { terms: [], answer: kept[at] };
      },
    },
  ];
}

/** 1: keeps its weight, 0: is cut, NaN: has none; null: the epoch has no weights. */
function keptIn(
  { who, columns }: EpochTerms,
  redistribution: VestingConfiguration["redistribution"],
  cutsUnmultiplied: boolean,
): Float64Array | null {
  const [base, factor, final] = ["base_weight", "multiplier.applied", "weight.final"].map((id) => columns.get(id));
  if (base === undefined || factor === undefined || final === undefined) return null;
  const sharing = who.map((_, at) => at).filter((at) => base[at] >= 0 && factor[at] >= 0);
  const count = sharing.length + 1;
  const [bases, factors, weights] = [new Float64Array(count), new Float64Array(count).fill(1), new Float64Array(count)];
  for (const [place, at] of sharing.entries()) {
    bases[place] = base[at];
    factors[place] = factor[at];
  }
  bases[count - 1] = outsideBase(sharing, base, factor, final);
  const isMultiplied = sharing.some((at) => factor[at] !== 1);
  const applied = cutsUnmultiplied || isMultiplied ? redistribution : ({ kind: "proportional" } as const);
  applyMultipliers(bases, factors, count, applied, weights);
  const kept = new Float64Array(who.length).fill(Number.NaN);
  for (const [place, at] of sharing.entries()) if (base[at] * factor[at] > 0) kept[at] = Number(weights[place] > 0);
  return kept;
}

/** Base weight of those who share without a position of their own: what the weights of all others leave of 1, at their rate. */
function outsideBase(sharing: readonly number[], base: Float64Array, factor: Float64Array, final: Float64Array): number {
  const paid = sharing.find((at) => final[at] > 0);
  const rest = 1 - sharing.reduce((sum, at) => sum + final[at], 0);
  return paid === undefined || rest < NO_SHARE ? 0 : (rest * base[paid] * factor[paid]) / final[paid];
}
