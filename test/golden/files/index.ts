import type { CheckCase } from "../case.js";
import { checkArbitrage } from "./arbitrage.js";
import { checkMultiplierGeometric } from "./multiplier-geometric.js";
import { checkMultiplierTiered } from "./multiplier-tiered.js";
import { checkRewardsTiered } from "./rewards-tiered.js";
import { checkSlashing } from "./slashing.js";
import { checkStageOrder, checkStages } from "./stages.js";
import { checkTranches } from "./tranches.js";
import { checkVestingSchedule } from "./vesting-schedule.js";
import { checkVolumeRanking } from "./volume-ranking.js";
import { checkWeights } from "./weights.js";
import { checkYuma } from "./yuma.js";
import { checkYumaChain } from "./yuma-chain.js";
import { checkYumaTotals } from "./yuma-totals.js";

/** The golden files that are known, by their path in the folder without `.jsonl`. */
export const GOLDEN_FILES: Readonly<Record<string, CheckCase>> = {
  tranches: checkTranches,
  multiplier_geometric: checkMultiplierGeometric,
  multiplier_tiered: checkMultiplierTiered,
  weights: checkWeights,
  vesting_schedule: checkVestingSchedule,
  rewards_tiered: checkRewardsTiered,
  volume_ranking: checkVolumeRanking,
  arbitrage: checkArbitrage,
  slashing: checkSlashing,
  "stages/curve": checkStages,
  "stages/gate": checkStages,
  "stages/multiplier_rules": checkStages,
  "stages/selling_penalty": checkStages,
  "stages/smooth": checkStages,
  "stages/cap_floor_threshold": checkStages,
  "stages/burn_residual": checkStages,
  "yuma/yuma": checkYuma,
  "yuma/chain": checkYumaChain,
  "yuma/totals": checkYumaTotals,
  "stages/pools": checkStages,
  "stages/budget": checkStages,
  "stages/chains": checkStages,
  "stages/order": checkStageOrder,
};
