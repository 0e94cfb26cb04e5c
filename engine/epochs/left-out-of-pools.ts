import type { PoolConfiguration } from "../rules/stages/pool-configuration.js";
import { PoolMembership } from "../rules/stages/pool-membership.js";
import type { StageConfiguration } from "../rules/stages/stage-configuration.js";
import type { StageFacts } from "../rules/stages/stage-facts.js";

/** Miners whom no pool of a list names, so that it pays them nothing whatever they do. */
export class LeftOutOfPools {
  private readonly memberships: readonly PoolMembership[];
  private readonly sizes: readonly number[];
  private isIn = new Uint8Array(256);

  private constructor(lists: readonly (readonly PoolConfiguration[])[]) {
    this.memberships = lists.map((pools) => new PoolMembership(pools.map(({ members }) => members)));
    this.sizes = lists.map(({ length }) => length);
  }

  /** Null where nobody can be left out, or by rank alone, which is how a rule pays some and not others. */
  static of(stages: readonly StageConfiguration[]): LeftOutOfPools | null {
    const lists = stages
      .filter(({ stage }) => stage === "pools")
      .map((one) => (one.parameters as unknown as { readonly pools: readonly PoolConfiguration[] }).pools)
      .filter((pools) => pools.every(({ members: { kind } }) => kind === "names" || kind === "tags" || kind === "uids"));
    return lists.length === 0 ? null : new LeftOutOfPools(lists);
  }

  /** How many with a weight are in no pool of some stage. */
  count(facts: StageFacts, base: Float64Array, miners: number): number {
    if (this.isIn.length < facts.count) this.isIn = new Uint8Array(facts.count * 2);
    let most = 0;
    for (const [at, membership] of this.memberships.entries()) {
      membership.take(facts, base);
      this.isIn.fill(0, 0, facts.count);
      for (let p = 0; p < this.sizes[at]; p++) {
        const { members, count } = membership.of(p);
        for (let k = 0; k < count; k++) this.isIn[members[k]] = 1;
      }
      let without = 0;
      for (let k = 0; k < miners; k++) if (base[k] > 0 && this.isIn[k] === 0) without += 1;
      if (without > most) most = without;
    }
    return most;
  }
}
