import { describe, expect, it } from "vitest";
import { randomStreams, TenureError } from "../../../../engine/index.js";
import { morrisDesign, morrisEffects } from "../../../../studies/tuning/sensitivity/morris.js";
import { designOf, resultOf, type SensitivityRequest } from "../../../../studies/tuning/sensitivity/sensitivity-plan.js";
import { sobolDesign, sobolIndices } from "../../../../studies/tuning/sensitivity/sobol-indices.js";
import { ISHIGAMI, ishigami } from "../published-functions.js";
import { list, ranges } from "../search.js";

const random = randomStreams(1, 1);

function refusal(request: SensitivityRequest, axes = ranges(3)): TenureError {
  try {
    designOf(request, axes, random);
  } catch (error) {
    if (error instanceof TenureError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("a sensitivity analysis", () => {
  it("by Sobol indices finds what of Ishigami's function is published, and what is indistinguishable from 0", () => {
    const design = designOf({ kind: "sobol", rows: 1024 }, ranges(3), random);
    expect(design.points).toHaveLength(1024 * 5);
    const [found, flat, failed] = resultOf(
      design,
      [design.points.map(ishigami), design.points.map(() => 7), design.points.map((_, at) => (at % 5 === 0 ? null : at))],
      random,
    );
    if (found.kind !== "sobol") throw new Error("no indices");
    for (const [axis, { first, total }] of (found.parameters ?? []).entries()) {
      expect(first.interval.low).toBeLessThanOrEqual(ISHIGAMI.first[axis]);
      expect(first.interval.high).toBeGreaterThanOrEqual(ISHIGAMI.first[axis]);
      expect(total.interval.low).toBeLessThanOrEqual(ISHIGAMI.total[axis]);
      expect(total.interval.high).toBeGreaterThanOrEqual(ISHIGAMI.total[axis]);
    }
    expect(found.parameters?.map(({ first, total }) => [first.isIndistinguishable, total.isIndistinguishable])).toEqual([
      [false, false],
      [false, false],
      [true, false],
    ]);
    expect(flat).toEqual({ kind: "sobol", rows: 1024, variance: 0, parameters: null });
    expect(failed).toEqual({ kind: "sobol", rows: 0, variance: 0, parameters: null });
  });

  it("is of each objective what the two methods say of it alone, from the same numbers", () => {
    const [one, other] = [(point: readonly number[]) => point[0] ** 2 + point[1], (point: readonly number[]) => point[1] * point[2]];
    for (const request of [{ kind: "sobol", rows: 32 } as const, { kind: "morris", trajectories: 10, levels: 6 } as const]) {
      const design = designOf(request, ranges(3), random);
      const found = resultOf(design, [design.points.map(one), design.points.map(other)], random);
      for (const [at, f] of [one, other].entries()) {
        if (request.kind === "sobol") {
          const alone = sobolDesign(ranges(3), 32, random);
          expect(design.points).toEqual(alone.points);
          const { axes, ...rest } = sobolIndices(alone, alone.points.map(f), random);
          expect(found[at]).toEqual({ kind: "sobol", ...rest, parameters: axes });
        } else {
          const alone = morrisDesign(ranges(3), 10, random("tuning/morris"), 6);
          expect(design.points).toEqual(alone.points);
          const parameters = morrisEffects(alone, alone.points.map(f), random("tuning/morris/bootstrap"));
          expect(found[at]).toEqual({ kind: "morris", parameters });
        }
      }
    }
  });

  it("by Morris knows a slope by its size, an interaction by its deviation, and leaves out what cannot change", () => {
    const design = designOf({ kind: "morris", trajectories: 30, levels: 4 }, [...ranges(3), list(1)], random);
    const [found] = resultOf(design, [design.points.map(([u, v, w]) => 5 * u + v * w)], random);
    if (found.kind !== "morris") throw new Error("no effects");
    const [slope, ...others] = found.parameters;
    expect(slope?.muStar).toBeCloseTo(5, 9);
    expect(slope?.sigma).toBeCloseTo(0, 9);
    for (const own of others.slice(0, 2)) expect(own?.sigma).toBeGreaterThan(0.1);
    expect(others[2]).toBeNull();
  });

  it.each<[SensitivityRequest, string, unknown]>([
    [{ kind: "sobol", rows: 1 }, "TEN-TRUST-007", "sensitivity.rows"],
    [{ kind: "sobol", rows: 2.5 }, "TEN-TRUST-007", "sensitivity.rows"],
    [{ kind: "sobol", rows: Number.NaN }, "TEN-TRUST-007", "sensitivity.rows"],
    [{ kind: "sobol", rows: 20_001 }, "TEN-TRUST-008", "sensitivity.rows"],
    [{ kind: "morris", trajectories: 1, levels: 4 }, "TEN-TRUST-007", "sensitivity.trajectories"],
    [{ kind: "morris", trajectories: 10, levels: 3 }, "TEN-TRUST-007", "sensitivity.levels"],
    [{ kind: "morris", trajectories: 10, levels: 0 }, "TEN-TRUST-007", "sensitivity.levels"],
    [{ kind: "morris", trajectories: 25_001, levels: 4 }, "TEN-TRUST-008", "sensitivity.trajectories"],
  ])("refuses %j", (request, code, path) => {
    expect(refusal(request)).toMatchObject({ code, place: { path } });
  });

  it("refuses more parameters than there are sequences for", () => {
    expect(refusal({ kind: "sobol", rows: 64 }, ranges(33)).code).toBe("TEN-TRUST-006");
  });
});
