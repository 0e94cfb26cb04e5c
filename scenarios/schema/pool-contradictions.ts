import { nearestName } from "../../engine/index.js";
import { type Contradiction, contradiction } from "./contradiction.js";
import type { PoolInput } from "./pools.js";
import type { PartialScenarioInput } from "./scenario-schema.js";
import { SimulatedMiners } from "./simulated-miners.js";
import type { StageInput } from "./stages.js";
import type { StreamInput } from "./streams.js";

type Path = Contradiction["path"];

/**
 * Pools for whom there cannot be: a tag that is not declared, or where no recording tells of miners, a name that nobody has.
 * @param malformed top-level keys that are not well formed
 */
export function* poolContradictions(
  scenario: PartialScenarioInput,
  stages: readonly StageInput[],
  streams: readonly (StreamInput | undefined)[],
  malformed: ReadonlySet<string>,
): Iterable<Contradiction> {
  const tags = malformed.has("tags") ? null : (scenario.tags ?? {});
  const miners = SimulatedMiners.of(scenario, streams, malformed);
  const used = new Set<string>();
  for (const [at, { pools = [] }] of stages.entries()) {
    for (const [number, pool] of pools.entries()) {
      const path = ["stages", at, "pools", number, "members"];
      for (const tag of tagsOf(pool)) used.add(tag);
      if (tags !== null) yield* undeclaredTags(pool, tags, path);
      if (miners !== null) yield* unknownNames(namesOf(pool), miners, [...path, "names"]);
    }
  }
  if (miners === null || tags === null) return;
  for (const tag of used) if (Object.hasOwn(tags, tag)) yield* unknownNames(tags[tag], miners, ["tags", tag]);
}

function tagsOf({ members }: PoolInput<StageInput>): readonly string[] {
  return typeof members === "string" ? [] : (members.tags ?? []);
}

function namesOf({ members }: PoolInput<StageInput>): readonly string[] {
  return typeof members === "string" ? [] : (members.names ?? []);
}

function* undeclaredTags(
  pool: PoolInput<StageInput>,
  tags: Readonly<Record<string, readonly string[]>>,
  path: Path,
): Iterable<Contradiction> {
  const names = Object.keys(tags);
  for (const [at, tag] of tagsOf(pool).entries()) {
    if (Object.hasOwn(tags, tag)) continue;
    const nearest = nearestName(tag, names);
    yield contradiction([...path, "tags", at], "A pool is for a tag that nobody has.", {
      found: tag,
      allowed: names.length === 0 ? "a tag of the scenario; it has no tags" : names.join(", "),
      hint: nearest === undefined ? "Say under tags of the scenario who has it." : `Did you mean ${nearest}?`,
    });
  }
}

function* unknownNames(names: readonly string[], miners: SimulatedMiners, path: Path): Iterable<Contradiction> {
  for (const [at, name] of names.entries()) {
    if (miners.has(name)) continue;
    const nearest = miners.nearest(name);
    yield contradiction([...path, at], "A pool is for a miner that the scenario never has.", {
      found: name,
      allowed: miners.words,
      hint: nearest === undefined ? "Without a recording all miners are simulated: name one of them." : `Did you mean ${nearest}?`,
    });
  }
}
