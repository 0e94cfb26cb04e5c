import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OpenRun, openRun } from "../../../recorders/index.js";
import { followRunEvidence } from "../../../reports/findings/evidence/run-evidence.js";
import { findingsOf, runFindings } from "../../../reports/findings/run-findings.js";
import { drawBands } from "../../../reports/html/band-chart.js";
import { pageHtml } from "../../../reports/html/page.js";
import { STAGE_EFFECTS } from "../../../reports/queries/stage-effects.js";
import { TablePasses } from "../../../reports/reading/table-passes.js";
import { quantileBands } from "../../../reports/run-page/quantile-bands.js";
import { runPage } from "../../../reports/run-page/run-page.js";
import { type RunPageData, readRunPageData } from "../../../reports/run-page/run-page-data.js";
import type { TimeGrid } from "../../../reports/run-page/time-grid.js";
import { runInProcess } from "../../cli/run-in-process.js";
import { workFolder } from "../../e2e/tenure.js";

let folder: Awaited<ReturnType<typeof workFolder>>;
const pages = new Map<string, RunPageData>();

const THINNED = [...["time.days=6", "streams.0.miners=8", "streams.0.coldkeys=8"].flatMap((one) => ["--set", one]), "--set"];

/** Runs with all that a page shows between them: recorded pay, stages, an index subnet. */
const RUNS: Readonly<Record<string, readonly string[]>> = {
  demo: ["demo", "--set", "time.days=12", "--set", "streams.0.miners=16", "--set", "streams.0.coldkeys=8"],
  stages: [
    "burn-and-rank",
    "--set",
    "time.days=6",
    "--set",
    "record.tables=[positions,epochs,holdings,weights,rewards,agents,pools,stage_weights,residuals]",
    "--set",
    "record.every_epochs=1",
    "--set",
    "record.stage_weights=every",
  ],
  index: ["tao20-crash", "--set", "time.days=3"],
  // Every 5th and every 20th epoch, the last of which is not one of them.
  fifth: ["demo", ...THINNED, "record.every_epochs=5"],
  twentieth: ["demo", ...THINNED, "record.every_epochs=20"],
};

beforeAll(async () => {
  folder = await workFolder();
  for (const [name, [scenario = "", ...args]] of Object.entries(RUNS)) {
    const dir = join(folder.path, name);
    expect(await runInProcess(["run", scenario, ...args, "--out", dir, "--quiet"])).toMatchObject({ code: 0 });
    pages.set(name, await readRunPageData(await openRun(dir), name));
  }
  await validatorRun();
});
afterAll(() => folder.remove());

/** A recorded position that earns as a validator, and no miner. */
async function validatorRun(): Promise<void> {
  const rows = Array.from(
    { length: 48 },
    (_, hour) => `${Date.UTC(2025, 0, 1) + (hour + 1) * 3_600_000},${(hour + 1) * 300},7,val,cold,validator,1000000000`,
  );
  await writeFile(join(folder.path, "own.csv"), `time_ms,block,netuid,hotkey,coldkey,role,amount_rao\n${rows.join("\n")}\n`);
  const scenario = { name: "own", streams: [{ recorded: "own", role: "validator" }], emission: "replay", record: { tables: "all" } };
  await writeFile(join(folder.path, "own.yaml"), JSON.stringify(scenario));
  const source = ["import", "table", join(folder.path, "own.csv"), "--kind", "emission", "--addresses", "any", "--quiet"];
  expect(await runInProcess([...source, "--out", join(folder.path, "recordings/own")])).toMatchObject({ code: 0 });
  const run = ["run", join(folder.path, "own.yaml"), "--data", join(folder.path, "recordings"), "--out", join(folder.path, "validator")];
  expect(await runInProcess([...run, "--quiet"])).toMatchObject({ code: 0 });
  pages.set("validator", await readRunPageData(await openRun(join(folder.path, "validator")), "validator"));
}

const dataOf = (name: string): RunPageData => pages.get(name) as RunPageData;

/** Rows of a query on the results of a run: the other way to every number. */
async function ask(name: string, query: string): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(join(folder.path, name, "results.duckdb"), { access_mode: "READ_ONLY" });
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(query)).getRowObjectsJson() as Record<string, unknown>[];
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const numbers = (rows: readonly Record<string, unknown>[], column: string) => rows.map((row) => Number(row[column]));

function expectClose(found: readonly (number | null)[], wanted: readonly number[], digits = 9): void {
  expect(wanted.length).toBeGreaterThan(0);
  expect(found).toHaveLength(wanted.length);
  found.forEach((value, at) => {
    expect(value).toBeCloseTo(wanted[at] as number, digits);
  });
}

