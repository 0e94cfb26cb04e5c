import type { PoolConfiguration } from "./pool-configuration.js";
import { PoolMembership } from "./pool-membership.js";
import { SomeFacts } from "./some-facts.js";
import { declareShareStage } from "./stage.js";

/** The pot in parts, each for its own miners, by its own stages (docs/explanation/stages.md). */
export const pools = declareShareStage({
  name: "pools",
  meaning: "the pot in parts: each is shared by its members, by stages of its own",
  effect: "share",
  parameters: {},
  asks: ({ pools }: { readonly pools: readonly PoolConfiguration[] }, of) => pools.flatMap(({ stages }) => stages.flatMap(of)),
  bind(stated, { listOf }) {
    const { pools } = stated as unknown as { readonly pools: readonly PoolConfiguration[] };
    const membership = new PoolMembership(pools.map(({ members }) => members));
    const some = new SomeFacts();
    const bound = pools.map(({ share, stages, empty }) => ({
      share,
      list: listOf(stages),
      isKept: empty === "residual",
      /** What members have of the pool, by miner; 0 for who is none. */
      shares: new Float64Array(256),
      isEmpty: true,
    }));
    let base = new Float64Array(256);
    let withheld = new Uint8Array(256);
    return {
      share(facts, before, weights, list) {
        const { count } = facts;
        if (base.length < count) {
          base = new Float64Array(count * 2);
          withheld = new Uint8Array(count * 2);
          for (const pool of bound) pool.shares = new Float64Array(count * 2);
        }
        membership.take(facts, before);
        let given = 0;
        let spilt = 0;
        for (const [p, pool] of bound.entries()) {
          const { members, count: size } = membership.of(p);
          for (let k = 0; k < size; k++) {
            base[k] = before[members[k]];
            withheld[k] = list.withheld[members[k]];
          }
          some.choose(facts, members, size);
          const shares = pool.list.run(some, base, withheld);
          pool.shares.fill(0, 0, count);
          pool.isEmpty = true;
          for (let k = 0; k < size; k++) {
            pool.shares[members[k]] = shares[k];
            if (shares[k] > 0) pool.isEmpty = false;
          }
          if (!pool.isEmpty) given += pool.share;
          else if (!pool.isKept) spilt += pool.share;
        }
        weights.fill(0, 0, count);
        for (const { share, shares, isEmpty } of bound) {
          if (isEmpty) continue;
          // What pools without weights spill goes over by shares.
          const part = spilt === 0 ? share : share + spilt * (share / given);
          for (let i = 0; i < count; i++) weights[i] += part * shares[i];
        }
      },
    };
  },
});
