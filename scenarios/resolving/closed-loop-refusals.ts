import { refuseClosedLoop } from "../../engine/index.js";
import type { ScenarioConfiguration } from "./configuration.js";
import { type EngineRefusal, engineRefusals, stepsOf } from "./engine-refusals.js";
import type { ResolvedScenario } from "./resolved-scenario.js";

/** What the engine refuses of a well-formed closed loop in its scenario; of several subnets that it stands for the first refusal. */
export function closedLoopRefusals(resolved: ResolvedScenario, configuration: ScenarioConfiguration): EngineRefusal[] {
  const run = { ...configuration, startMs: configuration.startMs ?? 0 };
  const { closedLoops } = configuration;
  const checks = closedLoops.map((loop) => () => refuseClosedLoop(run, loop, "closed_loop", closedLoops.length));
  return engineRefusals(checks, (dotted) => stepsOf(dotted ?? "closed_loop"), resolved.closed_loop).slice(0, 1);
}
