import type { World } from "../books/world.js";
import type { BaseStages } from "../rewards/index.js";
import { REST_ROWS } from "../tables/vocabularies/rest-rows.js";
import type { Measurements } from "../vesting/measurements.js";
import type { Settlement } from "../vesting/settlement.js";
import type { StagedShares } from "../vesting/staged-shares.js";
import type { Stakes } from "./stakes.js";

/** A scenario's list of stages over the scores of an index subnet's miners (docs/explanation/stages.md). */
export class BasePoolStages {
  /** Product of the factors that each miner met in the epoch that was shared last. */
  readonly product: Float64Array;
  /** Number of each miner on the subnet, then -1 for each of `REST_ROWS`. */
  readonly member: Int32Array;
  private readonly uid: Int32Array;

  private constructor(
    private readonly stages: StagedShares,
    world: World,
    private readonly stakes: Stakes,
    private readonly miners: number,
    readonly applies: boolean,
  ) {
    this.product = new Float64Array(miners).fill(1);
    const positions = stakes.positionOf.slice(0, miners);
    this.member = new Int32Array(miners + REST_ROWS.length).fill(-1);
    this.member.set(positions.map((position) => world.positions.onSubnet[position]));
    this.uid = Int32Array.from(positions, (position) => stakes.subnet.registry.seatOf(world.positions.hotkey[position])?.uid ?? -1);
  }

  /** Of the stages that a run's scenario lists; null: it lists none. */
  static of(world: World, { stages, appliesStages }: Settlement, stakes: Stakes, miners: number): BasePoolStages | null {
    return stages === null ? null : new BasePoolStages(stages, world, stakes, miners, appliesStages);
  }

  /** The list on what was measured at the end of an epoch. */
  on(measured: Measurements, endMs: number): BaseStages {
    const { miners, member, uid, applies } = this;
    return {
      applies,
      run: (base, shares) => {
        const list = this.stages.run(this.stakes.subnet, measured, { miners, member, uid, base }, false, endMs);
        shares.set(list.shares.subarray(0, miners));
        shares.set(list.rest, miners);
        this.product.set(list.product.subarray(0, miners));
      },
    };
  }
}
