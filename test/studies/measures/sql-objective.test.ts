import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { RESULT_TABLES, type ResultTableName } from "../../../engine/index.js";
import { readArrowTable, runScenario, runToSummary } from "../../../recorders/index.js";
import { loadScenario, replicateOf } from "../../../scenarios/index.js";
import { measured, recordingMeasured } from "../../../studies/measures/measures.js";
import { checkSqlObjectives } from "../../../studies/measures/sql-objective.js";
import { recordingOnly } from "../../../studies/recording-only.js";
import { refusalOf, useTemporaryFolders } from "../../recorders/temporary-folder.js";
import { smallScenario } from "../small-study.js";

const folder = useTemporaryFolders();
const tablesOf = async (sql: string) => (await checkSqlObjectives([{ name: "mine", sql }], smallScenario()))[0].tables;

/** What a query gives of a run of a scenario. */
async function asked(sql: string, scenario = smallScenario()): Promise<number> {
  const measures = { sql: await checkSqlObjectives([{ name: "mine", sql }], scenario), modules: [] };
  const trial = recordingMeasured(recordingOnly(scenario, []), measures);
  const run = async (sink: Parameters<Parameters<typeof measured>[1]>[0]) => {
    await runToSummary(replicateOf(trial, scenario.configuration.replicate), { sink });
    return {};
  };
  return (await measured(measures, run, (call) => call())).mine;
}

type Row = Readonly<Record<string, number | string>>;

/** The rows of a run's tables as its Arrow files have them, which no query has seen. */
async function rowsOf(scenario = smallScenario()): Promise<(table: ResultTableName) => Promise<readonly Row[]>> {
  const out = join(await folder(), "run");
  await runScenario(scenario, { out, duckdb: false });
  return async (table) => {
    const rows: Row[] = [];
    const { columns: declared } = RESULT_TABLES[table];
    for await (const { rows: count, columns } of readArrowTable(join(out, "tables", `${table}.arrow`), RESULT_TABLES[table])) {
      for (let row = 0; row < count; row++) {
        const values = declared.map((column, at) => {
          const value = columns[at][row] as number | string;
          return [column.name, "values" in column ? column.values[value as number] : value];
        });
        rows.push(Object.fromEntries(values));
      }
    }
    return rows;
  };
}
const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);

