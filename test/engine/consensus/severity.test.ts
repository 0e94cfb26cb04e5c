import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_CONSENSUS, severityOf, severityWithHistory, TAO20_ORIGINAL_SLASHING } from "../../../engine/consensus/index.js";
import { SEVERITIES, type Severity } from "../../../engine/tables/vocabularies/consensus.js";

const RULES = DEFAULT_CONSENSUS.severity;
const byDeviation = (severity: Severity) => ({ severity, cause: "deviation" }) as const;

describe("severity", () => {
  it.each<[number, Severity]>([
    [0, "none"],
    [0.05, "none"],
    [0.0500001, "minor"],
    [0.1, "minor"],
    [0.1000001, "moderate"],
    [0.15, "moderate"],
    [0.1500001, "severe"],
    [0.3, "severe"],
    [0.3000001, "critical"],
    [1, "critical"],
  ])("of a deviation of %d is %s", (deviation, severity) => {
    expect(severityOf(deviation, RULES)).toBe(severity);
  });

  it("of the original is never critical", () => {
    expect(severityOf(1, TAO20_ORIGINAL_SLASHING.severity)).toBe("severe");
  });

  it("rises with what was before", () => {
    expect(severityWithHistory(byDeviation("minor"), 2, 2, RULES)).toEqual(byDeviation("minor"));
    expect(severityWithHistory(byDeviation("minor"), 5, 0, RULES)).toEqual({ severity: "moderate", cause: "repeated_deviations" });
    expect(severityWithHistory(byDeviation("minor"), 5, 3, RULES)).toEqual({ severity: "severe", cause: "repeated_slashes" });
    expect(severityWithHistory(byDeviation("critical"), 9, 9, RULES)).toEqual(byDeviation("critical"));
    expect(severityWithHistory({ severity: "none", cause: null }, 3, 0, RULES)).toEqual({
      severity: "minor",
      cause: "repeated_deviations",
    });
    expect(severityWithHistory({ severity: "none", cause: null }, 2, 2, RULES)).toEqual({ severity: "none", cause: null });
  });

  it("of the original counts slashes only where nothing else counts", () => {
    const { severity } = TAO20_ORIGINAL_SLASHING;
    expect(severityWithHistory(byDeviation("minor"), 1, 9, severity).severity).toBe("minor");
    expect(severityWithHistory({ severity: "none", cause: null }, 1, 3, severity)).toEqual({
      severity: "severe",
      cause: "repeated_slashes",
    });
  });

  it("never falls with more deviation, more deviations or more slashes", () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const count = fc.integer({ min: 0, max: 12 });
    const rank = (deviation: number, deviations: number, slashes: number) =>
      SEVERITIES.indexOf(severityWithHistory(byDeviation(severityOf(deviation, RULES)), deviations, slashes, RULES).severity);
    fc.assert(
      fc.property(share, share, count, count, count, count, (d, moreD, n, moreN, s, moreS) => {
        expect(rank(Math.max(d, moreD), n + moreN, s + moreS)).toBeGreaterThanOrEqual(rank(d, n, s));
      }),
    );
  });
});
