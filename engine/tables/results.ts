import { MAX_RAO } from "../kernel/money.js";
import { LARGEST_MULTIPLIER } from "../kernel/ranges.js";
import { TIME_LIMIT_MS } from "../kernel/time.js";
import { declareColumn, declareTable, type TableDeclaration } from "./column.js";
import { LARGEST_SUM_RAO } from "./column-range.js";
import {
  CONSENSUS_TABLE,
  FAIRNESS_TABLE,
  FLAGS_TABLE,
  NAV_TABLE,
  PARTICIPANTS_TABLE,
  PAYOUTS_TABLE,
  PRICES_TABLE,
  REBALANCES_TABLE,
  SCORES_TABLE,
  SLASHES_TABLE,
  SUBMISSIONS_TABLE,
  TRADES_TABLE,
  VALIDATORS_TABLE,
} from "./index-results.js";
import { ROLES } from "./streams.js";
import { RESIDUAL_ROWS } from "./vocabularies/rest-rows.js";

/** Why a tranche lost some of its stake. */
export const EXIT_REASONS = ["withdraw", "transfer", "swap", "slash", "burn", "unexplained", "rounding"] as const;
export type ExitReason = (typeof EXIT_REASONS)[number];

/** What a recorded event was to a position. */
export const FLOWS = ["inflow", "outflow", "moved_in", "moved_out", "emission", "from_outside"] as const;
export type Flow = (typeof FLOWS)[number];

export const SOURCES = ["manual", "emission"] as const;
export type Source = (typeof SOURCES)[number];

export const REJECTION_CAUSES = ["more_than_held", "nothing_held", "shortfall"] as const;
export type RejectionCause = (typeof REJECTION_CAUSES)[number];

export const UNEXPLAINED_KINDS = ["opening", "rounding", "unexplained", "from_outside"] as const;
export type UnexplainedKind = (typeof UNEXPLAINED_KINDS)[number];

export const TRANCHE_STATES = ["empty", "held", "moved"] as const;

/** What happened to a uid. */
export const SEAT_CHANGES = ["registered", "deregistered", "replaced", "ownership"] as const;
export type SeatChangeKind = (typeof SEAT_CHANGES)[number];

export const SCHEDULE_STATES = ["active", "completed"] as const;

/** What begins before times end may be due a hundred years later. */
const LATEST_PLAN_MS = 2 * TIME_LIMIT_MS;
/** From 1970 to 2109. */
const LARGEST_DAYS = 50_903;

const epoch = declareColumn({
  name: "epoch",
  type: "int",
  unit: "",
  meaning: "Number of the epoch on its subnet, from 1.",
  atLeast: 1,
});
const position = declareColumn({
  name: "position",
  type: "int",
  unit: "",
  meaning: "Position id; the table `positions` gives its addresses.",
});
const netuid = declareColumn({ name: "netuid", type: "int", unit: "", meaning: "Subnet." });
const time = declareColumn({ name: "time_ms", type: "time", unit: "ms since 1970 UTC", meaning: "When it happened." });
const tranche = declareColumn({ name: "tranche", type: "int", unit: "", meaning: "Tranche id, unique in the run." });
const block = declareColumn({ name: "block", type: "int", unit: "", meaning: "Block of the event; -1 when unknown.", atLeast: -1 });
const extrinsic = declareColumn({
  name: "extrinsic",
  type: "int",
  unit: "",
  meaning: "Extrinsic of the event; -1 when unknown.",
  atLeast: -1,
});
const event = declareColumn({
  name: "event",
  type: "int",
  unit: "",
  meaning: "Index of the event in its block; -1 when unknown.",
  atLeast: -1,
});

