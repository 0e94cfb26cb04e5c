import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TenureError } from "../../engine/index.js";
import { loadScenario, ScenarioErrors } from "../../scenarios/index.js";
import { MOST_CHARACTERS, MOST_ENTRIES, MOST_LEVELS } from "../../scenarios/reading/yaml-bounds.js";
import { readYaml } from "../../scenarios/reading/yaml-text.js";
import { parse, places, RECORDED, refusals } from "./scenario-text.js";

describe("keys that stand twice", () => {
  it("are found at their second place, in any mapping, as what they are read as", () => {
    expect(places("name: a\nname: b\n")).toEqual(["TEN-SCENARIO-003 2:1 undefined"]);
    expect(places("a: { b: 1, 'b': 2 }\nc: [{ d: 1, d: 2 }]\n")).toEqual([
      "TEN-SCENARIO-003 1:12 undefined",
      "TEN-SCENARIO-003 2:13 undefined",
    ]);
    expect(refusals("name: a\nname: b\n")[0]).toMatchObject({ found: "name", allowed: "each key once" });
  });

  it("are looked for once, not again in each alias", () => {
    expect(places("a: &x { b: 1, b: 2 }\nc: *x\nd: *x\n")).toHaveLength(1);
  });
});

describe("aliases", () => {
  it("stand for what they name, the latest of the name above them", () => {
    expect(readYaml("a: &x 1\nb: *x\nc: &x [2]\nd: *x\n", "f", true).value).toEqual({ a: 1, b: 1, c: [2], d: [2] });
  });

  it("inside what they repeat are refused at their place", () => {
    expect(places("name: a\nstreams: &s\n  - { recorded: a, kinds: *s }\n")).toEqual(["TEN-SCENARIO-018 3:27 undefined"]);
    expect(places("&top a: &x [*x]\n")).toEqual(["TEN-SCENARIO-018 1:13 undefined"]);
    expect(places("a: &x { b: &y { c: *x } }\n")).toEqual(["TEN-SCENARIO-018 1:20 undefined"]);
  });

  it("of nothing are refused at their place", () => {
    expect(places("name: *nobody\n")).toEqual(["TEN-SCENARIO-002 1:7 undefined"]);
  });

  it("that multiply are refused where they grow too large", () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) =>
        `a${i}: &a${i} [${
          i === 0
            ? "1,1,1,1,1,1,1,1,1,1"
            : Array(10)
                .fill(`*a${i - 1}`)
                .join(",")
        }]`,
    );
    const [refusal, ...rest] = refusals(`${levels.join("\n")}\n`);
    expect(rest).toEqual([]);
    expect(refusal).toMatchObject({ code: "TEN-SCENARIO-016", place: { line: 5 } });
  });
});

describe("a text of a size that no scenario has", () => {
  it("is refused by its length before it is read", () => {
    expect(refusals(`# ${"x".repeat(MOST_CHARACTERS)}`)).toMatchObject([{ code: "TEN-SCENARIO-015", found: MOST_CHARACTERS + 2 }]);
    expect(readYaml(`# ${"x".repeat(MOST_CHARACTERS - 2)}`, "f", true).errors).toEqual([]);
  });

  it("is refused at the entry that is one too many, however it is written", () => {
    const flow = readYaml(`[${"1,".repeat(MOST_ENTRIES)}1,1]`, "f", true);
    expect(flow.errors).toMatchObject([{ code: "TEN-SCENARIO-016", place: { line: 1, column: 2 + 2 * MOST_ENTRIES + 1 } }]);
    const block = readYaml(`${"- a\n".repeat(MOST_ENTRIES + 1)}`, "f", true);
    expect(block.errors).toMatchObject([{ code: "TEN-SCENARIO-016", place: { line: MOST_ENTRIES + 1, column: 1 } }]);
    expect(readYaml("- a\n".repeat(MOST_ENTRIES), "f", true).errors).toEqual([]);
  });

  it.each([
    ["brackets", (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`],
    ["braces", (levels: number) => `${"{a: ".repeat(levels)}1${"}".repeat(levels)}`],
    ["dashes", (levels: number) => `${"- ".repeat(levels)}a\n`],
    ["question marks", (levels: number) => `${"? ".repeat(levels)}a\n`],
    [
      "indentation",
      (levels: number) =>
        Array.from({ length: levels }, (_, i) => `${" ".repeat(i)}a:\n`)
          .join("")
          .concat(`${" ".repeat(levels)}1`),
    ],
  ])("is refused where %s nest too deep", (_, nested) => {
    expect(readYaml(nested(MOST_LEVELS), "f", true).errors).toEqual([]);
    for (const levels of [MOST_LEVELS + 1, 700]) {
      expect(readYaml(nested(levels), "f", true).errors).toMatchObject([{ code: "TEN-SCENARIO-017", allowed: "at most 64 levels" }]);
    }
  });

  it("does not tell strings that look like structure from what they are", () => {
    expect(readYaml(`a: "${"[".repeat(1_000)}"\nb: |\n  ${"- ".repeat(1_000)}\n`, "f", true).errors).toEqual([]);
  });
});

describe("a long list of refusals", () => {
  const keys = 10_000;
  const text = `${RECORDED}${Array.from({ length: keys }, (_, i) => `key_${i}: ${i}\n`).join("")}`;

  it("has each of them with its line, and shows the first 20", () => {
    const errors = refusals(text);
    expect(errors).toHaveLength(keys);
    expect(errors[0]).toMatchObject({ code: "TEN-SCENARIO-004", place: { line: 3, column: 1 } });
    expect(errors.at(-1)).toMatchObject({ place: { line: keys + 2 }, found: `key_${keys - 1}` });
    try {
      parse(text);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ScenarioErrors);
      const lines = (error as Error).message.split("\n");
      expect(lines).toHaveLength(21);
      expect(lines.at(-1)).toBe(`and ${keys - 20} more.`);
    }
  });
});

describe("a scenario that is no regular file", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "tenure-bounds-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const refusal = (path: string): TenureError => {
    try {
      loadScenario(path);
    } catch (error) {
      if (error instanceof TenureError) return error;
      throw error;
    }
    throw new Error("nothing was refused");
  };

  it.runIf(process.platform !== "win32")("is refused at once: a pipe into which nobody writes, a device without end", () => {
    const pipe = join(folder, "pipe.yaml");
    execFileSync("mkfifo", [pipe]);
    expect(refusal(pipe)).toMatchObject({ code: "TEN-SCENARIO-014", place: { file: pipe }, found: "a pipe" });
    expect(refusal("/dev/zero")).toMatchObject({ code: "TEN-SCENARIO-014", found: "a device" });
    expect(refusal("/dev/null")).toMatchObject({ code: "TEN-SCENARIO-014", found: "a device" });
  });

  it("is refused as a folder, or for its size", () => {
    expect(refusal(folder)).toMatchObject({ code: "TEN-SCENARIO-001" });
    expect(refusal(folder).what).toContain("folder");
    const large = join(folder, "large.yaml");
    writeFileSync(large, `# ${"x".repeat(MOST_CHARACTERS)}`);
    expect(refusal(large)).toMatchObject({ code: "TEN-SCENARIO-015", place: { file: large }, found: MOST_CHARACTERS + 2 });
  });
});
