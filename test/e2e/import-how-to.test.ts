import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ROOT, tenure, workFolder } from "./tenure.js";

/** A block that holds a file (its name stands behind the language), or one command. */
const BLOCK = /^```(?:\w+ (\S+))?\n([\s\S]*?)\n```$/gm;
const COMMAND = /^npx tenure (import table|import taostats) /;

let folder: Awaited<ReturnType<typeof workFolder>>;
beforeAll(async () => {
  folder = await workFolder();
});
afterAll(() => folder.remove());

/** What each command of the page makes of the files above it: rows and sum of each stream. */
const EXPECTED: Readonly<Record<string, unknown>> = {
  "recordings/miner": [
    { kind: "balances", rows: 3, positions: 1 },
    { kind: "stake", rows: 1, total_rao: "10000000000" },
  ],
  "recordings/stake": [{ kind: "stake", by_action: { added: { rows: 1, rao: "5000000000" }, removed: { rows: 1, rao: "1000000000" } } }],
  "recordings/rewards": [{ kind: "emission", rows: 2, total_rao: "1250000007", from_ms: Date.UTC(2025, 0, 5, 12, 38) }],
  "recordings/history": [{ kind: "stake", by_action: { added: { rows: 2, rao: "6500000000" }, removed: { rows: 1, rao: "6500000000" } } }],
  "recordings/ledger": [{ kind: "stake", by_action: { added: { rows: 1, rao: "5000000000" }, removed: { rows: 1, rao: "1000000000" } } }],
  // A row of the file is one of the score, and one of each column that has a value.
  "recordings/scores": [{ kind: "scores", rows: 5 }],
  "into recordings/stake": [{ kind: "balances", rows: 2, total_rao: "9000000012" }],
};

it("the commands of the page on importing give what their files hold", async () => {
  const page = await readFile(join(ROOT, "docs/how-to/import.md"), "utf8");
  const seen: string[] = [];
  for (const [, name, text = ""] of page.matchAll(BLOCK)) {
    if (name !== undefined) {
      const file = join(folder.path, name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, `${text}\n`);
    } else if (COMMAND.test(text)) {
      const [, , ...args] = text.split(" ");
      const { code, stdout, stderr } = await tenure([...args, "--json"], folder.path);
      expect([text, code, stderr]).toEqual([text, 0, ""]);
      const { sums, attributed_emission_rao: attributed } = JSON.parse(stdout);
      const made = `${args.at(-2) === "--into" ? "into " : ""}${args.at(-1)}`;
      expect(sums).toMatchObject(EXPECTED[made] as object[]);
      if (made === "recordings/miner") expect(attributed).toBe(12);
      seen.push(made);
    }
  }
  expect(seen.sort()).toEqual(Object.keys(EXPECTED).sort());
});
