import { PHASE_EPOCHS, PHASE_EXTRINSICS, PHASE_PRICES, PHASE_VALIDATORS } from "../kernel/order.js";
import { declareColumn, type TableDeclaration } from "./column.js";
import type { Columns } from "./typed-rows.js";

/** A kind of stream: its columns, and where its rows come in an instant. */
export interface StreamDeclaration extends TableDeclaration {
  /** Phase of the instant in which its rows count (`kernel/order.ts`). */
  readonly phase: number;
  /** `event`: something happened; `state`: how things are after the block, so after every event of the instant. */
  readonly rows: "event" | "state";
}

function declareStream<const T extends StreamDeclaration>(stream: T): T {
  return stream;
}

/** What an extrinsic did to stake. docs/explanation/flows.md says what each is to a position. */
export const STAKE_ACTIONS = [
  "added",
  "removed",
  "burned",
  "moved",
  "swapped",
  "transferred",
  "slashed",
  "hotkey_swapped",
  "coldkey_swapped",
  "opened",
  "unexplained",
  "rounding",
] as const;
export type StakeAction = (typeof STAKE_ACTIONS)[number];

/** Whether an action brings stake into a position, takes it out, or passes it on to another position. */
export type StakeDirection = "in" | "out" | "between";

/** The direction of every action (docs/explanation/flows.md). */
export const STAKE_DIRECTIONS: Readonly<Record<StakeAction, StakeDirection>> = {
  added: "in",
  removed: "out",
  burned: "out",
  moved: "between",
  swapped: "between",
  transferred: "between",
  slashed: "out",
  hotkey_swapped: "between",
  coldkey_swapped: "between",
  opened: "in",
  unexplained: "out",
  rounding: "out",
};

/** Actions that pass all of a position on, under another key. They name no amount. */
export const KEY_SWAPS = ["hotkey_swapped", "coldkey_swapped"] as const satisfies readonly StakeAction[];

/** The columns of a stake row that has no destination. */
export const NO_DESTINATION = { toNetuid: -1, toHotkey: -1, toColdkey: -1, toAmountRao: 0 } as const;

/** Why there is a row in the stake stream: an event names the change, or it was measured, and why it had to be. */
export const STAKE_CAUSES = [
  "event",
  "rounding",
  "unexplained",
  "stake_moved",
  "hotkey_swapped",
  "coldkey_swapped",
  "network_removed",
  "root_claimed",
  "liquidity",
  "alpha_fee",
  "unnamed_coldkey",
] as const;
export type StakeCause = (typeof STAKE_CAUSES)[number];

export const ROLES = ["miner", "validator", "owner"] as const;
export type Role = (typeof ROLES)[number];

export const REGISTRY_ACTIONS = ["registered", "deregistered", "network_removed", "hotkey_swapped", "coldkey_swapped"] as const;
export type RegistryAction = (typeof REGISTRY_ACTIONS)[number];

const time = declareColumn({
  name: "time_ms",
  type: "time",
  unit: "ms since 1970 UTC",
  meaning: "When the block that holds the event was made.",
});
const block = declareColumn({
  name: "block",
  type: "int",
  unit: "",
  meaning: "Block number; -1 when unknown.",
  optional: true,
  missing: -1,
});
const extrinsic = declareColumn({
  name: "extrinsic",
  type: "int",
  unit: "",
  meaning: "Index of the extrinsic in its block; -1 when unknown or before the first one, 2147483646 after all of them.",
  optional: true,
  missing: -1,
});
const event = declareColumn({
  name: "event",
  type: "int",
  unit: "",
  meaning: "Index of the event in its block; -1 when unknown.",
  optional: true,
  missing: -1,
});
const MAX_NETUID = 65_535;
const netuid = declareColumn({ name: "netuid", type: "int", unit: "", meaning: "Subnet.", atMost: MAX_NETUID });
const hotkey = declareColumn({ name: "hotkey", type: "address", unit: "", meaning: "Hotkey of the position." });
const coldkey = declareColumn({ name: "coldkey", type: "address", unit: "", meaning: "Coldkey of the position." });
const uid = declareColumn({
  name: "uid",
  type: "int",
  unit: "",
  meaning: "Slot of the hotkey on the subnet; -1 when unknown.",
  optional: true,
  missing: -1,
});

