import { type EpochTape, InvariantError, TapeRecorder, tapedConfiguration } from "../../engine/index.js";
import { type PrepareOptions, runToSummary } from "../../recorders/index.js";
import type { Scenario } from "../../scenarios/index.js";
import { whyNotOpenLoop } from "./why-not.js";

/**
 * Replays a scenario once, and keeps what every trial that `whyNotOpenLoop` allows can be played from.
 * @throws what a run throws; InvariantError for a scenario that no tape can be of
 */
export async function recordTape(
  base: Scenario,
  options: Pick<PrepareOptions, "opened" | "data" | "signal" | "onProgress"> = {},
): Promise<EpochTape> {
  const why = whyNotOpenLoop(base, base);
  if (why !== null) throw new InvariantError(`a tape of a scenario that has none: ${why}`);
  const recorder = new TapeRecorder(base.configuration.vesting);
  await runToSummary({ ...base, configuration: tapedConfiguration(base.configuration) }, { ...options, epochs: recorder.listen });
  return recorder.tape();
}
