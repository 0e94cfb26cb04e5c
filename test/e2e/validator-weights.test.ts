import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ended, workFolder } from "./tenure.js";
import { tenureHere } from "./tenure-here.js";

const START = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;
/** By validator: stake in alpha, and weights of m1, m2 and m3. */
const SET = { v1: [3, 1, 1, 2], v2: [2, 1, 1, 0], v3: [2, 3, 1, 0] } as const;
const LAST_EPOCH = 8;

/** Three miners and a validator are paid every hour. */
function emission(): string {
  const paid = { m1: 6, m2: 3, m3: 1 };
  const rows = Array.from({ length: LAST_EPOCH }, (_, epoch) =>
    Object.entries(paid).map(([key, alpha]) => `${START + (epoch + 1) * HOUR},1,${key},c-${key},miner,${alpha * 1e9}`),
  );
  return ["time_ms,netuid,hotkey,coldkey,role,amount_rao", ...rows.flat(), ""].join("\n");
}

/** After the second epoch all set weights; after the fifth v1 gives all to m1, half of it to one who is not there. */
function weights(): string {
  const rows = Object.entries(SET).flatMap(([validator, [stake, ...given]]) =>
    given.map((weight, miner) => `${START + 2 * HOUR + 1000},1,${validator},m${miner + 1},${weight},${stake * 1e9}`),
  );
  const later = ["m1", "mx"].map((miner) => `${START + 5 * HOUR + 1000},1,v1,${miner},1,3000000000`);
  return ["time_ms,netuid,validator,hotkey,weight,stake_rao", ...rows, ...later, ""].join("\n");
}

const SCENARIO = `name: set
time: { start: 2026-01-01T00:00:00Z }
streams: [{ recorded: paid, coverage: subnet }, { recorded: set }]
weights: { from: yuma }
emission: redistribute
vesting: { max_multiplier: 1 }
record: { every_epochs: 1 }
`;

describe("a recorded subnet whose base weights come of what validators set", () => {
  let folder: Awaited<ReturnType<typeof workFolder>>;
  const run = (...args: string[]): Promise<Ended> => tenureHere(["run", "set.yaml", "--data", ".", "--force", ...args], folder.path);
  const importTable = (file: string, kind: string, out: string): Promise<Ended> =>
    tenureHere(["import", "table", file, "--kind", kind, "--out", out, "--addresses", "any"], folder.path);
  beforeAll(async () => {
    folder = await workFolder();
    await writeFile(join(folder.path, "paid.csv"), emission());
    await writeFile(join(folder.path, "set.csv"), weights());
    await writeFile(join(folder.path, "set.yaml"), SCENARIO);
    expect((await importTable("paid.csv", "emission", "paid")).code).toBe(0);
    expect((await importTable("set.csv", "validator_weights", "set")).code).toBe(0);
  });
  afterAll(() => folder.remove());

  it("pays by incentive, the latest set of each validator, and nothing where nobody has set anything", async () => {
    const { code, stdout } = await run("--out", "out");
    expect(code).toBe(0);
    const said = stdout.replace(/\s+/g, " ");
    expect(said).toContain("In 2 of 8 epochs no weight that validators set had the support of kappa");
    expect(said).toContain("Validators gave weight to 1 hotkey (mx) that had no seat on the subnet then: that weight is left out.");
    expect(said).toContain("unallocated (given to nobody) 20.0000 alpha");
    const asked = await tenureHere(
      ["sql", "out", "SELECT epoch, hotkey, base_weight FROM weights_view WHERE hotkey <> '' ORDER BY epoch, hotkey", "--json"],
      folder.path,
    );
    const { rows } = JSON.parse(asked.stdout) as { rows: { epoch: number; hotkey: string; base_weight: number }[] };
    const baseOf = (epoch: number) => rows.filter((row) => row.epoch === epoch && /^m\d$/.test(row.hotkey)).map((row) => row.base_weight);
    expect(baseOf(2)).toEqual([0, 0, 0]);
    // 3.5 of 7 alpha are needed. m1 has 1/2 of v2 and v3, m2 1/4 of all but v2, m3 1/2 of v1 alone; of the sum 3/4: 2/3 and 1/3.
    const before = [3 / 4 + 2 / 2 + 2 * (2 / 3), 3 / 4 + 2 / 3 + 2 / 4];
    const after = [3 * (3 / 4) + 2 / 2 + 2 * (3 / 4), 2 / 4 + 2 / 4];
    for (const [epoch, ranks] of [
      [3, before],
      [8, after],
    ] as const) {
      const sum = ranks[0] + ranks[1];
      const found = baseOf(epoch);
      for (const [k, wanted] of [ranks[0] / sum, ranks[1] / sum, 0].entries()) expect(Math.abs(found[k] - wanted)).toBeLessThan(2e-5);
    }
    expect((await tenureHere(["verify", "out", "--data", "."], folder.path)).code).toBe(0);
  });

  it("is refused where no stream says what they set, and a weight below 0 with its row", async () => {
    const none = await run("--set", "streams=[{ recorded: paid, coverage: subnet }]");
    expect(none.code).toBe(2);
    expect(none.stderr).toContain("Nobody sets weights that base weights could be made of");
    await writeFile(join(folder.path, "bad.csv"), weights().replace("v2,m1,1,", "v2,m1,-1,"));
    const bad = await importTable("bad.csv", "validator_weights", "bad");
    expect(bad.code).toBe(2);
    expect(bad.stderr).toMatch(/bad\.csv, row \d+, weight/);
  });
});
