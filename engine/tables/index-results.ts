import { MAX_RAO } from "../kernel/money.js";
import { LARGEST_MULTIPLIER } from "../kernel/ranges.js";
import { TIME_LIMIT_MS } from "../kernel/time.js";
import { type ColumnDeclaration, declareColumn, declareTable } from "./column.js";
import { LARGEST_SUM_RAO } from "./column-range.js";
import {
  ATTESTED_OPERATIONS,
  NO_CONSENSUS_CAUSES,
  SEVERITIES,
  SLASH_CAUSES,
  SLASH_DESTINATIONS,
  SLASH_STATES,
  STANDINGS,
  STATUSES,
} from "./vocabularies/consensus.js";
import { FLAG_KINDS, FLAG_POLICIES } from "./vocabularies/flags.js";
import { FUND_REFUSAL_CAUSES, ORDER_REASONS, TRADE_REFUSAL_CAUSES } from "./vocabularies/orders.js";

/** Who acts on an index subnet. */
export const PARTICIPANT_KINDS = ["participant", "validator", "noise_trader"] as const;
/** What was done with index tokens: minted or redeemed at the fund, bought or sold in the market. */
export const TRADE_KINDS = ["mint", "redeem", "buy", "sell"] as const;
export type TradeKind = (typeof TRADE_KINDS)[number];
/** Why; `noise`: a noise trader. */
export const TRADE_REASONS = [...ORDER_REASONS, "noise"] as const;
/** Why an order was not carried out; `none`: it was. */
export const TRADE_REFUSALS = ["none", ...new Set([...FUND_REFUSAL_CAUSES, ...TRADE_REFUSAL_CAUSES])] as const;
/** Who a part of an epoch's emission went to. */
export const PAYOUT_KINDS = ["miner", "validator", "burn", "unallocated"] as const;
/** A time of appeal may end after times do. */
const LATEST_PLAN_MS = 2 * TIME_LIMIT_MS;
/** What a distribution is of: the pay of the epoch, or all pay up to it. */
export const FAIRNESS_SCOPES = ["epoch", "so_far"] as const;

const epoch = declareColumn({
  name: "epoch",
  type: "int",
  unit: "",
  meaning: "Number of the epoch on the index subnet, from 1.",
  atLeast: 1,
});
const endMs = declareColumn({ name: "time_ms", type: "time", unit: "ms since 1970 UTC", meaning: "End of the epoch." });
const time = declareColumn({ name: "time_ms", type: "time", unit: "ms since 1970 UTC", meaning: "When it happened." });
const participant = declareColumn({
  name: "participant",
  type: "int",
  unit: "",
  meaning: "Number in the table `participants`.",
});
const validator = declareColumn({ ...participant, name: "validator", meaning: "Number of the validator in the table `participants`." });
const rao = <const N extends string>(name: N, meaning: string, unit = "rao") => declareColumn({ name, type: "rao", unit, meaning });
/** A change of either sign. */
const change = <const N extends string>(name: N, meaning: string, unit = "rao") => ({ ...rao(name, meaning, unit), atLeast: -MAX_RAO });
/** A sum over the whole run. */
const sum = <const N extends string>(name: N, meaning: string, unit: string) => ({ ...rao(name, meaning, unit), atMost: LARGEST_SUM_RAO });
const share = <const N extends string>(name: N, meaning: string) =>
  declareColumn({ name, type: "real", unit: "0..1", meaning, atLeast: 0, atMost: 1 });
/** A number with a unit of its own, 0 or more where nothing else is said. */
const real = <const N extends string>(name: N, meaning: string, unit: string, atLeast = 0) =>
  declareColumn({ name, type: "real", unit, meaning, atLeast });
/** What may also be -1: none. */
const orNone = <const C extends ColumnDeclaration>(column: C) => ({ ...column, atLeast: -1 });
const int = <const N extends string>(name: N, meaning: string) => declareColumn({ name, type: "int", unit: "", meaning });
const flag = <const N extends string>(name: N, meaning: string) => declareColumn({ name, type: "flag", unit: "", meaning });
const text = <const N extends string>(name: N, meaning: string) => declareColumn({ name, type: "text", unit: "", meaning });
const choice = <const N extends string, const V extends readonly string[]>(name: N, values: V, meaning: string) =>
  declareColumn({ name, type: "choice", unit: "", meaning, values });
const lorenz = <const P extends number>(percent: P) => share(`lorenz_${percent}`, `Share of the poorest ${percent} %.`);

