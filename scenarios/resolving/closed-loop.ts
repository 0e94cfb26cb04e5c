import {
  type ClosedLoopConfiguration,
  DEFAULT_CLOSED_LOOP,
  InvariantError,
  type MinerGroup,
  type MinerStrategyConfiguration,
  minerStrategyLabel,
  type RatingGroup,
  type RatingStrategyConfiguration,
  ratingStrategyNamed,
  type SubnetConfiguration,
  snakeCase,
} from "../../engine/index.js";
import type { ClosedLoopInput } from "../schema/closed-loop/closed-loop.js";
import { type RatingBehaviourInput, type RatingGroupInput, ratingBehaviourSchema } from "../schema/closed-loop/validators.js";
import { parameterValues } from "../schema/parameters.js";
import type { PlugInRules } from "../schema/plug-in-rules.js";
import { strategyConfiguration, wholeStrategy } from "./miner-strategies.js";
import { amountRange, rao, spanMs } from "./well-formed.js";

/** The section with its short forms written out; resolving it again gives the same. */
export function resolveClosedLoop(input: ClosedLoopInput, netuid: number) {
  const { alternatives } = input;
  return {
    ...input,
    netuid,
    market: typeof input.market === "string" ? ({ kind: "prices" } as const) : input.market,
    ...(input.validators === null ? {} : { validators: input.validators.map(wholeRatingGroup) }),
    miners: input.miners.map((group) => ({ ...group, strategy: wholeStrategy(group.strategy) })),
    alternatives: alternatives === null ? null : { ...alternatives, strategies: alternatives.strategies.map(wholeStrategy) },
  };
}

function wholeRatingGroup(group: RatingGroupInput): RatingGroupInput & { readonly behaviour: RatingBehaviourInput } {
  const { behaviour } = group;
  const whole = typeof behaviour === "string" ? ratingBehaviourSchema.parse({ kind: behaviour }) : behaviour;
  if (typeof whole === "string") throw new InvariantError("a behaviour was not written out");
  return { ...group, behaviour: whole as unknown as RatingBehaviourInput };
}

export type ResolvedClosedLoop = ReturnType<typeof resolveClosedLoop>;

/** The section in the engine's terms: rao, milliseconds, camel case; one configuration for each subnet that it stands for. */
export function closedLoopConfigurations(loop: ResolvedClosedLoop, rules: PlugInRules = new Map()): ClosedLoopConfiguration[] {
  const { alternatives } = loop;
  const own = loop.miners.map(({ strategy }, at) => strategyConfiguration(strategy, rules, ["closed_loop", "miners", at, "strategy"]));
  if (alternatives === null) return [configurationOf(loop, loop.netuid, own, null)];
  const { group: name, strategies } = alternatives;
  const follows = strategies.map((one, i) => strategyConfiguration(one, rules, ["closed_loop", "alternatives", "strategies", i]));
  const labels = alternativeLabels(follows);
  return follows.map((strategy, i) => {
    const acts = loop.miners.map((group, at) => (group.name === name ? strategy : own[at]));
    return configurationOf(loop, loop.netuid + i, acts, { group: name, name: labels[i] });
  });
}

/** Names of alternatives: those of one strategy by the parameters in which they differ, and numbered where they differ in none. */
function alternativeLabels(follows: readonly MinerStrategyConfiguration[]): readonly string[] {
  const stated = follows.map((one) => Object.entries(one.kind === "plug_in" ? one.plugIn.values : one).filter(([key]) => key !== "kind"));
  const named = follows.map((one, i) => {
    const label = minerStrategyLabel(one);
    const alike = stated.filter((_, k) => minerStrategyLabel(follows[k]) === label);
    const differing = stated[i].filter(([key, value]) => alike.some((other) => !isSame(other, key, value)));
    return [
      label,
      ...differing.map(([key, value]) => `${snakeCase(key)}=${typeof value === "object" ? JSON.stringify(value) : value}`),
    ].join(" ");
  });
  return named.map((label, i) => {
    const before = named.slice(0, i).filter((one) => one === label).length;
    return before === 0 ? label : `${label} (${before + 1})`;
  });
}

function isSame(entries: readonly (readonly [string, unknown])[], key: string, value: unknown): boolean {
  return entries.some(([name, other]) => name === key && JSON.stringify(other) === JSON.stringify(value));
}

/** Settings of the subnets that stand beside the first: its own. */
export function alternativeSubnets(loop: ResolvedClosedLoop, subnets: readonly SubnetConfiguration[]): SubnetConfiguration[] {
  const own = subnets.find(({ netuid }) => netuid === loop.netuid);
  if (own === undefined) return [];
  const count = loop.alternatives?.strategies.length ?? 1;
  const added = Array.from({ length: count - 1 }, (_, i) => loop.netuid + 1 + i);
  return added.filter((netuid) => subnets.every((subnet) => subnet.netuid !== netuid)).map((netuid) => ({ ...own, netuid }));
}

function configurationOf(
  loop: ResolvedClosedLoop,
  netuid: number,
  acts: readonly MinerStrategyConfiguration[],
  alternative: ClosedLoopConfiguration["alternative"],
): ClosedLoopConfiguration {
  const { emission, market, skill } = loop;
  return {
    netuid,
    emission:
      emission === "recorded"
        ? { kind: "recorded" }
        : {
            kind: "schedule",
            minerPotRaoPerBlock: rao(emission.miner_pot_alpha_per_block),
            halvesEveryMs: emission.halves_every === null ? null : spanMs(emission.halves_every),
          },
    market:
      market.kind === "prices"
        ? { kind: "prices" }
        : {
            kind: "pool",
            pool: { fee: market.fee },
            taoReserveRao: rao(market.tao_reserve),
            alphaReserveRao: rao(market.alpha_reserve),
            taoRaoPerBlock: rao(market.tao_per_block),
            feedback:
              market.feedback === null ? null : { halfLifeMs: spanMs(market.feedback.half_life), exponent: market.feedback.exponent },
          },
    skill: { halfLifeMs: spanMs(skill.half_life), deviation: skill.deviation },
    registrationCostRao: rao(loop.registration_cost),
    miners: loop.miners.map((group, at) => minerGroup(group, acts[at])),
    validators: (loop.validators ?? []).map(ratingGroup),
    kappa: loop.consensus?.kappa ?? DEFAULT_CLOSED_LOOP.kappa,
    alternative,
  };
}

function ratingGroup({ name, count, stake, behaviour }: RatingGroupInput): RatingGroup {
  const stated = behaviour as RatingBehaviourInput;
  const { kind } = stated;
  const values = parameterValues(ratingStrategyNamed(kind).parameters, stated);
  return { name, count, stake: amountRange(stake), behaviour: { kind, ...values } as RatingStrategyConfiguration };
}

function minerGroup(group: ResolvedClosedLoop["miners"][number], strategy: MinerStrategyConfiguration): MinerGroup {
  const { name, count, skill, stake, tao, priority, arrives_after: arrives, registers_again, for_sale } = group;
  return {
    name,
    count,
    strategy,
    skill: typeof skill === "number" ? { from: skill, to: skill } : skill,
    stake: amountRange(stake),
    tao: amountRange(tao),
    priority,
    arrivesAfter:
      typeof arrives === "string"
        ? { fromMs: spanMs(arrives), toMs: spanMs(arrives) }
        : { fromMs: spanMs(arrives.from), toMs: spanMs(arrives.to) },
    registersAgain: registers_again,
    isForSale: for_sale,
  };
}
