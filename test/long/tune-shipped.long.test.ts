import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { useTemporaryFolders } from "../recorders/temporary-folder.js";
import { tuned } from "./tuned.js";

const folder = useTemporaryFolders();

describe("the shipped studies", () => {
  it.each(["tune-robust", "tune-burn"])("%s runs", async (name) => {
    const dir = await folder();
    const { code, report } = await tuned(name, "--trials", "2", "--out", join(dir, "out"));
    expect(code).toBe(0);
    expect(report.trials).toHaveLength(2);
    expect(report.trials.every(({ status }) => status !== "failed")).toBe(true);
  });

  it("tune-retention runs whole, from one replay, and its finalists agree with runs in full", async () => {
    const dir = await folder();
    const { code, report } = await tuned("tune-retention", "--out", join(dir, "out"));
    expect(code).toBe(0);
    expect(report.trials).toHaveLength(55);
    expect(report.confirmed).toMatchObject({ largest_difference: expect.any(Number) });
    expect(report.trust.judgements.map(({ by }) => by)).toEqual(["walk_forward"]);
  });
});