export const POSITIONS_TABLE = declareTable({
  name: "positions",
  meaning: "Every position the run met: who holds stake on which hotkey of which subnet.",
  columns: [
    position,
    netuid,
    { name: "hotkey", type: "text", unit: "", meaning: "SS58 address." },
    { name: "coldkey", type: "text", unit: "", meaning: "SS58 address." },
    {
      name: "uid",
      type: "int",
      unit: "",
      meaning:
        "Slot of the hotkey at the end; -1 when not registered, or registered on a slot that is not known. Where neither a registry nor pay names slots, they are numbered in the order of first pay.",
      atLeast: -1,
    },
    { name: "role", type: "choice", unit: "", meaning: "For what it was last paid.", values: ROLES },
    { name: "stake_rao", type: "rao", unit: "rao", meaning: "Stake at the end." },
    { name: "manual_rao", type: "rao", unit: "rao", meaning: "The part that came from manual inflows." },
    { name: "earned_rao", type: "rao", unit: "rao", meaning: "The part that came from emission." },
    {
      name: "recorded_rao",
      type: "rao_sum",
      unit: "rao",
      meaning: "Emission the input says it was paid over the whole run; that of an epoch that never ended counts only where it was booked.",
    },
    {
      name: "paid_rao",
      type: "rao_sum",
      unit: "rao",
      meaning:
        "Emission the run paid it over the whole run, in all roles: the sum of `amount_rao` of its rows of `flows` with flow `emission`; under schedules what it was awarded, of which `flows` has the instalments. What a move or a key swap carries on stays counted where it was paid, while `received_rao` of `tranches` and `holdings` goes along.",
    },
  ],
});

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
      meaning: "Mean multiplier over the measured positions.",
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
      meaning: "What the multiplier rule answers; 1 below the minimum stake.",
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
    { name: "share", type: "real", unit: "0..1", meaning: "Share of the whole pot.", atLeast: 0, atMost: 1 },
    { name: "amount_rao", type: "rao", unit: "rao", meaning: "Part of the pot." },
  ],
});

export const TRANCHES_TABLE = declareTable({
  name: "tranches",
  meaning:
    "Every tranche, written when it is empty or at the end of the run. Where a position was moved whole after tranches of it were empty, rows in state `moved` carry what these had received along, so that `received_rao` of a position's rows sums to what it received.",
  columns: [
    { ...tranche, atLeast: -1 },
    position,
    { name: "source", type: "choice", unit: "", meaning: "Where it came from.", values: SOURCES },
    { name: "entry_ms", type: "time", unit: "ms since 1970 UTC", meaning: "When it entered; a move keeps it." },
    {
      name: "received_rao",
      type: "rao",
      unit: "rao",
      meaning: "What entered, less what moves carried away; of a row in state `moved` below 0 at the position that was left.",
      atLeast: -MAX_RAO,
    },
    { name: "remaining_rao", type: "rao", unit: "rao", meaning: "What is left." },
    {
      name: "state",
      type: "choice",
      unit: "",
      meaning:
        "Whether anything is left; `moved`: no tranche (id -1), but what emptied ones had received when all of the position was moved to another.",
      values: TRANCHE_STATES,
    },
    { name: "closed_ms", type: "time", unit: "ms since 1970 UTC", meaning: "When it became empty, or the end of the run." },
    block,
    extrinsic,
    event,
  ],
});

export const EXITS_TABLE = declareTable({
  name: "exits",
  meaning: "What each withdrawal took from which tranche.",
  columns: [
    time,
    position,
    tranche,
    { name: "amount_rao", type: "rao", unit: "rao", meaning: "What the tranche lost." },
    { name: "reason", type: "choice", unit: "", meaning: "Why.", values: EXIT_REASONS },
    { name: "emptied", type: "flag", unit: "", meaning: "Whether the tranche is now empty." },
  ],
});

export const FLOWS_TABLE = declareTable({
  name: "flows",
  meaning: "What each recorded event was to each position it touched.",
  columns: [
    time,
    position,
    {
      name: "flow",
      type: "choice",
      unit: "",
      meaning: "Kind of flow. `from_outside`: the part of what arrived that its sender was not known to hold.",
      values: FLOWS,
    },
    { name: "amount_rao", type: "rao", unit: "rao", meaning: "Amount that was booked." },
    { name: "counterparty", type: "int", unit: "", meaning: "The other position of a move, swap or transfer; -1 when none.", atLeast: -1 },
    block,
    extrinsic,
    event,
  ],
});

export const REJECTIONS_TABLE = declareTable({
  name: "rejections",
  meaning: "Withdrawals of more than there was.",
  columns: [
    time,
    position,
    {
      name: "cause",
      type: "choice",
      unit: "",
      meaning:
        "`more_than_held` and `nothing_held`: nothing was consumed; `shortfall`: what there was was taken. Up to 10 rao too many are rounding.",
      values: REJECTION_CAUSES,
    },
    { name: "requested_rao", type: "rao", unit: "rao", meaning: "What the event asked for." },
    { name: "held_rao", type: "rao", unit: "rao", meaning: "What there was." },
    block,
    extrinsic,
    event,
  ],
});