export const PARTICIPANTS_TABLE = declareTable({
  name: "participants",
  meaning: "Who acts on the index subnet, with what they began and ended; written at the end of the run.",
  columns: [
    int("participant", "Number, by which other tables name it: participants, then validators, then noise traders."),
    text("name", "Name, unique."),
    text("group_name", "Group of the scenario it is of."),
    choice("kind", PARTICIPANT_KINDS, "What it is."),
    text("hotkey", "Hotkey it is paid on; empty for a noise trader."),
    text("coldkey", "Coldkey (owner); empty for a noise trader."),
    orNone(int("position", "Position id of its stake; -1 for a noise trader.")),
    rao("tao_start_rao", "TAO at the founding."),
    rao("tokens_start_rao", "Index tokens at the founding.", "rao of the index token"),
    rao("tao_end_rao", "TAO at the end."),
    rao("tokens_end_rao", "Index tokens at the end.", "rao of the index token"),
    rao("stake_end_rao", "Stake on the index subnet at the end.", "rao of the subnet's alpha"),
    rao("paid_rao", "Paid in all epochs.", "rao of the subnet's alpha"),
    int("orders", "Orders given."),
    int("orders_done", "Orders carried out."),
    sum("minted_value_rao", "Value minted, at NAV.", "rao of TAO"),
    sum("redeemed_value_rao", "Value redeemed, at NAV.", "rao of TAO"),
    real("profit_tao", "Profit of the orders carried out, tokens at NAV; below 0: a loss.", "TAO", -Number.MAX_VALUE),
    share("inventory_ratio", "Mean share of tokens in what it owned."),
    int("opportunities", "Times the difference to NAV went over its threshold."),
    int("answered", "Opportunities it acted on."),
    real("response_s", "Mean time from the first sample of an opportunity to its first arbitrage.", "s"),
  ],
});

export const PRICES_TABLE = declareTable({
  name: "prices",
  meaning: "Prices as the run took them, shocks included, of every so many samples.",
  columns: [
    time,
    orNone(int("netuid", "Subnet; -1: the index token.")),
    real("price_tao", "Latest price.", "TAO a token"),
    int("age_s", "Age of the price in whole seconds."),
  ],
});

export const NAV_TABLE = declareTable({
  name: "nav",
  meaning:
    "The index at a sample, after everyone acted: every `nav_every_samples`-th. Between samples there is one row more where prices become too old (`stale`), at that instant: it has the index as it was since the sample before, and nobody acted.",
  columns: [
    time,
    real("nav_tao", "Net asset value of a token; 0 before the founding.", "TAO a token"),
    real("price_tao", "Market price of a token; 0 while there is none.", "TAO a token"),
    real("premium", "Market price / NAV - 1 before anyone acted; 0 where either is missing.", "fraction", -1),
    real("premium_after", "The same after everyone acted.", "fraction", -1),
    rao("supply_rao", "Tokens there are.", "rao of the index token"),
    rao("cash_rao", "TAO the fund holds."),
    rao("pool_tao_rao", "TAO in the pool; 0 where there is none."),
    rao("pool_tokens_rao", "Tokens in the pool.", "rao of the index token"),
    flag("stale", "Whether a constituent's newest price is too old, or there is no NAV: nothing is minted or redeemed."),
  ],
});

export const TRADES_TABLE = declareTable({
  name: "trades",
  meaning: "Every order and what came of it; an arbitrage is one row, its purchase or sale in the market included.",
  columns: [
    time,
    { ...epoch, meaning: "Epoch it counts in." },
    participant,
    choice("kind", TRADE_KINDS, "What was done."),
    choice("reason", TRADE_REASONS, "Why."),
    choice("refusal", TRADE_REFUSALS, "Why it was not carried out; `none`: it was."),
    rao("tokens_rao", "Tokens minted (fee included), redeemed, bought or sold.", "rao of the index token"),
    rao("value_rao", "Their value: at NAV where minted or redeemed, else what was paid or received.", "rao of TAO"),
    rao("fund_fee_rao", "The fund's fee.", "rao of the index token"),
    rao("market_fee_rao", "The pool's fee: in TAO where tokens were bought, in tokens where they were sold."),
    change("tao_change_rao", "What the account gained of TAO, all costs paid; below 0: lost."),
    change("tokens_change_rao", "What it gained of tokens; below 0: lost.", "rao of the index token"),
    change("profit_rao", "Change of TAO plus change of tokens at NAV; below 0: a loss; 0 for a noise trader.", "rao of TAO"),
    real("nav_tao", "NAV it was done at.", "TAO a token"),
    real("price_before_tao", "Market price before; 0 where the market had no part in it.", "TAO a token"),
    real("price_after_tao", "Market price after.", "TAO a token"),
  ],
});

