export { letterChanges, nearestName, nearestNameOrPart } from "../engine/index.js";
export { type BehaviourGroup, behaviourGroups } from "./behaviour-groups.js";
export type { PlugInUse } from "./bind-rules.js";
export { type CalibratedMarket, calibratedScenario } from "./calibrating/calibrated-scenario.js";
export {
  type CalibratedEmission,
  type CalibratedMiner,
  type CalibratedOthers,
  type CalibratedWorld,
  calibratedWorld,
} from "./calibrating/calibrated-world.js";

export {
  type ObservedMiner,
  type ObservedPrices,
  type ObservedSubnet,
  paidInAll,
  pricesEndEarly,
  soldAfterPrices,
  soldInAll,
} from "./calibrating/observed-subnet.js";
export { type CopiedFile, copyScenario } from "./copied-scenario.js";
export { type LoadScenarioOptions, loadScenario, openScenario, parseScenario, type ScenarioTemplate } from "./load-scenario.js";
export { randomParts } from "./randomness.js";
export { type CheckedYaml, checkedYaml } from "./reading/checked-yaml.js";
export { netuidStep, type Override } from "./reading/overrides.js";
export { readScenarioFile } from "./reading/scenario-files.js";
export {
  listShipped,
  listShippedScenarios,
  type ShippedScenario,
  shippedFile,
  shippedNames,
  shippedRule,
} from "./reading/shipped-scenarios.js";
export { replicateOf } from "./replicate-of.js";
export type { ScenarioConfiguration } from "./resolving/configuration.js";
export type { ResolvedScenario } from "./resolving/resolved-scenario.js";
export type {
  DrawnScenarioStream,
  PricesScenarioStream,
  RecordedScenarioStream,
  ScenarioStream,
  StatedScenarioStream,
  SyntheticScenarioStream,
} from "./resolving/scenario-streams.js";
export { type Scenario, type ScenarioPlugIns, scenarioFromResolved } from "./scenario.js";
export { ScenarioErrors } from "./scenario-errors.js";
export { dayReadings } from "./schema/day-readings.js";
export { duration, durationMs, durationText } from "./schema/duration.js";
export { instantMs } from "./schema/instant.js";
export { isoTimeMs } from "./schema/iso-time.js";
export { numberReadings } from "./schema/number-readings.js";
export { real, whole } from "./schema/numbers.js";
export { parameterShape, parameterValues } from "./schema/parameters.js";
export type { PlugInRule, PlugInRules } from "./schema/plug-in-rules.js";
export { PRESET_NAMES } from "./schema/presets.js";
export { scenarioJsonSchema } from "./schema/scenario-schema.js";
export { choice, listOf, section } from "./schema/section.js";
export { RULE_KEYS } from "./schema/stage-contradictions.js";
export { type SplicedValue, spliceValues } from "./splicing/splice-values.js";
export { newScenario, requireScenarioName } from "./starter-scenario.js";
export { statedParameters } from "./stated-parameters.js";
export type { SyntheticContext } from "./synthetic/context.js";
export { makeDrawnStream } from "./synthetic/drawn-streams.js";
export type { AmountRange, Behaviours, SyntheticOptions } from "./synthetic/options.js";
export type { PriceOptions } from "./synthetic/price-options.js";
export { makeStatedStream } from "./synthetic/stated-streams.js";
export { makeSyntheticPrices, type PriceContext } from "./synthetic/synthetic-prices.js";
export { makeSyntheticStreams, type SyntheticStream } from "./synthetic/synthetic-streams.js";
