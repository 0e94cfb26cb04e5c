import { DOMParser } from "linkedom";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatJson } from "../../../cli/json.js";
import { legible } from "../../../cli/printable.js";
import { TenureError } from "../../../engine/index.js";
import {
  type GuardReport,
  guardGithub,
  guardJson,
  guardJunit,
  guardText,
  isGuardFile,
  PLAIN_STYLE,
  parseExpectation,
  refusedGithub,
  refusedJunit,
} from "../../../reports/index.js";
import { GuardedFolder, MADE, type Settings } from "./guarded.js";
import { junitFaults } from "./junit-schema.js";

let folder: GuardedFolder;
let passed: GuardReport;
let failed: GuardReport;
/** The same, of miners whose names a terminal, a page and a workflow could take for their own. */
let hostile: GuardReport;
const HOSTILE = '<b>"&\u001b[31m]]>\n::error::x%\u0000';
beforeAll(async () => {
  folder = await GuardedFolder.make();
  const expectations = ["pot_moved < 90 %", "gini_after < 0.0001"].map((text) => parseExpectation(text)).filter((one) => one !== null);
  const settings = { ...MADE, name: "formats" };
  await folder.update(settings);
  passed = await folder.run(settings);
  failed = await folder.run({ ...settings, vesting: { minimum_stake: 60 } }, { expectations });
  hostile = {
    ...failed,
    groups: failed.groups.map((group) => ({
      ...group,
      first: group.first === null ? null : { ...group.first, hotkey: HOSTILE },
      lines: group.lines.map((line) => ({ ...line, hotkey: HOSTILE })),
    })),
    lines: failed.lines.map((line) => ({ ...line, hotkey: HOSTILE })),
  };
});
afterAll(() => folder.remove());

describe("as text", () => {
  it("says that pay is as it was, or who moves most, by which cause, and what explains it", () => {
    expect(guardText(passed, PLAIN_STYLE)).toMatch(/^Passed: formats pays what the baseline says\n/);
    const text = guardText(failed, PLAIN_STYLE);
    for (const words of [
      "Failed: formats",
      "cause:multiplier.minimum_stake",
      "vesting.minimum_stake 0.3 -> 60",
      "first event",
      "from epoch",
    ]) {
      expect(text).toContain(words);
    }
    const [most] = [...failed.lines].sort((a, b) => Number(b.movedRao - a.movedRao));
    expect(text).toContain(`${most.changeRao > 0n ? "+" : ""}${most.changeRao}`);
    expect(text).toContain("npx tenure guard review made.yaml");
    expect(text).toMatch(new RegExp(`npx tenure explain runs/formats-guard --hotkey ${most.hotkey} --epoch \\d+`));
    expect(text).toContain("not met  gini_after < 0.0001");
  });

  it("shows what its lines are sorted by", () => {
    const moved = [3_000_000_000n, 1_000_000_000n, 2_000_000_000n];
    const lines = failed.lines.filter(({ kind }) => kind === "position").slice(0, 3);
    const text = guardText({ ...failed, lines: lines.map((line, at) => ({ ...line, changeRao: 0n, movedRao: moved[at] })) }, PLAIN_STYLE);
    const [head, ...rows] = text.slice(text.indexOf("Who moves most, in alpha")).split("\n").slice(1, 5);
    const ends = head.indexOf("moved over days") + "moved over days".length;
    expect(rows.map((row) => row.slice(0, ends).split(/ +/).at(-1))).toEqual(["3", "2", "1"]);
    expect(rows.map((row) => row.split(" ")[0])).toEqual([0, 2, 1].map((at) => lines[at].hotkey));
  });

  it("tells a stated value as it is stated, and values that differ in their last digits with all", () => {
    const [group] = failed.groups;
    const first = group.first ?? expect.fail("it has a first position");
    const toldOf = (values: Partial<typeof first>) =>
      guardText({ ...failed, groups: [{ ...group, first: { ...first, ...values } }] }, PLAIN_STYLE);
    expect(toldOf({ before: 1 - 0.7, after: 0.35, isCommon: true })).toMatch(/: it was 0\.3, is 0\.35\n/);
    expect(toldOf({ before: 0.1 + 0.2, after: 0.3 })).toContain(`${first.hotkey} had 0.30000000000000004, has 0.3`);
    expect(toldOf({ before: 9007199254740991, after: null })).toContain("had 9007199254740991, has none");
  });

  it("escapes names", () => {
    const text = guardText(hostile, { ...PLAIN_STYLE, legible });
    expect(text).not.toContain("\u001b");
    expect(text).toContain("\\x1b");
  });
});