export const STAKE_STREAM = declareStream({
  name: "stake",
  meaning: "Extrinsics that change stake, in block, extrinsic and event order.",
  phase: PHASE_EXTRINSICS,
  rows: "event",
  columns: [
    time,
    block,
    extrinsic,
    event,
    { name: "action", type: "choice", unit: "", meaning: "What was done.", values: STAKE_ACTIONS },
    { ...netuid, meaning: "Subnet; -1, which a swap of keys alone may have: all subnets.", atLeast: -1 },
    hotkey,
    coldkey,
    {
      name: "amount_rao",
      type: "rao",
      unit: "rao of the subnet's alpha",
      meaning: "What left or joined the position; for a move, swap or transfer what left the origin. 0 for a key swap, which takes all.",
    },
    {
      name: "to_netuid",
      type: "int",
      unit: "",
      meaning: "Destination subnet of a move, swap or transfer; -1 when none or the same.",
      optional: true,
      missing: -1,
      atMost: MAX_NETUID,
    },
    { name: "to_hotkey", type: "address", unit: "", meaning: "Destination hotkey; none when the same.", optional: true, missing: -1 },
    { name: "to_coldkey", type: "address", unit: "", meaning: "Destination coldkey; none when the same.", optional: true, missing: -1 },
    {
      name: "to_amount_rao",
      type: "rao",
      unit: "rao of the destination's alpha",
      meaning: "What arrived at the destination; 0 means the same amount.",
      optional: true,
      missing: 0,
    },
    {
      name: "cause",
      type: "choice",
      unit: "",
      meaning: "`event`: an event of the chain says so; else the change was measured from balances, and this is what made it.",
      values: STAKE_CAUSES,
      optional: true,
      missing: 0,
    },
  ],
});

export const EMISSION_STREAM = declareStream({
  name: "emission",
  meaning: "What each position was paid, at the block it was paid in.",
  phase: PHASE_EPOCHS,
  rows: "event",
  columns: [
    time,
    block,
    netuid,
    hotkey,
    coldkey,
    uid,
    {
      name: "role",
      type: "choice",
      unit: "",
      meaning: "For what it was paid; only `miner` is reweighted.",
      values: ROLES,
      optional: true,
      missing: 0,
    },
    { name: "amount_rao", type: "rao", unit: "rao of the subnet's alpha", meaning: "What was paid." },
  ],
});

export const BALANCES_STREAM = declareStream({
  name: "balances",
  meaning: "Stake of a position after a block, from which emission is attributed where no emission was recorded.",
  phase: PHASE_EXTRINSICS,
  rows: "state",
  columns: [
    time,
    block,
    netuid,
    hotkey,
    coldkey,
    { name: "balance_rao", type: "rao", unit: "rao of the subnet's alpha", meaning: "Stake after the block." },
  ],
});

export const METAGRAPH_STREAM = declareStream({
  name: "metagraph",
  meaning: "Snapshots of who sits on which uid with how much stake.",
  phase: PHASE_EXTRINSICS,
  rows: "state",
  columns: [
    time,
    block,
    netuid,
    { ...uid, optional: false },
    hotkey,
    coldkey,
    { name: "stake_rao", type: "rao", unit: "rao of the subnet's alpha", meaning: "Stake of the position after the block." },
  ],
});

