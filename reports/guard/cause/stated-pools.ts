import { isRead, type PoolMembers, type StageConfiguration } from "../../../engine/index.js";
import { type RuledConfiguration, stageNames, stageRule } from "../terms/term-layout.js";

/** A pool of a list of stages. */
export interface StatedPool {
  /** Place of its stage in the list, from 0. */
  readonly at: number;
  readonly place: number;
  readonly name: string;
  /** As causes call it: `stage.pools.research`. */
  readonly called: string;
  /** The term of its stage. */
  readonly of: string;
  readonly members: PoolMembers;
  /** Of the other pools of its stage that are no rest. */
  readonly others: readonly PoolMembers[];
  readonly stages: readonly StageConfiguration[];
  /** In words, of one of its stages. */
  ruleOf(stage: StageConfiguration): string;
}

type Stated = Pick<StatedPool, "name" | "members" | "stages">;

/** All pools of the list of a scenario. */
export function poolsOf({ stages }: RuledConfiguration): readonly StatedPool[] {
  if (stages === null) return [];
  const names = stageNames(stages.stages);
  return stages.stages.flatMap(({ stage, parameters }, at) => {
    if (!isRead(stage)) return [];
    const { pools = [] } = parameters as { readonly pools?: readonly Stated[] };
    return pools.map((pool, place): StatedPool => {
      const others = pools.filter((one) => one !== pool && one.members.kind !== "rest").map(({ members }) => members);
      return {
        ...{ at, place, others, name: pool.name, members: pool.members, stages: pool.stages },
        called: `${names[at]}.${pool.name.replace(/[^\w-]/g, "_")}`,
        of: `${names[at]}.share`,
        ruleOf: (stage) => `pools, by ${stageRule(stage)} of pool ${pool.name}`,
      };
    });
  });
}
