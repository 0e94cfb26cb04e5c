import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ended, workFolder } from "./tenure.js";
import { tenureHere } from "./tenure-here.js";

const SHORT = ["--set", "time.days=3", "--set", "closed_loop.miners.0.count=28", "--no-duckdb"];
const MAJORITY = ["--set", "closed_loop.validators.3.stake=9000"];

describe("validators who collude with miners", () => {
  let folder: Awaited<ReturnType<typeof workFolder>>;
  const run = (...args: string[]): Promise<Ended> => tenureHere(["run", "colluding-validators", ...SHORT, "--force", ...args], folder.path);
  beforeAll(async () => {
    folder = await workFolder();
  });
  afterAll(() => folder.remove());

  it("are in the end of a run: their stake, how far they are off, and what of their weight did not count", async () => {
    const { code, stdout } = await run();
    expect(code).toBe(0);
    const table = stdout.slice(stdout.indexOf("What validators rated"), stdout.indexOf("What strategies would make of ring"));
    expect(table).toMatch(/^hold +cartel +colluder +4 +40\.00 % +\d+\.\d\d % +\d+\.\d\d %$/m);
    expect(table).toMatch(/^collude boost=10 share=0 +diligent +honest +5 +52\.50 %/m);
  });

  it("take with a majority what a minority cannot, in figures that --json has, too", async () => {
    const gain = async (...args: string[]) => {
      const { closed_loop } = JSON.parse((await run("--json", "--quiet", ...args)).stdout);
      const profits = closed_loop.subnets.map(
        ({ strategies }: { strategies: { group: string; profit_tao: number }[] }) =>
          strategies.find(({ group }) => group === "ring")?.profit_tao ?? 0,
      );
      const cartel = closed_loop.subnets.at(-1).validators.find(({ group }: { group: string }) => group === "cartel");
      return { ratio: profits.at(-1) / profits[0], cartel };
    };
    const minority = await gain();
    const majority = await gain(...MAJORITY);
    expect(minority.cartel).toMatchObject({ behaviour: "colluder", validators: 4, stake_rao: "16000000000000", stake_share: 0.4 });
    expect(minority.cartel.clipped_share).toBeGreaterThan(0.5);
    expect(majority.cartel).toMatchObject({ stake_share: 0.6 });
    expect(majority.cartel.clipped_share).toBeLessThan(0.2);
    expect(minority.ratio).toBeLessThan(2);
    expect(majority.ratio).toBeGreaterThan(5);
  });

  it("are what base weights come from, in the explanation of a miner's pay", async () => {
    const recorded = [
      "--set",
      "record.tables=all",
      "--set",
      "record.every_epochs=20",
      "--set",
      "closed_loop.alternatives=null",
      "--out",
      "explained",
    ];
    expect((await run("--quiet", ...recorded)).code).toBe(0);
    const { stdout } = await tenureHere(["show", "explained", "--hotkey", "ring-1"], folder.path);
    expect(stdout).toMatch(/base_weight +[\d.]+ +what validators agree that the work is worth, before the multiplier/);
    const shown = JSON.parse((await tenureHere(["show", "explained", "--json"], folder.path)).stdout);
    expect(shown[0].before_rule).toBe("consensus");
  });

  it("are refused where nobody can collude, with the place", async () => {
    const { code, stderr, stdout } = await run("--set", "closed_loop.validators.3.behaviour=honest");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("There are no such validators to collude with.");
    expect(stderr).toContain("closed_loop.alternatives.strategies.1");
  });
});