export const PRICE_STREAM = declareStream({
  name: "price",
  meaning: "Price of a subnet's alpha in TAO; of two of one subnet and instant the later row counts, by stream, then row.",
  phase: PHASE_PRICES,
  rows: "event",
  columns: [
    time,
    block,
    netuid,
    { name: "price_tao_per_alpha", type: "real", unit: "TAO per alpha", meaning: "Price after the block; finite and above 0.", above: 0 },
  ],
});

export const REGISTRY_STREAM = declareStream({
  name: "registry",
  meaning: "Registrations and deregistrations, in block, extrinsic and event order.",
  phase: PHASE_EXTRINSICS,
  rows: "event",
  columns: [
    time,
    block,
    extrinsic,
    event,
    {
      name: "action",
      type: "choice",
      unit: "",
      meaning: "What happened; a swap passes the seat of the uid on to the row's keys.",
      values: REGISTRY_ACTIONS,
    },
    netuid,
    uid,
    hotkey,
    coldkey,
  ],
});

export const WEIGHTS_STREAM = declareStream({
  name: "weights",
  meaning: "Base weights of hotkeys, in force until the next row of the same hotkey; a row exactly at an epoch's end counts from the next.",
  phase: PHASE_VALIDATORS,
  rows: "event",
  columns: [
    time,
    block,
    netuid,
    hotkey,
    coldkey,
    uid,
    { name: "weight", type: "real", unit: "relative", meaning: "Base weight, 0 or more." },
  ],
});

export const VALIDATOR_WEIGHTS_STREAM = declareStream({
  name: "validator_weights",
  meaning:
    "What validators set: all rows of a validator at one instant are its weights, in place of all that it set before; rows exactly at an epoch's end count from the next. A swap of the hotkey takes them along.",
  phase: PHASE_VALIDATORS,
  rows: "event",
  columns: [
    time,
    block,
    netuid,
    { name: "validator", type: "address", unit: "", meaning: "Hotkey of the validator." },
    { ...hotkey, meaning: "Hotkey of the miner." },
    { name: "weight", type: "real", unit: "relative", meaning: "Weight, 0 or more; relative to the others of its validator." },
    {
      name: "stake_rao",
      type: "rao",
      unit: "rao of the subnet's alpha",
      meaning: "Stake with which the validator counts from here on; 0: what the positions of its hotkey on the subnet hold.",
      optional: true,
      missing: 0,
    },
  ],
});

/** Daily emission rates a subnet (recorded with the index data; read by the index fund). */
export const EMISSION_RATE_STREAM = declareStream({
  name: "emission_rate",
  meaning: "Emission rate of a subnet in a daily snapshot.",
  phase: PHASE_PRICES,
  rows: "event",
  columns: [time, block, netuid, { name: "emission_rate", type: "real", unit: "share of TAO emission", meaning: "Rate in the snapshot." }],
});

/** Published index compositions. */
export const INDEX_WEIGHTS_STREAM = declareStream({
  name: "index_weights",
  meaning: "Composition of an index as published.",
  phase: PHASE_PRICES,
  rows: "event",
  columns: [
    time,
    netuid,
    { name: "rank", type: "int", unit: "", meaning: "1 for the largest." },
    { name: "avg_emission_rate", type: "real", unit: "share of TAO emission", meaning: "Mean emission rate behind the weight." },
    { name: "weight", type: "real", unit: "0..1", meaning: "Share of the index." },
  ],
});

export const EPOCH_MARKS_STREAM = declareStream({
  name: "epoch_marks",
  meaning:
    "Ends of epochs. The epochs of a subnet with marks end at these alone, whether anybody is paid there or not; one without ends its epochs where it pays.",
  phase: PHASE_EPOCHS,
  rows: "event",
  columns: [time, block, netuid],
});

