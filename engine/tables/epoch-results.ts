import { LARGEST_MULTIPLIER } from "../kernel/ranges.js";
import { declareTable } from "./column.js";
import { LARGEST_SUM_RAO } from "./column-range.js";
import { epoch, netuid, position } from "./result-columns.js";
import { ROLES } from "./streams.js";
import { RESIDUAL_ROWS } from "./vocabularies/rest-rows.js";

/** From 1970 to 2109. */
const LARGEST_DAYS = 50_903;

export const EPOCHS_TABLE = declareTable({
  name: "epochs",
  meaning: "One row an epoch: its window [start, end), what was paid at its end and inside it, and what was measured then.",
  columns: [
    netuid,
    epoch,
    { name: "start_ms", type: "time", unit: "ms since 1970 UTC", meaning: "Start; what happens to stake at it is of the epoch." },
    {
      name: "end_ms",
      type: "time",
      unit: "ms since 1970 UTC",
      meaning: "End: the emission of the instant is of the epoch, what else happens at it of the next one.",
    },
    { name: "positions", type: "int", unit: "", meaning: "Positions measured." },
    { name: "recorded_rao", type: "rao", unit: "rao", meaning: "Emission the input says was paid in the epoch." },
    { name: "paid_rao", type: "rao", unit: "rao", meaning: "Emission booked by the run." },
    { name: "unallocated_rao", type: "rao", unit: "rao", meaning: "What nobody could be given." },
    { name: "outside_rao", type: "rao", unit: "rao", meaning: "What the pseudo-miner `outside` was given." },
    {
      name: "mean_multiplier",
      type: "real",
      unit: "",
      meaning: "Mean of `multiplier` in `holdings` over the measured positions.",
      atLeast: 0,
      atMost: LARGEST_MULTIPLIER,
    },
  ],
});

export const HOLDINGS_TABLE = declareTable({
  name: "holdings",
  meaning: "Holding metrics and multiplier of each position at the end of an epoch.",
  columns: [
    epoch,
    position,
    {
      name: "stake_rao",
      type: "rao",
      unit: "rao",
      meaning: "Stake of the position, all tranches; of a registered hotkey under `coldkey_even` its even part of the coldkey's pool.",
      atMost: LARGEST_SUM_RAO,
    },
    {
      name: "received_rao",
      type: "rao",
      unit: "rao",
      meaning: "Received by the position's own tranches of the retention basis, also under `coldkey_even`; above 2^53 rounded to a double.",
      atMost: LARGEST_SUM_RAO,
    },
    { name: "remaining_rao", type: "rao", unit: "rao", meaning: "What remains of them, also under `coldkey_even`." },
    {
      name: "held_share",
      type: "real",
      unit: "0..1",
      meaning:
        "remaining / received; of a registered hotkey under `coldkey_even` that of the coldkey's pool, which the row's own amounts do not give.",
      atLeast: 0,
      atMost: 1,
    },
    {
      name: "held_days",
      type: "real",
      unit: "days",
      meaning: "Mean age of what remains, weighted by amount; of a registered hotkey under `coldkey_even` that of the coldkey's pool.",
      atLeast: 0,
      atMost: LARGEST_DAYS,
    },
    {
      name: "multiplier",
      type: "real",
      unit: "",
      meaning: "What the rule of `vesting` answers; 1 below the minimum stake, and under a list of stages (its factors are in `weights`).",
      atLeast: 0,
      atMost: LARGEST_MULTIPLIER,
    },
  ],
});

export const WEIGHTS_TABLE = declareTable({
  name: "weights",
  meaning: "From base weights to final weights, one row a miner and epoch.",
  columns: [
    epoch,
    position,
    { name: "base_weight", type: "real", unit: "relative", meaning: "Before the multiplier.", atLeast: 0 },
    {
      name: "multiplier",
      type: "real",
      unit: "",
      meaning: "Applied multiplier: 1 in shadow mode, 0 where `below_minimum: zero` cuts.",
      atLeast: 0,
      atMost: LARGEST_MULTIPLIER,
    },
    {
      name: "shadow_multiplier",
      type: "real",
      unit: "",
      meaning: "What would be applied with vesting on.",
      atLeast: 0,
      atMost: LARGEST_MULTIPLIER,
    },
    {
      name: "final_weight",
      type: "real",
      unit: "0..1",
      meaning: "After the multiplier, redistribution and normalisation.",
      atLeast: 0,
      atMost: 1,
    },
    { name: "weight_gain", type: "real", unit: "", meaning: "Final share / base share; 1 where the base share is 0.", atLeast: 0 },
  ],
});

