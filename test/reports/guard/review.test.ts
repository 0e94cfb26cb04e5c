import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readBaseline } from "../../../reports/guard/baseline/read-baseline.js";
import { writeBaseline } from "../../../reports/guard/baseline/write-baseline.js";
import { gainWords } from "../../../reports/guard/formats/cause-words.js";
import {
  type Decision,
  decide,
  type GuardReport,
  openReview,
  PLAIN_STYLE,
  pendingText,
  reviewJson,
  statedDecisions,
} from "../../../reports/index.js";
import { GuardedFolder, MADE, type Settings } from "./guarded.js";

let folder: GuardedFolder;
beforeAll(async () => {
  folder = await GuardedFolder.make();
});
afterAll(() => folder.remove());

/** A minimum that only some are below: two groups, who is hit and the others. */
const minimum = (name: string, minimum_stake: number): Settings => ({ ...MADE, name, vesting: { minimum_stake } });
const LEAST = 60;
const WHO = { by: "alice", at: "2026-02-01T00:00:00.000Z" };

async function failed(name: string): Promise<GuardReport> {
  await folder.update(minimum(name, 0.3), { terms: true });
  return folder.run(minimum(name, LEAST));
}

/** Opened with the scenario as it was measured. */
const opened = (name: string, scenario = name, least = LEAST) =>
  openReview(folder.baseline(name), scenario, () => folder.scenario(minimum(name, least)).resolved);

async function review(name: string, decisions: Readonly<Record<string, Decision>>, who = WHO, least = LEAST) {
  return decide(await opened(name, name, least), ({ cause }) => decisions[cause] ?? "skip", who);
}

const files = (name: string) =>
  Promise.all(
    ["totals.tsv", "scenario.yaml", "baseline.yaml", "approvals.yaml"].map((file) => readFile(join(folder.baseline(name), file), "utf8")),
  );

