import { declareColumn } from "./column.js";

// Columns that several result tables have, each with one meaning.

export const epoch = declareColumn({
  name: "epoch",
  type: "int",
  unit: "",
  meaning: "Number of the epoch on its subnet, from 1.",
  atLeast: 1,
});
export const position = declareColumn({
  name: "position",
  type: "int",
  unit: "",
  meaning: "Position id; the table `positions` gives its addresses.",
});
export const netuid = declareColumn({ name: "netuid", type: "int", unit: "", meaning: "Subnet." });
export const time = declareColumn({ name: "time_ms", type: "time", unit: "ms since 1970 UTC", meaning: "When it happened." });
export const tranche = declareColumn({ name: "tranche", type: "int", unit: "", meaning: "Tranche id, unique in the run." });
export const block = declareColumn({ name: "block", type: "int", unit: "", meaning: "Block of the event; -1 when unknown.", atLeast: -1 });
export const extrinsic = declareColumn({
  name: "extrinsic",
  type: "int",
  unit: "",
  meaning: "Extrinsic of the event; -1 when unknown.",
  atLeast: -1,
});
export const event = declareColumn({
  name: "event",
  type: "int",
  unit: "",
  meaning: "Index of the event in its block; -1 when unknown.",
  atLeast: -1,
});