describe("the numbers of a page are those of SQL", () => {
  it.each([
    ["multiplier", "weights", "shadow_multiplier"],
    ["held_share", "holdings", "held_share"],
    ["held_days", "holdings", "held_days"],
  ] as const)("%s: the bands", async (name, table, column) => {
    const bands = dataOf("demo").holding[0]?.[name];
    const quantiles = [0, 0.25, 0.5, 0.75, 1].map((share, at) => `quantile_cont(t.${column}, ${share}) AS q${at}`).join(", ");
    const rows = await ask(
      "demo",
      `SELECT epoch_ms(e.end_ms::TIMESTAMP) AS at, count(*) AS n, ${quantiles} FROM ${table} t JOIN positions p USING (position) JOIN epochs e USING (netuid, epoch) WHERE p.role = 'miner' GROUP BY e.end_ms ORDER BY e.end_ms`,
    );
    expectClose(bands?.times_ms ?? [], numbers(rows, "at"));
    expectClose(bands?.counts ?? [], numbers(rows, "n"));
    const found = [bands?.lowest, bands?.lower, bands?.median, bands?.upper, bands?.highest];
    found.forEach((values, at) => {
      expectClose(values ?? [], numbers(rows, `q${at}`));
    });
  });

  it("inequality: the Gini of the summary, before and under the rule", () => {
    for (const name of ["demo", "stages"]) {
      const { inequality, summary } = dataOf(name);
      expect(inequality).toHaveLength(1);
      expect(inequality[0]?.source).toBe("weights");
      expect(inequality[0]?.before.gini).toBeCloseTo(summary.metrics?.subnets[0]?.gini_before ?? Number.NaN, 9);
      expect(inequality[0]?.under?.gini).toBeCloseTo(summary.metrics?.subnets[0]?.gini_after ?? Number.NaN, 9);
    }
  });

  it("what is held by age, and what left by reason", async () => {
    const { age_pyramid: pyramid, withdrawals } = dataOf("demo");
    const held = await ask(
      "demo",
      "SELECT source, sum(remaining_rao) AS rao, count(*) AS n FROM tranches WHERE state = 'held' GROUP BY source ORDER BY source",
    );
    const sum = (values: readonly number[] = []) => values.reduce((all, one) => all + one, 0);
    const [manual, emission] = held;
    expect(sum(pyramid?.emission_rao)).toBe(Number(emission?.rao));
    expect(sum(pyramid?.manual_rao)).toBe(Number(manual?.rao));
    expect(sum(pyramid?.tranches)).toBe(Number(emission?.n) + Number(manual?.n));
    const young = await ask("demo", "SELECT count(*) AS n FROM tranches WHERE state = 'held' AND closed_ms - entry_ms < INTERVAL 1 DAY");
    expect(pyramid?.tranches[0]).toBe(Number(young[0]?.n));
    const left = await ask("demo", "SELECT reason, sum(amount_rao) AS rao FROM exits GROUP BY reason ORDER BY reason");
    expect(withdrawals?.reasons.map(({ reason, amount_rao }) => [reason, sum(amount_rao)])).toEqual(
      left.map(({ reason, rao }) => [reason, Number(rao)]),
    );
  });

  it("what each stage moves, and what goes to no miner", async () => {
    const { stage_moves: moves, rests } = dataOf("stages");
    const rows = await ask(
      "stages",
      "SELECT stage, avg(moved) AS mean FROM (SELECT stage, epoch, (sum(abs(share_after - share_before)) + abs(sum(share_after - share_before))) / 2 AS moved FROM stage_weights GROUP BY ALL) GROUP BY stage ORDER BY stage",
    );
    // The burn has no rows: it keeps three tenths of every pot, and shares in the table are of the seven that are left.
    expectClose(moves[0]?.stages.map(({ mean }) => mean) ?? [], [...numbers(rows, "mean").map((mean) => 0.7 * mean), 0.3]);
    expect(moves[0]?.stages.map(({ name }) => name)).toEqual(["curve geometric", "burn"]);
    // What the page names behind the chart answers the chart, and the ready-made query the means.
    const page = runPage(dataOf("stages"), []).sections.map(({ content }) => content.text);
    const named = /SELECT stage, epoch, .*? ORDER BY ALL/.exec(page.join("\n"))?.[0] ?? "";
    const behind = await ask("stages", `SELECT stage, avg(moved) AS mean FROM (${named}) GROUP BY stage ORDER BY stage`);
    expectClose(numbers(behind, "mean"), moves[0]?.stages.map(({ mean }) => mean) ?? []);
    const effects = await ask("stages", STAGE_EFFECTS.sql);
    expectClose(numbers(effects, "mean_share_moved"), moves[0]?.stages.slice(0, 1).map(({ mean }) => mean) ?? []);
    const burnt = await ask("stages", "SELECT goes_to, sum(amount_rao) AS rao FROM residuals GROUP BY goes_to");
    expect(rests.map(({ goes_to, amount_rao }) => [goes_to, String(amount_rao)])).toEqual(burnt.map(({ goes_to, rao }) => [goes_to, rao]));
  });

  it("the fund, the tiers and the slashes of an index subnet", async () => {
    const { fund, tiers, slashes, summary } = dataOf("index");
    const [nav] = await ask(
      "index",
      "SELECT count(*) AS n, max(abs(premium)) AS most, sum(stale::INT) AS stale, arg_max(nav_tao, time_ms) AS last FROM nav",
    );
    expect(fund?.rows).toBe(Number(nav?.n));
    const { samples, stale_samples: at, stale_spells: between } = summary.index ?? { samples: 0, stale_samples: 0, stale_spells: 0 };
    expect(between).toBeGreaterThan(0);
    expect([samples + between, at + between]).toEqual([Number(nav?.n), Number(nav?.stale)]);
    expect(fund?.nav_tao.at(-1)).toBe(nav?.last);
    expect(Math.max(...(fund?.premium ?? []).map(Math.abs))).toBe(nav?.most);
    expect(fund?.times_ms.length).toBeLessThanOrEqual(500);
    const paid = tiers?.tiers.map(({ tier, paid_rao }) => [tier, String(paid_rao.reduce((all, one) => all + one, 0))]);
    expect(paid).toEqual(summary.index?.tiers.flatMap(({ tier, paid_rao }) => (paid_rao === "0" ? [] : [[tier, paid_rao]])));
    expect(slashes.reduce((all, { taken_rao }) => all + BigInt(taken_rao), 0n)).toBe(BigInt(summary.index?.slashed_rao ?? -1));
    expect(slashes.map(({ validator }) => validator)).toEqual(summary.index?.slashes.map(({ validator }) => validator));
  });
});

