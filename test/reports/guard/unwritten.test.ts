import { mkdir, readdir, rename, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GuardReport, guardGithub, guardJson, guardJunit, guardText, isGuardFile, PLAIN_STYLE } from "../../../reports/index.js";
import { GuardedFolder, MADE } from "./guarded.js";
import { junitFaults } from "./junit-schema.js";

let folder: GuardedFolder;
/** Of a name so long that nothing can lie beside it. */
let baseline: string;
let failed: GuardReport;
const named = { ...MADE, name: "unwritten" };
const changed = { ...named, vesting: { max_multiplier: 2 } };
beforeAll(async () => {
  folder = await GuardedFolder.make();
  baseline = join(folder.path, "b".repeat(250));
  await folder.update(named);
  await rename(folder.baseline("unwritten"), baseline);
  failed = await folder.run(changed, { baseline });
});
afterAll(() => folder.remove());

describe("a failed guard that can leave nothing beside its baseline", () => {
  it("says what it found, and why nothing is left", async () => {
    expect(failed).toMatchObject({ ok: false, outcome: "differs", left: null, review: null });
    expect(failed.unwritten).toMatchObject({ code: "TEN-RESULT-011", file: `${baseline}.new` });
    expect(failed.groups.map(({ cause }) => cause)).toContain("multiplier.multiplier");
    expect(failed.lines.length).toBeGreaterThan(0);
    expect(await readdir(folder.path)).not.toContain(expect.stringMatching(/\.(new|partial)/));
  });

  it("does so in continuous integration, and where terms would be kept", async () => {
    for (const options of [{ isCi: true }, { terms: true }]) {
      const report = await folder.run(changed, { baseline, ...options });
      expect(report).toMatchObject({ ok: false, left: null, unwritten: { code: "TEN-RESULT-011" } });
      expect(report.lines).toEqual(failed.lines);
    }
  });

  it("tells it in every format, beside causes and movers", () => {
    const text = guardText(failed, PLAIN_STYLE);
    expect(text).toMatch(/^Failed: unwritten/);
    expect(text).toContain("cause:multiplier.multiplier");
    expect(text).toMatch(
      /warning +what was measured could not be left in .*\.new to be reviewed \(TEN-RESULT-011\): The .*could not be written: /,
    );
    expect(text).toContain("npx tenure explain ");
    expect(text).not.toContain("guard review");
    expect(guardJson(failed)).toMatchObject({ ok: false, left: null, review: null, unwritten: failed.unwritten });
    const github = guardGithub(failed);
    expect(github).toMatch(/^::error [^\n]*cause%3Amultiplier\.multiplier::/);
    expect(github).toMatch(/\n::warning file=made\.yaml,title=unwritten%3A TEN-RESULT-011::what was measured could not be left[^\n]*\n$/);
    const xml = guardJunit(failed);
    expect(junitFaults(xml)).toEqual([]);
    expect(xml).toMatch(/<failure [\s\S]*<system-err>warning: what was measured could not be left in [^<]*<\/system-err>/);
    for (const one of [text, github, xml]) expect(isGuardFile(one)).toBe(true);
  });
});

it("a guard that passes does so where it cannot remove what an earlier one left", async () => {
  const passed = await folder.run(named, { baseline });
  expect(passed).toMatchObject({ ok: true, outcome: "equal", unwritten: null });
  const warned: GuardReport = { ...passed, unwritten: { code: "TEN-RESULT-011", file: "b.new", reason: "a read-only file system" } };
  expect(guardText(warned, PLAIN_STYLE)).toContain("b.new, of an earlier guard, could not be removed (TEN-RESULT-011)");
  expect(guardGithub(warned)).toMatch(/^::notice [^\n]*\n::warning [^\n]*could not be removed[^\n]*\n$/);
  // A link that leads nowhere: a folder cannot be made there.
  const kept = join(folder.path, "kept");
  await rename(baseline, kept);
  await mkdir(join(folder.path, "gone"));
  await symlink(join(folder.path, "gone", "in", "circles"), `${kept}.new`);
  await symlink("circles", join(folder.path, "gone", "in"));
  await symlink("in", join(folder.path, "gone", "circles"));
  expect(await folder.run(changed, { baseline: kept })).toMatchObject({ outcome: "differs", left: null, unwritten: expect.anything() });
  await rm(`${kept}.new`);
  await rename(kept, baseline);
});