describe("an objective of a query", () => {
  it("sums what was withdrawn soon after it was paid, as the tables say", async () => {
    const table = await rowsOf();
    const entries = new Map((await table("tranches")).map((row) => [row.tranche, row]));
    const soon = (await table("exits")).filter(({ reason, tranche, time_ms }) => {
      const { source, entry_ms } = entries.get(tranche) as Row;
      return reason === "withdraw" && source === "emission" && Number(time_ms) < Number(entry_ms) + 86_400_000;
    });
    expect(soon.length).toBeGreaterThan(0);
    const sql = `SELECT sum(amount_rao) FROM exits e JOIN tranches t USING (tranche)
      WHERE reason = 'withdraw' AND source = 'emission' AND time_ms < entry_ms + INTERVAL 1 DAY`;
    expect(await asked(sql)).toBe(sum(soon.map(({ amount_rao }) => Number(amount_rao))));
  });

  it("knows every epoch, although a trial by itself records none", async () => {
    const table = await rowsOf();
    const held = (await table("holdings")).map(({ held_share }) => Number(held_share));
    expect(held.length).toBeGreaterThan(8);
    expect(await asked("SELECT avg(held_share) FROM holdings")).toBeCloseTo(sum(held) / held.length, 12);
    const weights = await table("weights");
    const most = Math.max(...weights.map(({ final_weight }) => Number(final_weight)));
    expect(await asked("SELECT max(final_weight) FROM weights")).toBe(most);
    const last = Math.max(...weights.map(({ epoch }) => Number(epoch)));
    const paid = new Map((await table("positions")).map(({ position, paid_rao }) => [position, Number(paid_rao)]));
    const multiplied = weights
      .filter(({ epoch }) => epoch === last)
      .map((row) => (paid.get(row.position as number) ?? 0) * Number(row.shadow_multiplier));
    expect(await asked("SELECT sum(paid_rao * multiplier) FROM miners")).toBeCloseTo(sum(multiplied), -4);
  });

  it("is of its replicate", async () => {
    const [one, other] = [0, 1].map((replicate) => smallScenario({ replicate }));
    const sql = "SELECT sum(amount_rao) FROM flows_view WHERE flow = 'outflow'";
    const [of, ofOther] = [await asked(sql, one), await asked(sql, other)];
    expect(of).not.toBe(ofOther);
    for (const [scenario, value] of [
      [one, of],
      [other, ofOther],
    ] as const) {
      const flows = await (await rowsOf(scenario))("flows");
      expect(value).toBe(sum(flows.filter(({ flow }) => flow === "outflow").map(({ amount_rao }) => Number(amount_rao))));
    }
  });

  it("has only the tables recorded that it reads, also through views, subqueries and names of its own", async () => {
    expect(await tablesOf("SELECT 1")).toEqual(["positions", "epochs"]);
    expect(await tablesOf("SELECT count(*) FROM exits")).toEqual(["positions", "epochs", "exits"]);
    expect(await tablesOf("SELECT count(*) FROM Flows_View")).toEqual(["positions", "epochs", "flows"]);
    expect(await tablesOf("SELECT max(multiplier) FROM main.miners")).toEqual(["positions", "epochs", "holdings", "weights", "role_pay"]);
    expect(await tablesOf("SELECT (SELECT count(*) FROM rewards) + (SELECT count(*) FROM memory.main.exits)")).toEqual([
      "positions",
      "epochs",
      "rewards",
      "exits",
    ]);
    expect(await tablesOf("WITH a AS (FROM exits), b AS (FROM a) SELECT count(*) FROM b")).toEqual(["positions", "epochs", "exits"]);
    expect(await tablesOf("WITH exits AS (SELECT 1) SELECT count(*) FROM exits, flags_view f")).toContain("exits");
    expect(await tablesOf("SELECT count(*) FROM epochs, range(3), unnest([1, 2])")).toEqual(["positions", "epochs"]);
  });

  it.each([
    ["that is no SQL", "selec", "TEN-TUNE-120", /syntax error/],
    ["of a column that there is not", "SELECT avg(amount) FROM exits", "TEN-TUNE-120", /amount_rao/],
    ["of a function that there is not", "SELECT median_of(1)", "TEN-TUNE-120", /median_of/],
    ["of two columns", "SELECT netuid, epoch FROM epochs", "TEN-TUNE-121", /2 columns/],
    ["of two statements", "SELECT 1; SELECT 2", "TEN-TUNE-122", /2 statements/],
    ["of none", "-- nothing", "TEN-TUNE-122", /0 statements/],
    ["that writes", "INSERT INTO exits VALUES (1)", "TEN-TUNE-122", /INSERT/],
    ["that writes behind a comment", "/* SELECT */ -- SELECT\nDELETE FROM exits", "TEN-TUNE-122", /DELETE/],
    ["that makes a table", "CREATE TABLE a AS SELECT 1", "TEN-TUNE-122", /CREATE/],
    ["that sets something", "SET threads = 2", "TEN-TUNE-122", /SET/],
    ["of a table that is misspelt", "SELECT count(*) FROM exit", "TEN-TUNE-123", /Did you mean exits/],
    ["of a view that is misspelt", "SELECT count(*) FROM exits_veiw", "TEN-TUNE-123", /Did you mean exits_view/],
    ["of a table that this scenario does not fill", "SELECT count(*) FROM pools", "TEN-TUNE-123", /do not fill/],
    ["of the identity of the run", "SELECT max(seed) FROM runs", "TEN-TUNE-123", /runs/],
    ["of another database", "SELECT count(*) FROM other.exits", "TEN-TUNE-123", /other\.exits/],
    ["of the catalogue", "SELECT count(*) FROM information_schema.tables", "TEN-TUNE-123", /information_schema/],
    ["of a file", "SELECT count(*) FROM 'a.csv'", "TEN-TUNE-123", /a\.csv/],
    ["of a file by a function", "SELECT count(*) FROM read_csv('a.csv')", "TEN-TUNE-124", /read_csv/],
    ["of a text", "SELECT * FROM query('SELECT count(*) FROM exits')", "TEN-TUNE-124", /query\(\)/],
    ["of chance", "SELECT count(*) FROM exits WHERE RANDOM() < 0.5", "TEN-TUNE-124", /random\(\)/],
    ["of chance inside of a function", "SELECT list_sum(list_transform([1, 2], x -> x * random()))", "TEN-TUNE-124", /random/],
    ["of the time of day", "SELECT epoch_ms(now())", "TEN-TUNE-124", /now/],
    ["of the day", "SELECT day(current_date)", "TEN-TUNE-124", /current_date/],
    ["of a sample", "SELECT count(*) FROM exits TABLESAMPLE 10%", "TEN-TUNE-124", /sample/],
    ["with a parameter", "SELECT $1::INT", "TEN-TUNE-124", /parameter/],
    ["of what there is", "DESCRIBE exits", "TEN-TUNE-124", /DESCRIBE/],
    ["of words", "SELECT max(reason) FROM exits", "TEN-TUNE-125", /ENUM/],
    ["of a time", "SELECT max(time_ms) FROM exits", "TEN-TUNE-125", /TIMESTAMP/],
    ["of yes or no", "SELECT true", "TEN-TUNE-125", /BOOLEAN/],
  ])("%s is refused before any run: %s", async (_what, sql, code, words) => {
    const { message, ...refusal } = await refusalOf(() => tablesOf(sql));
    expect(refusal).toMatchObject({ code, place: { path: "mine" }, allowed: expect.any(String), hint: expect.any(String) });
    expect(message).toMatch(words);
    expect(message).toContain("mine");
  });

  it.each([
    ["no rows", "SELECT epoch FROM epochs WHERE false", "TEN-TUNE-121", "0 rows"],
    ["more than one row", "SELECT epoch FROM epochs", "TEN-TUNE-121", /^\d+ rows$/],
    ["nothing", "SELECT sum(amount_rao) FROM exits WHERE false", "TEN-TUNE-125", "NULL"],
    ["no number", "SELECT 'nan'::DOUBLE", "TEN-TUNE-125", "NaN"],
    ["what is infinite", "SELECT 1::DOUBLE / (SELECT count(*) FROM exits WHERE false)::DOUBLE", "TEN-TUNE-125", /NULL|Infinity/],
    ["an error", "SELECT error_at::INT FROM (SELECT hotkey AS error_at FROM positions LIMIT 1)", "TEN-TUNE-120", /Conversion Error/],
  ])("that gives %s fails the trial", async (_what, sql, code, found) => {
    const refusal = await refusalOf(() => asked(sql));
    expect(refusal).toMatchObject({ code, found: typeof found === "string" ? found : expect.stringMatching(found) });
  });

  it("is asked of closed loops, which have tables of their own", async () => {
    const scenario = loadScenario("vesting-mixed", { sets: ["time.days=2"] });
    expect(await asked("SELECT (SELECT count(*) FROM pools) - (SELECT count(*) FROM epochs)", scenario)).toBe(0);
    expect(await asked("SELECT count(*) FROM agent_orders", scenario)).toBeGreaterThan(0);
  });

  it("gives 0 without a sign", async () => {
    expect(Object.is(await asked("SELECT '-0.0'::DOUBLE"), 0)).toBe(true);
  });
});
