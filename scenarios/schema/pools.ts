import * as z from "zod";
import { POOL_SHARE_RANGE, type PoolConfiguration, type PoolMembers, type StageConfiguration } from "../../engine/index.js";
import { minerName } from "./miner-name.js";
import { nameSchema } from "./name.js";
import { MAX_WHOLE, real, whole } from "./numbers.js";
import { choice, listOf, section } from "./section.js";

type Range = readonly [number, number];
/** Who is in a pool, as a scenario states it. */
type MembersInput =
  | "all"
  | "rest"
  | { readonly names?: readonly string[]; readonly tags?: readonly string[]; readonly uids?: Range; readonly ranks?: Range };

/** A pool, its stages of a kind. */
export interface PoolInput<Stage> {
  readonly name: string;
  readonly share: number;
  readonly members: MembersInput;
  readonly stages?: readonly Stage[] | undefined;
  readonly empty: "others" | "residual";
}

const MEMBERS = "all, rest, or one of names, tags, uids, ranks";

function range(first: number, last: number, of: string) {
  const error = `[first, last] of ${of}, both of which count`;
  return z.tuple([whole(first, last), whole(first, last)], { error }).refine(([from, to]) => from <= to, { error });
}

const membersSchema = z
  .union(
    [
      z.enum(["all", "rest"]),
      section({
        names: z
          .array(minerName, { error: "a list of names" })
          .optional()
          .describe("Miners by name, or by hotkey; an empty list is a pool for nobody."),
        tags: listOf(nameSchema, "tags").optional().describe("Miners that have any of the tags (`tags` of the scenario)."),
        uids: range(0, 65_535, "uids").optional().describe("Miners by uid, both ends included."),
        ranks: range(1, MAX_WHOLE, "ranks").optional().describe("Miners by rank of their shares so far, best first, both ends included."),
      }).refine((stated) => Object.keys(stated).length === 1, { error: MEMBERS }),
    ],
    { error: MEMBERS },
  )
  .describe(
    "Who is in it: `all`, `rest` (who is in no other pool), or miners by names, tags, uids or ranks. Who is in two gets both parts.",
  );

/** @param entry of the list of a pool */
export function poolsSchema(entry: z.ZodType) {
  const pool = section({
    name: nameSchema.describe("What reports call the pool."),
    share: real(POOL_SHARE_RANGE).describe("Share of the pot; those of all pools sum to exactly 1."),
    members: membersSchema,
    stages: listOf(entry, "stages").optional().describe("How its members share it; left out: in proportion to what they have so far."),
    empty: choice(["others", "residual"])
      .default("others")
      .describe(
        "Where goes the share of a pool in which nobody has any weight: to the other pools by their shares, or where `residual` says.",
      ),
  });
  return listOf(pool, "pools");
}

/** @param resolve the list of a pool with every default filled in */
export function resolvePools<Stage>(
  pools: readonly PoolInput<Stage>[],
  resolve: (stages: readonly Stage[]) => readonly Stage[],
): readonly PoolInput<Stage>[] {
  return pools.map(({ stages, ...pool }) => (stages === undefined ? pool : { ...pool, stages: resolve(stages) }));
}

/** In the engine's terms. */
export function poolConfigurations<Stage>(
  pools: readonly PoolInput<Stage>[],
  configure: (stage: Stage, pool: number, at: number) => StageConfiguration,
): readonly PoolConfiguration<StageConfiguration>[] {
  return pools.map(({ name, share, members, stages = [], empty }, pool) => ({
    name,
    share,
    empty,
    members: membersOf(members),
    stages: stages.map((stage, at) => configure(stage, pool, at)),
  }));
}

function membersOf(members: MembersInput): PoolMembers {
  if (typeof members === "string") return { kind: members };
  const { names, tags, uids, ranks } = members;
  if (names !== undefined) return { kind: "names", names };
  if (tags !== undefined) return { kind: "tags", tags };
  const [kind, [from, to]] = uids === undefined ? (["ranks", ranks as Range] as const) : (["uids", uids] as const);
  return { kind, from, to };
}
