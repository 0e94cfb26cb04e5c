/** A pool of an epoch's emission, in the order in which remainders are told; `rest` is what the pools leave of it. */
export const REWARD_POOLS = ["rest", "tier_bonus", "base", "validators", "multipliers", "cap"] as const;
export type RewardPool = (typeof REWARD_POOLS)[number];

/** What nobody gets of a pot. */
export interface RewardRemainder {
  /** Where it was meant for; `multipliers`: all multipliers are 0; `cap`: above `max_top10_share`, and nobody else may have it. */
  readonly pool: RewardPool;
  /** Tier it was meant for. */
  readonly tier: string | null;
  /** `burn` by `empty_tier: burn`, `unallocated` otherwise. */
  readonly destination: "burn" | "unallocated";
  /** Above 0. */
  readonly amountRao: number;
}

/**
 * An epoch's emission, shared out. Whole rao everywhere: `paidRao` + `validatorRao` + remainders, and what a list of stages
 * sends elsewhere than to miners, are the pot.
 * The object is used again for the next epoch.
 */
export class EpochRewards {
  potRao = 0;
  /** The pools as split, before anything moves from empty tiers to the base. */
  basePoolRao = 0;
  tierBonusPoolRao = 0;
  validatorPoolRao = 0;
  /** What the base pool got from empty tiers. */
  movedToBaseRao = 0;
  /** What each tier had to share, by tier of the table. */
  readonly tierPotRao: Float64Array;
  /** Index of a miner's tier, the number of tiers for `base`, -1 where it is not ranked. */
  readonly tier: Int32Array;
  /** Weights by which the base pool is shared, of miners. */
  readonly baseWeight: Float64Array;
  /** What a miner gets of the base pool and of its tier, before multipliers and cap. */
  readonly baseRao: Float64Array;
  readonly tierRao: Float64Array;
  /** What a miner is paid. */
  readonly paidRao: Float64Array;
  /** A miner's share of what miners are paid, 0..1; the weight to set. Sums to 1, or all are 0. */
  readonly weight: Float64Array;
  readonly validatorRao: Float64Array;
  readonly remainders: RewardRemainder[] = [];

  constructor(
    readonly minerCount: number,
    readonly validatorCount: number,
    tierCount: number,
  ) {
    this.tierPotRao = new Float64Array(tierCount);
    this.tier = new Int32Array(minerCount);
    this.baseWeight = new Float64Array(minerCount);
    this.baseRao = new Float64Array(minerCount);
    this.tierRao = new Float64Array(minerCount);
    this.paidRao = new Float64Array(minerCount);
    this.weight = new Float64Array(minerCount);
    this.validatorRao = new Float64Array(validatorCount);
  }

  /** Nothing shared out yet, of a pot. */
  begin(potRao: number): void {
    this.potRao = potRao;
    this.movedToBaseRao = 0;
    this.tier.fill(-1);
    this.baseRao.fill(0);
    this.tierRao.fill(0);
    this.paidRao.fill(0);
    this.weight.fill(0);
    this.remainders.length = 0;
  }

  /** Notes what nobody gets; 0 is not worth a row. */
  remain(pool: RewardPool, tier: string | null, destination: "burn" | "unallocated", amountRao: number): void {
    if (amountRao > 0) this.remainders.push({ pool, tier, destination, amountRao });
  }

  /** The base pool with what it got from empty tiers, rao. */
  get basePotRao(): number {
    return this.basePoolRao + this.movedToBaseRao;
  }

  /** Sum of the remainders of a destination, rao. */
  remainingRao(destination: "burn" | "unallocated"): number {
    let sum = 0;
    for (const remainder of this.remainders) if (remainder.destination === destination) sum += remainder.amountRao;
    return sum;
  }
}
