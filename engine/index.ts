export {
  ACCIDENTS,
  type AccidentCode,
  accidentOf,
  BORN_BY_ALL,
  CANCELLED,
  cancelledPart,
  FEWEST_IN_GAP,
  FEWEST_RANKED,
  FEWEST_SPREAD,
  FLAT_GINI,
  GAP_MINERS,
  gapLimit,
  LEAST_TAKEN,
  LUCK_MINERS,
  ONE_HAS,
  type PenaltyMeans,
  REVERSED,
  REVERSED_EPOCHS,
  rankWhereFalling,
} from "./accidents/index.js";
export { type AmountRange, memberNames } from "./agents/amount-range.js";
export {
  bindMiner,
  defaultMinerStrategy,
  MINER_STRATEGIES,
  type MinerKey,
  type MinerOrders,
  type MinerStrategyConfiguration,
  type MinerStrategyDeclaration,
  type MinerStrategyName,
  type MinerView,
  minerKeys,
  minerStrategyLabel,
  minerStrategyNamed,
  type OtherSeat,
} from "./agents/miners/index.js";
export {
  PARTICIPANT_PARAMETERS,
  PARTICIPANT_STRATEGIES,
  type ParticipantParameters,
  type ParticipantStrategyName,
} from "./agents/participants/index.js";
export {
  DEFAULT_NOISE_TRADERS,
  type NoiseTraderConfiguration,
  noiseTrader,
  refuseNoiseTraderConfiguration,
} from "./agents/participants/noise/noise-trader.js";
export {
  DEFAULT_PARTICIPANT,
  PARTICIPANT_PRESETS,
  type ParticipantConfiguration,
  type ParticipantPreset,
} from "./agents/participants/participant-configuration.js";
export { refuseParticipantConfiguration } from "./agents/participants/participant-configuration-checks.js";
export { COST_PARAMETERS, type ParticipantCosts } from "./agents/participants/participant-costs.js";
export {
  VALIDATOR_STRATEGIES,
  type ValidatorStrategyConfiguration,
  type ValidatorStrategyName,
  validatorStrategyNamed,
} from "./agents/validators/index.js";
export {
  RATING_STRATEGIES,
  type RatingStrategyConfiguration,
  type RatingStrategyName,
  ratingStrategyNamed,
} from "./agents/validators/rating/index.js";
export {
  type AntiGamingConfiguration,
  DEFAULT_ANTI_GAMING,
  refuseAntiGamingConfiguration,
} from "./anti-gaming/index.js";
export { type Instalment, instalmentCount, instalmentRao, type Schedule, Schedules } from "./books/schedules.js";
export * from "./books/simulation-step.js";
export * from "./configuration/index.js";
export type { SignatureScheme } from "./consensus/index.js";
export {
  CONSENSUS_METHODS,
  type ConsensusConfiguration,
  DEFAULT_CONSENSUS,
  refuseConsensusConfiguration,
  refuseValidators,
  TAO20_ORIGINAL_SLASHING,
} from "./consensus/index.js";
export { EpochTrace } from "./epochs/epoch-trace.js";
export type { OtherAnswer } from "./epochs/other-answer.js";
export { OtherStages } from "./epochs/other-stages.js";
export { PoolCourse, type PoolShare } from "./epochs/pool-course.js";
export {
  type AttributionFigures,
  type AttributionOptions,
  type AttributionStep,
  attributeEmission,
  END_OF_BLOCK,
} from "./events/attribution/attributed-streams.js";
export { classifyResidual } from "./events/attribution/attribution.js";
export { FAR_BEYOND_MEDIAN, type GrownInterval, IntervalGrowth } from "./events/attribution/interval-growth.js";
export type { StakeEvent } from "./events/stake-flows.js";
export * from "./kernel/calendar.js";
export { Fraction, isWholeParts, partFloor, unitsOf } from "./kernel/decimal.js";
export * from "./kernel/errors.js";
export * as math from "./kernel/math.js";
export * from "./kernel/money.js";
export { camelCase, snakeCase } from "./kernel/names.js";
export { letterChanges, nearestName, nearestNameOrPart } from "./kernel/nearest-name.js";
export { normalise } from "./kernel/normalise.js";
export { comesBefore, earliest, type OrderKey } from "./kernel/order.js";
export { PotSharing } from "./kernel/pot.js";
export { type RandomStream, randomStreams } from "./kernel/random.js";
export * from "./kernel/ranges.js";
export * from "./kernel/time.js";
export { Ledger, type LedgerListener, type LedgerRules } from "./ledger/ledger.js";
export { type Composition, type Constituent, EmissionSnapshots, type IndexWeight } from "./market/composition.js";
export { refuseIndexWeights } from "./market/index-weights.js";
export * from "./market/market-configuration.js";
export * from "./market/market-configuration-checks.js";
export {
  normalDeviates,
  PRICE_MODELS,
  type PriceHistory,
  type PriceModel,
  type PriceModelConfiguration,
  type PriceModelName,
  priceModel,
  priceModelNamed,
  ShockedPrices,
} from "./market/price-models/index.js";
export { gini } from "./metrics/fairness/gini.js";
export { nakamoto } from "./metrics/fairness/nakamoto.js";
export { rankCorrelation } from "./metrics/fairness/rank-correlation.js";
export { topShare } from "./metrics/fairness/top-share.js";
export { type RunMetricsSummary, type Span, type SubnetMetrics, type TimeWindow, UNDECIDED, type Undecided } from "./metrics/index.js";
export type { ClosedLoopSummary, LoopFigures, RatingFigures, StrategyFigures } from "./modules/closed-loop/closed-loop-summary.js";
export * from "./modules/closed-loop/configuration.js";
export {
  FEEDBACK_EXPONENT_RANGE,
  KAPPA_RANGE,
  MOST_VALIDATORS,
  PRIORITY_RANGE,
  refuseClosedLoop,
  SKILL_DEVIATION_RANGE,
  SKILL_RANGE,
} from "./modules/closed-loop/configuration-checks.js";
export * from "./modules/handed-over/configuration.js";
export { refuseHandedOver } from "./modules/handed-over/configuration-checks.js";
export type { HandedOverFigures, HandedOverSummary, RecordedFigures } from "./modules/handed-over/handed-over-summary.js";
export * from "./modules/index/configuration.js";
export { refuseCrowd, refuseIndexSubnet } from "./modules/index/configuration-checks.js";
export type { GroupFigures, IndexSummary, SlashFigures, TierEarnings } from "./modules/index/index-summary.js";
export type { PremiumFigures } from "./modules/index/premium-statistics.js";
export * from "./protocol.js";
export { AddressBook } from "./registry/addresses.js";
export { isCalled } from "./registry/is-called.js";
export { Positions } from "./registry/positions.js";
export {
  DEFAULT_REWARDS,
  EMPTY_TIER_CHOICES,
  type RewardsConfiguration,
  refuseRewardsConfiguration,
  TAO20_ORIGINAL_REWARDS,
  TAO20_ORIGINAL_VOLUME,
} from "./rewards/index.js";
export { OBJECTIVE_KIND, PLUG_IN_KINDS, type PlugInKind, RULE_HELPERS, type RuleHelpers } from "./rule-helpers.js";
export { faultWords, missingWords } from "./rules/missing-names.js";
export {
  bindMultiplierRule,
  DEFAULT_MULTIPLIER_PARAMETERS,
  explainMultiplier,
  type HeldExactly,
  MULTIPLIER_PARAMETERS,
  MULTIPLIER_RULE_REGISTRY,
  MULTIPLIER_RULES,
  type MultiplierRule,
  type MultiplierRuleChoice,
  type MultiplierRuleName,
} from "./rules/multipliers/index.js";
export {
  defaultsOf,
  flag,
  keysOf,
  type NumberParameter,
  number,
  numberOrOff,
  PARAMETER_CODE,
  type Parameter,
  type ParameterDeclarations,
  type RowsParameter,
  requireParameters,
  type Tier,
  type TiersParameter,
  type ValuesOf,
} from "./rules/parameter.js";
export { isRead, type PlugIn, ruleLabel } from "./rules/plug-in.js";
export { RuleFault } from "./rules/rule-fault.js";
export {
  bindScoreRule,
  explainScore,
  SCORE_PARAMETERS,
  SCORE_RULES,
  type ScoreParameters,
  type ScoreRule,
  type ScoreRuleChoice,
  type ScoreRuleName,
} from "./rules/scores/index.js";
export { SLASHING_PARAMETERS, type SlashingParameters } from "./rules/slashing/index.js";
export { ABSENT_STAGE, isAbsent } from "./rules/stages/absent-stage.js";
export { askedFacts, STREAM_OF_FACT, surelyAskedFacts } from "./rules/stages/asked-facts.js";
export { asksPrice, boundFactor, ceilingInList, goesBeyond, withholdsFrom } from "./rules/stages/bound-factor.js";
export { explainFactor } from "./rules/stages/explain-factor.js";
export { STAGES, type StageChoice, type StageFacts, type StageName, stageOf } from "./rules/stages/index.js";
export { type OrderFault, stageOrderFault } from "./rules/stages/list-order.js";
export type { ListTrace, TracedPool, TracedStage } from "./rules/stages/list-trace.js";
export type { OneMiner } from "./rules/stages/one-miner.js";
export { POOL_SHARE_RANGE, type PoolConfiguration, type PoolMembers } from "./rules/stages/pool-configuration.js";
export { poolTermName } from "./rules/stages/pools.js";
export type { BoundFactorStage, Stage } from "./rules/stages/stage.js";
export { STAGE_ORDER_CODE } from "./rules/stages/stage-checks.js";
export type { StageConfiguration } from "./rules/stages/stage-configuration.js";
export { unknownFacts } from "./rules/stages/unknown-facts.js";
export type { NamedTerm } from "./rules/trace.js";
export type { RunObservers } from "./run-observers.js";
export { simulate } from "./simulation.js";
export * from "./simulation-configuration.js";
export * from "./tables/index.js";
export * from "./tape/index.js";
export { HoldingMetrics, type HoldingMetricsRules } from "./vesting/holding-metrics.js";
export { applyMultipliers } from "./vesting/weights.js";
export {
  CHAIN_LIQUID_ALPHA_PARAMETERS,
  CHAIN_YUMA_PARAMETERS,
  LIQUID_ALPHA_PARAMETERS,
  requireWeights,
  type WeightsConfiguration,
  YUMA_PARAMETERS,
} from "./yuma/index.js";
export type { YumaTrace } from "./yuma/yuma-trace.js";