export const REWARDS_TABLE = declareTable({
  name: "rewards",
  meaning:
    "What each position was paid in an epoch, as recorded and under the rules. Pay that was booked in an epoch which never ended, as the run ended inside it, has no row here; `flows` has it.",
  columns: [
    epoch,
    position,
    { name: "role", type: "choice", unit: "", meaning: "For what.", values: ROLES },
    { name: "recorded_rao", type: "rao", unit: "rao", meaning: "As recorded." },
    { name: "paid_rao", type: "rao", unit: "rao", meaning: "As booked by the run." },
  ],
});

export const STAGE_WEIGHTS_TABLE = declareTable({
  name: "stage_weights",
  meaning: "What each stage of the list did to each miner in an epoch; shares are of the pot that `burn` leaves.",
  columns: [
    netuid,
    epoch,
    { name: "stage", type: "int", unit: "", meaning: "Place of the stage in the scenario's list, from 1.", atLeast: 1 },
    position,
    {
      name: "share_before",
      type: "real",
      unit: "0..1",
      meaning: "What it would have if the list ended before the stage.",
      atLeast: 0,
      atMost: 1,
    },
    {
      name: "factor",
      type: "real",
      unit: "",
      meaning: "By what the stage multiplied its weight; 1 for a stage that gives out shares anew.",
      atLeast: 0,
      atMost: LARGEST_MULTIPLIER,
    },
    {
      name: "share_after",
      type: "real",
      unit: "0..1",
      meaning: "What it would have if the list ended with the stage.",
      atLeast: 0,
      atMost: 1,
    },
  ],
});

export const RESIDUALS_TABLE = declareTable({
  name: "residuals",
  meaning:
    "What of an epoch's pot goes to no miner by a list of stages, a row for each that any rao goes to: none of an epoch with a pot of 0.",
  columns: [
    netuid,
    epoch,
    { name: "goes_to", type: "choice", unit: "", meaning: "Where it goes.", values: RESIDUAL_ROWS },
    {
      name: "share",
      type: "real",
      unit: "0..1",
      meaning: "Share of the whole pot; on an index subnet of its base pool.",
      atLeast: 0,
      atMost: 1,
    },
    { name: "amount_rao", type: "rao", unit: "rao", meaning: "Part of the pot." },
  ],
});

/** Why a budget paid what it did. */
export const SPENDING_NOTES = ["paid", "no_price", "stale_price"] as const;

export const BUDGETS_TABLE = declareTable({
  name: "budgets",
  meaning: "What the budget of a list of stages came to, a row an epoch.",
  columns: [
    netuid,
    epoch,
    { name: "due_rao", type: "rao_sum", unit: "billionths of the budget's unit", meaning: "What was due, with what was carried." },
    { name: "paid_rao", type: "rao", unit: "rao", meaning: "What was paid." },
    { name: "stays_due_rao", type: "rao_sum", unit: "billionths of the budget's unit", meaning: "What stays due." },
    {
      name: "note",
      type: "choice",
      unit: "",
      meaning: "`paid`: as far as the pot went; `no_price`, `stale_price`: nothing was paid, and all stays due.",
      values: SPENDING_NOTES,
    },
  ],
});

export const COLDKEYS_TABLE = declareTable({
  name: "coldkeys",
  meaning: "Totals a coldkey and subnet over its registered hotkeys at the end of an epoch.",
  columns: [
    epoch,
    netuid,
    { name: "coldkey", type: "int", unit: "", meaning: "Id of the lowest position of the coldkey; `positions` gives its address." },
    { name: "hotkeys", type: "int", unit: "", meaning: "Registered hotkeys it owns." },
    { name: "stake_rao", type: "rao_sum", unit: "rao", meaning: "Stake of them all." },
    { name: "received_rao", type: "rao_sum", unit: "rao", meaning: "Received by the tranches of the retention basis." },
    { name: "remaining_rao", type: "rao_sum", unit: "rao", meaning: "What remains of them." },
  ],
});
