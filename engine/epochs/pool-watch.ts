import { poolsOf } from "../rules/stages/list-order.js";
import type { PoolMembers } from "../rules/stages/pool-configuration.js";
import type { MembersOfPools } from "../rules/stages/stage.js";
import type { StageConfiguration } from "../rules/stages/stage-configuration.js";
import type { EpochSheet } from "./epoch-sheet.js";

type Tags = Readonly<Record<string, readonly string[]>>;

/** Whom a pool is for, and whom the run has not had yet. */
interface Awaited {
  /** As a warning tells it. */
  readonly words: string;
  /** A name, or a place among the miners. */
  readonly who: { readonly name: string } | { readonly pool: number };
}

/** Whether pools of a list hold everybody, and whether there is ever anybody whom they are for. */
export class PoolWatch {
  /** Hotkeys that were looked at. */
  private readonly seen = new Set<number>();
  private awaited: readonly Awaited[];

  private constructor(
    pools: readonly { readonly name: string; readonly members: PoolMembers }[],
    tags: Tags,
    /** Can somebody be left out, other than by rank, which is how a rule pays some and not others? */
    private readonly goesByWho: boolean,
  ) {
    this.awaited = pools.flatMap(({ name, members }, pool) => awaitedOf(name, members, pool, tags));
  }

  /** Null where a list has no pools. */
  static of(stages: readonly StageConfiguration[], tags: Tags): PoolWatch | null {
    const pools = stages.flatMap(poolsOf);
    if (pools.length === 0) return null;
    return new PoolWatch(
      pools,
      tags,
      pools.every(({ members: { kind } }) => kind === "names" || kind === "tags" || kind === "uids"),
    );
  }

  /** How many with a base weight the pools of an epoch leave out. */
  leftOut(membership: MembersOfPools, { start, base, miners }: EpochSheet): number {
    if (!this.goesByWho) return 0;
    const weight = start ?? base;
    let without = 0;
    for (let k = 0; k < miners; k++) if (weight[k] > 0 && membership.isInRest(k)) without += 1;
    return without;
  }

  /**
   * @param hotkeyOf number of the hotkey of a miner, which tells whether it was looked at
   * @param isNamed whether the miner is called so
   * @returns for whom pools are and whom the run has not had yet, in words
   */
  unmet(
    membership: MembersOfPools,
    { miners }: EpochSheet,
    hotkeyOf: (miner: number) => number,
    isNamed: (miner: number, name: string) => boolean,
  ): readonly string[] {
    for (let k = 0; k < miners && this.awaited.length > 0; k++) {
      const hotkey = hotkeyOf(k);
      if (this.seen.has(hotkey)) continue;
      this.seen.add(hotkey);
      this.awaited = this.awaited.filter(({ who }) => !("name" in who && isNamed(k, who.name)));
    }
    if (this.awaited.length > 0) this.awaited = this.awaited.filter(({ who }) => "name" in who || membership.of(who.pool).count === 0);
    return this.awaited.map(({ words }) => words);
  }
}

function awaitedOf(pool: string, members: PoolMembers, number: number, tags: Tags): readonly Awaited[] {
  switch (members.kind) {
    case "names":
      if (members.names.length === 0) return [{ words: `no name at all (pool ${pool})`, who: { pool: number } }];
      return members.names.map((name) => ({ words: `${name} (pool ${pool})`, who: { name } }));
    case "tags":
      return members.tags.flatMap((tag) =>
        (Object.hasOwn(tags, tag) ? tags[tag] : []).map((name) => ({ words: `${name} (tag ${tag}, pool ${pool})`, who: { name } })),
      );
    case "uids":
    case "ranks": {
      const { kind, from, to } = members;
      return [{ words: `${kind} ${from} to ${to} (pool ${pool})`, who: { pool: number } }];
    }
    case "all":
    case "rest":
      return [];
  }
}
