import type { RunConfiguration } from "../../configuration/run-configuration.js";
import { TenureError } from "../../kernel/errors.js";
import { declareModule } from "../subnet-module.js";
import { ClosedLoop } from "./closed-loop.js";
import type { ClosedLoopSummary } from "./closed-loop-summary.js";
import type { ClosedLoopConfiguration } from "./configuration.js";
import { refuseClosedLoop } from "./configuration-checks.js";
import { summariseClosedLoop } from "./summarise-closed-loop.js";

export interface ClosedLoopSlice {
  /** Subnets whose miners decide for themselves; empty: none. */
  readonly closedLoops: readonly ClosedLoopConfiguration[];
}

export interface ClosedLoopPart {
  /** Null: the scenario has no miners who decide for themselves. */
  readonly closedLoop: ClosedLoopSummary | null;
}

/** Subnets whose miners decide for themselves (docs/explanation/closed-loop.md). */
export const closedLoopModule = declareModule<ClosedLoopSlice, ClosedLoopPart>({
  name: "closed_loop",
  absent: { closedLoop: null },
  refuse({ closedLoops }, run) {
    for (const loop of closedLoops) refuseClosedLoop(run, loop);
    if (closedLoops.length > 0) refuseSurroundings(run);
  },
  build({ closedLoops }, { world, close }) {
    if (closedLoops.length === 0) return null;
    const loops = closedLoops.map((loop) => new ClosedLoop(world, close, loop));
    return {
      listeners: {
        simulatedNetuids: closedLoops.map(({ netuid }) => netuid),
        pots: new Map(loops.flatMap(({ recordedPot, configuration: { netuid } }) => (recordedPot === null ? [] : [[netuid, recordedPot]]))),
      },
      start: () => {
        for (const loop of loops) loop.start();
      },
      finish: () => {
        for (const loop of loops) loop.audit();
      },
      writeClosingTables: () => {
        for (const loop of loops) loop.writeClosingTables();
      },
      summary: () => ({ closedLoop: { subnets: loops.map((loop) => summariseClosedLoop(world, loop)) } }),
      warnings: () => [],
    };
  },
});

/** What agents do is booked in the run alone, and at once. */
function refuseSurroundings({ schedules, endMs, epochs }: RunConfiguration): void {
  if (epochs !== "emission") {
    throw refusal("TEN-LOOP-106", "Miners who decide for themselves have epochs of their own, by the clock.", "epochs", epochs, "emission");
  }
  if (schedules !== null) {
    throw refusal("TEN-LOOP-106", "Who decides sells what is paid, and instalments are not there yet.", "schedules", "schedules", "none");
  }
  if (endMs === null) {
    const allowed = "time.end, or time.days";
    throw refusal("TEN-LOOP-106", "A run whose miners decide for themselves could go on for ever.", "time.end", null, allowed);
  }
}

function refusal(code: string, what: string, path: string, found: unknown, allowed: string): TenureError {
  return new TenureError({ code, what, place: { path }, found, allowed });
}
