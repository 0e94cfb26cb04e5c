import {
  isCalled,
  type PoolConfiguration,
  type PoolMembers,
  type StageConfiguration,
  type StageListConfiguration,
} from "../../../engine/index.js";

/** A miner, as pools know it. */
export interface PoolMember {
  readonly hotkey: string;
  readonly uid: number;
  readonly tags: NonNullable<StageListConfiguration["tags"]>;
}

/** Where nobody is asked for. */
export const NOBODY: PoolMember = { hotkey: "", uid: -1, tags: {} };

export type Pool = PoolConfiguration<StageConfiguration>;

/** The pools of a stage. */
export function statedPools({ parameters, of }: StageConfiguration): readonly Pool[] {
  const { pools = [] } = Object.assign({}, parameters, of) as { readonly pools?: readonly Pool[] };
  return pools;
}

/** Whether it is a member for sure: who is in a pool by rank may change with every epoch. */
export function isSurelyIn({ members }: Pool, pools: readonly Pool[], who: PoolMember): boolean {
  if (members.kind !== "rest") return isMember(members, who) === true;
  return pools.every((pool) => pool.members.kind === "rest" || isMember(pool.members, who) === false);
}

/** Null: it is not known. */
function isMember(members: PoolMembers, { hotkey, uid, tags }: PoolMember): boolean | null {
  switch (members.kind) {
    case "all":
      return true;
    case "rest":
      return false;
    case "names":
      return members.names.some((name) => isCalled(hotkey, name));
    case "tags":
      return members.tags.some((tag) => Object.hasOwn(tags, tag) && tags[tag].some((name) => isCalled(hotkey, name)));
    case "uids":
      return uid >= members.from && uid <= members.to;
    case "ranks":
      return null;
  }
}

/** Why it came into a pool, or left it. */
export function membershipWords({ members }: Pool, isIn: boolean): string {
  switch (members.kind) {
    case "all":
      return isIn ? "it is a miner now" : "it is no miner any more";
    case "rest":
      return isIn ? "it is in no other pool any more" : "it is in another pool now";
    case "names":
      return isIn ? "its hotkey is one of those that are named" : "its hotkey is none of those that are named any more";
    case "tags":
      return isIn ? `it is tagged ${members.tags.join(", ")} now` : `it is not tagged ${members.tags.join(", ")} any more`;
    case "uids":
      return `its uid is ${isIn ? "now" : "no longer"} within ${members.from} to ${members.to}`;
    case "ranks":
      return `its rank by its share before is ${isIn ? "now" : "no longer"} within ${members.from} to ${members.to}`;
  }
}
