import { cp, lstat, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { processTag } from "../../../recorders/index.js";
import { namedFolder } from "../../../reports/guard/baseline/baseline-files.js";
import { readBaseline } from "../../../reports/guard/baseline/read-baseline.js";
import { writeTexts, writeWholeFolder } from "../../../reports/guard/baseline/whole-folder.js";
import { lineDifferences } from "../../../reports/guard/compare/line-difference.js";
import { parseTolerance } from "../../../reports/guard/compare/tolerance.js";
import { withTerms } from "../../../reports/guard/terms/parquet-terms.js";
import { deadTag } from "../../recorders/dead-tag.js";
import { GuardedFolder, MADE } from "./guarded.js";

let folder: GuardedFolder;
const named = (name: string) => ({ ...MADE, name });
beforeAll(async () => {
  folder = await GuardedFolder.make();
  await folder.update(named("first"), { terms: true });
});
afterAll(() => folder.remove());

async function bytes(path: string): Promise<Readonly<Record<string, string>>> {
  const names = (await readdir(path)).sort();
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, (await readFile(join(path, name))).toString("base64")])));
}

describe("a baseline", () => {
  it("has the same bytes when it is made again, terms included", async () => {
    const before = await bytes(folder.baseline("first"));
    expect(Object.keys(before)).toEqual(["approvals.yaml", "baseline.yaml", "scenario.yaml", "terms.parquet", "totals.tsv"]);
    await folder.update(named("first"));
    expect(await bytes(folder.baseline("first"))).toEqual(before);
  });

  it("has a row of terms for each who shares in each epoch, with the terms of the rule", async () => {
    await withTerms(join(folder.baseline("first"), "terms.parquet"), async (epochs, names) => {
      expect(names).toEqual(
        expect.arrayContaining(["holdings.received", "multiplier.duration_factor", "multiplier.answer", "weight.final", "pay.paid"]),
      );
      let count = 0;
      const paid = new Map<string, bigint>();
      for await (const { epoch, who, columns } of epochs) {
        count += 1;
        expect(epoch).toBe(count);
        expect(who).toHaveLength(6);
        for (const [at, { hotkey }] of who.entries()) {
          const [share, days] = ["holdings.held_share", "holdings.held_days"].map((id) => columns.get(id)?.[at] ?? Number.NaN);
          const factor = columns.get("multiplier.duration_factor")?.[at];
          if (columns.get("multiplier.minimum_stake")?.[at] === 1 && columns.get("holdings.received")?.[at] !== 0)
            expect(factor).toBe(Math.min(1, days / 30));
          expect(share).toBeGreaterThanOrEqual(0);
          paid.set(hotkey, (paid.get(hotkey) ?? 0n) + BigInt(columns.get("pay.paid")?.[at] ?? 0));
        }
      }
      expect(count).toBe(40);
      const { totals } = (await readBaseline(folder.baseline("first"))) ?? { totals: { lines: [] } };
      expect(paid).toEqual(new Map(totals.lines.map(({ hotkey, paidRao }) => [hotkey, paidRao])));
    });
  });

  it("that is none, of another format, or damaged is refused and stays", async () => {
    const other = join(folder.path, "other");
    await mkdir(other);
    await writeFile(join(other, "notes.txt"), "mine");
    const run = (baseline: string) => folder.run(named("first"), { baseline });
    await expect(run(other)).rejects.toMatchObject({ code: "TEN-GUARD-001" });
    await expect(folder.update(named("first"), { baseline: other })).rejects.toMatchObject({ code: "TEN-GUARD-001" });
    expect(await readdir(other)).toEqual(["notes.txt"]);
    await expect(run(join(other, "notes.txt"))).rejects.toMatchObject({ code: "TEN-GUARD-001" });
    const copy = join(folder.path, "copy");
    await cp(folder.baseline("first"), copy, { recursive: true });
    const about = await readFile(join(copy, "baseline.yaml"), "utf8");
    await writeFile(join(copy, "baseline.yaml"), about.replace("format: 1", "format: 2"));
    await expect(run(copy)).rejects.toMatchObject({ code: "TEN-GUARD-002" });
    await writeFile(join(copy, "baseline.yaml"), about.replace("inputs: []", "inputs: no"));
    await expect(run(copy)).rejects.toMatchObject({ code: "TEN-GUARD-004" });
    await writeFile(join(copy, "baseline.yaml"), about);
    await writeFile(join(copy, "approvals.yaml"), "approvals: [<<<<<<<");
    await expect(run(copy)).rejects.toMatchObject({ code: "TEN-GUARD-004" });
    await writeFile(join(copy, "approvals.yaml"), "approvals: []\n");
    expect((await run(copy)).ok).toBe(true);
    for (const name of ["totals.tsv", "scenario.yaml", "approvals.yaml"]) {
      const text = await readFile(join(copy, name));
      await rm(join(copy, name));
      await expect(run(copy)).rejects.toMatchObject({
        code: "TEN-GUARD-004",
        place: { file: join(copy, name) },
        found: "no such file",
        hint: expect.stringContaining("--update"),
      });
      await writeFile(join(copy, name), text);
    }
  });

  it("whose totals were edited or merged is refused, and replaced by an update of the same scenario alone", async () => {
    const edited = join(folder.path, "edited");
    await cp(folder.baseline("first"), edited, { recursive: true });
    const file = join(edited, "totals.tsv");
    const [text, about] = [await readFile(file, "utf8"), await readFile(join(edited, "baseline.yaml"), "utf8")];
    const rows = text.trimEnd().split("\n");
    const run = (toleranceText = "0") => folder.run(named("first"), { baseline: edited, toleranceText });
    const cells = rows[2].split("\t");
    const withCell = (at: number, value: string) => text.replace(rows[2], cells.with(at, value).join("\t"));
    await writeFile(file, withCell(4, "99999999999999999"));
    await expect(run("1")).rejects.toMatchObject({ code: "TEN-GUARD-021" });
    await writeFile(file, withCell(4, "0"));
    await expect(run()).rejects.toMatchObject({ code: "TEN-GUARD-003", place: { line: 3 } });
    await writeFile(file, withCell(5, "1.25"));
    await expect(run()).rejects.toMatchObject({ code: "TEN-GUARD-021" });
    await writeFile(file, `${rows.toSpliced(2, 1).join("\n")}\n`);
    await expect(run("5%")).rejects.toMatchObject({ code: "TEN-GUARD-021" });
    await writeFile(file, text.replaceAll("\n", "\r\n"));
    expect((await run()).ok).toBe(true);

    await writeFile(file, `<<<<<<< ours\n${text}`);
    const conflict = about.replace(/^totals_sha256: .*$/m, "<<<<<<< ours\n$&\n=======\ntotals_sha256: 00\n>>>>>>> theirs");
    await writeFile(join(edited, "baseline.yaml"), conflict);
    await expect(run()).rejects.toMatchObject({ code: "TEN-GUARD-004" });
    await expect(folder.update(named("second"), { baseline: edited })).rejects.toMatchObject({ code: "TEN-GUARD-004" });
    expect(await readFile(join(edited, "baseline.yaml"), "utf8")).toBe(conflict);
    const { warnings, outcome } = await folder.update(named("first"), { baseline: edited });
    expect({ outcome, warnings }).toEqual({
      outcome: "written",
      warnings: expect.arrayContaining([expect.stringContaining("TEN-GUARD-004")]),
    });
    expect(await bytes(edited)).toEqual(await bytes(folder.baseline("first")));
  });

  it("whose scenario was edited is refused, whatever it would pay, and replaced by an update", async () => {
    const edited = join(folder.path, "other-scenario");
    await cp(folder.baseline("first"), edited, { recursive: true });
    const file = join(edited, "scenario.yaml");
    const text = await readFile(file, "utf8");
    const run = () => folder.run(named("first"), { baseline: edited });
    await writeFile(file, `# A note.\r\n${text.replaceAll("\n", "\r\n")}`);
    expect((await run()).ok).toBe(true);
    const other = text.replace("max_multiplier: 1.5", "max_multiplier: 1.7");
    expect(other).not.toBe(text);
    await writeFile(file, other);
    await expect(run()).rejects.toMatchObject({ code: "TEN-GUARD-021", place: { file }, hint: expect.stringContaining("--update") });
    expect((await folder.update(named("first"), { baseline: edited })).warnings[0]).toContain("TEN-GUARD-021");
    expect(await bytes(edited)).toEqual(await bytes(folder.baseline("first")));
  });

  it("has a checksum of every file: who flips a byte of any is refused, comments and line ends aside", async () => {
    const copy = join(folder.path, "checked");
    await cp(folder.baseline("first"), copy, { recursive: true });
    const changed = { ...named("first"), vesting: { max_multiplier: 2 } };
    await folder.update(changed, { baseline: copy });
    const run = (options = {}) => folder.run(changed, { baseline: copy, ...options });
    const before = await bytes(copy);
    const restore = (name: string) => writeFile(join(copy, name), Buffer.from(before[name], "base64"));

    const terms = Buffer.from(before["terms.parquet"], "base64");
    for (const at of [0, terms.length >> 1, terms.length - 1]) {
      const flipped = Buffer.from(terms);
      flipped[at] ^= 1;
      await writeFile(join(copy, "terms.parquet"), flipped);
      await expect(run()).rejects.toMatchObject({ code: "TEN-GUARD-021", place: { file: join(copy, "terms.parquet") } });
    }
    const renewed = await run({ update: true });
    expect([renewed.outcome, renewed.warnings[0]]).toEqual(["written", expect.stringContaining("terms of the baseline")]);
    expect(await bytes(copy)).toEqual(before);

    const header = Buffer.from(before["baseline.yaml"], "base64").toString();
    await writeFile(
      join(copy, "baseline.yaml"),
      header.replace("ahead: []", 'ahead: [{ netuid: 7, kind: rest, hotkey: burn, coldkey: "" }]'),
    );
    await expect(run()).rejects.toMatchObject({ code: "TEN-GUARD-021", place: { file: join(copy, "baseline.yaml") } });
    await writeFile(join(copy, "baseline.yaml"), `# A note.\n${header}`.replaceAll("\n", "\r\n"));
    expect((await run()).ok).toBe(true);
    // One of before states none of the newer checksums.
    await writeFile(join(copy, "baseline.yaml"), header.replace(/^(approvals|terms|header)_sha256: .*\n/gm, ""));
    expect((await run()).ok).toBe(true);
    await restore("baseline.yaml");

    await rm(join(copy, "terms.parquet"));
    await expect(run()).rejects.toMatchObject({ code: "TEN-GUARD-004", place: { file: join(copy, "terms.parquet") } });
    expect((await run({ update: true })).outcome).toBe("written");
    expect(Object.keys(await bytes(copy))).not.toContain("terms.parquet");
    await restore("terms.parquet");
    await expect(run()).rejects.toMatchObject({ code: "TEN-GUARD-021", allowed: "no such file" });
    expect((await run({ update: true })).ok).toBe(true);
    expect(await bytes(copy)).toEqual(before);
  });

  it("whose approvals were edited is refused, and an update keeps them as they stand and compares all the same", async () => {
    const copy = join(folder.path, "approved");
    await cp(folder.baseline("first"), copy, { recursive: true });
    const vesting = (max_multiplier: number) => ({ ...named("first"), vesting: { max_multiplier } });
    await folder.update(vesting(2), { baseline: copy });
    const file = join(copy, "approvals.yaml");
    const text = await readFile(file, "utf8");
    await writeFile(file, `# Looked at.\r\n${text.replaceAll("\n", "\r\n")}`);
    expect((await folder.run(vesting(2), { baseline: copy })).ok).toBe(true);
    await writeFile(file, text.replace("by: somebody", "by: Alice"));
    const edited = folder.run(vesting(2), { baseline: copy });
    await expect(edited).rejects.toMatchObject({ code: "TEN-GUARD-021", place: { file }, hint: expect.stringContaining("--update") });
    const { warnings, outcome, groups } = await folder.update(vesting(3), { baseline: copy });
    expect([outcome, warnings[0]]).toEqual(["written", expect.stringContaining("approvals were edited")]);
    expect(groups.map(({ cause }) => cause)).toContain("multiplier.multiplier");
    const { approvals } = await folder.run(vesting(3), { baseline: copy });
    expect([approvals[0].by, approvals.at(-1)?.by]).toEqual(["Alice", "somebody"]);
  });

  it("whose header is lost is replaced by an update where nothing else lies there, and it is of no other scenario", async () => {
    const about = await readFile(join(folder.baseline("first"), "baseline.yaml"), "utf8");
    const lost = join(folder.path, "lost");
    const restore = () => cp(folder.baseline("first"), lost, { recursive: true });
    const update = (name: string) => folder.update(named(name), { baseline: lost });
    // Cut off within the name, too: it is not taken for a name.
    for (const left of ["", about.slice(0, about.indexOf("first") + 2), about.slice(0, about.length / 2), null]) {
      await restore();
      if (left === null) await rm(join(lost, "baseline.yaml"));
      else await writeFile(join(lost, "baseline.yaml"), left);
      await expect(folder.run(named("first"), { baseline: lost })).rejects.toMatchObject({ hint: expect.stringContaining("--update") });
      await expect(update("second")).rejects.toMatchObject({ code: left === null ? "TEN-GUARD-001" : "TEN-GUARD-004" });
      expect((await update("first")).outcome).toBe("written");
      expect(await bytes(lost)).toEqual(await bytes(folder.baseline("first")));
    }
    await writeFile(join(lost, "baseline.yaml"), "");
    await writeFile(join(lost, "notes.txt"), "mine");
    await expect(update("first")).rejects.toMatchObject({ code: "TEN-GUARD-004", hint: expect.stringContaining(`delete ${lost}`) });
    expect(await readFile(join(lost, "notes.txt"), "utf8")).toBe("mine");
  });

  it("that cannot be written says so without --out, also where it is a link that leads round in a circle", async () => {
    const round = join(folder.path, "round");
    await symlink("round", round);
    await expect(folder.update(named("first"), { baseline: round })).rejects.toMatchObject({ code: "TEN-GUARD-026" });
    const file = join(folder.path, "a-file");
    await writeFile(file, "mine");
    const under = folder.update(named("first"), { baseline: join(file, "baseline") });
    await expect(under).rejects.toMatchObject({ code: "TEN-RESULT-011", hint: expect.stringMatching(/another --baseline/) });
    await expect(under).rejects.toMatchObject({ hint: expect.not.stringContaining("--out") });
  });

  it("is compared beyond its days, too, whatever the tolerance", () => {
    const line = { netuid: 1, kind: "position" as const, hotkey: "a", coldkey: "b", multiplier: null, weight: null, terms: null };
    const totals = (paidRao: bigint) => ({ days: ["2025-01-01"], lines: [{ ...line, paidRao, byDay: [100n] }] });
    const off = (paidRao: bigint, text: string) => lineDifferences(totals(150n), totals(paidRao), parseTolerance(text) ?? undefined).length;
    expect([off(151n, "1"), off(152n, "1"), off(155n, "10%"), off(156n, "10%"), off(151n, "0")]).toEqual([0, 1, 0, 1, 1]);
  });

  it("is found by a path that ends in a slash or a point, and its rest lies beside it", async () => {
    const changed = { ...named("first"), vesting: { max_multiplier: 2 } };
    const path = folder.baseline("first");
    for (const baseline of [`${path}/`, `${path}/.`, join(path, "..", "first", "/")]) {
      expect((await folder.run(changed, { baseline })).left).toBe(`${path}.new`);
    }
    expect(namedFolder(".")).toBe(process.cwd());
    expect(namedFolder("baselines/g//")).toBe(join("baselines", "g"));
    expect(await readdir(path)).not.toContain(".new");
    await rm(`${path}.new`, { recursive: true });
  });

  it("that is linked to is written where it is, and the link stays", async () => {
    const [real, link] = [join(folder.path, "real"), join(folder.path, "link")];
    await cp(folder.baseline("first"), real, { recursive: true });
    await symlink("real", link);
    await folder.update({ ...named("first"), vesting: { max_multiplier: 2 } }, { baseline: link });
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    expect(await readFile(join(real, "approvals.yaml"), "utf8")).toContain("max_multiplier");
    expect(await readdir(folder.path)).not.toContain(expect.stringContaining(".partial-"));
  });

  it("loses what a killed process had not finished of it at the next run", async () => {
    const path = folder.baseline("first");
    const left = [`${path}.partial-${deadTag()}`, `${path}.new.partial-${deadTag()}`];
    for (const one of left) await mkdir(one);
    expect((await folder.run(named("first"))).ok).toBe(true);
    expect((await readdir(join(path, ".."))).filter((name) => name.includes(".partial-"))).toEqual([]);
  });

  it("of another scenario is refused, and a missing one", async () => {
    await expect(folder.run(named("second"), { baseline: folder.baseline("first") })).rejects.toMatchObject({ code: "TEN-GUARD-009" });
    await expect(folder.run(named("second"))).rejects.toMatchObject({ code: "TEN-GUARD-008" });
    const expectations = [{ text: "miners = 6", figure: "miners", comparison: "=" as const, value: 6, unit: "" }];
    expect((await folder.run(named("second"), { expectations })).outcome).toBe("not_compared");
    const missing = { expectations, baseline: folder.baseline("second") };
    await expect(folder.run(named("second"), missing)).rejects.toMatchObject({ code: "TEN-GUARD-008" });
  });

  it("is never written by continuous integration", async () => {
    const before = await bytes(folder.baseline("first"));
    await expect(folder.update(named("first"), { isCi: true })).rejects.toMatchObject({ code: "TEN-GUARD-010" });
    const changed = { ...named("first"), vesting: { max_multiplier: 2 } };
    expect((await folder.run(changed, { isCi: true })).left).toBe(`${folder.baseline("first")}.new`);
    expect(await bytes(folder.baseline("first"))).toEqual(before);
  });

  it("passes within a tolerance and fails beyond it", async () => {
    const changed = { ...named("first"), vesting: { max_multiplier: 1.5001 } };
    expect((await folder.run(changed)).ok).toBe(false);
    expect((await folder.run(changed, { toleranceText: "1%" })).ok).toBe(true);
    expect((await folder.run(changed, { toleranceText: "0.000001%" })).ok).toBe(false);
  });
});

