import {
  type AntiGamingConfiguration,
  COST_PARAMETERS,
  type ConsensusConfiguration,
  type FlagKind,
  type IndexFundConfiguration,
  type IndexMarketConfiguration,
  type IndexSubnetConfiguration,
  InvariantError,
  type NoiseTraderConfiguration,
  type NoiseTraderGroup,
  noiseTrader,
  PARTICIPANT_PARAMETERS,
  type ParticipantGroup,
  type ParticipantParameters,
  type PlugIn,
  type PriceGap,
  type PriceShock,
  type RewardsConfiguration,
  SCORE_PARAMETERS,
  type ScoreParameters,
  type ScoreRule,
  type ScoreRuleName,
  SLASHING_PARAMETERS,
  type SlashingParameters,
  type ValidatorGroup,
  validatorStrategyNamed,
} from "../../engine/index.js";
import type { AntiGamingInput } from "../schema/index-subnet/anti-gaming.js";
import type { ConsensusInput } from "../schema/index-subnet/consensus.js";
import type { FundInput } from "../schema/index-subnet/fund.js";
import type { IndexSubnetInput } from "../schema/index-subnet/index-subnet.js";
import type { MarketInput, NoiseTradersInput } from "../schema/index-subnet/market.js";
import type { ParticipantGroupInput } from "../schema/index-subnet/participants.js";
import type { RewardsInput } from "../schema/index-subnet/rewards.js";
import { type BehaviourInput, type ValidatorGroupInput, validatorGroupSchema } from "../schema/index-subnet/validators.js";
import { instantMs } from "../schema/instant.js";
import { parameterValues } from "../schema/parameters.js";
import { type PlugInRules, plugInAt } from "../schema/plug-in-rules.js";
import { isRuleFile } from "../schema/rule-file.js";
import { amountRange, rao, spanMs } from "./well-formed.js";

/** The section with its short forms written out; resolving it again gives the same. */
export function resolveIndexSubnet(input: IndexSubnetInput) {
  return { ...input, market: resolveMarket(input.market), validators: input.validators.map(resolveValidators) };
}

export type ResolvedIndexSubnet = ReturnType<typeof resolveIndexSubnet>;

function resolveMarket(market: IndexSubnetInput["market"]): MarketInput {
  return typeof market === "string" ? { kind: market } : market;
}

function resolveValidators(group: ValidatorGroupInput): ValidatorGroupInput & { readonly behaviour: BehaviourInput } {
  const { behaviour } = group;
  const whole = typeof behaviour === "string" ? validatorGroupSchema.shape.behaviour.parse({ kind: behaviour }) : behaviour;
  if (typeof whole === "string") throw new InvariantError("a behaviour was not written out");
  return { ...group, behaviour: whole };
}

/**
 * The section in the engine's terms: rao, milliseconds, camel case.
 * @param rules of the files that were read
 */
export function indexConfigurationOf(index: ResolvedIndexSubnet, rules: PlugInRules = new Map()): IndexSubnetConfiguration {
  const { founding, emission, record } = index;
  return {
    netuid: index.netuid,
    epochMs: spanMs(index.epoch),
    fund: fundConfiguration(index.fund),
    founding: { supplyRao: rao(founding.supply), source: founding.source, weights: founding.weights },
    rebalancing: index.rebalancing,
    market: marketConfiguration(index.market),
    shocks: shocksOf(index.shocks),
    gaps: gapsOf(index.gaps),
    participants: index.participants.map(participantGroup),
    validators: index.validators.map(validatorGroup),
    colludingGroups: index.colluding_groups.map(({ name, favoured, moved_share }) => ({ name, favoured, movedShare: moved_share })),
    rewards: rewardsConfiguration(index.rewards, rules),
    antiGaming: antiGamingConfiguration(index.anti_gaming),
    consensus: consensusConfiguration(index.consensus),
    emission: { potRaoPerBlock: rao(emission.pot_alpha_per_block) },
    vestingMultipliers: index.vesting_multipliers,
    record: { pricesEverySamples: record.prices_every_samples, navEverySamples: record.nav_every_samples },
  };
}

export function shocksOf(shocks: IndexSubnetInput["shocks"]): PriceShock[] {
  return shocks.map(({ from, duration, factor }) => ({ fromMs: instantMs(from) ?? 0, durationMs: spanMs(duration), factor }));
}

export function gapsOf(gaps: IndexSubnetInput["gaps"]): PriceGap[] {
  return gaps.map(({ from, duration, netuids }) => ({ fromMs: instantMs(from) ?? 0, durationMs: spanMs(duration), netuids }));
}

function fundConfiguration(fund: FundInput): IndexFundConfiguration {
  return {
    constituents: fund.constituents,
    averagingDays: fund.averaging_days,
    rebalanceEveryDays: fund.rebalance_every_days,
    mintFee: fund.mint_fee,
    redeemFee: fund.redeem_fee,
    managementFeePerYear: fund.management_fee_per_year,
    staleAfterMs: spanMs(fund.stale_after),
    initialNavTaoPerToken: fund.initial_nav,
  };
}

function marketConfiguration(market: MarketInput): IndexMarketConfiguration {
  if (market.kind === "recorded") return { kind: "recorded" };
  const { fee, tao_reserve, noise_traders } = market;
  return {
    kind: "pool",
    pool: { fee },
    taoReserveRao: rao(tao_reserve),
    noiseTraders: noise_traders === null ? null : noiseTraders(noise_traders),
  };
}

