import { PHASE_VALIDATORS } from "../../kernel/order.js";
import { block, hotkey, netuid, time } from "./columns.js";
import { declareStream } from "./stream-declaration.js";

/** In what something is owed. */
export const OWED_UNITS = ["alpha", "tao", "usd"] as const;
export type OwedUnit = (typeof OWED_UNITS)[number];

export const OBLIGATIONS_STREAM = declareStream({
  name: "obligations",
  meaning:
    "What a subnet comes to owe to hotkeys, for a budget to pay; a row exactly at an epoch's end counts from the next. A swap of the hotkey takes along what it is owed.",
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
