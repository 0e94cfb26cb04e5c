import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readStudyRecord, type StudyRecord, studyChanges, writeStudyRecord } from "../../../../studies/tuning/folder/study-record.js";
import { forkedFolder, TuningDirectory } from "../../../../studies/tuning/folder/tuning-directory.js";
import { type StudyInput, studySchema } from "../../../../studies/tuning/plan/study-schema.js";
import { refusalOf, useTemporaryFolders } from "../../../recorders/temporary-folder.js";

const folder = useTemporaryFolders();

function record(input: Partial<StudyInput> = {}, more: Partial<StudyRecord> = {}): StudyRecord {
  const statement = studySchema.parse({ study: "mine", scenario: "demo", vary: { a: [1, 2] }, ...input });
  return {
    format: "tenure-tuning-study",
    version: 1,
    file: "mine.yaml",
    scenario: { name: "demo", opened: "demo", file: null, text: "name: demo\n", resolved: { vesting: { max_multiplier: 1.5 } } },
    // As it is after it was written and read.
    statement: JSON.parse(JSON.stringify(statement)),
    sets: [],
    scenario_seed: null,
    ...more,
  };
}

describe("what a folder is for", () => {
  it("is read as it was written", async () => {
    const dir = await folder();
    expect(await readStudyRecord(dir)).toBe(null);
    await writeStudyRecord(dir, record({ trials: 5 }));
    expect(await readStudyRecord(dir)).toEqual(record({ trials: 5 }));
    await writeFile(join(dir, "study.json"), "{}");
    expect(await refusalOf(() => readStudyRecord(dir))).toMatchObject({ code: "TEN-TUNE-110" });
  });

  it("is the same study, whatever it is described as and how much of it is run", () => {
    expect(studyChanges(record(), record({ trials: 7, description: "Another." }))).toEqual([]);
    expect(studyChanges(record(), record())).toEqual([]);
  });

  it.each<[Partial<StudyInput>, string]>([
    [{ vary: { a: [1, 3] } }, "vary.a: [1,2], now [1,3]"],
    [{ vary: { a: [1, 2], b: [1] } }, "vary.b: not stated, now [1]"],
    [{ replicates: 3 }, 'replicates: "1", now "3"'],
    [{ seed: 2 }, "seed: 1, now 2"],
    [{ objectives: ["pot_moved"] }, 'objectives: not stated, now ["pot_moved"]'],
    [{ sampler: "random" }, 'sampler: "grid", now "random"'],
    [{ constraints: ["a < 2"] }, 'constraints: [], now ["a < 2"]'],
  ])("is another one with %j", (input, change) => {
    expect(studyChanges(record(), record(input))).toEqual([change]);
  });

  it("is another one where the scenario's file was changed", () => {
    const scenario = { ...record().scenario, resolved: { vesting: { max_multiplier: 2 } } };
    expect(studyChanges(record(), record({}, { scenario }))).toEqual(["scenario file.vesting.max_multiplier: 1.5, now 2"]);
  });

  it("is the same in whatever order keys stand, and never changes against itself", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (resolved) => {
        const made = record({}, { scenario: { ...record().scenario, resolved } });
        expect(studyChanges(made, made)).toEqual([]);
        const turned = Object.fromEntries(Object.entries(resolved).reverse());
        expect(studyChanges(made, record({}, { scenario: { ...record().scenario, resolved: turned } }))).toEqual([]);
      }),
    );
  });
});

describe("the folder of a tuning", () => {
  const opened = async (path: string, use: Partial<Parameters<typeof TuningDirectory.open>[1]> = {}) => {
    const directory = await TuningDirectory.open(path, { record: record(), ...use });
    await directory.release();
    return directory;
  };

  it("is taken for the same study, by one process at a time", async () => {
    const dir = await folder();
    const out = join(dir, "out");
    const directory = await TuningDirectory.open(out, { record: record() });
    expect(await refusalOf(() => opened(out))).toMatchObject({ code: "TEN-TUNE-112" });
    await directory.release();
    await opened(out, { resume: true });
    await opened(out, { record: record({ trials: 3 }) });
  });

  it("is refused for another study, a changed one, something else, and for none where one is to go on", async () => {
    const dir = await folder();
    const out = join(dir, "out");
    expect(await refusalOf(() => opened(out, { resume: true }))).toMatchObject({ code: "TEN-TUNE-119" });
    await opened(out);
    // Nothing but the scenario as it stands was run: the study may be mended.
    await opened(out, { record: record({ seed: 3 }) });
    await opened(out);
    const entry = { task: "t", trial: 0, replicate: 0, set: {}, figures: {}, undecided: [], error: null };
    await writeFile(join(out, "trials.jsonl"), `{"format":"tenure-trials","version":1}\n${JSON.stringify(entry)}\n`);
    expect(await refusalOf(() => opened(out, { record: record({ study: "other" }) }))).toMatchObject({
      code: "TEN-TUNE-111",
      found: "mine of demo",
    });
    expect(await refusalOf(() => opened(out, { record: record({ seed: 2, replicates: 4 }) }))).toMatchObject({
      code: "TEN-TUNE-118",
      found: expect.stringMatching(/^replicates: "1", now "4" \(and 1 more: seed: 1, now 2\)$/),
    });
    await opened(out, { record: record({ seed: 2 }), force: true });
    await mkdir(join(out, "notes"));
    expect(await refusalOf(() => opened(out, { force: true }))).toMatchObject({ code: "TEN-TUNE-110", found: "notes" });
    await writeFile(join(dir, "file"), "");
    expect(await refusalOf(() => opened(join(dir, "file")))).toMatchObject({ code: "TEN-TUNE-110" });
    expect(await refusalOf(() => opened(join(dir, "file", "out")))).toMatchObject({ code: "TEN-TUNE-110" });
    expect(await refusalOf(() => opened(join(dir, "a\0b")))).toMatchObject({ code: "TEN-TUNE-113" });
  });

  it("of what a command line says may be asked for more", async () => {
    const out = join(await folder(), "out");
    await opened(out, { record: record({}, { file: null }) });
    await opened(out, { record: record({ vary: { a: [1, 2, 3] }, replicates: 9 }, { file: null }) });
  });

  it("is forked beside, with its trials, as often as one likes", async () => {
    const out = join(await folder(), "out");
    await opened(out);
    await writeFile(join(out, "trials.jsonl"), "lines");
    expect(await forkedFolder(out)).toBe(`${out}-2`);
    expect(await forkedFolder(out)).toBe(`${out}-3`);
  });
});