export const REBALANCES_TABLE = declareTable({
  name: "rebalances",
  meaning: "What the fund held after its founding and after each rebalancing, and what it traded for it.",
  columns: [
    time,
    int("netuid", "Subnet; one that left the index has weight 0."),
    share("weight", "Weight it was to have."),
    rao("units_rao", "Alpha held after.", "rao of the subnet's alpha"),
    real("price_tao", "Price it was traded at.", "TAO per alpha"),
    change("traded_rao", "Alpha bought; below 0: sold; 0 at the founding.", "rao of the subnet's alpha"),
    rao("tao_rao", "TAO paid or received for it."),
  ],
});

export const SCORES_TABLE = declareTable({
  name: "scores",
  meaning: "Score, rank and tier of each participant in an epoch.",
  columns: [
    epoch,
    endMs,
    participant,
    rao("minted_rao", "Value minted.", "rao of TAO"),
    rao("redeemed_rao", "Value redeemed.", "rao of TAO"),
    int("transactions", "Transactions in the last hour."),
    real("volume", "Weighted volume over the largest; over the largest raw volume it may pass 1.", "relative"),
    share("frequency", "Transactions over the largest."),
    share("consistency", "Evenness of the last 24 hours."),
    share("standing", "What anti-gaming left of the score: 1 clear, 0 excluded."),
    real("score", "Final score.", "relative"),
    int("rank", "From 1; 0: not ranked."),
    text("tier", "Tier of the rank; empty where it is not ranked."),
  ],
});

export const PAYOUTS_TABLE = declareTable({
  name: "payouts",
  meaning:
    "An epoch's emission to the rao: `paid_rao` of all rows of an epoch, with what a list of stages sends elsewhere (`residuals`), is its pot. Validators share their pool by the consensus of the epoch before, since that of the epoch comes after its pot: nobody in the first epoch, and nobody after one without a consensus (`unallocated`).",
  columns: [
    epoch,
    endMs,
    choice("kind", PAYOUT_KINDS, "Who got it; `unallocated`: nobody could be given it."),
    orNone({ ...participant, meaning: "Number in the table `participants`; -1: nobody." }),
    text("tier", "Tier it was paid in; for nobody the tier or pool it was meant for; empty for a validator."),
    rao("base_rao", "Part of the base pool, before multipliers."),
    rao("tier_bonus_rao", "Part of the tier bonus, before multipliers."),
    rao("validator_rao", "Part of the validator pool, by stake among those in the consensus of the epoch before."),
    { ...real("multiplier", "Vesting multiplier that was applied; 1 without.", ""), atMost: LARGEST_MULTIPLIER },
    rao("paid_rao", "What was paid, or left over."),
    share("weight", "Share of what miners are paid."),
  ],
});

export const SUBMISSIONS_TABLE = declareTable({
  name: "submissions",
  meaning: "What each validator handed in for an epoch, and how it compares.",
  columns: [
    epoch,
    endMs,
    validator,
    choice("standing", STANDINGS, "Whether it counts, or why not."),
    rao("stake_rao", "Stake it counts with."),
    flag("judged", "Whether it was compared with a consensus."),
    share("deviation", "sum|w - c| / (sum w + sum c); 0 where it was not judged."),
    choice("severity", SEVERITIES, "Of this deviation and attestation alone."),
    orNone(int("attested_block", "Block its attestation names (time / 12 s); -1 without one.")),
    rao("attested_nav_rao", "What it says a token is worth; 0 without an attestation."),
    choice("operation", ["none", ...ATTESTED_OPERATIONS], "What the NAV is attested for."),
    real("nav_error", "Attested NAV / true NAV of that block - 1; 0 where either is missing.", "fraction", -1),
    flag("falsified", "Whether it is off by more than the tolerance."),
  ],
});

export const CONSENSUS_TABLE = declareTable({
  name: "consensus",
  meaning: "What the validators agreed on, one row an epoch.",
  columns: [
    epoch,
    endMs,
    flag("reached", "Whether there is a consensus."),
    choice("cause", ["none", ...NO_CONSENSUS_CAUSES], "Why there is none."),
    int("submissions", "Submissions counted."),
    share("submitting_share", "Stake of those who submitted over stake of all who may vote."),
    share("agreeing_share", "Stake of those who agree over stake of those who submitted."),
    int("judged", "Validators judged."),
    int("deviations", "Of them astray."),
    int("slashes", "Slashes decided."),
  ],
});