/** The statements of the commands under the charts of a page. */
function queriesOf(data: RunPageData): readonly string[] {
  const text = pageHtml(runPage(data, []));
  const commands = [...text.matchAll(/<code>npx tenure sql [\w-]+ (.*?)<\/code>/g)].map(([, words = ""]) =>
    words.replaceAll("&#39;", "'").replaceAll("&quot;", '"').replaceAll("&gt;", ">").replaceAll("&lt;", "<").replaceAll("&amp;", "&"),
  );
  expect(commands.length).toBe(text.match(/<figure/g)?.length);
  return commands.map((command) => command.slice(1, -1).replaceAll("'\\''", "'"));
}

it("rows behind bars of a span are those of the bars, span by span", async () => {
  const barsOf = (grid: TimeGrid, layers: readonly (readonly [string, readonly number[]])[]) =>
    layers.flatMap(([name, rao]) =>
      rao.flatMap((one, at) => (one === 0 ? [] : [[new Date(grid.start_ms + at * grid.span_ms).toISOString().slice(0, 16), name, one]])),
    );
  const rowsOf = async (name: string, table: string, choice: string) => {
    const query = queriesOf(dataOf(name)).find((one) => one.includes(`FROM ${table} `)) ?? "";
    const rows = await ask(name, query);
    return rows.map((row) => [String(row.span_start).slice(0, 16).replace(" ", "T"), row[choice], Math.round(Number(row.alpha) * 1e9)]);
  };
  for (const name of ["demo", "index"]) {
    const { withdrawals } = dataOf(name);
    const bars =
      withdrawals === null
        ? []
        : barsOf(
            withdrawals.grid,
            withdrawals.reasons.map(({ reason, amount_rao }) => [reason, amount_rao]),
          );
    expect(bars.length).toBeGreaterThan(0);
    expect(new Set(await rowsOf(name, "exits", "reason"))).toEqual(new Set(bars));
  }
  const { tiers } = dataOf("index");
  const bars =
    tiers === null
      ? []
      : barsOf(
          tiers.grid,
          tiers.tiers.map(({ tier, paid_rao }) => [tier, paid_rao]),
        );
  expect(bars.length).toBeGreaterThan(3);
  expect(new Set(await rowsOf("index", "payouts", "tier"))).toEqual(new Set(bars));
});