describe("as JUnit XML", () => {
  function parsed(report: GuardReport) {
    const xml = guardJunit(report);
    expect(junitFaults(xml)).toEqual([]);
    const document = new DOMParser().parseFromString(xml, "text/xml");
    return { document, cases: [...document.querySelectorAll("testcase")], failures: [...document.querySelectorAll("failure")] };
  }

  it("has a case a cause and an expectation, counted", () => {
    const { document, cases, failures } = parsed(failed);
    // The parser leaves entities of attributes as they are.
    expect(cases.map((one) => one.getAttribute("name")?.replaceAll("&lt;", "<"))).toEqual([
      ...failed.groups.map(({ cause }) => `cause:${cause}`),
      "pot_moved < 90 %",
      "gini_after < 0.0001",
    ]);
    expect(failures).toHaveLength(failed.groups.length + 1);
    for (const name of ["testsuites", "testsuite"]) {
      const suite = document.querySelector(name);
      expect([suite?.getAttribute("tests"), suite?.getAttribute("failures")]).toEqual([String(cases.length), String(failures.length)]);
    }
    expect(failures[0].textContent).toContain("Failed: formats");
  });

  it("has one that passes where all is as it was", () => {
    const { cases, failures } = parsed(passed);
    expect([cases.length, failures.length]).toEqual([1, 0]);
  });

  it("holds any name", () => {
    const text = parsed(hostile).failures[0].textContent ?? "";
    expect(text).toContain('<b>"&\\u001b[31m]]>');
    // The table takes it for no colour, which it would end.
    expect(text.replaceAll("\\u001b[31m", "")).not.toContain("\\u001b");
  });
});

/** A refusal whose words a page and a workflow could take for their own. */
const REFUSALS = [
  new TenureError({
    code: "TEN-TEST-001",
    what: "It is, too high: 100%.",
    place: { file: "made.yaml", line: 3, column: 5, path: "vesting.target" },
    found: HOSTILE,
    allowed: "above 0, at most 1",
    hint: "Try 0.9.",
  }),
  new TenureError({ code: "TEN-TEST-002", what: "Another.", place: { file: "baselines/made" } }),
];

describe("a refusal", () => {
  it("is a case in error as JUnit XML", () => {
    const xml = refusedJunit("made.yaml", REFUSALS);
    expect(junitFaults(xml)).toEqual([]);
    const document = new DOMParser().parseFromString(xml, "text/xml");
    expect([...document.querySelectorAll("testcase")]).toHaveLength(1);
    const [error, ...others] = document.querySelectorAll("error");
    expect(others).toEqual([]);
    expect([error.getAttribute("type"), error.getAttribute("message")]).toEqual(["TEN-TEST-001", "It is, too high: 100%."]);
    for (const words of ["made.yaml:3:5", "above 0, at most 1", "Try 0.9.", "TEN-TEST-002", "baselines/made"]) {
      expect(error.textContent).toContain(words);
    }
    expect(document.querySelector("testsuite")?.getAttribute("errors")).toBe("1");
  });

  it("is an annotation each of GitHub, on its line where it has one", () => {
    const [first, second, ...others] = refusedGithub("made.yaml", REFUSALS).trimEnd().split("\n");
    expect(others).toEqual([]);
    expect(first).toMatch(
      /^::error file=made\.yaml,line=3,col=5,title=made\.yaml%3A TEN-TEST-001::It is, too high: 100%25\.%0Aplace: .*vesting\.target%0Afound: /,
    );
    expect(second).toBe("::error file=made.yaml,title=made.yaml%3A TEN-TEST-002::Another.%0Aplace: baselines/made");
    expect(refusedGithub("demo", REFUSALS.slice(1))).toMatch(/^::error title=demo%3A TEN-TEST-002::/);
  });
});