describe("a folder that is replaced", () => {
  const texts = (text: string) =>
    new Map([
      ["a.txt", text],
      ["b.txt", text],
    ]);
  const write = (path: string, text: string) => writeWholeFolder(path, (draft) => writeTexts(draft, texts(text)));
  const content = async (path: string) => Promise.all((await readdir(path)).sort().map((name) => readFile(join(path, name), "utf8")));
  const beside = async (path: string) => (await readdir(join(path, ".."))).filter((name) => name.startsWith("whole"));

  it("is the old one or the new one wherever its writer is killed", async () => {
    const path = join(folder.path, "whole");
    await write(path, "old");
    const tag = deadTag();
    // Killed while the new one was made.
    await mkdir(`${path}.partial-${tag}`);
    await writeFile(join(`${path}.partial-${tag}`, "a.txt"), "new");
    expect(await content(path)).toEqual(["old", "old"]);
    // Killed between the two renames.
    await rename(path, `${path}.replaced-${tag}`);
    expect(await readBaseline(path).catch(({ code }) => code)).toBe("TEN-GUARD-001");
    expect(await content(path)).toEqual(["old", "old"]);
    // Killed before the old one was removed.
    await cp(path, `${path}.replaced-${tag}`, { recursive: true });
    await write(path, "new");
    expect(await content(path)).toEqual(["new", "new"]);
    expect(await beside(path)).toEqual(["whole"]);
  });

  it("stays where the new one cannot be made", async () => {
    const path = join(folder.path, "whole");
    await write(path, "old");
    const failing = writeWholeFolder(path, async (draft) => {
      await writeTexts(draft, texts("new"));
      throw new Error("no more");
    });
    await expect(failing).rejects.toThrow("no more");
    expect(await content(path)).toEqual(["old", "old"]);
    expect(await beside(path)).toEqual(["whole"]);
  });

  it("is not touched while another process replaces it", async () => {
    const path = join(folder.path, "whole");
    await rename(path, `${path}.replaced-${processTag()}`);
    await expect(write(path, "mine")).rejects.toMatchObject({ code: "TEN-GUARD-005" });
  });
});
