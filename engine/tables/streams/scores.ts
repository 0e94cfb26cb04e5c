import { PHASE_VALIDATORS } from "../../kernel/order.js";
import { block, hotkey, netuid, time } from "./columns.js";
import { declareStream } from "./stream-declaration.js";

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
