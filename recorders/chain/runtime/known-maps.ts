import type { Hasher } from "../hasher.js";
import type { Runtime } from "./runtime.js";

const PALLET = "SubtensorModule";

/** How each map that is read is keyed; checked against every runtime that is met. */
export const READ_MAPS: readonly (readonly [pallet: string, item: string, hashers: readonly Hasher[]])[] = [
  [PALLET, "TotalHotkeyAlpha", ["Blake2_128Concat", "Identity"]],
  [PALLET, "TotalHotkeyShares", ["Blake2_128Concat", "Identity"]],
  [PALLET, "TotalHotkeySharesV2", ["Blake2_128Concat", "Identity"]],
  [PALLET, "Alpha", ["Blake2_128Concat", "Blake2_128Concat", "Identity"]],
  [PALLET, "AlphaV2", ["Blake2_128Concat", "Blake2_128Concat", "Identity"]],
  [PALLET, "ParentKeys", ["Blake2_128Concat", "Identity"]],
  [PALLET, "Owner", ["Blake2_128Concat"]],
  [PALLET, "StakingHotkeys", ["Blake2_128Concat"]],
  [PALLET, "Keys", ["Identity", "Identity"]],
  [PALLET, "Weights", ["Identity", "Identity"]],
  [PALLET, "BlockAtRegistration", ["Identity", "Identity"]],
  ...[
    "SubnetworkN",
    "Tempo",
    "NetworksAdded",
    "LastMechansimStepBlock",
    "SubnetOwner",
    "SubnetOwnerHotkey",
    "Incentive",
    "Dividends",
    "ValidatorPermit",
    "LastUpdate",
    "ActivityCutoff",
    "ActivityCutoffFactorMilli",
  ].map((item): [string, string, Hasher[]] => [PALLET, item, ["Identity"]]),
  ...["Emission", "PendingOwnerCut", "SubnetTAO", "SubnetAlphaIn", "SubnetMechanism"].map((item): [string, string, Hasher[]] => [
    PALLET,
    item,
    ["Identity"],
  ]),
  ...["SwapV3Initialized", "AlphaSqrtPrice", "SwapBalancer"].map((item): [string, string, Hasher[]] => ["Swap", item, ["Twox64Concat"]]),
];
/** @throws TenureError `TEN-CHAIN-011` where a runtime keys a map in another way than `subtensorKeys` does */
export function requireKnownKeys(runtime: Runtime): void {
  for (const [pallet, item, hashers] of READ_MAPS) runtime.requireHashers(pallet, item, hashers);
}
