import { MAX_RAO } from "../kernel/money.js";
import { TIME_LIMIT_MS } from "../kernel/time.js";
import { declareTable } from "./column.js";
import { block, event, extrinsic, netuid, position, time, tranche } from "./result-columns.js";
import { ROLES } from "./streams.js";

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
    {
      name: "role",
      type: "choice",
      unit: "",
      meaning: "`miner` for who was ever paid as one; else for what it was last paid.",
      values: ROLES,
    },
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

export const ROLE_PAY_TABLE = declareTable({
  name: "role_pay",
  meaning:
    "What the emission of positions that were paid in more than one role was paid for, one row a position and role. Written, whatever `record` says, where there is such a position; every other one was paid in its role of `positions` alone.",
  columns: [
    position,
    { name: "role", type: "choice", unit: "", meaning: "For what.", values: ROLES },
    { name: "recorded_rao", type: "rao_sum", unit: "rao", meaning: "The part of `recorded_rao` of `positions` in this role." },
    { name: "paid_rao", type: "rao_sum", unit: "rao", meaning: "The part of `paid_rao` of `positions` in this role." },
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