it("every chart has a command whose query answers rows", async () => {
  let asked = 0;
  for (const [name, data] of pages) {
    for (const query of new Set(queriesOf(data))) {
      expect((await ask(name, query)).length, query).toBeGreaterThan(0);
      asked += 1;
    }
  }
  expect(asked).toBeGreaterThan(15);
});

it("what is held is told of the last epoch, where the chart of it ends, and not of the end of the run", async () => {
  const text = pageHtml(runPage(dataOf("validator"), []));
  const [last] = await ask("validator", "SELECT held_share, held_days FROM holdings ORDER BY epoch DESC LIMIT 1");
  const share = (100 * Number(last?.held_share)).toFixed(2);
  expect(text).toContain(`Before the pay of the last epoch the position holds ${share} % of what it was paid`);
  expect(text).toContain(`What the position holds before the pay of the last epoch is ${Number(last?.held_days).toFixed(1)} days old`);
});

it("how often NAV was stale is one count in the figures and under the chart, that of the rows", async () => {
  const text = pageHtml(runPage(dataOf("index"), []));
  const [nav] = await ask("index", "SELECT count(*) AS n, sum(stale::INT) AS stale FROM nav");
  const told = text.match(/([\d,]+) samples, stale (\d+) times: at (\d+) samples?, and (once|twice|\d+ times) between samples/g) ?? [];
  expect(new Set(told).size).toBe(1);
  expect(told.length).toBeGreaterThan(1);
  expect(told[0]).toContain(`stale ${nav?.stale} times`);
  expect(text).toContain(`of ${Number(nav?.n).toLocaleString("en-US")} rows of the table nav`);
});

it("sections stand where the run has data for them", () => {
  const idsOf = (name: string) => runPage(dataOf(name), []).sections.map(({ id }) => id);
  expect(idsOf("demo")).toEqual(["pay", "holding", "tranches", "irregular", "miners"]);
  expect(idsOf("stages")).toEqual(["pay", "holding", "stages", "tranches", "strategies", "irregular", "miners", "not-recorded"]);
  expect(idsOf("index")).toEqual(["pay", "holding", "tranches", "index", "irregular", "miners"]);
});

it("a page says what was simulated, and the figures against the same without the rule", () => {
  const { simulated, summary } = dataOf("demo");
  expect(simulated).toEqual([
    "Streams: peers (synthetic subnet).",
    "Each miner's weight is multiplied by the rule geometric (retention_target 0.9, retention_window_days 30, max_multiplier 1.5).",
    "The pots that were recorded are shared anew under the rule.",
  ]);
  const { headline } = runPage(dataOf("demo"), []);
  const subnet = summary.metrics?.subnets[0];
  const [before, after] = [subnet?.gini_before ?? 0, subnet?.gini_after ?? 0];
  const sign = after > before ? "+" : "-";
  expect(headline.find(({ name }) => name === "Gini of pay")).toEqual({
    name: "Gini of pay",
    value: after.toFixed(4),
    change: `${sign}${Math.abs(after - before).toFixed(4)} against ${before.toFixed(4)} without the rule`,
  });
  expect(dataOf("stages").simulated).toContain(
    "Weights go through 2 stages: curve (kind geometric, ratio 0.95, ties average), then burn (share 0.3).",
  );
});

it("where no miner takes part, what is held is that of who was paid", () => {
  const data = dataOf("validator");
  const [spread] = data.holding;
  expect(spread).toMatchObject({ of: "position", is_applied: false });
  expect(spread?.held_share?.counts).toContain(1);
  expect(data.miner_pages[0]?.series.arrays.map(([name]) => name)).toEqual(
    expect.arrayContaining(["held_days", "held_share", "multiplier", "stake"]),
  );
  expect(runPage(data, []).sections.map(({ id }) => id)).toContain("holding");
  expect(data.simulated.join(" ")).toMatch(
    /Multipliers are measured by the rule geometric .* and change nobody's pay\. Everybody is paid as recorded\./,
  );
});

