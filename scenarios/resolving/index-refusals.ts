import {
  type IndexSubnetConfiguration,
  memberNames,
  type Refusal,
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
  TenureError,
} from "../../engine/index.js";
import type { IndexSubnetInput } from "../schema/index-subnet/index-subnet.js";
import type { ScenarioConfiguration } from "./configuration.js";
import { indexConfigurationOf, resolveIndexSubnet } from "./index-subnet.js";
import type { ResolvedScenario } from "./resolved-scenario.js";

/** A refusal of the engine with its place as a path of the scenario. */
export interface IndexRefusal {
  readonly path: readonly (string | number)[];
  readonly refusal: Omit<Refusal, "place">;
}

/** What the engine refuses of a well-formed index subnet, each of its rooms for itself. */
export function indexRefusals(input: IndexSubnetInput): IndexRefusal[] {
  const index = indexConfigurationOf(resolveIndexSubnet(input));
  const crowd = refusalsOf([() => refuseCrowd(index)], { ...input, validators: [] });
  return crowd.length > 0 ? crowd : refusalsOf(checksOf(index), input);
}

/** What the engine refuses of an index subnet in its scenario. */
export function surroundingRefusals(resolved: ResolvedScenario, configuration: ScenarioConfiguration): IndexRefusal[] {
  const { index, startMs } = configuration;
  if (index === null || resolved.index === null) return [];
  return refusalsOf([() => refuseIndexSubnet({ ...configuration, startMs: startMs ?? 0 }, index)], resolved.index);
}

function refusalsOf(checks: readonly (() => void)[], input: IndexSubnetInput): IndexRefusal[] {
  const groupOfValidator = input.validators.flatMap(({ count }, group) => Array.from({ length: count }, () => group));
  return checks.flatMap((check) => {
    try {
      check();
      return [];
    } catch (error) {
      if (!(error instanceof TenureError)) throw error;
      const { code, what, place, found: engineFound, allowed, hint } = error;
      const path = pathOf(place?.path ?? "index", groupOfValidator);
      const stated = valueAt(input, path.slice(1));
      // The engine shows rao and milliseconds, the scenario what it says itself.
      const found = typeof stated === "number" || typeof stated === "string" ? stated : engineFound;
      return [
        {
          path,
          refusal: {
            code,
            what: what.replace(place?.path ?? "index", path.join(".")),
            ...(found === undefined ? {} : { found }),
            ...(allowed === undefined ? {} : { allowed }),
            ...(hint === undefined ? {} : { hint }),
          },
        },
      ];
    }
  });
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (at, step) =>
      typeof at === "object" && at !== null && Object.hasOwn(at, step) ? (at as Record<string | number, unknown>)[step] : undefined,
    value,
  );
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
    () => (noise === null ? undefined : refuseNoiseTraderConfiguration(noise.configuration, "index.market.noise_traders")),
    ...index.participants.map(
      ({ configuration }, at) =>
        () =>
          refuseParticipantConfiguration(configuration, `index.participants[${at}]`),
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
  const path = moved
    .replace(/\[(\d+)\]/g, ".$1")
    .split(".")
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  const [, list, member] = path;
  if (list === "validators" && typeof member === "number") path[2] = groupOfValidator[member];
  return path;
}