export const UNEXPLAINED_TABLE = declareTable({
  name: "unexplained",
  meaning: "Balance changes that neither events nor emission explain, openings, and stake that arrived although its sender lacked it.",
  columns: [
    time,
    position,
    {
      name: "kind",
      type: "choice",
      unit: "",
      meaning:
        "What it was taken for. `rounding`: up to 10 rao an event, also what a withdrawal asked for beyond what there was; " +
        "`from_outside`: a transfer or move brought it, and its sender was not known to hold it.",
      values: UNEXPLAINED_KINDS,
    },
    { name: "amount_rao", type: "rao", unit: "rao", meaning: "Its size." },
    block,
  ],
});

export const SCHEDULES_TABLE = declareTable({
  name: "schedules",
  meaning: "Vesting schedules at the end of the run.",
  columns: [
    { name: "schedule", type: "int", unit: "", meaning: "Schedule id." },
    position,
    { name: "start_ms", type: "time", unit: "ms since 1970 UTC", meaning: "When the reward was earned and the first instalment paid." },
    { name: "end_ms", type: "time", unit: "ms since 1970 UTC", meaning: "start + duration.", atMost: LATEST_PLAN_MS },
    { name: "amount_rao", type: "rao", unit: "rao", meaning: "The reward." },
    { name: "instalments", type: "int", unit: "", meaning: "How many." },
    { name: "paid", type: "int", unit: "", meaning: "How many are paid." },
    { name: "paid_rao", type: "rao", unit: "rao", meaning: "What they sum to." },
    { name: "status", type: "choice", unit: "", meaning: "Whether any is left to pay.", values: SCHEDULE_STATES },
  ],
});

export const PAYMENTS_TABLE = declareTable({
  name: "payments",
  meaning: "Instalments as they were paid.",
  columns: [
    { name: "schedule", type: "int", unit: "", meaning: "Schedule id." },
    { name: "instalment", type: "int", unit: "", meaning: "From 1." },
    time,
    position,
    { name: "amount_rao", type: "rao", unit: "rao", meaning: "What was paid." },
    { ...tranche, meaning: "Tranche that it became; -1: an instalment of 0 rao becomes none.", atLeast: -1 },
  ],
});

export const REGISTRATIONS_TABLE = declareTable({
  name: "registrations",
  meaning: "Who sat on which uid when.",
  columns: [
    time,
    netuid,
    { name: "uid", type: "int", unit: "", meaning: "Slot; -1 when unknown.", atLeast: -1 },
    position,
    {
      name: "change",
      type: "choice",
      unit: "",
      meaning: "What happened; `registered` also where it was paid and no registration of it is recorded, at its first pay.",
      values: SEAT_CHANGES,
    },
    block,
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

export const RESULT_TABLES = {
  positions: POSITIONS_TABLE,
  epochs: EPOCHS_TABLE,
  holdings: HOLDINGS_TABLE,
  weights: WEIGHTS_TABLE,
  rewards: REWARDS_TABLE,
  tranches: TRANCHES_TABLE,
  exits: EXITS_TABLE,
  flows: FLOWS_TABLE,
  rejections: REJECTIONS_TABLE,
  unexplained: UNEXPLAINED_TABLE,
  schedules: SCHEDULES_TABLE,
  payments: PAYMENTS_TABLE,
  registrations: REGISTRATIONS_TABLE,
  coldkeys: COLDKEYS_TABLE,
  participants: PARTICIPANTS_TABLE,
  prices: PRICES_TABLE,
  nav: NAV_TABLE,
  trades: TRADES_TABLE,
  rebalances: REBALANCES_TABLE,
  scores: SCORES_TABLE,
  payouts: PAYOUTS_TABLE,
  submissions: SUBMISSIONS_TABLE,
  consensus: CONSENSUS_TABLE,
  slashes: SLASHES_TABLE,
  validators: VALIDATORS_TABLE,
  flags: FLAGS_TABLE,
  fairness: FAIRNESS_TABLE,
  stage_weights: STAGE_WEIGHTS_TABLE,
  residuals: RESIDUALS_TABLE,
} as const satisfies Readonly<Record<string, TableDeclaration>>;
/** Tables that only a list of stages fills. */
export const STAGE_TABLES = ["stage_weights", "residuals"] as const;
export type ResultTableName = keyof typeof RESULT_TABLES;
export const RESULT_TABLE_NAMES = Object.keys(RESULT_TABLES) as readonly ResultTableName[];
