import { PHASE_EXTRINSICS } from "../../kernel/order.js";
import { block, coldkey, event, extrinsic, hotkey, MAX_NETUID, netuid, time } from "./columns.js";
import { STAKE_ACTIONS, STAKE_CAUSES } from "./stake-actions.js";
import { declareStream } from "./stream-declaration.js";

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
