import { formatTokensChange, formatTokensShort } from "../../format/amount.js";
import { formatShare, plural } from "../../format/numbers.js";
import { formatTime } from "../../format/time.js";
import type { PaidKey } from "../baseline/paid-line.js";
import type { CauseGroup } from "../cause/cause-groups.js";
import { EPOCHS, OTHERS_WEIGHTS, TAKING_PART } from "../cause/parting.js";
import { twoValues } from "./two-values.js";

/** What causes stand for that are no term, or whose name and rule together read as nothing. */
const MEANINGS: Readonly<Record<string, string>> = {
  [OTHERS_WEIGHTS]: "of their own nothing differs but what follows from pay; they share the pot with others whose weights changed",
  [TAKING_PART]: "who takes part in one of the runs alone",
  [EPOCHS]: "epochs end at other times, or are in one of the runs alone",
  base_weight: "the weight before any rule",
  pot: "what there is to share",
  code: "the same scenario and data pay something else: the code of Tenure changed",
  data: "recorded files are not those of the baseline",
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
  // Rules that are called after their term: the stake of validators.
  return MEANINGS[cause] ?? (rule.startsWith(`${term} of `) ? rule : `${term} of ${rule}`);
}

/** "12 positions and burn, differences of 3.20 % of all pay": what one loses and another gains counts with both. */
export function sizeWords(lines: readonly Pick<PaidKey, "kind" | "hotkey">[], share: number): string {
  const positions = lines.filter(({ kind }) => kind === "position").length;
  const rest = [...new Set(lines.filter(({ kind }) => kind === "rest").map(({ hotkey }) => hotkey))];
  return `${[plural(positions, "position"), ...rest].join(" and ")}, differences of ${formatShare(share)} of all pay`;
}

/** Who gains and loses: "by itself they gain 4,000.00 alpha and lose 247.00: net +3,753.00; burn -3,753.00". */
export function gainWords({ figures }: Pick<CauseGroup, "figures">): string {
  const { isOwn, lines, gainedRao, lostRao, othersRao } = figures;
  const elsewhere = lines.filter(({ kind, changeRao }) => kind === "rest" && changeRao !== 0n);
  const lead = isOwn ? "by itself" : "by all changes together";
  const [gained, lost] = [gainedRao, lostRao].map(formatTokensShort);
  return [
    `${lead} they gain ${gained} alpha and lose ${lost}: net ${formatTokensChange(gainedRao - lostRao)}`,
    ...(othersRao === 0n ? [] : [`others who share the pot ${formatTokensChange(othersRao)}`]),
    ...elsewhere.map(({ hotkey, changeRao }) => `${hotkey} ${formatTokensChange(changeRao)}`),
  ].join("; ");
}

/** Where the first of a group parts; empty where that is not known. */
export function firstWords({ first, firstDay }: Pick<CauseGroup, "first" | "firstDay">): string {
  if (first === null) return firstDay === null ? "" : `from ${firstDay}`;
  const { netuid, epoch, endMs, hotkey, before, after, isCommon } = first;
  const [was, is] = twoValues(before, after);
  const words = isCommon === true ? `it was ${was}, is ${is}` : `${hotkey} had ${was}, has ${is}`;
  return `from epoch ${epoch} of subnet ${netuid}, ${formatTime(endMs)}: ${words}`;
}
