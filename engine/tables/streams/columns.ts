import { declareColumn } from "../column.js";

export const time = declareColumn({
  name: "time_ms",
  type: "time",
  unit: "ms since 1970 UTC",
  meaning: "When the block that holds the event was made.",
});
export const block = declareColumn({
  name: "block",
  type: "int",
  unit: "",
  meaning: "Block number; -1 when unknown.",
  optional: true,
  missing: -1,
});
export const extrinsic = declareColumn({
  name: "extrinsic",
  type: "int",
  unit: "",
  meaning: "Index of the extrinsic in its block; -1 when unknown or before the first one, 2147483646 after all of them.",
  optional: true,
  missing: -1,
});
export const event = declareColumn({
  name: "event",
  type: "int",
  unit: "",
  meaning: "Index of the event in its block; -1 when unknown.",
  optional: true,
  missing: -1,
});
export const MAX_NETUID = 65_535;
export const netuid = declareColumn({ name: "netuid", type: "int", unit: "", meaning: "Subnet.", atMost: MAX_NETUID });
export const hotkey = declareColumn({ name: "hotkey", type: "address", unit: "", meaning: "Hotkey of the position." });
export const coldkey = declareColumn({ name: "coldkey", type: "address", unit: "", meaning: "Coldkey of the position." });
export const uid = declareColumn({
  name: "uid",
  type: "int",
  unit: "",
  meaning: "Slot of the hotkey on the subnet; -1 when unknown.",
  optional: true,
  missing: -1,
});
