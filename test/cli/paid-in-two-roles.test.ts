import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { workFolder } from "../e2e/tenure.js";
import { runInProcess } from "./run-in-process.js";

const HOUR_MS = 3_600_000;
const ALPHA = 1_000_000_000;
const ORDERS = ["miner-first", "validator-first"] as const;
let folder: Awaited<ReturnType<typeof workFolder>>;
const dir = (name: string) => join(folder.path, name);

async function answer(...args: string[]): Promise<string> {
  const { code, out, err } = await runInProcess([...args, "--quiet"]);
  expect({ code, err }).toMatchObject({ code: 0 });
  return out;
}
const json = async (...args: string[]) => JSON.parse(await answer(...args, "--json"));

/** Four miners, of whom the first is paid 5 alpha an hour and the others 1; it is also paid 2 as a validator. */
async function record(order: (typeof ORDERS)[number]): Promise<void> {
  const lines = ["time_ms,netuid,hotkey,coldkey,uid,role,amount_rao"];
  for (let hour = 1; hour <= 10; hour++) {
    const line = (who: number, role: string, alpha: number) =>
      `${Date.UTC(2025, 0, 1) + hour * HOUR_MS},5,m${who},c${who},${who},${role},${alpha * ALPHA}`;
    const own = [line(0, "miner", 5), line(0, "validator", 2)];
    lines.push(...(order === "miner-first" ? own : own.reverse()), line(1, "miner", 1), line(2, "miner", 1), line(3, "miner", 1));
  }
  await writeFile(dir(`${order}.csv`), `${lines.join("\n")}\n`);
  await answer("import", "table", dir(`${order}.csv`), "--kind", "emission", "--addresses", "any", "--out", dir(`recordings/${order}`));
  const scenario = { name: "roles", streams: [{ recorded: order, coverage: "subnet" }], subnet: { netuid: 5 }, emission: "redistribute" };
  await writeFile(dir(`${order}.yaml`), JSON.stringify(scenario));
  for (const [run, ...sets] of [[order], [`${order}-few`, "--set", "record.tables=[positions,epochs]"]])
    await answer("run", dir(`${order}.yaml`), "--data", dir("recordings"), "--out", dir(run as string), ...sets);
}

beforeAll(async () => {
  folder = await workFolder();
  for (const order of ORDERS) await record(order);
});
afterAll(() => folder.remove());

// 5, 1, 1 and 1: sum |x - y| over all pairs / (2 n^2 mean) = (2 * 3 * 4) / (2 * 16 * 2).
const GINI = 0.375;

describe.each(ORDERS.flatMap((order) => [order, `${order}-few`]))("a miner that is paid as a validator, too: %s", (name) => {
  it("is one of four miners, with what it is paid as a miner, in every answer", async () => {
    const [subnet] = await json("show", dir(name));
    const paid = subnet.miners.map(({ pay }: { pay: { paid_rao: string } }) => Number(pay.paid_rao) / ALPHA);
    expect(paid).toEqual([50, 10, 10, 10]);
    const [{ position }] = subnet.miners;
    expect([position.role, Number(position.at_end.paid_rao) / ALPHA]).toEqual(["miner", 70]);

    const concentration = (await answer("sql", dir(name), "--query", "concentration", "--csv")).trim().split("\n").slice(1);
    expect(concentration).toHaveLength(2);
    for (const line of concentration) expect(line.split(",").slice(2, 6).map(Number)).toEqual([4, GINI, (25 + 3) / 64, 5 / 8]);
    const lines = (await answer("sql", dir(name), "--query", "winners-and-losers", "--csv")).trim().split("\n").slice(1);
    expect(lines.map((line) => Number(line.split(",")[3])).sort((a, b) => b - a)).toEqual([50, 10, 10, 10]);

    const { inequality } = await json("report", dir(name));
    expect(inequality[0].before).toMatchObject({ members: 4, top10_share: 1 });
    expect(inequality[0].before.gini).toBeCloseTo(GINI, 12);
  });
});

it("a comparison of both orders of rows has the same four miners with the same pay", async () => {
  const compared = await json("compare", dir("miner-first"), dir("validator-first-few"));
  expect(compared).toMatchObject({ miners: 4, only_in_a: [], only_in_b: [], winners: [], losers: [], pay_moved: 0 });
  expect(compared.subnets).toEqual([{ netuid: 5, a_rao: `${80 * ALPHA}`, b_rao: `${80 * ALPHA}`, moved: 0 }]);
});

it("the table is there for who was paid in several roles alone, whatever is recorded", async () => {
  const sql = "SELECT role, sum(paid_alpha) AS alpha FROM role_pay_view GROUP BY role ORDER BY role";
  expect((await answer("sql", dir("validator-first-few"), sql, "--csv")).trim().split("\n").slice(1)).toEqual([
    "miner,50.000000000",
    "validator,20.000000000",
  ]);
  await answer("run", "demo", "--set", "time.days=2", "--out", dir("demo"));
  expect((await runInProcess(["sql", dir("demo"), sql])).err).toContain("TEN-SQL-003");
});
