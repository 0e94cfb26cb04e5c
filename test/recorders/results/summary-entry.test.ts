import { describe, expect, it } from "vitest";
import { summaryEntry, toSummaryEntry } from "../../../recorders/results/summary-entry.js";
import { configuration, DAY, pay, run, START, stake } from "../../engine/in-memory.js";

describe("the summary in a manifest", () => {
  const { summary } = run(configuration({ emission: { mode: "redistribute" } }), [
    { kind: "emission", rows: [1, 2, 3].flatMap((day) => ["a", "b"].map((name) => pay(START + day * DAY, name, 1_000))) },
    { kind: "stake", rows: [stake(START + DAY + 1, "removed", "b", 400)] },
  ]);

  it("comes back as it was written, the figures of the run included", () => {
    const entry = toSummaryEntry(summary);
    expect(summaryEntry.parse(JSON.parse(JSON.stringify(entry)))).toEqual(entry);
    expect(entry.metrics).toMatchObject({ epochs: 3, unpaid_epochs: 0, undecided: [], subnets: [{ netuid: 1, epochs: 3, miners: 2 }] });
    expect(entry.metrics?.pot_moved).toBe(summary.metrics?.potMoved);
    expect(entry.metrics?.subnets[0].gini_after).toBe(summary.metrics?.subnets[0].giniAfter);
    expect(entry.metrics?.subnets[0].gini_after).toBeGreaterThan(entry.metrics?.subnets[0].gini_before ?? 1);
  });

  it("of a version that measured no figures is read as one without them", () => {
    const { metrics: _, ...older } = toSummaryEntry(summary);
    expect(summaryEntry.parse(older).metrics).toBeNull();
  });
});
