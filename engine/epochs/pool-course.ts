import type { PoolsObserver } from "../rules/stages/stage.js";

/** What the stages of pools did to one position over the epochs of a run, which no table holds; it changes nothing of the run. */
export class PoolCourse {
  private readonly epochs = new Map<number, PoolShare[]>();

  /** @param position number of the position, on that subnet */
  constructor(
    readonly netuid: number,
    readonly position: number,
  ) {}

  /** The pools that it was in at the end of an epoch, from 1, in the order of the scenario; undefined: it was no miner then. */
  at(epoch: number): readonly PoolShare[] | undefined {
    return this.epochs.get(epoch);
  }

  /** The list of an epoch begins: `miner` is the index of the position in it. */
  begin(epoch: number, miner: number): PoolsObserver {
    const own: PoolShare[] = [];
    this.epochs.set(epoch, own);
    return {
      pool(pool, members, count, before) {
        const at = members.subarray(0, count).indexOf(miner);
        if (at === -1) return null;
        let sum = 0;
        for (let k = 0; k < count; k++) sum += before[members[k]];
        const stages: PoolStageShare[] = [];
        own.push({ pool, baseShare: sum > 0 ? before[miner] / sum : 0, part: 0, share: 0, stages });
        return (index, inBefore, factor, inAfter) => {
          stages.push({ at: index, before: inBefore[at], factor: factor === null ? null : factor[at], after: inAfter[at] });
        };
      },
      given(pool, part, shares) {
        const one = own.find((entry) => entry.pool === pool);
        if (one !== undefined) Object.assign(one, { part, share: shares[miner] });
      },
    };
  }
}

/** What a member has of a pool in an epoch. */
export interface PoolShare {
  /** Place of the pool in its stage, from 0. */
  readonly pool: number;
  /** Of what all its members have before the pools, 0..1. */
  readonly baseShare: number;
  /** What the pool gives of the pot, 0..1; 0 where nobody in it has a weight. */
  readonly part: number;
  /** Of the pool, after its stages, 0..1. */
  readonly share: number;
  /** By its stages, in their order. */
  readonly stages: readonly PoolStageShare[];
}

/** What a stage of a pool did to a member. */
export interface PoolStageShare {
  /** Place in the list of the pool, from 0. */
  readonly at: number;
  /** Share of the pool if the list ended before the stage, 0..1. */
  readonly before: number;
  /** Null: it gives out shares anew. */
  readonly factor: number | null;
  /** Share of the pool if the list ended here, 0..1. */
  readonly after: number;
}
