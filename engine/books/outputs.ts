import { ExitLog } from "../ledger/exit-log.js";
import { TableAppender } from "../tables/appender.js";
import { checkBatch } from "../tables/column-range.js";
import type { PendingRows } from "../tables/pending-rows.js";
import { ProvisionalRows } from "../tables/provisional-rows.js";
import { ALWAYS_TABLES, RESULT_TABLE_NAMES, RESULT_TABLES, type ResultTableName, WHERE_FILLED_TABLES } from "../tables/results.js";
import type { SimulationStep } from "./simulation-step.js";

/** Rows of a batch. */
export const BATCH_ROWS = 32_768;
const ALWAYS: readonly ResultTableName[] = [...ALWAYS_TABLES, ...WHERE_FILLED_TABLES];

type ResultAppenders = { readonly [N in ResultTableName]: TableAppender<(typeof RESULT_TABLES)[N]> | null };

/** The result tables a run records, as appenders; null for a table that is not recorded. */
export class Outputs {
  readonly tables: ResultAppenders;
  private readonly recorded: readonly ResultTableName[];
  /** Of the tables that have rows which stay only if no later epoch of their subnet follows. */
  private readonly provisional = new Map<PendingRows, ProvisionalRows>();

  constructor(names: readonly ResultTableName[]) {
    this.recorded = RESULT_TABLE_NAMES.filter((name) => ALWAYS.includes(name) || names.includes(name));
    const appender = (name: ResultTableName) => (this.recorded.includes(name) ? new TableAppender(RESULT_TABLES[name], BATCH_ROWS) : null);
    this.tables = Object.fromEntries(RESULT_TABLE_NAMES.map((name) => [name, appender(name)])) as unknown as ResultAppenders;
  }

  /** What is appended to the table from here on, until the end of the epoch, is provisional. */
  beginProvisional(table: PendingRows, netuid: number): void {
    let provisional = this.provisional.get(table);
    if (provisional === undefined) {
      provisional = new ProvisionalRows(table);
      this.provisional.set(table, provisional);
    }
    provisional.begin(netuid);
  }

  /** Drops the provisional rows of a subnet: a later epoch follows. */
  dropProvisional(netuid: number): void {
    for (const provisional of this.provisional.values()) provisional.drop(netuid);
  }

  /**
   * Hands over every table that has a batch; all rows of all tables when `all`.
   * @throws InvariantError for a value outside its column's range
   */
  *flush(all: boolean): Generator<SimulationStep, void, unknown> {
    for (const name of this.recorded) {
      const table = this.tables[name];
      if (table === null) continue;
      const provisional = this.provisional.get(table);
      const rows = all || provisional === undefined ? table.rows : provisional.settled;
      if (rows >= table.batchRows || (all && rows > 0)) {
        const batch = table.batch(rows);
        checkBatch(batch, table.written);
        yield { kind: "batch", table: name, batch };
        table.release(rows);
        provisional?.handedOver(rows);
      }
    }
  }

  rows(): Partial<Record<ResultTableName, number>> {
    const rowsOf = (name: ResultTableName) => this.tables[name]?.written ?? 0;
    const made = this.recorded.filter((name) => !WHERE_FILLED_TABLES.includes(name) || rowsOf(name) > 0);
    return Object.fromEntries(made.map((name) => [name, rowsOf(name)]));
  }
}

/** Hands the exits of the log over as rows of the table `exits` and empties the log. */
export function* flushExits(log: ExitLog, table: Outputs["tables"]["exits"]): Generator<SimulationStep, void, unknown> {
  if (table !== null && log.rows > 0) {
    const { timeMs, position, tranche, amountRao, reason, emptied } = table.room(log.rows);
    for (let header = 0; header < log.headers; header++) {
      const first = log.headerFirst[header];
      const end = header + 1 < log.headers ? log.headerFirst[header + 1] : log.rows;
      timeMs.fill(log.headerMs[header], first, end);
      position.fill(log.headerPosition[header], first, end);
      reason.fill(log.headerReason[header], first, end);
    }
    const exits = log.exits;
    for (let row = 0, at = 0; row < log.rows; row++, at += ExitLog.STRIDE) {
      tranche[row] = exits[at];
      amountRao[row] = exits[at + 1];
      emptied[row] = exits[at + 1] === exits[at + 2] ? 1 : 0;
    }
    table.filled(log.rows);
    const batch = table.batch();
    checkBatch(batch, table.written);
    yield { kind: "batch", table: "exits", batch };
    table.release();
  }
  log.clear();
}
