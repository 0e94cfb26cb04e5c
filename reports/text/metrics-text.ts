import type { MetricsEntry } from "../../recorders/index.js";
import { formatCount, formatShare, plural } from "../format/numbers.js";
import type { BeforeRule } from "../rules.js";

/** Subnets whose figures are shown; all are in `--json`. */
const SHOWN = 4;

/** What is said of a question that the data of a run cannot decide. */
export const UNDECIDED: Readonly<Record<MetricsEntry["undecided"][number], string>> = {
  one_sharer: "any rule: each pot has a single taker, whose pay no multiplier moves",
  equal_multipliers: "the rule: all who shared a pot had one multiplier in every epoch, so nothing moved",
  retention_target: "retention_target: every holding was whole or empty, so every target gives the same",
};

/** Before and under a rule, in words; which pot moved is the same. */
const BEFORE: Readonly<Record<BeforeRule, readonly [string, string, string]>> = {
  recorded: ["before the rule", "under it", ""],
  rewards: ["before the rule", "under it", ""],
  skill: ["by base weights alone", "under the rule", ""],
  consensus: ["by base weights alone", "under the rule", ""],
  recorded_rule_undone: ["with the recorded rule undone", "under this rule", ", from the pay with the recorded rule undone"],
  weights: ["by the weights stream", "under the rule", ", from the shares of the weights stream"],
  scores: ["by the scores", "under the rule", ", from the shares of the scores"],
  yuma: ["by Yuma alone", "under the rule", ", from the shares by Yuma of what validators set"],
};

const gini = (value: number): string => value.toFixed(4);

/**
 * What decides about a rule: how much of the pots it moves, and how unequal pay is before and under it.
 * @param base what the figures are measured from
 * @param effect said of figures that were not applied to pay
 */
export function metricsFacts(
  { epochs, pot_moved: moved, subnets, undecided }: MetricsEntry,
  base: BeforeRule,
  effect: string,
): [string, string][] {
  const [without, under, from] = BEFORE[base];
  const lines: [string, string][] = [
    ["pot moved", `${formatShare(moved)} of what miners share, in ${plural(epochs, "epoch")}${from}${effect}`],
  ];
  const many = subnets.length > 1;
  subnets.slice(0, SHOWN).forEach(({ netuid, gini_before: before, gini_after: after, pot_moved: own }, at) => {
    const of = many ? `subnet ${netuid}: ` : "";
    const movedPart = many ? `, ${formatShare(own)} moved` : "";
    lines.push([at === 0 ? "Gini of pay" : "", `${of}${gini(before)} ${without}, ${gini(after)} ${under}${movedPart}${effect}`]);
  });
  if (subnets.length > SHOWN) lines.push(["", `and ${formatCount(subnets.length - SHOWN)} more subnets (--json)`]);
  for (const [at, question] of undecided.entries()) lines.push([at === 0 ? "undecided" : "", UNDECIDED[question]]);
  return lines;
}
