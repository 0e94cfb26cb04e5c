import { PHASE_VALIDATORS } from "../../kernel/order.js";
import { block, hotkey, netuid, time } from "./columns.js";
import { declareStream } from "./stream-declaration.js";

export const COLLATERAL_STREAM = declareStream({
  name: "collateral",
  meaning:
    "Collateral of hotkeys, in force until the next row of the same hotkey; a row exactly at an epoch's end counts from the next. A swap of the hotkey takes it along.",
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
