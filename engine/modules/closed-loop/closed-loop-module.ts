import { declareModule } from "../subnet-module.js";
import { ClosedLoop } from "./closed-loop.js";
import type { ClosedLoopSummary } from "./closed-loop-summary.js";
import { closedLoopWarnings } from "./closed-loop-warnings.js";
import type { ClosedLoopConfiguration } from "./configuration.js";
import { refuseClosedLoop } from "./configuration-checks.js";
import { refuseWithoutPrices } from "./refuse-without-prices.js";
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
  refuse({ closedLoops }, run, streams) {
    for (const loop of closedLoops) refuseClosedLoop(run, loop, "closed_loop", closedLoops.length);
    for (const { netuid, market } of closedLoops) if (market.kind === "prices") refuseWithoutPrices(streams, netuid, "closed_loop.market");
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
      warnings: () => loops.flatMap((loop) => closedLoopWarnings(world, loop)),
    };
  },
});
