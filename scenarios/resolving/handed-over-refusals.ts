import { refuseHandedOver } from "../../engine/index.js";
import type { ScenarioConfiguration } from "./configuration.js";
import { type EngineRefusal, engineRefusals, stepsOf } from "./engine-refusals.js";
import type { ResolvedScenario } from "./resolved-scenario.js";

/** What the engine refuses of well-formed handed-over positions in their scenario. */
export function handedOverRefusals(resolved: ResolvedScenario, configuration: ScenarioConfiguration): EngineRefusal[] {
  const run = { ...configuration, startMs: configuration.startMs ?? 0 };
  const check = () => refuseHandedOver(run, configuration.handedOver);
  return engineRefusals([check], (dotted) => stepsOf(dotted ?? "handed_over"), resolved.handed_over);
}
