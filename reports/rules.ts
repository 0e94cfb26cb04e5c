import type { WeightsConfiguration } from "../engine/index.js";
import { type OpenRun, scenarioOfRun } from "../recorders/index.js";
import {
  type BehaviourGroup,
  behaviourGroups,
  type Scenario,
  type ScenarioConfiguration,
  scenarioFromResolved,
} from "../scenarios/index.js";

/**
 * What base weights and shares are, which pot moved, the Gini before and a change of share are measured from: the pay that was
 * `recorded`; that with the multiplier of `emission.recorded_rule` divided out (`recorded_rule_undone`); what a `weights`
 * stream gives, one of `scores`, or `yuma` makes of what validators set; the `rewards` of an index subnet before its multipliers; or what
 * `skill`, or the `consensus` of validators on it, alone would be paid where miners decide for themselves. Changes of pay are against the
 * recording in any case, which there is that too.
 */
export type BeforeRule = "recorded" | "recorded_rule_undone" | "weights" | "scores" | "yuma" | "rewards" | "skill" | "consensus";

/** The rules of a run as far as reports explain them. */
export interface RunRules extends Pick<ScenarioConfiguration, "vesting" | "stages" | "emission" | "epochs" | "schedules" | "record"> {
  /** Of the index subnet; left out: not asked for. */
  readonly index?: ScenarioConfiguration["index"];
  readonly beforeRule: BeforeRule;
  /** By what Yuma makes base weights of those that validators set; null, or left out: it does not. */
  readonly yuma?: WeightsConfiguration | null;
  /** Entries of the scenario's list of stages, a stated residual among them; 0: it states no list. */
  readonly stagesStated: number;
  /** Why rules of files are not asked for their terms, in words; left out: none is of a file. */
  readonly unread?: readonly string[];
}

/** Whose rules are asked for: those of the index subnet of a run, of subnets whose miners decide for themselves, or of its recorded ones. */
export type RuledSubnets = "index" | "closed_loop" | "recorded";

/** Netuid of the index subnet of a run; null: it has none. */
export function indexNetuidOf({ manifest: { summary } }: OpenRun): number | null {
  return summary.index?.netuid ?? null;
}

/** Of which kind a subnet is; null, or left out: the index subnet where the run has one, else where it pays by itself. */
export function kindOf(run: OpenRun, netuid: number | null = null): RuledSubnets {
  const index = indexNetuidOf(run);
  if (index !== null && (netuid ?? index) === index) return "index";
  const loops = run.manifest.summary.closed_loop?.subnets ?? [];
  if (netuid !== null) return loops.some((loop) => loop.netuid === netuid) ? "closed_loop" : "recorded";
  return loops.length > 0 && !isPaidByStreams(run) ? "closed_loop" : "recorded";
}

function isPaidByStreams({ manifest: { inputs } }: OpenRun): boolean {
  return inputs.some(({ kind }) => kind === "emission" || kind === "balances");
}

/** The rules a run was made with; those of files of one's own are named, and cannot be asked. */
export function rulesOf(run: OpenRun, of: RuledSubnets = kindOf(run)): RunRules {
  return rulesFrom(run, of, scenarioFromResolved(run.manifest.scenario.resolved));
}

/** The same with the rules of files, where these are as they were. */
export async function rulesToExplain(run: OpenRun, of: RuledSubnets = kindOf(run)): Promise<RunRules> {
  const { scenario, unread } = await scenarioOfRun(run);
  return { ...rulesFrom(run, of, scenario), unread };
}

function rulesFrom(run: OpenRun, of: RuledSubnets, { configuration }: Scenario): RunRules {
  const { vesting, stages, weights, emission, epochs, schedules, record, index, closedLoops } = configuration;
  const simulated = { index: "rewards", closed_loop: closedLoops.some(hasValidators) ? "consensus" : "skill", recorded: null } as const;
  const ofStreams = weights === null ? beforeRecorded(run, emission.recordedRule !== null) : weights.from === "scores" ? "scores" : "yuma";
  const beforeRule = simulated[of] ?? ofStreams;
  return {
    vesting,
    stages,
    emission,
    epochs,
    schedules,
    record,
    index,
    beforeRule,
    yuma: weights === null || weights.from === "scores" || of === "index" ? null : weights,
    stagesStated: stagesStatedIn(run),
  };
}

function stagesStatedIn({ manifest: { scenario } }: OpenRun): number {
  const { stages } = scenario.resolved as { readonly stages?: readonly unknown[] | null };
  return stages?.length ?? 0;
}

function hasValidators({ validators }: ScenarioConfiguration["closedLoops"][number]): boolean {
  return validators.length > 0;
}

/** Weights of a stream come before recorded shares, and so before what a recorded rule did to these. */
function beforeRecorded({ manifest: { inputs, summary } }: OpenRun, isUndone: boolean): BeforeRule {
  if (inputs.some(({ stream, kind }) => kind === "weights" && (summary.events[stream] ?? 0) > 0)) return "weights";
  return isUndone ? "recorded_rule_undone" : "recorded";
}

/** How the synthetic miners of a run behave, by hotkey. */
export function behavioursOf(run: OpenRun): ReadonlyMap<string, BehaviourGroup> {
  return behaviourGroups(scenarioFromResolved(run.manifest.scenario.resolved));
}

/**
 * What became of the multipliers of a run: `applied` to pay, or only computed - because pay is replayed as recorded, or in
 * shadow mode - or `off`.
 */
export type MultiplierEffect = "applied" | "replay" | "shadow" | "off";

export function multiplierEffect({ vesting, emission, beforeRule: before }: RunRules): MultiplierEffect {
  if (vesting.mode === "off") return "off";
  // What shares its own pots replays nothing.
  if (emission.mode === "replay" && !sharesOwnPots(before)) return "replay";
  return vesting.mode === "shadow" ? "shadow" : "applied";
}

/** Do streams say what miners weigh, and not what they were recorded to be paid? */
export function isGiven(before: BeforeRule): before is "weights" | "scores" | "yuma" {
  return before === "weights" || before === "scores" || before === "yuma";
}

/** Is there no recording whose pay could be replayed? */
export function sharesOwnPots(before: BeforeRule): boolean {
  return before === "rewards" || isOfAgents(before);
}

/** Are changes of pay against what base weights alone would pay miners who decide for themselves? */
export function isOfAgents(before: BeforeRule): boolean {
  return before === "skill" || before === "consensus";
}