describe("a review", () => {
  it("of all takes over what the run measured, with who accepted what", async () => {
    const { groups } = await failed("all");
    const report = await review("all", Object.fromEntries(groups.map(({ cause }) => [cause, "accept"])));
    expect(report).toMatchObject({ isWhole: true, open: 0 });
    const passed = await folder.run(minimum("all", LEAST));
    expect(passed).toMatchObject({ ok: true, outcome: "equal", changed: [] });
    expect(passed.approvals).toEqual(
      groups.map(({ cause, lines, movedRao }) => ({
        ...WHO,
        cause,
        positions: lines.length,
        moved_rao: String(movedRao),
        changed: [{ path: "vesting.minimum_stake", from: 0.3, to: LEAST }],
      })),
    );
    await expect(opened("all")).rejects.toMatchObject({ code: "TEN-GUARD-012" });
    // With the terms of the run that was accepted: a change of them is traced.
    expect((await folder.run(minimum("all", 10))).trace?.by).toBe("parameters");
  });

  it("shows who gains and who loses by each cause, as the guard did", async () => {
    const { groups } = await failed("sides");
    const { pending } = await opened("sides");
    expect(pending.groups.map(({ figures }) => figures)).toEqual(groups.map(({ figures: { lines: _lines, ...figures } }) => figures));
    const texts = pending.groups.map((group) => pendingText(group, PLAIN_STYLE).replace(/\s+/g, " "));
    for (const [at, group] of groups.entries()) expect(texts[at]).toContain(gainWords(group));
    const own = pending.groups[0].figures;
    expect([own.gainers > 0, own.losers > 0, own.gainers + own.losers]).toEqual([true, true, groups[0].lines.length]);
    const done = reviewJson(await review("sides", {}));
    expect(done.causes[0]).toMatchObject({ gainers: own.gainers, gained_rao: own.gainedRao, losers: own.losers, lost_rao: own.lostRao });
  });

  it("carries approvals forward when the next change comes", async () => {
    const next = await folder.run(minimum("all", 80));
    expect(next.approvals.map(({ by }) => by)).toContain("alice");
    const causes = Object.fromEntries(next.groups.map(({ cause }) => [cause, "accept" as const]));
    const report = await review("all", causes, { by: "bob", at: "2026-03-01T00:00:00.000Z" }, 80);
    expect(report.approvals.map(({ by }) => by)).toEqual([...next.approvals.map(() => "alice"), ...next.groups.map(() => "bob")]);
    expect(report.approvals.at(-1)?.changed).toEqual([{ path: "vesting.minimum_stake", from: LEAST, to: 80 }]);
  });

  it("of some takes their lines alone; the others fail by what moved them", async () => {
    const before = await failed("some");
    const [own] = before.groups;
    expect(own.cause).toBe("multiplier.minimum_stake");
    const scenario = await readFile(join(folder.baseline("some"), "scenario.yaml"), "utf8");
    expect(await review("some", { [own.cause]: "accept" })).toMatchObject({ isWhole: false, open: before.groups.length - 1 });
    expect(await readFile(join(folder.baseline("some"), "scenario.yaml"), "utf8")).toBe(scenario);
    const again = await folder.run(minimum("some", LEAST));
    // The baseline's own scenario still pays the lines that were not accepted: parameters changed.
    expect(again.trace?.by).toBe("parameters");
    expect(again.groups.map(({ cause }) => cause)).toEqual(before.groups.slice(1).map(({ cause }) => cause));
    await review("some", Object.fromEntries(again.groups.map(({ cause }) => [cause, "accept" as const])));
    expect(await folder.run(minimum("some", LEAST))).toMatchObject({ ok: true, changed: [] });
  });

  it("of some notes their lines as ahead of the scenario, which is judged by the others alone", async () => {
    const { groups } = await failed("ahead");
    const [own] = groups;
    const texts = async () => (await readFile(join(folder.baseline("ahead"), "totals.tsv"), "utf8")).split("\n");
    const before = await texts();
    await review("ahead", { [own.cause]: "accept" });
    const hit = own.lines.map(({ hotkey }) => hotkey);
    expect((await readBaseline(folder.baseline("ahead")))?.ahead.map(({ hotkey }) => hotkey).sort()).toEqual([...hit].sort());
    // Their lines alone are taken over.
    const after = await texts();
    expect(after.filter((line, at) => line !== before[at]).map((line) => line.split("\t")[2])).toEqual([...hit].sort());
    // The scenario that lies beside still passes, though it pays them something else.
    expect(await folder.run(minimum("ahead", 0.3))).toMatchObject({ ok: true, outcome: "equal" });
    // What else changes is seen, of who is ahead, too.
    const other = await folder.run(minimum("ahead", 80));
    expect(other).toMatchObject({ ok: false, trace: { by: "parameters" } });
    expect(other.lines.some(({ hotkey }) => hit.includes(hotkey))).toBe(true);
    // Writing it anew takes them back.
    await folder.update(minimum("ahead", 0.3));
    expect((await readBaseline(folder.baseline("ahead")))?.ahead).toEqual([]);
    expect(await texts()).toEqual(before);
  });

  it("takes a line that two causes hit over with the last of them", async () => {
    const gated = (at_least: number, share: number): Settings => ({
      ...MADE,
      name: "both",
      stages: [{ gate: { at_least } }, { burn: { share } }],
    });
    const open = () => openReview(folder.baseline("both"), "both", () => folder.scenario(gated(60, 0.2)).resolved);
    const accept = async (cause: string) => decide(await open(), (group) => (group.cause === cause ? "accept" : "skip"), WHO);
    await folder.update(gated(20, 0.1));
    const { groups } = await folder.run(gated(60, 0.2));
    const [gate, burn] = ["stage.gate.factor", "stage.burn.share"].map((cause) => groups.find((one) => one.cause === cause)?.lines ?? []);
    const shared = gate.filter(({ hotkey }) => burn.some((line) => line.hotkey === hotkey));
    expect(shared.length).toBeGreaterThan(0);
    await accept("stage.gate.factor");
    const baseline = await readBaseline(folder.baseline("both"));
    for (const { hotkey } of shared) expect(baseline?.ahead.map((key) => key.hotkey)).not.toContain(hotkey);
    // What is left asks about the other cause alone, also when the guard is run again: both still move lines, and one of them is approved.
    expect((await open()).pending.groups.map(({ cause }) => cause)).toEqual(["stage.burn.share"]);
    const again = await folder.run(gated(60, 0.2));
    expect(again.groups.map(({ cause }) => cause).sort()).toEqual(["stage.burn.share", "stage.gate.factor"]);
    expect((await open()).pending.groups.map(({ cause }) => cause)).toEqual(["stage.burn.share"]);
    // With other amounts it is another change.
    await folder.run(gated(50, 0.2));
    const { pending } = await openReview(folder.baseline("both"), "both", () => folder.scenario(gated(50, 0.2)).resolved);
    expect(pending.groups.map(({ cause }) => cause).sort()).toEqual(["stage.burn.share", "stage.gate.factor"]);
    await folder.run(gated(60, 0.2));
    const whole = await accept("stage.burn.share");
    expect(whole).toMatchObject({ isWhole: true });
    expect(whole.approvals.map(({ cause }) => cause)).toEqual(["stage.gate.factor", "stage.burn.share"]);
    expect((await readBaseline(folder.baseline("both")))?.ahead).toEqual([]);
    expect(await folder.run(gated(60, 0.2))).toMatchObject({ ok: true, changed: [] });
    // Changed back and forth it is a change of another baseline, whatever was approved before.
    await folder.update(gated(20, 0.1));
    await folder.run(gated(60, 0.2));
    expect((await open()).pending.groups.map(({ cause }) => cause).sort()).toEqual(["stage.burn.share", "stage.gate.factor"]);
  });

  it("that rejects or skips leaves every byte of the baseline", async () => {
    const { groups } = await failed("kept");
    const before = await files("kept");
    expect(await review("kept", {})).toMatchObject({ isWhole: false, open: groups.length });
    expect(await review("kept", { [groups[0].cause]: "reject" })).toMatchObject({ open: groups.length - 1 });
    // What was rejected is not asked about again, and keeps the rest from being whole.
    const rest = Object.fromEntries(groups.map(({ cause }) => [cause, "accept" as const]));
    const report = await review("kept", rest);
    expect(report.groups[0].decision).toBe("reject");
    expect(report.isWhole).toBe(false);
    const [totals, scenario] = await files("kept");
    expect(scenario).toBe(before[1]);
    if (groups.length === 1) expect(totals).toBe(before[0]);
  });

  it("is refused where the scenario changed since it was measured, whatever replaced its values then", async () => {
    await folder.update(minimum("since", 0.3));
    await folder.run(minimum("since", LEAST), { sets: ["vesting.minimum_stake=60"], seed: 3 });
    const path = folder.baseline("since");
    const of = (least: number) => openReview(path, "since", () => folder.scenario(minimum("since", least)).resolved);
    await expect(of(61)).rejects.toMatchObject({ code: "TEN-GUARD-022", found: expect.stringContaining("61") });
    const replaced: unknown[] = [];
    await openReview(`${path}/`, "since", (values) => {
      replaced.push(values);
      return folder.scenario(minimum("since", LEAST)).resolved;
    });
    expect(replaced).toEqual([{ sets: ["vesting.minimum_stake=60"], seed: 3 }]);
  });

  it("is refused where another version left it, and the next guard leaves it anew", async () => {
    await failed("version");
    const file = join(`${folder.baseline("version")}.new`, "review.yaml");
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace(/^format: \d+$/m, "format: 1"));
    await expect(opened("version")).rejects.toMatchObject({ code: "TEN-GUARD-027", found: 1 });
    await writeFile(file, text.replace("rejected: false", "rejected: true"));
    await expect(opened("version")).rejects.toMatchObject({
      code: "TEN-GUARD-021",
      place: { file },
      hint: expect.stringContaining("guard run"),
    });
    await folder.run(minimum("version", LEAST));
    expect(await readFile(file, "utf8")).toBe(text);
  });

  it("is refused where the baseline is another one by now, or of another scenario", async () => {
    await failed("late");
    await expect(opened("late", "other")).rejects.toMatchObject({ code: "TEN-GUARD-011" });
    const path = folder.baseline("late");
    const baseline = await readBaseline(path);
    if (baseline === null) throw new Error("no baseline");
    const { days, lines } = baseline.totals;
    await writeBaseline(path, { ...baseline, totals: { days, lines: lines.slice(1) } }, async () => undefined);
    await expect(opened("late")).rejects.toMatchObject({ code: "TEN-GUARD-013" });
  });
});

