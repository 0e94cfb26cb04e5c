import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommandLine } from "../../cli/command-line.js";
import { capturedTerminal, interruption } from "./captured-terminal.js";
import { HOSTILE, unprintablesIn, wellFormed } from "./unprintable.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenure-names-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a command as on a terminal with colours; nothing unprintable may be left once our own bold and dim are taken away. */
async function run(...args: string[]) {
  const terminal = capturedTerminal({ color: true });
  const code = await runCommandLine(args, terminal, interruption());
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the two styles that reports use
  const unstyled = (text: string) => text.replace(/\x1b\[(1|2|22)m/g, "");
  const [out, err] = [unstyled(terminal.out), unstyled(terminal.err)];
  expect(unprintablesIn(out + err)).toEqual([]);
  // A line that a name forged would begin with it.
  expect(out + err).not.toMatch(/^TEN-FORGED/m);
  return { code, out, err };
}

const hostileName = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "binary", maxLength: 4 })), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join(""));
/** As UTF-8 files can hold it. */
const inFile = hostileName.map(wellFormed);

const fileName = (name: string) => wellFormed(name.replaceAll(/[/\0]/g, "").slice(0, 20));

describe("a refusal names hostile", () => {
  it.each([...HOSTILE])("words of the command line: %j", async (word) => {
    for (const json of [[], ["--json"]]) {
      for (const args of [[word], ["run", word], ["run", "demo", `--${word}`], ["run", "demo", "--set", `${word}=1`], ["show", word]]) {
        expect((await run(...args, ...json)).code, JSON.stringify(args)).not.toBe(0);
      }
    }
  });

  it("keys, values and file names of a scenario", async () => {
    await fc.assert(
      fc.asyncProperty(inFile, inFile, async (key, value) => {
        const name = `${fileName(value)}.yaml`;
        await writeFile(join(folder, name), `name: ${JSON.stringify(value)}\n? ${JSON.stringify(key)}\n: ${JSON.stringify(value)}\n`);
        for (const json of [[], ["--json"]]) expect((await run("scenarios", "check", join(folder, name), ...json)).code).toBe(2);
      }),
      { numRuns: 40 },
    );
  });

  it("columns, values and names of a table", async () => {
    await fc.assert(
      fc.asyncProperty(inFile, async (name) => {
        const cell = `"${name.replaceAll('"', '""').replaceAll("\0", "")}"`;
        const file = join(folder, `${fileName(name)}.csv`);
        await writeFile(file, `time_ms,${cell},hotkey\n1,${cell},${cell}\n`);
        for (const json of [[], ["--json"]]) {
          const imported = await run("import", "table", file, "--kind", "emission", "--out", join(folder, "no"), ...json);
          expect(imported.code).toBe(2);
        }
      }),
      { numRuns: 20 },
    );
  });
});

it("a run, its reports and what to try next name hostile keys and scenarios", async () => {
  const START_MS = Date.UTC(2025, 0, 1);
  const keys = HOSTILE.filter((name) => wellFormed(name) === name && !name.includes("\0"));
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const rows = [1, 2, 3].flatMap((hour) =>
    keys.map((key, uid) => `${START_MS + hour * 3_600_000},${hour * 300},7,${quote(key)},${quote(`cold ${key}`)},${uid},miner,1000000000`),
  );
  const at = (name: string) => join(folder, name);
  const stranger = "a\x1b[2J\u202eb";
  await mkdir(at(stranger));
  await writeFile(at("emission.csv"), `time_ms,block,netuid,hotkey,coldkey,uid,role,amount_rao\n${rows.join("\n")}\n`);
  await writeFile(at("scenario.yaml"), "name: hostile\nstreams:\n  - recorded: emission\nemission: redistribute\n");
  const recording = join(at(stranger), "emission");
  const imported = await run(
    "import",
    "table",
    at("emission.csv"),
    "--kind",
    "emission",
    "--addresses",
    "any",
    "--coverage",
    "subnet",
    "--out",
    recording,
  );
  expect(imported).toMatchObject({ code: 0, err: "" });
  const dir = join(at(stranger), "run");
  const ran = await run("run", at("scenario.yaml"), "--data", at(stranger), "--out", dir);
  expect(ran.code).toBe(0);
  // The folder's name is typed in a way that bash reads as the folder.
  expect(ran.out).toContain("a\\x1b[2J\\xe2\\x80\\xaeb");
  for (const json of [[], ["--json"]]) {
    const shown = await run("show", dir, ...json);
    expect(shown.code).toBe(0);
    if (json.length === 0) expect(shown.out.split("\n").filter((line) => /^ *\d+ /.test(line))).toHaveLength(keys.length);
    for (const key of keys) {
      const one = await run("show", dir, "--hotkey", key, "--tranches", ...json);
      if (json.length === 0) expect(one.out).toMatch(/^hotkey {3}.*\(subnet 7, uid|several|TEN-/m);
    }
    expect((await run("verify", dir, "--data", at(stranger), ...json)).code).toBe(0);
  }
});
