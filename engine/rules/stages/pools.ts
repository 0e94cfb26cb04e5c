import type { StageTrace } from "./list-trace.js";
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
    const bound = pools.map(({ name, share, stages, empty }) => ({
      name,
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
      members: membership,
      share(facts, before, weights, list) {
        const { count } = facts;
        if (base.length < count) {
          base = new Float64Array(count * 2);
          withheld = new Uint8Array(count * 2);
          for (const pool of bound) pool.shares = new Float64Array(count * 2);
        }
        membership.take(facts, before);
        const { trace = null, pools: observer = null } = list;
        let given = 0;
        let spilt = 0;
        for (const [p, pool] of bound.entries()) {
          const { members, count: size } = membership.of(p);
          for (let k = 0; k < size; k++) {
            base[k] = before[members[k]];
            withheld[k] = list.withheld[members[k]];
          }
          some.choose(facts, members, size);
          const observe = observer?.pool(p, members, size, before) ?? null;
          const shares = pool.list.run(some, base, withheld, trace?.pool(pool.name, members.subarray(0, size)), observe);
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
        for (const [p, { name, share, shares, isEmpty }] of bound.entries()) {
          if (isEmpty) continue;
          // What pools without weights spill goes over by shares.
          const part = spilt === 0 ? share : share + spilt * (share / given);
          for (let i = 0; i < count; i++) weights[i] += part * shares[i];
          observer?.given(p, part, shares);
          const { members, count: size } = membership.of(p);
          for (let k = 0; k < (trace === null ? 0 : size); k++) {
            const of = (trace as StageTrace).of(members[k]);
            const id = poolTermName(name);
            of.fact(
              `${id}_part`,
              part,
              `what pool ${name} gives of the pot${spilt === 0 ? "" : ", with its part of what empty pools leave"}`,
            );
            of.fact(`${id}_share`, shares[members[k]], `its share of pool ${name}, after the stages of that`);
          }
        }
        for (let i = 0; i < (trace === null ? 0 : count); i++) {
          const of = (trace as StageTrace).of(i);
          const names = of.terms.flatMap(({ name }) => (name.endsWith("_part") ? [name.slice(0, -"_part".length)] : []));
          of.term(
            "weight",
            weights[i],
            names.map((name) => `${name}_part * ${name}_share`).join(" + ") || "0: it is in no pool that gives",
          );
        }
      },
    };
  },
});

/** Names of terms are words, such as formulas have. */
export function poolTermName(pool: string): string {
  return pool
    .toLowerCase()
    .replace(/[^a-z0-9_]/g, "_")
    .replace(/^(?![a-z_])/, "_");
}
