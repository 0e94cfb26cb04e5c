import type { OpenRun } from "../../results/open-run.js";
import { type FlowEvent, flowsByInstant } from "./flow-events.js";
import { type Rejection, rejectionsByInstant } from "./rejections.js";

/** What a run tells of one instant: at least one flow or rejection. */
export interface RunInstant {
  readonly timeMs: number;
  readonly flows: readonly FlowEvent[];
  readonly rejections: readonly Rejection[];
}

/** Flows and rejections of a run in step, instant by instant. */
export async function* instantsOf(run: OpenRun, withRejections: boolean, signal: AbortSignal | undefined): AsyncGenerator<RunInstant> {
  const flows = flowsByInstant(run, signal);
  const rejections = withRejections ? rejectionsByInstant(run) : none();
  try {
    let flow = await flows.next();
    let rejection = await rejections.next();
    while (flow.done !== true || rejection.done !== true) {
      const flowMs = flow.done === true ? Number.POSITIVE_INFINITY : flow.value[0].timeMs;
      const rejectionMs = rejection.done === true ? Number.POSITIVE_INFINITY : rejection.value[0].timeMs;
      const timeMs = Math.min(flowMs, rejectionMs);
      yield {
        timeMs,
        flows: flow.done !== true && flowMs === timeMs ? flow.value : [],
        rejections: rejection.done !== true && rejectionMs === timeMs ? rejection.value : [],
      };
      if (flowMs === timeMs) flow = await flows.next();
      if (rejectionMs === timeMs) rejection = await rejections.next();
    }
  } finally {
    await flows.return(undefined);
    await rejections.return(undefined);
  }
}

async function* none(): AsyncGenerator<Rejection[]> {}
