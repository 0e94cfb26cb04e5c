import { PHASE_EXTRINSICS } from "../../kernel/order.js";
import { block, coldkey, event, extrinsic, hotkey, netuid, time, uid } from "./columns.js";
import { declareStream } from "./stream-declaration.js";

export const REGISTRY_ACTIONS = ["registered", "deregistered", "network_removed", "hotkey_swapped", "coldkey_swapped"] as const;
export type RegistryAction = (typeof REGISTRY_ACTIONS)[number];

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
