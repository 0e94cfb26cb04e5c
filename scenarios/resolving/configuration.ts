import {
  BLOCK_MS,
  DAY_MS,
  DEFAULT_MULTIPLIER_PARAMETERS,
  type HoldingRuleConfiguration,
  InvariantError,
  MULTIPLIER_PARAMETERS,
  type MultiplierRule,
  type MultiplierRuleConfiguration,
  type MultiplierRuleName,
  math,
  type PlugIn,
  type RedistributionConfiguration,
  type SimulationConfiguration,
  type SubnetConfiguration,
  unitsOf,
} from "../../engine/index.js";
import { instantMs } from "../schema/instant.js";
import type { RuleInput } from "../schema/multiplier-rule.js";
import { parameterValues } from "../schema/parameters.js";
import { type PlugInRules, plugInAt } from "../schema/plug-in-rules.js";
import { wholeRecordedRule } from "../schema/recorded-rule.js";
import { isRuleFile } from "../schema/rule-file.js";
import { stageConfiguration } from "../schema/stages.js";
import { OTHERS } from "../schema/subnet.js";
import type { VestingInput } from "../schema/vesting.js";
import { weightsConfiguration } from "../schema/weights.js";
import { alternativeSubnets, closedLoopConfigurations } from "./closed-loop.js";
import { handedOverConfigurations } from "./handed-over.js";
import { indexConfigurationOf } from "./index-subnet.js";
import type { ResolvedScenario } from "./resolved-scenario.js";
import { rao } from "./well-formed.js";

/** What the engine takes, but for the start where the scenario leaves it to the first event of its streams. */
export type ScenarioConfiguration = Omit<SimulationConfiguration, "startMs"> & { readonly startMs: number | null };

/**
 * A resolved scenario in the engine's terms: rao, milliseconds, camel case.
 * @param rules of the files that were read; a rule of another file is named, and cannot be run
 */
export function configurationOf(resolved: ResolvedScenario, rules: PlugInRules = new Map()): ScenarioConfiguration {
  const { ledger, vesting, emission, schedules, record } = resolved;
  const others = resolved.subnets.find(({ netuid }) => netuid === OTHERS);
  if (others === undefined) throw new InvariantError("a resolved scenario has no settings for other subnets");
  const { netuid: _others, ...subnetDefaults } = subnetConfiguration(others);
  const subnets = resolved.subnets.filter(({ netuid }) => netuid !== OTHERS).map(subnetConfiguration);
  return {
    name: resolved.name,
    seed: resolved.seed,
    replicate: resolved.replicate,
    startMs: timeMs(resolved.time.start),
    endMs: timeMs(resolved.time.end),
    subnetDefaults,
    subnets: resolved.closed_loop === undefined ? subnets : [...subnets, ...alternativeSubnets(resolved.closed_loop, subnets)],
    epochs: resolved.epochs,
    ledger: {
      withdrawalOrder: ledger.withdrawal_order,
      equalTimes: ledger.equal_times,
      moves: ledger.moves,
      pairMoves: ledger.pair_moves,
      onInvalid: ledger.on_invalid,
      ownerGroups: ledger.owner_groups,
    },
    vesting: {
      ...holdingRule(vesting, rules, ["vesting"]),
      // A list of stages has gates of its own, and everybody is measured.
      ...(resolved.stages === undefined ? {} : { minimumStakeRao: 0 }),
      mode: vesting.mode,
      belowMinimum: vesting.below_minimum,
      redistribution: redistribution(vesting.redistribution),
    },
    emission: {
      mode: emission.mode,
      recordedRule:
        emission.recorded_rule === null
          ? null
          : holdingRule(wholeRecordedRule(emission.recorded_rule, vesting), rules, ["emission", "recorded_rule"]),
      outside: typeof emission.outside === "boolean" ? null : { minerPotRaoPerBlock: rao(emission.outside.miner_pot_alpha_per_block) },
      withdrawals: emission.withdrawals,
    },
    weights: resolved.weights === undefined ? null : weightsConfiguration(resolved.weights),
    stages:
      resolved.stages === undefined ? null : stageConfiguration(resolved.stages, record.stage_weights === "every", rules, resolved.tags),
    schedules:
      schedules === null
        ? null
        : {
            durationMs: math.round(unitsOf(schedules.duration_days, DAY_MS)),
            intervalMs: math.round(unitsOf(schedules.interval_days, DAY_MS)),
            minVestingAmountRao: rao(schedules.min_vesting_amount),
          },
    closedLoops: resolved.closed_loop === undefined ? [] : closedLoopConfigurations(resolved.closed_loop, rules),
    handedOver: resolved.handed_over === undefined ? [] : handedOverConfigurations(resolved.handed_over, rules),
    index: resolved.index === null ? null : indexConfigurationOf(resolved.index, rules),
    snapshots: resolved.snapshots,
    record: { tables: record.tables, everyEpochs: record.every_epochs },
    audit: false,
  };
}

/** Milliseconds of an instant that the schema has checked. */
export function timeMs(instant: string | null): number | null {
  return instant === null ? null : instantMs(instant);
}

function subnetConfiguration(subnet: ResolvedScenario["subnets"][number]): SubnetConfiguration {
  return {
    netuid: Number(subnet.netuid),
    tempoBlocks: subnet.tempo,
    capacity: subnet.capacity,
    immunityMs: subnet.immunity_blocks * BLOCK_MS,
  };
}

function holdingRule(
  rule: Omit<VestingInput, "mode" | "below_minimum" | "redistribution">,
  rules: PlugInRules,
  path: readonly string[],
): HoldingRuleConfiguration {
  return {
    ...ruleConfiguration(rule, rules, path),
    startMs: timeMs(rule.start),
    minimumStakeRao: rao(rule.minimum_stake),
    minimumStakeUnit: rule.minimum_stake_unit,
    retentionBasis: rule.retention_basis,
    retentionScope: rule.retention_scope,
    rounding: rule.rounding,
    keyScope: rule.key_scope,
  };
}

function ruleConfiguration(rule: RuleInput, rules: PlugInRules, path: readonly string[]): MultiplierRuleConfiguration {
  const choice = isRuleFile(rule.rule) ? (plugInAt(rules, path, rule) as PlugIn<MultiplierRule>) : (rule.rule as MultiplierRuleName);
  return { ...DEFAULT_MULTIPLIER_PARAMETERS, ...parameterValues(MULTIPLIER_PARAMETERS, rule), rule: choice };
}

function redistribution(stated: ResolvedScenario["vesting"]["redistribution"]): RedistributionConfiguration {
  return typeof stated === "string" ? { kind: "proportional" } : { kind: "threshold", ...stated.threshold };
}