function noiseTraders(group: NoiseTradersInput): NoiseTraderGroup {
  return {
    count: group.count,
    tao: amountRange(group.tao),
    tokens: amountRange(group.tokens),
    configuration: parameterValues(noiseTrader.parameters, group) as unknown as NoiseTraderConfiguration,
  };
}

function participantGroup(group: ParticipantGroupInput): ParticipantGroup {
  const cost = amountRange(group.transaction_cost);
  return {
    name: group.name,
    count: group.count,
    tao: amountRange(group.tao),
    tokens: amountRange(group.tokens),
    configuration: {
      strategy: group.strategy,
      ...(parameterValues(PARTICIPANT_PARAMETERS, group) as unknown as ParticipantParameters),
      ...(parameterValues({ basketCost: COST_PARAMETERS.basketCost }, group) as { readonly basketCost: number }),
      transactionCostRao: cost.fromRao,
    },
    transactionCost: typeof group.transaction_cost === "object" ? cost : null,
    owner: group.owner,
    withdrawnShare: group.withdrawn_share,
  };
}

function validatorGroup({ name, count, stake, behaviour }: ResolvedIndexSubnet["validators"][number]): ValidatorGroup {
  return { name, count, stake: amountRange(stake), behaviour: behaviourConfiguration(behaviour) };
}

function behaviourConfiguration(behaviour: BehaviourInput): ValidatorGroup["behaviour"] {
  const { kind } = behaviour;
  return { kind, ...parameterValues(validatorStrategyNamed(kind).parameters, behaviour) } as ValidatorGroup["behaviour"];
}

function rewardsConfiguration(rewards: RewardsInput, rules: PlugInRules): RewardsConfiguration {
  const { score, activity, pools } = rewards;
  const { formula } = score;
  const own = { rule: formula, with: score.with };
  return {
    score: {
      formula: isRuleFile(formula)
        ? (plugInAt(rules, ["index", "rewards", "score"], own) as PlugIn<ScoreRule>)
        : (formula as ScoreRuleName),
      mintMultiplier: score.mint_multiplier,
      redeemMultiplier: score.redeem_multiplier,
      ...(parameterValues(SCORE_PARAMETERS, score) as unknown as ScoreParameters),
      volumeOver: score.volume_over,
    },
    activity: { volumes: activity.volumes, frequencyAt: activity.frequency_at, hours: activity.hours },
    minVolumeRao: rao(rewards.min_volume),
    pools: { base: pools.base, tierBonus: pools.tier_bonus, validators: pools.validators },
    tiers: rewards.tiers.map(({ name, from_rank, to_rank, share }) => ({ name, fromRank: from_rank, toRank: to_rank, share })),
    baseBy: rewards.base_by,
    emptyTier: rewards.empty_tier,
    scorelessTier: rewards.scoreless_tier,
    allZero: rewards.all_zero,
    maxTop10Share: rewards.max_top10_share,
  };
}

function antiGamingConfiguration(rules: AntiGamingInput): AntiGamingConfiguration {
  const { clusters } = rules;
  const policies = Object.entries(rules.policies).filter(([, policy]) => policy !== null);
  return {
    onFlag: rules.on_flag,
    policies: Object.fromEntries(policies) as Partial<Record<FlagKind, AntiGamingInput["on_flag"]>>,
    penaltyFactor: rules.penalty_factor,
    minTransactionRao: rao(rules.min_transaction),
    maxTransactionsPerMinute: rules.max_transactions_per_minute,
    washWindowMs: spanMs(rules.wash_window),
    boundaryWindowMs: spanMs(rules.boundary_window),
    minFlaggedRao: rao(rules.min_flagged),
    clusters:
      clusters === false
        ? null
        : {
            binMs: spanMs(clusters.bin),
            windowEpochs: clusters.window_epochs,
            similarity: clusters.similarity,
            minOperations: clusters.min_operations,
          },
  };
}

function consensusConfiguration(rules: ConsensusInput): ConsensusConfiguration {
  const { severity, slashing, reputation, status } = rules;
  return {
    consensus: {
      method: rules.method,
      medianOfEven: rules.median_of_even,
      minimumStakeRao: rao(rules.minimum_stake),
      minimumSubmissions: rules.minimum_submissions,
      agreement: rules.agreement,
      agreementOf: rules.agreement_of,
      persistence: rules.persistence,
      judged: rules.judged,
    },
    severity: {
      ...(parameterValues(SLASHING_PARAMETERS, severity) as unknown as SlashingParameters),
      worst: severity.worst,
      window: deviationWindow(severity),
    },
    slashing: {
      rates: slashing.rates,
      destination: slashing.destination,
      appealDays: slashing.appeal_days,
      appeals: slashing.appeals,
      evaluation: slashing.evaluation,
    },
    reputation: {
      accuracyWeight: reputation.accuracy_weight,
      consistencyWeight: reputation.consistency_weight,
      reliabilityWeight: reputation.reliability_weight,
      fullReliabilitySubmissions: reputation.full_reliability_submissions,
      slashPenalty: reputation.slash_penalty,
      bookkeeping: reputation.bookkeeping,
    },
    status: {
      recoveryEpochs: status.recovery_epochs,
      suspendsShortStake: status.suspends_short_stake,
      afterSlash: status.after_slash,
    },
    attestations: rules.attestations,
  };
}

function deviationWindow({
  deviation_window: window,
  deviation_window_epochs: epochs,
}: ConsensusInput["severity"]): ConsensusConfiguration["severity"]["window"] {
  if (window !== null) return { kind: "time", ms: spanMs(window) };
  if (epochs === null) throw new InvariantError("a window of deviations has neither epochs nor a time");
  return { kind: "epochs", epochs };
}
