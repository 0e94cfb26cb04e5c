import { resolve } from "node:path";
import { type Command, Option } from "commander";
import type { TableAnswer } from "../../recorders/index.js";
import type { OpenTables } from "../../reports/index.js";
import type { Context } from "../context.js";
import { formatJson } from "../json.js";
import { type OutputOptions, parseCount, parsePath, parseSpan, withOutputOptions } from "../options.js";
import { legibleJson } from "../printable.js";
import { reportStyle } from "../report-style.js";
import { partialPath, refuseTakenFile, writeNewFileBy } from "../write-new-file.js";

interface SqlOptions extends OutputOptions {
  readonly query?: string;
  readonly list?: true;
  readonly tables?: true | string;
  readonly timeout?: number;
  readonly limit: number;
  readonly csv?: true;
  readonly parquet?: string;
}

export function addSqlCommand(program: Command, context: Context): void {
  const command = program
    .command("sql")
    .description("ask the tables of a finished run with SQL; nothing but them can be read, and nothing changed")
    .argument("[dir]", "folder of a run, of replicates, of a comparison or of a tuning", parsePath)
    .argument("[select]", "one SELECT, in DuckDB's SQL")
    .addOption(new Option("--query <name>", "ask a ready-made query").conflicts(["list", "tables"]))
    .addOption(new Option("--list", "list the ready-made queries; with a folder those that it has tables for").conflicts("tables"))
    .option("--tables [name]", "list tables and views, or one of them, with rows, columns and what they mean")
    .option("--timeout <span>", "end a query that takes longer, such as 10m (default: 60s)", parseSpan)
    .option("--limit <n>", "rows to show of the table; CSV, JSON and Parquet have all", parseCount, 40)
    .addOption(new Option("--csv", "print the answer as CSV").conflicts(["json", "parquet", "list", "tables"]))
    .addOption(new Option("--parquet <file>", "write the answer to a new Parquet file").argParser(parsePath).conflicts(["list", "tables"]));
  withOutputOptions(command)
    .addHelpText(
      "after",
      '\nA run made with --no-duckdb is asked, too. Amounts are exact; JSON has decimals, and integers past 2^53, as texts.\n\nExamples:\n  $ tenure sql runs/demo --query winners-and-losers\n  $ tenure sql runs/demo --tables miners\n  $ tenure sql runs/demo "SELECT hotkey, paid_alpha FROM miners ORDER BY paid_rao DESC" --limit 5\n  $ tenure sql runs/demo "FROM rewards_view" --parquet rewards.parquet',
    )
    .action((dir: string | undefined, select: string | undefined, options: SqlOptions) => sql({ dir, select }, options, command, context));
}

interface Asked {
  readonly dir: string | undefined;
  readonly select: string | undefined;
}

async function sql({ dir, select }: Asked, options: SqlOptions, command: Command, context: Context): Promise<void> {
  const { query, list, tables, parquet } = options;
  if (dir === undefined) return list === true ? listQueries(null, options, context) : missingFolder(command);
  const isNamed = query !== undefined || list === true || tables !== undefined;
  if ((select !== undefined) === isNamed) throw await notOneQuestion(select, options);
  if (parquet !== undefined) {
    const { refuseInsideResults } = await import("../outside-results.js");
    await refuseTakenFile(parquet);
    await refuseInsideResults(parquet, "--parquet");
  }
  const partial = parquet === undefined ? undefined : partialPath(parquet);
  const { openTables } = await import("../../reports/index.js");
  const { signal } = context.interruption;
  const opened = await openTables(dir, { signal, writes: partial === undefined ? undefined : resolve(partial) });
  try {
    if (list === true) await listQueries(opened, options, context);
    else if (tables !== undefined) await listTables(opened, tables, options, context);
    else await tell(await answerOf(opened, select, options, context), partial, options, context);
  } finally {
    opened.database.close();
    if (opened.database.isStuck) endProcess();
  }
}

/** The refusal that Commander has for an argument that must be there. */
function missingFolder(command: Command): never {
  return (command as Command & { missingArgument(name: string): never }).missingArgument("dir");
}

async function answerOf(opened: OpenTables, select: string | undefined, options: SqlOptions, context: Context): Promise<TableAnswer> {
  const { askTables, checkReady, readyQuery } = await import("../../reports/index.js");
  const { signal } = context.interruption;
  const limits = options.timeout === undefined ? { signal } : { signal, timeoutMs: options.timeout };
  if (options.query === undefined) return askTables(opened, select ?? "", limits);
  const ready = readyQuery(options.query);
  await checkReady(ready, opened);
  return askTables(opened, ready.sql, limits);
}

async function tell(answer: TableAnswer, partial: string | undefined, options: SqlOptions, context: Context): Promise<void> {
  const { csv, json, limit, parquet } = options;
  const { terminal, interruption } = context;
  if (parquet !== undefined && partial !== undefined) return writeParquet(answer, parquet, partial, options, context);
  const { answerCsv, answerJson, answerText } = await import("../../reports/index.js");
  if (csv !== true && json !== true) return terminal.stdout(await answerText(answer, limit, reportStyle(terminal)));
  for await (const part of csv === true ? answerCsv(answer) : answerJson(answer)) {
    interruption.signal.throwIfAborted();
    terminal.stdout(csv === true ? part : legibleJson(part));
  }
}

async function writeParquet(answer: TableAnswer, path: string, partial: string, options: SqlOptions, { terminal }: Context): Promise<void> {
  const { withWriteErrors } = await import("../../recorders/index.js");
  await writeNewFileBy(path, partial, () => withWriteErrors(path, () => answer.writeParquet(resolve(partial))));
  const { columns, rows } = answer;
  if (options.json === true) terminal.stdout(formatJson({ file: path, rows, columns }));
  else if (options.quiet !== true) terminal.stdout(`Wrote ${rows === 1 ? "1 row" : `${rows} rows`} to ${path}\n`);
}

async function listQueries(opened: OpenTables | null, { json }: SqlOptions, { terminal }: Context): Promise<void> {
  const { READY_QUERIES, readyQueriesOf, readyQueriesText } = await import("../../reports/index.js");
  const queries = opened === null ? READY_QUERIES : await readyQueriesOf(opened);
  terminal.stdout(json === true ? formatJson(queries) : readyQueriesText(queries, reportStyle(terminal)));
}

async function listTables({ database }: OpenTables, name: true | string, { json }: SqlOptions, { terminal }: Context): Promise<void> {
  const { catalogOf, catalogText } = await import("../../reports/index.js");
  const entries = await catalogOf(database, name === true ? null : name);
  terminal.stdout(json === true ? formatJson(entries) : catalogText(entries, reportStyle(terminal)));
}

async function notOneQuestion(select: string | undefined, { query }: SqlOptions): Promise<Error> {
  const { TenureError } = await import("../../engine/index.js");
  return new TenureError({
    code: "TEN-SQL-012",
    what: select === undefined ? "Nothing is asked." : "More than one thing is asked.",
    place: { path: "select" },
    found: select === undefined ? "no query" : `a query and ${query === undefined ? "--list or --tables" : "--query"}`,
    allowed: "a SELECT, --query with a name, --list or --tables",
    hint: "`tenure sql <dir> --list` has queries to begin with; quote a SELECT so that the shell leaves it whole.",
  });
}

/** The thread that works on the query would keep the process until it is done. */
function endProcess(): void {
  // By then it is told why.
  setTimeout(() => process.kill(process.pid, "SIGKILL"), 200);
}
