import type { MetricsEntry } from "../../recorders/index.js";
import { formatCount, formatShare, plural } from "../format/numbers.js";

/** Subnets whose figures are shown; all are in `--json`. */
const SHOWN = 4;

/** What is said of a question that the data of a run cannot decide. */
const UNDECIDED: Readonly<Record<MetricsEntry["undecided"][number], string>> = {
  one_sharer: "any rule: each pot has a single taker, whose pay no multiplier moves",
  equal_multipliers: "the rule: all who shared a pot had one multiplier in every epoch, so nothing moved",
  retention_target: "retention_target: every holding was whole or empty, so every target gives the same",
};

const gini = (value: number): string => value.toFixed(4);

/**
 * What decides about a rule: how much of the pots it moves, and how unequal pay is before and under it.
 * @param effect said of figures that were not applied to pay
 */
export function metricsFacts({ epochs, pot_moved: moved, subnets, undecided }: MetricsEntry, effect: string): [string, string][] {
  const lines: [string, string][] = [["pot moved", `${formatShare(moved)} of what miners share, in ${plural(epochs, "epoch")}${effect}`]];
  const many = subnets.length > 1;
  subnets.slice(0, SHOWN).forEach(({ netuid, gini_before: before, gini_after: after, pot_moved: own }, at) => {
    const of = many ? `subnet ${netuid}: ` : "";
    const movedPart = many ? `, ${formatShare(own)} moved` : "";
    lines.push([at === 0 ? "Gini of pay" : "", `${of}${gini(before)} before the rule, ${gini(after)} under it${movedPart}`]);
  });
  if (subnets.length > SHOWN) lines.push(["", `and ${formatCount(subnets.length - SHOWN)} more subnets (--json)`]);
  for (const [at, question] of undecided.entries()) lines.push([at === 0 ? "undecided" : "", UNDECIDED[question]]);
  return lines;
}
