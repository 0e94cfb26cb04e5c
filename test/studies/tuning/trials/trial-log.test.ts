import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isTrialLog, readTrials, type TrialEntry, TrialLog } from "../../../../studies/tuning/trials/trial-log.js";

const entry = (task: string, value: number | null): TrialEntry => ({
  task,
  trial: 0,
  replicate: 0,
  set: { "vesting.max_multiplier": 2, word: "filo" },
  figures: value === null ? null : { pot_moved: value },
  spans: [{ pot_moved: 0.5 }, {}],
  undecided: [],
  warnings: [],
  error: value === null ? { code: "TEN-LOOP-107", what: "too large" } : null,
});

describe("the log of trials", () => {
  let folder: string;
  const at = (name: string) => join(folder, name);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "trial-log-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const written = async (name: string) => {
    const log = await TrialLog.open(at(name));
    await log.add(entry("one", 0.1));
    await log.add(entry("two", null));
    await log.add(entry("three", 1 / 3));
    await log.close();
    return readFile(at(name), "utf8");
  };

  it("has what was added, to the last bit, whatever moment it was cut off at", async () => {
    const text = await written("log");
    const lines = text.split("\n").length - 1;
    expect(lines).toBe(4);
    for (let length = text.length; length >= 0; length--) {
      await writeFile(at("cut"), text);
      await truncate(at("cut"), length);
      const log = await TrialLog.open(at("cut"));
      const whole = text.slice(0, length).split("\n").length - 2;
      const tasks = ["one", "two", "three"].slice(0, Math.max(0, whole));
      expect([...log.entries.keys()]).toEqual(tasks);
      for (const task of tasks)
        expect(log.entries.get(task)).toEqual(entry(task, { one: 0.1, two: null, three: 1 / 3 }[task] as number | null));
      // What follows is as if nothing had happened.
      for (const task of ["one", "two", "three"].slice(tasks.length))
        await log.add(entry(task, { one: 0.1, two: null, three: 1 / 3 }[task] as number | null));
      await log.close();
      expect(await readFile(at("cut"), "utf8")).toBe(text);
    }
  });

  it("brings what is added together to the disk together, and whole lines alone count", async () => {
    const log = await TrialLog.open(at("together"));
    await log.add(entry("one", 0.1), entry("two", 0.2));
    await log.add();
    await log.close();
    const text = await readFile(at("together"), "utf8");
    expect(text.split("\n")).toHaveLength(4);
    await writeFile(at("together"), text.slice(0, -1));
    expect([...(await readTrials(at("together"))).keys()]).toEqual(["one"]);
    // Reading changes nothing.
    expect(await readFile(at("together"), "utf8")).toBe(text.slice(0, -1));
  });

  it("takes the later of two lines of one task, and lines without spans", async () => {
    const log = await TrialLog.open(at("twice"));
    await log.add(entry("one", 0.1), entry("one", 0.3));
    await log.close();
    const { spans: _, ...old } = entry("two", 0.2);
    await appendFile(at("twice"), `${JSON.stringify(old)}\n`);
    const entries = await readTrials(at("twice"));
    expect(entries.get("one")).toEqual(entry("one", 0.3));
    expect(entries.get("two")).toEqual({ ...old, spans: [] });
  });

  it("is there for whoever reads where nobody wrote yet, and empty", async () => {
    expect((await readTrials(at("nowhere"))).size).toBe(0);
  });

  it.each([
    ["nothing", "", true],
    ["a part of the first line", '{"format":"tenure-tri', true],
    ["the first line and more", '{"format":"tenure-trials","version":1}\n{"task"', true],
    ["a later version", '{"format":"tenure-trials","version":2}\n', false],
    ["something else", "hello", false],
  ])("is told by its beginning: %s", (_, text, is) => {
    expect(isTrialLog(text)).toBe(is);
  });

  it("is refused where a line is none of its own, with its number", async () => {
    await written("strange");
    await appendFile(at("strange"), '{"task":"four"}\n');
    await expect(TrialLog.open(at("strange"))).rejects.toMatchObject({ code: "TEN-TUNE-107", place: { line: 5 } });
    await writeFile(at("other"), "hello\n");
    await expect(TrialLog.open(at("other"))).rejects.toMatchObject({ code: "TEN-TUNE-107", place: { line: 1 } });
  });
});