export const SLASHES_TABLE = declareTable({
  name: "slashes",
  meaning: "Slashes, in the epoch in which they were taken or overturned; held ones at the end.",
  columns: [
    int("slash", "Number in the run."),
    { ...epoch, meaning: "Epoch of the offence." },
    { ...endMs, meaning: "When it was decided." },
    validator,
    choice("severity", SEVERITIES, "How severe."),
    choice("cause", SLASH_CAUSES, "What made it as severe as it is."),
    share("deviation", "Deviation it is for."),
    int("deviations", "Deviations in the window, this one included."),
    share("rate", "Share of available stake."),
    rao("available_rao", "Available stake."),
    rao("amount_rao", "What was to be taken."),
    rao("taken_rao", "What was taken."),
    choice("destination", SLASH_DESTINATIONS, "Where it went."),
    choice("state", SLASH_STATES, "Held back for an appeal, taken, or overturned."),
    { name: "due_ms", type: "time", unit: "ms since 1970 UTC", meaning: "When the time of appeal is over.", atMost: LATEST_PLAN_MS },
    {
      name: "settled_ms",
      type: "time",
      unit: "ms since 1970 UTC",
      meaning: "When it was taken or overturned; `due_ms` while held.",
      atMost: LATEST_PLAN_MS,
    },
  ],
});

export const VALIDATORS_TABLE = declareTable({
  name: "validators",
  meaning: "Standing of each validator after an epoch.",
  columns: [
    epoch,
    endMs,
    validator,
    choice("status", STATUSES, "Its status."),
    rao("stake_rao", "Its stake."),
    rao("held_rao", "Of it held back for slashes that can be appealed against."),
    rao("slashed_rao", "Taken so far."),
    flag("meets_requirement", "Whether its stake reaches the minimum."),
    int("clean_epochs", "Epochs without a deviation."),
    int("submissions", "Submissions judged."),
    int("agreeing", "Of them in agreement."),
    int("deviations", "Of them astray."),
    int("slashes", "Slashes so far."),
    share("accuracy", "Agreeing / submissions."),
    share("consistency", "1 - deviations / submissions."),
    share("reliability", "By submissions and slashes."),
    { ...share("overall", "Weighted sum of the three."), atMost: 3 },
  ],
});

export const FLAGS_TABLE = declareTable({
  name: "flags",
  meaning: "What anti-gaming noticed in an epoch, with its evidence.",
  columns: [
    epoch,
    endMs,
    participant,
    choice("kind", FLAG_KINDS, "What was noticed."),
    choice("policy", FLAG_POLICIES, "What it does to the epoch's score."),
    int("count", "Transactions, matched pairs, removals, or members of a cluster."),
    rao("amount_rao", "What was moved, matched or taken out."),
    { name: "from_ms", type: "time", unit: "ms since 1970 UTC", meaning: "First thing seen." },
    { name: "to_ms", type: "time", unit: "ms since 1970 UTC", meaning: "Last thing seen." },
    orNone({ ...participant, name: "other_party", meaning: "Who was at the other end; -1: nobody." }),
  ],
});

export const FAIRNESS_TABLE = declareTable({
  name: "fairness",
  meaning: "How evenly pay is spread over the participants.",
  columns: [
    epoch,
    endMs,
    choice("scope", FAIRNESS_SCOPES, "Pay of the epoch, or all pay so far."),
    int("members", "Participants, those with nothing included."),
    text("total_rao", "Exact total, as a decimal; may pass 2^53."),
    share("gini", "Gini coefficient."),
    real("theil", "Theil index.", "0..ln(members)"),
    share("herfindahl", "Herfindahl index."),
    int("nakamoto", "How few together have more than half."),
    share("top1_share", "Share of the best paid."),
    share("top10_share", "Share of the ten best paid."),
    { ...real("score_pay_correlation", "Spearman's correlation of score and pay.", "-1..1", -1), atMost: 1 },
    lorenz(10),
    lorenz(20),
    lorenz(30),
    lorenz(40),
    lorenz(50),
    lorenz(60),
    lorenz(70),
    lorenz(80),
    lorenz(90),
  ],
});
