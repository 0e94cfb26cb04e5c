import { accountId, dispatchError, dispatchInfo, lastRuntimeUpgradeInfo, u32Type, u64Type } from "../scale/common-types.js";
import { namedFields, type Type } from "../scale/type.js";
import { type Pallet, plain } from "./pallet.js";

/** `eventRecords` is the type of all the events of a block, which holds this pallet's own. */
export function systemStorage(eventRecords: Type): Pallet["storage"] {
  return [
    plain("Number", u32Type, "00000000"),
    plain("Events", eventRecords, "00"),
    plain("LastRuntimeUpgrade", lastRuntimeUpgradeInfo, "00", "Optional"),
  ];
}

export const SYSTEM: Pallet = {
  name: "System",
  index: 0,
  storage: [],
  events: [
    { name: "ExtrinsicSuccess", fields: namedFields({ dispatch_info: dispatchInfo }) },
    { name: "ExtrinsicFailed", fields: namedFields({ dispatch_error: dispatchError, dispatch_info: dispatchInfo }) },
    { name: "CodeUpdated", fields: [] },
  ],
};

export const TIMESTAMP: Pallet = { name: "Timestamp", index: 2, storage: [plain("Now", u64Type, "0000000000000000")], events: [] };

export const TRANSACTION_PAYMENT: Pallet = {
  name: "TransactionPayment",
  index: 6,
  storage: [],
  events: [{ name: "TransactionFeePaid", fields: namedFields({ who: accountId, actual_fee: u64Type, tip: u64Type }) }],
};
