import { type Samples, samplesOf } from "../samples.js";
import type { CommandRun } from "./measure-command.js";

export interface CommandSamples {
  readonly wall_seconds: Samples;
  readonly peak_mib: Samples;
}

export function commandSamples(runs: readonly CommandRun[]): CommandSamples {
  return {
    wall_seconds: samplesOf(
      runs.map((run) => run.wallMs / 1000),
      3,
    ),
    peak_mib: samplesOf(
      runs.map((run) => run.peakMib),
      1,
    ),
  };
}
