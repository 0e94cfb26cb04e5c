import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ended, workFolder } from "./tenure.js";
import { tenureHere } from "./tenure-here.js";

describe("base weights by Yuma", () => {
  let folder: Awaited<ReturnType<typeof workFolder>>;
  const run = (...args: string[]): Promise<Ended> =>
    tenureHere(["run", "yuma3", "--set", "time.days=3", "--no-duckdb", "--force", ...args], folder.path);
  beforeAll(async () => {
    folder = await workFolder();
  });
  afterAll(() => folder.remove());

  async function dividends(...args: string[]): Promise<Record<string, number>> {
    const { code, stdout, stderr } = await run("--json", "--quiet", ...args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const { validators } = JSON.parse(stdout).closed_loop.subnets[0];
    return Object.fromEntries(validators.map((one: { group: string; dividend_share: number }) => [one.group, one.dividend_share]));
  }

  it("end with what each kind of validator earns by its bonds", async () => {
    const { code, stdout } = await run();
    expect(code).toBe(0);
    const table = stdout.slice(stdout.indexOf("What validators rated"));
    expect(table).toMatch(/^group .* clipped +dividends$/m);
    expect(table).toMatch(/^diligent +honest +4 +28\.57 % .* \d+\.\d\d %$/m);
  });

  it("pay careful validators more than hasty ones of the same stake under yuma2, and by weights as set the chain's are near those of yuma3", async () => {
    const second = await dividends("--set", "weights.version=yuma2");
    expect(second.diligent).toBeGreaterThan(second.hasty * 1.1);
    const third = await dividends();
    const chain = await dividends("--set", "weights={ from: chain_yuma, bonds_penalty_u16: 0 }");
    for (const [group, share] of Object.entries(third)) expect(Math.abs(chain[group] - share)).toBeLessThan(0.02);
    expect(Object.values(third).reduce((all, one) => all + one, 0)).toBeCloseTo(1, 4);
    expect(chain).not.toEqual(third);
  });

  it("warn of epochs in which nothing had support, and give their pot to nobody", async () => {
    // Who rates nobody before its epoch 10000 has stake that all are needed with.
    const silent = ["--set", "weights.kappa=1", "--set", "closed_loop.validators.0.behaviour={ kind: stale, lag_epochs: 10000 }"];
    const { code, stdout } = await run(...silent);
    expect(code).toBe(0);
    expect(stdout.replace(/\s+/g, " ")).toContain("In 60 of 60 epochs of subnet 33 no weight that validators set had the support of kappa");
    expect(stdout).toMatch(/unallocated \(given to nobody\) [\d,.]+ alpha/);
  });

  it("are refused where nobody sets weights, or kappa is stated twice, with the place", async () => {
    const none = await tenureHere(["run", "demo", "--set", "weights={ from: yuma }"], folder.path);
    expect(none).toMatchObject({ code: 2, stdout: "" });
    expect(none.stderr).toContain("Nobody sets weights that base weights could be made of.");
    const twice = await run("--set", "closed_loop.consensus={ kappa: 0.4 }");
    expect(twice.code).toBe(2);
    expect(twice.stderr).toContain("closed_loop.consensus");
    const swapped = await run("--set", "weights.liquid_alpha={ alpha_low: 0.9, alpha_high: 0.2 }");
    expect(swapped.code).toBe(2);
    expect(swapped.stderr).toContain("at most alpha_high, 0.2");
  });
});
