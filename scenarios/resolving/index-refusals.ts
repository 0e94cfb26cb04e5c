import {
  type IndexSubnetConfiguration,
  memberNames,
  refuseAntiGamingConfiguration,
  refuseConsensusConfiguration,
  refuseCrowd,
  refuseIndexFundConfiguration,
  refuseIndexSubnet,
  refuseIndexWeights,
  refuseNoiseTraderConfiguration,
  refuseParticipantConfiguration,
  refusePoolConfiguration,
  refuseRewardsConfiguration,
  refuseValidators,
} from "../../engine/index.js";
import type { IndexSubnetInput } from "../schema/index-subnet/index-subnet.js";
import type { ScenarioConfiguration } from "./configuration.js";
import { type EngineRefusal, engineRefusals, stepsOf } from "./engine-refusals.js";
import { indexConfigurationOf, resolveIndexSubnet } from "./index-subnet.js";
import type { ResolvedScenario } from "./resolved-scenario.js";

/** What the engine refuses of a well-formed index subnet, each of its rooms for itself. */
export function indexRefusals(input: IndexSubnetInput): EngineRefusal[] {
  const index = indexConfigurationOf(resolveIndexSubnet(input));
  const crowd = refusalsOf([() => refuseCrowd(index)], { ...input, validators: [] });
  return crowd.length > 0 ? crowd : refusalsOf(checksOf(index), input);
}

/** What the engine refuses of an index subnet in its scenario. */
export function surroundingRefusals(resolved: ResolvedScenario, configuration: ScenarioConfiguration): EngineRefusal[] {
  const { index, startMs } = configuration;
  if (index === null || resolved.index === null) return [];
  return refusalsOf([() => refuseIndexSubnet({ ...configuration, startMs: startMs ?? 0 }, index)], resolved.index);
}

function refusalsOf(checks: readonly (() => void)[], input: IndexSubnetInput): EngineRefusal[] {
  const groupOfValidator = input.validators.flatMap(({ count }, group) => Array.from({ length: count }, () => group));
  return engineRefusals(checks, (path) => pathOf(path ?? "index", groupOfValidator), input);
}

function checksOf(index: IndexSubnetConfiguration): (() => void)[] {
  const { market, founding, consensus } = index;
  const noise = market.kind === "pool" ? market.noiseTraders : null;
  const validators = index.validators.flatMap((group) =>
    memberNames(group).map((name) => ({ name, stakeRao: group.stake.fromRao, behaviour: group.behaviour })),
  );
  return [
    () => refuseIndexFundConfiguration(index.fund, "index.fund"),
    () => (founding.source === "given" ? refuseIndexWeights(founding.weights, "index.founding.weights") : undefined),
    () => (market.kind === "pool" ? refusePoolConfiguration(market.pool, "index.market") : undefined),
    () => (noise === null ? undefined : refuseNoiseTraderConfiguration(noise.configuration, "index.market.noise_traders", index.epochMs)),
    ...index.participants.map(
      ({ configuration }, at) =>
        () =>
          refuseParticipantConfiguration(configuration, `index.participants[${at}]`, index.epochMs),
    ),
    () => refuseRewardsConfiguration(index.rewards, "index.rewards"),
    () => refuseAntiGamingConfiguration(index.antiGaming, "index.anti_gaming"),
    () => refuseConsensusConfiguration(consensus, "index.consensus"),
    () =>
      refuseValidators(
        { validators, colludingGroups: index.colludingGroups },
        index.participants.flatMap(memberNames),
        consensus.slashing.appeals,
        "index",
        index.epochMs,
      ),
  ];
}

/** Where a path of the engine stands in a scenario. */
const MOVED: readonly (readonly [string, string])[] = [
  ["index.consensus.consensus.", "index.consensus."],
  ["index.slashing.", "index.consensus.slashing."],
  ["index.market.pool.", "index.market."],
  ["index.prices.", "index."],
  ["index.emission.pot_per_block", "index.emission.pot_alpha_per_block"],
];

/** @param groupOfValidator the engine numbers the validators one by one, a scenario by their groups */
function pathOf(dotted: string, groupOfValidator: readonly number[]): (string | number)[] {
  const moved = MOVED.reduce((path, [from, to]) => (path.startsWith(from) ? to + path.slice(from.length) : path), dotted);
  const path = stepsOf(moved);
  const [, list, member] = path;
  if (list === "validators" && typeof member === "number") path[2] = groupOfValidator[member];
  return path;
}
