import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { paidKeyText } from "../../../reports/guard/baseline/paid-line.js";
import { causeGroups } from "../../../reports/guard/cause/cause-groups.js";
import type { LineDifference } from "../../../reports/guard/compare/line-difference.js";
import { gainWords } from "../../../reports/guard/formats/cause-words.js";
import { type GuardReport, guardGithub, guardJson, guardJunit, guardText, PLAIN_STYLE } from "../../../reports/index.js";
import { GuardedFolder, MADE, type Settings } from "./guarded.js";

let folder: GuardedFolder;
let gateAlone: GuardReport;
let burnAlone: GuardReport;
let both: GuardReport;
const GATE = "stage.gate.factor";
const BURN = "stage.burn.share";
const gated = (at_least: number, share: number): Settings => ({
  ...MADE,
  name: "figures",
  stages: [{ gate: { at_least } }, { burn: { share } }],
});
beforeAll(async () => {
  folder = await GuardedFolder.make();
  await folder.update(gated(20, 0.3));
  gateAlone = await folder.run(gated(60, 0.3));
  burnAlone = await folder.run(gated(20, 0.1));
  both = await folder.run(gated(60, 0.1));
});
afterAll(() => folder.remove());

const groupOf = (report: GuardReport, cause: string) => {
  const group = report.groups.find((one) => one.cause === cause);
  if (group === undefined) throw new Error(`no ${cause}`);
  return group;
};
/** What everybody gets more in a guard of one change alone, by hotkey; where pay goes elsewhere in brackets. */
const changesIn = ({ lines }: GuardReport) =>
  new Map(lines.map(({ kind, hotkey, changeRao }) => [kind === "rest" ? `(${hotkey})` : hotkey, changeRao]));

describe("figures of a cause", () => {
  it("of two changes are those of a guard of each change alone", () => {
    for (const [cause, alone] of [
      [GATE, gateAlone],
      [BURN, burnAlone],
    ] as const) {
      const { figures } = groupOf(both, cause);
      const changes = changesIn(alone);
      expect(figures.together).toBe(0);
      expect(figures.lines.length).toBeGreaterThan(0);
      for (const { kind, hotkey, changeRao } of figures.lines) {
        expect([hotkey, changeRao]).toEqual([hotkey, changes.get(kind === "rest" ? `(${hotkey})` : hotkey)]);
      }
    }
    // They are not those of both together.
    const { figures, lines } = groupOf(both, BURN);
    const together = new Map(lines.map(({ hotkey, changeRao }) => [hotkey, changeRao]));
    expect(figures.lines.some(({ hotkey, changeRao }) => together.get(hotkey) !== changeRao)).toBe(true);
  });

  it("balance: what its positions gain, lose and others get is what goes nowhere else any more", () => {
    for (const cause of [GATE, BURN]) {
      const { gainedRao, lostRao, othersRao, lines } = groupOf(both, cause).figures;
      const elsewhere = lines.filter(({ kind }) => kind === "rest").reduce((sum, { changeRao }) => sum + changeRao, 0n);
      expect(gainedRao - lostRao + othersRao + elsewhere).toBe(0n);
    }
    const { gainedRao, lostRao } = groupOf(both, BURN).figures;
    expect([gainedRao > 0n, lostRao]).toEqual([true, 0n]);
    expect(groupOf(both, GATE).figures.lostRao).toBeGreaterThan(0n);
  });

  it("are told with their direction in each format", () => {
    const { gainedRao, lines } = groupOf(both, BURN).figures;
    const words = /by itself 4 gain [\d,.]+ alpha, 0 lose 0\.0+: net \+[\d,.]+; burn -[\d,.]+/;
    for (const text of [guardText(both, PLAIN_STYLE).replace(/\s+/g, " "), guardGithub(both), guardJunit(both)])
      expect(text).toMatch(words);
    const json = guardJson(both).causes.find(({ cause }) => cause === `cause:${BURN}`);
    expect(json).toMatchObject({ by_itself: true, gained_rao: gainedRao, lost_rao: 0n });
    expect(json?.moves.map(({ hotkey, change_rao }) => [hotkey, change_rao])).toEqual(
      lines.map(({ hotkey, changeRao }) => [hotkey, changeRao]),
    );
  });

  it("say so where they are of all changes together", async () => {
    // More than are run one at a time.
    const gates = (more: number): Settings => ({
      ...MADE,
      name: "many",
      stages: [...Array(9).keys()].map((at) => ({ gate: { at_least: 10 + 3 * at + more } })),
    });
    await folder.update(gates(0));
    const report = await folder.run(gates(30));
    expect(report.trace?.each).toEqual([]);
    expect(report.groups.map(({ figures }) => figures.together)).toEqual(report.groups.map(({ lines }) => lines.length));
    expect(guardText(report, PLAIN_STYLE)).toMatch(/by all changes together \d+ gains? /);
  });
});

describe("a line that none of several changes moves by itself", () => {
  const line = (hotkey: string, changeRao: bigint): LineDifference => ({
    ...{ netuid: 1, kind: "position", hotkey, coldkey: "" },
    ...{ expected: null, got: null, expectedRao: 100n, gotRao: 100n + changeRao, changeRao },
    ...{ movedRao: changeRao < 0n ? -changeRao : changeRao, firstDay: "2025-01-01", parts: ["pay"] },
  });
  const parting = (hotkey: string) => ({
    ...{ netuid: 1, kind: "position" as const, hotkey, coldkey: "", cause: "stage.gate.factor", rule: "gate" },
    ...{ epoch: 1, endMs: 1, before: 1, after: 0 },
  });
  const partings = (...hotkeys: readonly string[]) => new Map(hotkeys.map((hotkey) => [paidKeyText(parting(hotkey)), parting(hotkey)]));
  const [first, second] = ["stages.gate.at_least", "stages.gate.below"].map((path) => [{ path, a: 0, b: 1 }]);

  it("counts in the group of its cause with what all do together, among all whom it moves", () => {
    // By all changes together anna loses 7 and ben 5; the first by itself takes 4 of anna, the second nothing.
    const lines = [line("anna", -7n), line("ben", -5n)];
    const [group, ...more] = causeGroups(
      lines,
      {
        ...{ by: "parameters", changed: [...first, ...second], inputs: [], event: null, same: new Set<string>(), notes: [] },
        partings: partings("anna", "ben"),
        each: [
          { changed: first, partings: partings("anna"), lines: [line("anna", -4n)] },
          { changed: second, partings: new Map(), lines: [] },
        ],
      },
      200n,
    );
    expect(more).toEqual([]);
    expect(group.lines.map(({ hotkey }) => hotkey)).toEqual(["anna", "ben"]);
    expect(group.figures.lines.map(({ hotkey, changeRao, isOwn }) => [hotkey, changeRao, isOwn])).toEqual([
      ["anna", -4n, true],
      ["ben", -5n, false],
    ]);
    expect(group.figures).toMatchObject({ together: 1, positions: 2, gainers: 0, losers: 2, lostRao: 9n });
    expect(group).toMatchObject({ movedRao: 9n, share: 0.045 });
    expect(gainWords(group)).toMatch(/^by itself, and 1 by all changes together, 0 gain 0\.0000 alpha, 2 lose /);
  });
});
