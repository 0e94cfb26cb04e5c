import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT, tenure, workFolder } from "../e2e/tenure.js";

/** A block of the page: a file (its name stands behind the language), or commands, one a line. */
const BLOCK = /^```(?:\w+ (\S+))?\n([\s\S]*?)\n```$/gm;
/** An example is read at a glance. */
const MOST_LINES = 30;

let folder: Awaited<ReturnType<typeof workFolder>>;
const commands: { line: string; code: number | null; stdout: string; stderr: string }[] = [];
const saidBy = (line: string) => commands.find((one) => one.line.startsWith(line))?.stdout ?? "";

beforeAll(async () => {
  folder = await workFolder();
  const page = await readFile(join(ROOT, "docs/how-to/write-a-rule.md"), "utf8");
  for (const [, name, text = ""] of page.matchAll(BLOCK)) {
    if (name !== undefined) {
      if (name.endsWith(".ts")) expect(text.split("\n").length).toBeLessThanOrEqual(MOST_LINES);
      await writeFile(join(folder.path, name), `${text}\n`);
    } else {
      for (const line of text.split("\n")) {
        const [npx, program, ...args] = line.split(" ");
        expect([npx, program]).toEqual(["npx", "tenure"]);
        commands.push({ line: args.join(" "), ...(await tenure(args, folder.path)) });
      }
    }
  }
});
afterAll(() => folder.remove());

describe("the page on writing a rule", () => {
  it("has commands that do what it says", () => {
    expect(commands.map(({ line, code }) => [line, code])).toEqual(commands.map(({ line }) => [line, 0]));
    expect(commands).toHaveLength(13);
    expect(saidBy("scenarios check")).toBe("loyalty is a valid scenario.\n");
    expect(saidBy("verify runs/strong")).toContain("Confirmed.");
    expect(saidBy("verify runs/limit")).toContain("Confirmed.");
  });

  it("has a rule whose terms are shown, and which is tuned", async () => {
    expect(saidBy("show runs/loyalty")).toMatch(/Rule loyalty\n/);
    expect(saidBy("show runs/loyalty")).toMatch(/patience +[\d.]+ +1 - exp\(-held_days \/ patience_days\)/);
    const multiplierIn = async (run: string) => {
      const { stdout } = await tenure(["show", run, "--hotkey", "miner-007", "--json"], folder.path);
      const { holding, multiplier } = JSON.parse(stdout) as { multiplier: number; holding: { held_share: number; held_days: number } };
      return { multiplier, patience: holding.held_share * (1 - Math.exp(-holding.held_days / 20)) };
    };
    const weak = await multiplierIn("runs/loyalty");
    expect(weak.multiplier).toBeCloseTo(1 + 0.5 * weak.patience, 12);
    const strong = await multiplierIn("runs/strong");
    expect(strong.multiplier).toBeCloseTo(1 + 2 * strong.patience, 12);
  });

  it("has a score that miners are ranked by, whose terms are shown, and which is tuned", async () => {
    expect(saidBy("show runs/balanced")).toMatch(/steadiness +[\d.]+ +consistency \^ power/);
    for (const [run, power] of [
      ["runs/balanced", 1],
      ["runs/steady", 2],
    ] as const) {
      const { stdout } = await tenure(["show", run, "--hotkey", "desk-1", "--json"], folder.path);
      const { score, score_terms: terms, terms_note: note, rewards } = JSON.parse(stdout);
      expect([score.standing, note, rewards.score.formula]).toEqual([1, null, "balanced"]);
      expect(score.rank).toBeGreaterThan(0);
      expect(score.score).toBeGreaterThan(0);
      expect(score.score).toBeCloseTo(score.consistency ** power * (score.volume + score.frequency), 12);
      expect(terms.at(-1)).toMatchObject({ name: "score", value: score.score });
    }
    expect(saidBy("verify runs/steady")).toContain("Confirmed.");
  });

  it("has a stage that nobody's share is above", async () => {
    for (const [run, most] of [
      ["runs/limit", 0.07],
      ["runs/tight", 0.02],
    ] as const) {
      const { stdout } = await tenure(["show", run, "--hotkey", "miner-007", "--json"], folder.path);
      const [first, second] = (
        JSON.parse(stdout) as { stages: { name: string; variant: string | null; share_before: number; share_after: number }[] }
      ).stages;
      expect([first.name, first.variant, second.name]).toEqual(["multiplier", "loyalty", "limit"]);
      expect(second.share_after).toBe(Math.min(most, second.share_before));
    }
  });
});
