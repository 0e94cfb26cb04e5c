import type { PoolMembers } from "./pool-configuration.js";
import { Ranking } from "./ranking.js";
import type { MembersOfPools } from "./stage.js";
import type { StageFacts } from "./stage-facts.js";

/** Who is in which pool, of an epoch. */
export class PoolMembership implements MembersOfPools {
  private readonly pools: { members: Int32Array; count: number }[];
  private readonly ranking = new Ranking();
  /** Rank of each miner, 0: none. */
  private rank = new Int32Array(256);
  private inOther = new Uint8Array(256);

  constructor(private readonly stated: readonly PoolMembers[]) {
    this.pools = stated.map(() => ({ members: new Int32Array(256), count: 0 }));
  }

  /** @param shares so far, by which ranks go */
  take(facts: StageFacts, shares: Float64Array): void {
    const { count } = facts;
    const { stated } = this;
    if (this.rank.length < count) this.reserve(count * 2);
    const { rank, inOther } = this;
    if (stated.some(({ kind }) => kind === "ranks")) {
      this.ranking.rank(facts, shares);
      rank.fill(0, 0, count);
      for (let k = 0; k < this.ranking.count; k++) rank[this.ranking.order[k]] = k + 1;
    }
    inOther.fill(0, 0, count);
    for (const [p, members] of stated.entries()) {
      if (members.kind === "rest") continue;
      this.fill(p, count, (miner) => isMember(members, facts, miner, rank[miner]));
      const pool = this.pools[p];
      for (let k = 0; k < pool.count; k++) inOther[pool.members[k]] = 1;
    }
    for (const [p, { kind }] of stated.entries()) if (kind === "rest") this.fill(p, count, (miner) => inOther[miner] === 0);
  }

  isInRest(miner: number): boolean {
    return this.inOther[miner] === 0;
  }

  of(pool: number): { readonly members: Int32Array; readonly count: number } {
    return this.pools[pool];
  }

  private fill(p: number, count: number, isIn: (miner: number) => boolean): void {
    const pool = this.pools[p];
    pool.count = 0;
    for (let miner = 0; miner < count; miner++) if (isIn(miner)) pool.members[pool.count++] = miner;
  }

  private reserve(length: number): void {
    this.rank = new Int32Array(length);
    this.inOther = new Uint8Array(length);
    for (const pool of this.pools) pool.members = new Int32Array(length);
  }
}

function isMember(members: PoolMembers, facts: StageFacts, miner: number, rank: number): boolean {
  switch (members.kind) {
    case "all":
      return true;
    case "names":
      return members.names.some((name) => facts.isNamed(miner, name));
    case "tags":
      return members.tags.some((tag) => facts.hasTag(miner, tag));
    case "uids":
      return facts.uid[miner] >= members.from && facts.uid[miner] <= members.to;
    case "ranks":
      return rank >= members.from && rank <= members.to;
    case "rest":
      return false;
  }
}
