import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_CONSENSUS, STATUSES, TAO20_ORIGINAL_SLASHING, ValidatorStatus } from "../../../engine/consensus/index.js";

const fresh = () => new ValidatorStatus(DEFAULT_CONSENSUS.status, 1_000);

function agree(status: ValidatorStatus, epochs: number): void {
  for (let i = 0; i < epochs; i++) status.agreed();
}

describe("status", () => {
  it.each([
    ["minor", "warning"],
    ["moderate", "warning"],
    ["severe", "probation"],
    ["critical", "suspended"],
  ] as const)("after a %s slash is %s", (severity, expected) => {
    const status = fresh();
    status.slashed(0, severity);
    expect(status.status).toBe(expected);
  });

  it("gets one step better per 24 clean epochs in a row", () => {
    const status = fresh();
    status.slashed(0, "severe");
    agree(status, 23);
    expect(status.status).toBe("probation");
    status.deviated();
    agree(status, 23);
    expect(status.status).toBe("probation");
    agree(status, 1);
    expect(status.status).toBe("warning");
    agree(status, 24);
    expect(status.status).toBe("active");
  });

  it("does not get better by a milder slash, but for the original", () => {
    const status = fresh();
    status.slashed(0, "severe");
    status.slashed(1, "minor");
    expect(status.status).toBe("probation");
    const original = new ValidatorStatus(TAO20_ORIGINAL_SLASHING.status, 1_000);
    original.slashed(0, "severe");
    original.slashed(1, "minor");
    expect(original.status).toBe("warning");
    agree(original, 1_000);
    original.seeStake(0);
    expect(original.status).toBe("warning");
  });

  it("suspended by a slash ends by no clean epochs, only by the stake that was taken coming back", () => {
    const status = fresh();
    status.slashed(0, "critical");
    // Held back: the stake is still all there.
    status.seeStake(5_000);
    expect(status.status).toBe("suspended");
    status.taken(0, 5_000);
    agree(status, 100);
    status.seeStake(4_999);
    expect(status.status).toBe("suspended");
    status.seeStake(5_000);
    expect(status.status).toBe("probation");
    agree(status, 48);
    expect(status.status).toBe("active");
  });

  it("suspended for short stake ends in probation with the minimum", () => {
    const status = fresh();
    status.seeStake(999);
    expect(status.isSuspended).toBe(true);
    status.seeStake(1_000);
    expect(status.status).toBe("probation");
  });

  it("after an upheld appeal is what the other slashes make it", () => {
    const status = fresh();
    status.slashed(0, "minor");
    status.slashed(1, "severe");
    status.slashed(2, "critical");
    status.acquitted(2);
    expect(status.status).toBe("probation");
    status.acquitted(1);
    expect(status.status).toBe("warning");
    status.acquitted(0);
    expect(status.status).toBe("active");
  });

  it("never gets better at once, or by more than a step, unless by appeal", () => {
    const step = fc.oneof(
      fc.record({ slash: fc.constantFrom("minor" as const, "moderate" as const, "severe" as const, "critical" as const) }),
      fc.record({ clean: fc.integer({ min: 1, max: 30 }) }),
      fc.record({ stakeRao: fc.integer({ min: 0, max: 3_000 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const status = fresh();
        let slash = 0;
        for (const next of steps) {
          const before = STATUSES.indexOf(status.status);
          if ("slash" in next) {
            status.slashed(slash, next.slash);
            status.taken(slash, 2_000);
            slash += 1;
            expect(STATUSES.indexOf(status.status)).toBeGreaterThanOrEqual(before);
          } else if ("clean" in next) {
            agree(status, next.clean);
            expect(before - STATUSES.indexOf(status.status)).toBeLessThanOrEqual(next.clean >= 24 ? 2 : 1);
            if (before === 3) expect(status.status).toBe("suspended");
          } else {
            status.seeStake(next.stakeRao);
            expect(before - STATUSES.indexOf(status.status)).toBeLessThanOrEqual(1);
            if (next.stakeRao < 1_000) expect(status.status).toBe("suspended");
          }
        }
      }),
    );
  });
});
