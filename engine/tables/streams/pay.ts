import { PHASE_EPOCHS } from "../../kernel/order.js";
import { block, coldkey, hotkey, netuid, time, uid } from "./columns.js";
import { declareStream } from "./stream-declaration.js";

export const ROLES = ["miner", "validator", "owner"] as const;
export type Role = (typeof ROLES)[number];

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

export const EPOCH_MARKS_STREAM = declareStream({
  name: "epoch_marks",
  meaning:
    "Ends of epochs. The epochs of a subnet with marks end at these alone, whether anybody is paid there or not; one without ends its epochs where it pays.",
  phase: PHASE_EPOCHS,
  rows: "event",
  columns: [time, block, netuid],
});
