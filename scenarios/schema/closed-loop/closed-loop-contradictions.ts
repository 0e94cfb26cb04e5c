import {
  type MinerStrategyName,
  minerStrategyNamed,
  nearestName,
  type RatingStrategyName,
  ratingStrategyNamed,
} from "../../../engine/index.js";
import { type Contradiction, contradiction } from "../contradiction.js";
import { mayHold } from "../may-hold.js";
import type { StreamInput } from "../streams.js";
import type { TimeInput } from "../time.js";
import type { ClosedLoopInput } from "./closed-loop.js";

const LARGEST_NETUID = 65_535;

/**
 * What a closed loop needs and the rest of the scenario does not give; streams that are not well formed may give all.
 * @param named netuids that the scenario names; null: it is not known
 */
export function* closedLoopContradictions(
  loop: ClosedLoopInput | null | undefined,
  time: TimeInput | undefined,
  named: readonly number[] | null,
  streams: readonly (StreamInput | undefined)[],
): Iterable<Contradiction> {
  if (loop == null) return;
  const netuid = loop.netuid ?? (named?.length === 1 ? named[0] : undefined);
  if (netuid === undefined && named !== null) {
    yield contradiction(["closed_loop", "netuid"], "It is not clear which subnet the miners are of.", {
      allowed: "a netuid here, or exactly one named under subnet or subnets",
      hint: "Add subnet: { netuid: 1 }, say.",
    });
  }
  if (time !== undefined && (time.start === null || (time.end === null && time.days === null))) {
    yield contradiction(
      time.start === null ? ["time", "start"] : ["time", "end"],
      "Miners who decide for themselves need a start and an end: they could go on for ever.",
      { allowed: "time.start, and time.end or time.days" },
    );
  }
  const kind = typeof loop.market === "string" ? loop.market : loop.market.kind;
  if (kind === "prices" && !streams.some((stream) => mayHold(stream, "price", netuid))) {
    yield contradiction(["closed_loop", "market"], "No stream holds prices that alpha could be sold at.", {
      found: "prices",
      allowed:
        "a recording with prices of the subnet, a stream `synthetic: prices` that reaches its netuid, or market: { kind: pool, ... }",
    });
  }
  if (loop.emission === "recorded" && !streams.some((stream) => mayHold(stream, "emission", netuid))) {
    yield contradiction(["closed_loop", "emission"], "No stream holds what the subnet emitted.", {
      found: "recorded",
      allowed: "a recording with emission of the subnet, or miner_pot_alpha_per_block",
    });
  }
  if (loop.emission === "recorded" && loop.alternatives !== null) {
    yield contradiction(["closed_loop", "alternatives"], "A recording tells what one subnet emitted, and alternatives are several.", {
      found: "alternatives",
      allowed: "alternatives with an emission by miner_pot_alpha_per_block",
      hint: "Compare two scenarios instead: tenure compare.",
    });
  }
  if (loop.consensus !== null && loop.validators === null) {
    yield contradiction(["closed_loop", "consensus"], "There are no validators who could agree on weights.", {
      allowed: "closed_loop.validators, or nothing here",
    });
  }
  yield* collusionContradictions(loop);
  yield* alternativeContradictions(loop, netuid, named);
}

/** Miners can only collude with validators who do, and may name one group of these. */
function* collusionContradictions({ miners, alternatives, validators }: ClosedLoopInput): Iterable<Contradiction> {
  const kindOf = (behaviour: string | { readonly kind: string }) => (typeof behaviour === "string" ? behaviour : behaviour.kind);
  const colluding = (validators ?? [])
    .filter(({ behaviour }) => ratingStrategyNamed(kindOf(behaviour) as RatingStrategyName).colludes === true)
    .map(({ name }) => name);
  const acts: readonly (readonly [(string | number)[], unknown])[] = [
    ...miners.map(({ strategy }, at) => [["closed_loop", "miners", at, "strategy"], strategy] as [(string | number)[], unknown]),
    ...(alternatives?.strategies ?? []).map(
      (strategy, at) => [["closed_loop", "alternatives", "strategies", at], strategy] as [(string | number)[], unknown],
    ),
  ];
  for (const [path, strategy] of acts) {
    const { kind, validators: named } = (typeof strategy === "string" ? { kind: strategy } : strategy) as {
      readonly kind?: string;
      readonly validators?: string | null;
    };
    if (kind === undefined || minerStrategyNamed(kind as MinerStrategyName).colludes === undefined) continue;
    if (named == null ? colluding.length > 0 : colluding.includes(named)) continue;
    const nearest = named == null ? undefined : nearestName(named, colluding);
    yield contradiction(named == null ? path : [...path, "validators"], "There are no such validators to collude with.", {
      found: named ?? kind,
      allowed: colluding.length === 0 ? "a group of closed_loop.validators with behaviour: colluder" : colluding.join(", "),
      ...(nearest === undefined ? {} : { hint: `Did you mean ${nearest}?` }),
    });
  }
}

function* alternativeContradictions(
  { alternatives, miners }: ClosedLoopInput,
  netuid: number | undefined,
  named: readonly number[] | null,
): Iterable<Contradiction> {
  if (alternatives === null) return;
  const groups = miners.map(({ name }) => name);
  const { group, strategies } = alternatives;
  if (!groups.includes(group)) {
    const nearest = nearestName(group, groups);
    yield contradiction(["closed_loop", "alternatives", "group"], "No group of miners is called so.", {
      found: group,
      allowed: groups.join(", "),
      ...(nearest === undefined ? {} : { hint: `Did you mean ${nearest}?` }),
    });
  }
  if (netuid === undefined) return;
  const last = netuid + strategies.length - 1;
  if (last > LARGEST_NETUID) {
    yield contradiction(["closed_loop", "alternatives", "strategies"], "There are no netuids left for so many subnets.", {
      found: strategies.length,
      allowed: `at most ${LARGEST_NETUID - netuid + 1}, from netuid ${netuid} on`,
    });
  }
  const taken = (named ?? []).find((one) => one > netuid && one <= last);
  if (taken !== undefined) {
    yield contradiction(
      ["closed_loop", "alternatives", "strategies"],
      `Subnet ${taken} is named, and one of the strategies would be followed on it.`,
      {
        found: strategies.length,
        allowed: `at most ${taken - netuid}, or another netuid`,
      },
    );
  }
}
