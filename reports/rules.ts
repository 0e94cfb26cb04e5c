import type { OpenRun } from "../recorders/index.js";
import { type BehaviourGroup, behaviourGroups, type ScenarioConfiguration, scenarioFromResolved } from "../scenarios/index.js";

/** The rules of a run as far as reports explain them. */
export type RunRules = Pick<ScenarioConfiguration, "vesting" | "emission" | "epochs" | "schedules" | "record">;

/** The rules a run was made with. */
export function rulesOf(run: OpenRun): RunRules {
  return scenarioFromResolved(run.manifest.scenario.resolved).configuration;
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

export function multiplierEffect({ vesting, emission }: RunRules): MultiplierEffect {
  if (vesting.mode === "off") return "off";
  if (emission.mode === "replay") return "replay";
  return vesting.mode === "shadow" ? "shadow" : "applied";
}
