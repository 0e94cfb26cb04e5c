import { formatTokensChange, formatTokensShort } from "../../format/amount.js";
import { formatCount, formatShare, plural } from "../../format/numbers.js";
import { formatTime } from "../../format/time.js";
import type { PaidKey } from "../baseline/paid-line.js";
import type { GainFigures } from "../cause/cause-figures.js";
import type { CauseGroup } from "../cause/cause-groups.js";
import { EPOCHS, OTHERS_WEIGHTS, TAKING_PART } from "../cause/parting.js";
import { twoValues } from "./two-values.js";

/** What causes stand for that are no term, or whose name and rule together read as nothing. */
const MEANINGS: Readonly<Record<string, string>> = {
  [OTHERS_WEIGHTS]:
    "of their own nothing differs but what follows from pay; they share the pot with others whose weights changed, or rate them",
  [TAKING_PART]: "who takes part in one of the runs alone",
  [EPOCHS]: "epochs end at other times, or are in one of the runs alone",
  base_weight: "the weight before any rule",
  pot: "what there is to share",
  "pot.outside": "what others earn who are in no stream (emission.outside)",
  code: "the same scenario and data pay something else: the code of Tenure changed",
  rule_file: "a file with a rule is not that of the baseline",
  unfinished_epoch: "pay of an epoch that never ended",
  rest: "what no position gets",
  "activity.minted": "what is minted in trades",
  "activity.redeemed": "what is redeemed in trades",
  "activity.transactions": "how many trades there are",
  "holdings.stake": "what is staked",
  "holdings.received": "what was received in all",
  "holdings.remaining": "what is left of what was received",
  "holdings.held_share": "which share of what was received is held",
  "holdings.held_days": "for how long it is held",
  "multiplier.applied": "whether multipliers apply (vesting.mode)",
  "multiplier.below_minimum": "what becomes of who is below the minimum (vesting.below_minimum)",
  "pay.paid": "the rao that are paid of a share",
  "score.rank": "the rank by scores",
  "score.ranked": "who is ranked",
  "score.weighted_volume": "what minting and redeeming count",
  "slashing.taken": "what slashing took",
  "tiers.base": "the pay from the base pool",
  "tiers.bonus": "the pay of the tier",
  "tiers.empty_tier": "where the share of a tier goes in which nobody is",
  "tiers.scoreless_tier": "where the share of a tier goes whose members all score 0",
  "tiers.base_by": "what the base pool is shared by",
  "tiers.all_zero": "where the base pool goes when nobody has a weight",
  "tiers.multiplier": "the multiplier of the index subnet",
  "validator.deviation": "how far a validator is from the consensus",
  "validator.pool": "the pay from the pool of validators",
  "validator.stake": "the stake of the validator",
  "weight.final": "the share of the pot after all rules",
};

/** `cause:multiplier.duration_factor`, as reviews name it. */
export function causeName(cause: string): string {
  return `cause:${cause}`;
}

/** What a cause is, in words: a term of a rule, or what it stands for. */
export function causeMeaning({ cause, rule }: Pick<CauseGroup, "cause" | "rule">): string {
  const [term = ""] = cause.split(".").slice(-1);
  if (cause === "data") return rule;
  // Rules that are called after their term: the stake of validators.
  return MEANINGS[cause] ?? (rule.startsWith(`${term} of `) ? rule : `${term} of ${rule}`);
}

/** "12 positions and burn, gains and losses together 3.20 % of all pay": what one loses and another gains counts with both. */
export function sizeWords(lines: readonly Pick<PaidKey, "kind" | "hotkey">[], share: number): string {
  const positions = lines.filter(({ kind }) => kind === "position").length;
  const rest = [...new Set(lines.filter(({ kind }) => kind === "rest").map(({ hotkey }) => hotkey))];
  return `${[plural(positions, "position"), ...rest].join(" and ")}, gains and losses together ${formatShare(share)} of all pay`;
}

/** Who gains and loses: "by itself 5 gain 4,000.00 alpha, 1 loses 247.00: net +3,753.00; burn -3,753.00". */
export function gainWords({ figures }: { readonly figures: GainFigures }): string {
  const { gainers, losers, gainedRao, lostRao, othersRao, elsewhere } = figures;
  const [gained, lost] = [gainedRao, lostRao].map(formatTokensShort);
  const sides = `${verb(gainers, "gain")} ${gained} alpha, ${verb(losers, "lose")} ${lost}`;
  return [
    `${leadWords(figures)} ${sides}: net ${formatTokensChange(gainedRao - lostRao)}`,
    ...(othersRao === 0n ? [] : [`others who share the pot ${formatTokensChange(othersRao)}`]),
    ...elsewhere.map(({ goesTo, changeRao }) => `${goesTo} ${formatTokensChange(changeRao)}`),
  ].join("; ");
}

const verb = (count: number, word: string) => `${formatCount(count)} ${word}${count === 1 ? "s" : ""}`;

function leadWords({ together, positions }: GainFigures): string {
  if (together === 0) return "by itself";
  return together >= positions ? "by all changes together" : `by itself, and ${formatCount(together)} by all changes together,`;
}

/** Where the first of a group parts; empty where that is not known. */
export function firstWords({ first, firstDay }: Pick<CauseGroup, "first" | "firstDay">): string {
  if (first === null) return firstDay === null ? "" : `from ${firstDay}`;
  const { netuid, epoch, endMs, hotkey, before, after, isCommon, isChoice } = first;
  const where = `from epoch ${epoch} of subnet ${netuid}, ${formatTime(endMs)}`;
  // What is chosen stands among the values that changed.
  if (isChoice === true || (before === null && after === null)) return where;
  const [was, is] = twoValues(before, after);
  return `${where}: ${isCommon === true ? `it was ${was}, is ${is}` : `${hotkey} had ${was}, has ${is}`}`;
}
