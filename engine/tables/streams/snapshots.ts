import { PHASE_EXTRINSICS } from "../../kernel/order.js";
import { block, coldkey, hotkey, netuid, time, uid } from "./columns.js";
import { declareStream } from "./stream-declaration.js";

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