export const COLLATERAL_STREAM = declareStream({
  name: "collateral",
  meaning: "Collateral of hotkeys, in force until the next row of the same hotkey; a row exactly at an epoch's end counts from the next. A swap of the hotkey takes it along.",
  phase: PHASE_VALIDATORS,
  rows: "event",
  columns: [
    time,
    block,
    netuid,
    { ...hotkey, meaning: "Hotkey that has it." },
    { name: "amount_rao", type: "rao", unit: "rao of what it is held in", meaning: "Collateral after the block." },
  ],
});

/** Names of columns beside a score. */
export const COLUMN_NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

export const SCORES_STREAM = declareStream({
  name: "scores",
  meaning:
    "What the work of hotkeys is worth, in force until the next row of the same hotkey; a row exactly at an epoch's end counts from the next.",
  phase: PHASE_VALIDATORS,
  rows: "event",
  columns: [
    time,
    block,
    netuid,
    { ...hotkey, meaning: "Hotkey whose work it is." },
    { name: "score", type: "real", unit: "relative", meaning: "The score, or what the named column says, 0 or more." },
    {
      name: "column",
      type: "name",
      unit: "",
      meaning: "A number beside the score that a rule of one's own reads by this name; none: it is the score.",
      optional: true,
      missing: -1,
    },
  ],
});

/** In what something is owed. */
export const OWED_UNITS = ["alpha", "tao", "usd"] as const;
export type OwedUnit = (typeof OWED_UNITS)[number];

export const OBLIGATIONS_STREAM = declareStream({
  name: "obligations",
  meaning: "What a subnet comes to owe to hotkeys, for a budget to pay; a row exactly at an epoch's end counts from the next. A swap of the hotkey takes along what it is owed.",
  phase: PHASE_VALIDATORS,
  rows: "event",
  columns: [
    time,
    block,
    netuid,
    { ...hotkey, meaning: "Hotkey that it is owed to." },
    {
      name: "amount_rao",
      type: "rao",
      unit: "billionths of `unit`",
      meaning: "What is owed from here on, on top of what was owed before.",
    },
    { name: "unit", type: "choice", unit: "", meaning: "In what it is owed.", values: OWED_UNITS, optional: true, missing: 0 },
  ],
});

export const TAO_PRICE_STREAM = declareStream({
  name: "tao_price",
  meaning: "Price of a TAO in USD; of two of one instant the later row counts, by stream, then row.",
  phase: PHASE_PRICES,
  rows: "event",
  columns: [
    time,
    block,
    { name: "usd_per_tao", type: "real", unit: "USD per TAO", meaning: "Price after the block; finite and above 0.", above: 0 },
  ],
});

export const STREAM_KINDS = [
  "stake",
  "emission",
  "balances",
  "metagraph",
  "price",
  "registry",
  "weights",
  "validator_weights",
  "emission_rate",
  "index_weights",
  "epoch_marks",
  "collateral",
  "obligations",
  "scores",
  "tao_price",
] as const;
export type StreamKind = (typeof STREAM_KINDS)[number];

const DECLARED = {
  stake: STAKE_STREAM,
  emission: EMISSION_STREAM,
  balances: BALANCES_STREAM,
  metagraph: METAGRAPH_STREAM,
  price: PRICE_STREAM,
  registry: REGISTRY_STREAM,
  weights: WEIGHTS_STREAM,
  validator_weights: VALIDATOR_WEIGHTS_STREAM,
  emission_rate: EMISSION_RATE_STREAM,
  index_weights: INDEX_WEIGHTS_STREAM,
  epoch_marks: EPOCH_MARKS_STREAM,
  collateral: COLLATERAL_STREAM,
  obligations: OBLIGATIONS_STREAM,
  scores: SCORES_STREAM,
  tao_price: TAO_PRICE_STREAM,
} as const satisfies Readonly<Record<StreamKind, StreamDeclaration>>;

export const STREAMS: Readonly<Record<StreamKind, StreamDeclaration>> = DECLARED;
/** The columns of a stream by name. */
export type StreamColumns<K extends StreamKind> = Columns<(typeof DECLARED)[K]>;