it("every command of a miner's page answers rows", async () => {
  let asked = 0;
  for (const name of ["demo", "validator"]) {
    const data = dataOf(name);
    const { position } = data.miner_pages[0]?.miners[0] ?? { position: -1 };
    const text = pageHtml(runPage(data, []));
    const found = /"queries":(\{.*?\}),"miners"/.exec(text)?.[1] ?? "{}";
    for (const command of Object.values(JSON.parse(found) as Record<string, string>)) {
      const query = command
        .replace(/^npx tenure sql \w+ '/, "")
        .slice(0, -1)
        .replace("4294967295", String(position));
      expect((await ask(name, query.replaceAll("'\\''", "'"))).length, query).toBeGreaterThan(0);
      asked += 1;
    }
    expect(text).toContain(`"command":"npx tenure explain ${name} --position"`);
  }
  expect(asked).toBe(12);
});

it("where the chart of a table would stand that was not recorded, it is said what to record, and nowhere else", () => {
  const notes = (name: string) => {
    const sections = runPage(dataOf(name), []).sections.map(({ id, content }) => [
      id,
      [...content.text.matchAll(/class="absent">Not recorded: .*? Add <code>(\w+)<\/code>/g)].map(([, table]) => table),
    ]);
    return Object.fromEntries(sections.filter(([, tables]) => (tables?.length ?? 0) > 0));
  };
  expect(notes("stages")).toEqual({ tranches: ["tranches", "exits"], irregular: ["rejections", "unexplained"] });
  for (const name of ["demo", "index", "validator"]) expect(notes(name)).toEqual({});
  // What a scenario cannot have is not asked for: without stages nothing is said of them.
  const bare = (stages: readonly string[]) => {
    const data = dataOf("stages");
    const lacking = {
      ...data,
      stage_names: stages,
      stage_moves: [],
      rests: [],
      summary: { ...data.summary, tables: ["positions", "epochs"] },
    };
    return runPage({ ...lacking, holding: [], prices: [] }, []).sections.flatMap(({ content }) =>
      [...content.text.matchAll(/Add <code>(\w+)<\/code>/g)].map(([, table]) => table),
    );
  };
  expect(bare(["curve"])).toEqual(
    expect.arrayContaining(["holdings", "stage_weights", "residuals", "tranches", "exits", "pools", "rejections", "unexplained"]),
  );
  expect(bare([])).not.toContain("stage_weights");
});

it("the page and the findings read each large table once between them", async () => {
  const run = await openRun(join(folder.path, "stages"));
  const read: string[] = [];
  const counting: OpenRun = {
    ...run,
    readTable(table, order) {
      if (order === undefined) read.push(table);
      return run.readTable(table, order);
    },
  };
  const passes = new TablePasses(counting);
  const evidence = await followRunEvidence(counting, passes);
  expect(await readRunPageData(counting, "stages", passes)).toEqual(dataOf("stages"));
  expect(findingsOf(await evidence())).toEqual(await runFindings(run));
  for (const table of ["holdings", "rewards", "weights"]) expect(read.filter((one) => one === table)).toEqual([table]);
});

describe("a run that did not record every epoch", () => {
  it.each([
    ["fifth", 5],
    ["twentieth", 20],
  ] as const)("%s: lines go through all that was recorded", async (name, every) => {
    const data = dataOf(name);
    const recorded = await ask(name, "SELECT DISTINCT epoch FROM holdings ORDER BY epoch");
    const [{ netuid = 0, held_share: share } = {}] = data.holding;
    expect(share?.median).toHaveLength(recorded.length);
    expect(share?.counts.every((count) => count > 0)).toBe(true);
    const { content } = runPage(data, []).sections.find(({ id }) => id === "holding") ?? {};
    for (const id of ["multiplier", "held-share", "held-days"]) {
      const [figure = ""] = new RegExp(`<figure class="chart" id="${id}-${netuid}">.*?</figure>`, "s").exec(content?.text ?? "") ?? [];
      // Behind the bands.
      const line = [...figure.matchAll(/<path d="([^"]*)"/g)].at(-1)?.[1] ?? "";
      expect(line.match(/M/g), id).toHaveLength(1);
      expect(line.match(/L/g), id).toHaveLength(recorded.length - 1);
      expect(figure).toContain(`each epoch that was recorded (every ${every}th`);
    }
  });

  it("a sample of which nothing was measured breaks the line", () => {
    const bands = quantileBands(
      [1, 2, 3, 4, 5],
      [[1], [2], [], [4], [5]].map((values) => Float64Array.from(values)),
    );
    expect(bands.median).toEqual([1, 2, null, 4, 5]);
    const { text } = drawBands("label", { ...bands, timesMs: bands.times_ms }, { axis: "axis", colour: "red" });
    const lines = [...text.matchAll(/<path d="([^"]*)"/g)].map(([, d = ""]) => d.match(/M/g)?.length);
    expect(lines.at(-1)).toBe(2);
  });
});

it("the same run has a page of the same bytes", async () => {
  const again = await readRunPageData(await openRun(join(folder.path, "demo")), "demo");
  expect(pageHtml(runPage(again, []))).toBe(pageHtml(runPage(dataOf("demo"), [])));
});
