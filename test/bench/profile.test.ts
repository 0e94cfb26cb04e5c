import type { Profiler } from "node:inspector";
import { describe, expect, it } from "vitest";
import { summaryOf } from "../../bench/closed-loop/profile.js";

function node(id: number, functionName: string, url: string, children: number[] = []): Profiler.ProfileNode {
  return { id, callFrame: { functionName, scriptId: "1", url, lineNumber: 1, columnNumber: 1 }, children };
}

describe("what is told of a profile", () => {
  it("is who took most time themselves, and what deciding took without its orders", () => {
    const decisions = "file:///x/closed-loop/decisions.js";
    const nodes = [
      node(1, "(root)", "", [2, 7]),
      node(2, "decide", decisions, [3]),
      node(3, "#ask", decisions, [4, 5]),
      node(4, "decide", "file:///x/strategies/hold.js"),
      node(5, "carryOut", decisions, [6]),
      node(6, "#sell", "file:///x/closed-loop/order-execution.js"),
      node(7, "dispatch", "node:inspector"),
    ];
    const samples = [2, 3, 3, 4, 5, 6, 6, 6, 7];
    const timeDeltas = [1_000, 2_000, 2_000, 3_000, 500, 4_000, 4_000, 1_000, 50_000];
    const { top, decidingMs } = summaryOf({ nodes, startTime: 0, endTime: 1, samples, timeDeltas });
    expect(decidingMs).toBe(7);
    expect(top).toHaveLength(5);
    expect(top.slice(0, 2)).toEqual([
      { function: "#sell closed-loop/order-execution.js", share: Number((9 / 17.5).toFixed(3)) },
      { function: "#ask closed-loop/decisions.js", share: Number((4 / 17.5).toFixed(3)) },
    ]);
  });
});
