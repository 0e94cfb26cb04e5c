import { PHASE_VALIDATORS } from "../../kernel/order.js";
import { block, coldkey, hotkey, netuid, time, uid } from "./columns.js";
import { declareStream } from "./stream-declaration.js";

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