describe("stated decisions", () => {
  const groups = ["multiplier.rule", "others_weights"].map((cause) => ({
    cause,
    rule: "",
    changed: [],
    movedRao: 0n,
    share: 0,
    figures: { together: 0, positions: 0, gainers: 0, gainedRao: 0n, losers: 0, lostRao: 0n, othersRao: 0n, elsewhere: [] },
    lines: [],
    isRejected: false,
  }));
  const stated = (accept: readonly string[], reject: readonly string[] = []) =>
    Object.fromEntries(statedDecisions(groups, { accept, reject }));

  it("name causes, with or without what they are", () => {
    expect(stated(["cause:multiplier.rule"])).toEqual({ "multiplier.rule": "accept", others_weights: "skip" });
    expect(stated(["all"])).toEqual({ "multiplier.rule": "accept", others_weights: "accept" });
    expect(stated(["others_weights"], ["multiplier.rule"])).toEqual({ "multiplier.rule": "reject", others_weights: "accept" });
  });

  it("of what is not there are refused with the nearest", () => {
    expect(() => stated(["cause:multiplier.role"])).toThrow(
      expect.objectContaining({ code: "TEN-GUARD-014", hint: "Did you mean cause:multiplier.rule?" }),
    );
    expect(() => stated(["all"], ["others_weights"])).toThrow(expect.objectContaining({ code: "TEN-GUARD-015" }));
  });
});