it("stage lists that changed are told in words", async () => {
  const before: Settings = { ...MADE, name: "listed", stages: [{ burn: { share: 0.1 } }] };
  await folder.update(before);
  const report = await folder.run({ ...before, stages: [{ burn: { share: 0.1 } }, { gate: { by: "stake", at_least: 60 } }] });
  for (const text of [guardGithub(report), guardText(report, PLAIN_STYLE), guardJunit(report)]) {
    expect(text).toMatch(/stages\.1\.gate \(came\) none -(>|&gt;) by stake, at_least 60/);
    expect(text).not.toContain('{"');
  }
});

it("is known for what a guard wrote by its beginning, in each format, and nothing else is", () => {
  for (const report of [passed, failed, hostile]) {
    const texts = [guardText(report, PLAIN_STYLE), guardGithub(report), guardJunit(report), formatJson(guardJson(report))];
    expect(texts.map(isGuardFile)).toEqual([true, true, true, true]);
  }
  expect([refusedJunit("demo", REFUSALS), refusedGithub("demo", REFUSALS)].map(isGuardFile)).toEqual([true, true]);
  for (const text of ["", "Failed: a test of mine\n", '{"ok": true}', "<?xml version='1.0'?>\n<testsuites name='mine'/>", "name: demo\n"]) {
    expect(isGuardFile(text)).toBe(false);
  }
});

describe("as annotations of GitHub", () => {
  it("are one command a line, each with file and title", () => {
    const lines = guardGithub(failed).trimEnd().split("\n");
    expect(lines).toHaveLength(failed.groups.length + 1);
    for (const line of lines) expect(line).toMatch(/^::error file=made\.yaml,title=[^:,\n]+::[^\n]+$/);
    expect(lines[0]).toContain("title=formats%3A cause%3Amultiplier.minimum_stake::");
    expect(guardGithub(passed)).toMatch(/^::notice file=made\.yaml,title=formats%3A passed::.*\n$/);
  });

  it("let no name begin a command of its own", () => {
    const lines = guardGithub(hostile).trimEnd().split("\n");
    expect(lines).toHaveLength(failed.groups.length + 1);
    expect(lines[0]).toContain("%0A::error::x%25");
  });
});

it("as JSON has every line with its cause, and amounts that are exact", () => {
  const json = guardJson(failed);
  expect(json).toMatchObject({ ok: false, outcome: "differs", traced_by: "parameters", differing: failed.lines.length });
  expect(json.movers).toHaveLength(failed.lines.length);
  expect(json.movers.map(({ causes }) => causes)).toEqual(
    json.movers.map(({ hotkey }) => json.causes.filter(({ hotkeys }) => hotkeys.includes(hotkey)).map(({ cause }) => cause)),
  );
  const moved = json.movers.map(({ moved_rao }) => moved_rao);
  expect(moved).toEqual([...moved].sort((a, b) => (a < b ? 1 : a > b ? -1 : 0)));
  expect(json.causes.flatMap(({ hotkeys }) => hotkeys).sort()).toEqual(failed.lines.map(({ hotkey }) => hotkey).sort());
  expect(json.movers.every(({ expected_rao, got_rao, change_rao }) => got_rao - expected_rao === change_rao)).toBe(true);
});
