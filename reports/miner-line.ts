import type { BehaviourGroup } from "../scenarios/index.js";
import type { Pay } from "./pay.js";
import type { HoldingRow } from "./reading/holdings.js";
import type { PositionRow } from "./reading/positions.js";
import type { WeightRow } from "./reading/weights.js";

/** One miner of an overview. What the run did not record is null. */
export interface MinerLine {
  readonly position: PositionRow;
  /** How it behaves; null for a miner that was recorded. */
  readonly behaviour: BehaviourGroup | null;
  /** Over the whole run that at its end; of an epoch that measured at its end, null where it was not recorded. */
  readonly stake_rao: number | null;
  readonly holding: HoldingRow | null;
  /** Applied, or what would be: see `multiplier_effect`. */
  readonly multiplier: number | null;
  readonly weight: WeightRow | null;
  /** Of a miner as a miner, whatever else it was paid for. */
  readonly pay: Pay;
}
