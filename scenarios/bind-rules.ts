import {
  bindMiner,
  bindMultiplierRule,
  bindScoreRule,
  Fraction,
  type HoldingRuleConfiguration,
  isRead,
  minerKeys,
  type Place,
  RuleFault,
  ruleLabel,
  STAGE_ORDER_CODE,
  type StageConfiguration,
  stageOf,
  stageOrderFault,
  TenureError,
} from "../engine/index.js";
import type { PlaceIndex } from "./reading/place-index.js";
import { configurationOf, type ScenarioConfiguration } from "./resolving/configuration.js";
import { type NamedRuleFile, namedRuleFiles } from "./resolving/plug-in-uses.js";
import type { ResolvedScenario } from "./resolving/resolved-scenario.js";
import { ScenarioErrors } from "./scenario-errors.js";
import type { PlugInRule, PlugInRules } from "./schema/plug-in-rules.js";
import { faultPath, sharesBesideOutside } from "./schema/stage-contradictions.js";
import { checkStated } from "./stated-parameters.js";

/** A file with a rule that a scenario names. */
export interface PlugInUse {
  /** Dotted path of the section that names it, key of `PlugInRules`. */
  readonly at: string;
  readonly kind: NamedRuleFile["kind"];
  /** As it is named. */
  readonly file: string;
  /** Where a relative path starts: of a setting of the command line in the working folder. */
  readonly startsIn: "scenario_folder" | "working_folder";
  /** Where the scenario names it. */
  readonly place: Place;
}

export function plugInUses(resolved: ResolvedScenario, places: PlaceIndex): readonly PlugInUse[] {
  return namedRuleFiles(resolved).map(({ path, key, kind, file }) => {
    const place = places.place([...path, key], "value");
    const isSetting = place.file !== undefined && place.line === undefined;
    return { at: path.join("."), kind, file, startsIn: isSetting ? "working_folder" : "scenario_folder", place };
  });
}

/**
 * A scenario with the rules of its files: what is stated under `with` is checked against what each declares, and filled up.
 * @param data that the scenario was made of, for errors
 * @throws ScenarioErrors with everything that is wrong
 */
export function bindRules(
  resolved: ResolvedScenario,
  rules: PlugInRules,
  data: unknown,
  places: PlaceIndex,
): { readonly resolved: ResolvedScenario; readonly configuration: ScenarioConfiguration } {
  const filled = JSON.parse(JSON.stringify(resolved, withoutBigints)) as ResolvedScenario;
  const stated = namedRuleFiles(resolved);
  const refusals = namedRuleFiles(filled).flatMap(({ path, section }, index) => {
    const rule = rules.get(path.join("."));
    if (rule === undefined) return [];
    const { values, refusals: wrong } = checkWith(stated[index], rule, data, places);
    section.with = values;
    return wrong;
  });
  if (refusals.length > 0) throw new ScenarioErrors(refusals);
  const configuration = configurationOf(filled, rules);
  const faults = faultsOf(configuration, places);
  if (faults.length > 0) throw new ScenarioErrors(faults);
  return { resolved: filled, configuration };
}

/** Numbers too large to be exact are refused where they stand, under `with`. */
function withoutBigints(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? null : value;
}

function checkWith(
  { path, file, section }: NamedRuleFile,
  rule: PlugInRule,
  data: unknown,
  places: PlaceIndex,
): { readonly values: Readonly<Record<string, unknown>>; readonly refusals: readonly TenureError[] } {
  return checkStated(rule, { file, given: section.with ?? {}, at: [...path, "with"] }, data, places);
}

/** What the rules do not give although their parameters are in range, and a list that makes no sense with them. */
function faultsOf({ vesting, emission, stages, index, closedLoops, handedOver }: ScenarioConfiguration, places: PlaceIndex): TenureError[] {
  const asks: (() => void)[] = [];
  const multiplier = (rule: HoldingRuleConfiguration) => asks.push(() => void bindMultiplierRule(rule.rule, rule));
  if (isRead(vesting.rule)) multiplier(vesting);
  if (emission.recordedRule !== null && isRead(emission.recordedRule.rule)) multiplier(emission.recordedRule);
  for (const one of stages?.stages ?? []) if (isRead(one.stage) && isRead(one.variant)) asks.push(() => bindStage(one));
  const score = index?.rewards.score;
  if (score !== undefined && isRead(score.formula)) asks.push(() => void bindScoreRule(score.formula, score));
  for (const { strategy } of [...closedLoops.flatMap(({ miners }) => miners), ...handedOver]) {
    if (strategy.kind !== "plug_in" || !isRead(strategy.plugIn)) continue;
    asks.push(() => void bindMiner(strategy, { random: () => 0.5, keys: minerKeys(strategy) }));
  }
  const faults = asks.flatMap(faultOf);
  if (faults.length > 0 || stages === null) return faults;
  const share = stages.stages.findIndex(({ stage }) => isRead(stage) && stageOf(stage).effect === "share");
  if (share !== -1 && emission.outside !== null) {
    const { path, ...refusal } = sharesBesideOutside(["stages", share], ruleLabel(stages.stages[share].stage));
    return [new TenureError({ ...refusal, place: places.place(path, "value") })];
  }
  const order = stageOrderFault(stages.stages, stages.residual);
  if (order === null) return [];
  return [
    new TenureError({
      code: STAGE_ORDER_CODE,
      what: `A list of stages makes no sense: ${order.what}.`,
      place: places.place(faultPath(order), "value"),
      found: stages.stages.map(({ stage }) => ruleLabel(stage)).join(", "),
      allowed: "a list in which each stage does something",
      hint: order.hint,
    }),
  ];
}

function bindStage({ stage, parameters, variant, of }: StageConfiguration): void {
  const nothing = new Float64Array(0);
  const listOf = (stages: readonly object[]) => {
    for (const one of stages as readonly StageConfiguration[]) if (isRead(one.stage) && isRead(one.variant)) bindStage(one);
    return { run: () => nothing };
  };
  stageOf(stage).bind({ ...parameters, variant, of } as never, { kept: Fraction.whole(1), listOf });
}

function faultOf(ask: () => void): TenureError[] {
  try {
    ask();
    return [];
  } catch (error) {
    if (!(error instanceof RuleFault)) throw error;
    return [error];
  }
}
