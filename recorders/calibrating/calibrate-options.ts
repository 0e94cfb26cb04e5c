import type { CalibratedEmission } from "../../scenarios/index.js";
import type { RunProgress } from "../run/execute.js";

export interface CalibrateOptions {
  /** Where the recording, or the relative stream paths of a scenario, start; left out: the working folder. */
  readonly data?: string | undefined;
  /** Left out: the only one whose miners are paid, or that the scenario names. */
  readonly netuid?: number | undefined;
  /** Epochs that end after it and up to `toMs` are looked at, Unix ms; left out: all. */
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  /** Name of the scenario that is made; left out: that of the recording with `-calibrated` behind it. */
  readonly name?: string | undefined;
  /** Reserves of the pool at the start, rao; alpha left out: by the first recorded price. Left out: recorded prices. */
  readonly pool?: { readonly taoReserveRao: number; readonly alphaReserveRao?: number | undefined } | undefined;
  readonly emission?: CalibratedEmission | undefined;
  /** Miners with a group of their own; left out: 1000. */
  readonly mostMiners?: number | undefined;
  readonly onProgress?: ((progress: RunProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}
