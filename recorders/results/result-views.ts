import { RESULT_TABLES, type ResultTableName, type TableDeclaration } from "../../engine/index.js";

/**
 * Readable views of the result tables in `results.duckdb`. Tables name a position by its id; `<table>_view` adds its
 * netuid, hotkey, coldkey and uid (of the end of the run), the start and end of the epoch where the table has epochs,
 * and the counterparty's keys where it has a counterparty. Tables of an index subnet name a participant or validator by its
 * number; their views add its name and group. `miners` is one row a miner: its position, and its holding
 * metrics and multiplier at the last recorded epoch.
 * @param ofReplicates the tables hold many runs, told apart by their column `replicate`
 */
export function viewStatements(tables: readonly ResultTableName[], ofReplicates = false): string[] {
  const statements: string[] = [];
  for (const name of tables) {
    const view =
      tableView(RESULT_TABLES[name], ofReplicates) ??
      (tables.includes("participants") ? memberView(RESULT_TABLES[name], ofReplicates) : undefined);
    if (view !== undefined) statements.push(view);
  }
  statements.push(minersView(tables.includes("holdings"), tables.includes("weights"), ofReplicates));
  return statements;
}

/** Rows of one run belong together. */
const sameRun = (ofReplicates: boolean, other: string): string => (ofReplicates ? ` AND ${other}.replicate = t.replicate` : "");

function tableView(table: TableDeclaration, ofReplicates: boolean): string | undefined {
  const has = (column: string) => table.columns.some((one) => one.name === column);
  if (table.name === "positions") return undefined;
  // In `coldkeys` the column `coldkey` is the id of a position that has it.
  const key = has("position") ? "position" : table.name === "coldkeys" ? "coldkey" : undefined;
  if (key === undefined) return undefined;
  const selected = [table.name === "coldkeys" ? "t.* REPLACE (p.coldkey AS coldkey)" : "t.*"];
  if (key === "position") {
    for (const column of ["netuid", "hotkey", "coldkey", "uid"]) if (!has(column)) selected.push(`p.${column}`);
  }
  let joins = `LEFT JOIN positions p ON p.position = t.${key}${sameRun(ofReplicates, "p")}`;
  if (has("epoch")) {
    selected.push("e.start_ms AS epoch_start_ms", "e.end_ms AS epoch_end_ms");
    joins += ` LEFT JOIN epochs e ON e.netuid = ${has("netuid") ? "t" : "p"}.netuid AND e.epoch = t.epoch${sameRun(ofReplicates, "e")}`;
  }
  if (has("counterparty")) {
    selected.push("c.netuid AS counterparty_netuid", "c.hotkey AS counterparty_hotkey", "c.coldkey AS counterparty_coldkey");
    joins += ` LEFT JOIN positions c ON c.position = t.counterparty${sameRun(ofReplicates, "c")}`;
  }
  return `CREATE VIEW ${table.name}_view AS SELECT ${selected.join(", ")} FROM ${table.name} t ${joins}`;
}

function memberView(table: TableDeclaration, ofReplicates: boolean): string | undefined {
  const key = ["participant", "validator"].find((name) => table.columns.some((column) => column.name === name));
  if (key === undefined) return undefined;
  return (
    `CREATE VIEW ${table.name}_view AS SELECT t.*, p.name, p.group_name FROM ${table.name} t ` +
    `LEFT JOIN participants p ON p.participant = t.${key}${sameRun(ofReplicates, "p")}`
  );
}

/** Who only ever held stake has the role of a miner without being one. */
const IS_MINER = "p.role = 'miner' AND (p.uid >= 0 OR p.recorded_rao <> 0 OR p.paid_rao <> 0)";

/**
 * Holdings know what the multiplier rule answers, weights what comes of it: the product of the factors of a list of stages, 0 where
 * a minimum cuts.
 */
function minersView(withHoldings: boolean, withWeights: boolean, ofReplicates: boolean): string {
  const run = ofReplicates ? "replicate, " : "";
  if (!withHoldings) return `CREATE VIEW miners AS SELECT p.* FROM positions p WHERE ${IS_MINER}`;
  const multiplier = withWeights ? "COALESCE(w.shadow_multiplier, h.multiplier) AS multiplier" : "h.multiplier";
  const weights = `LEFT JOIN weights w ON w.position = p.position AND w.epoch = h.epoch${ofReplicates ? " AND w.replicate = p.replicate" : ""} `;
  return (
    `CREATE VIEW miners AS SELECT p.*, h.epoch, h.held_share, h.held_days, ${multiplier} FROM positions p ` +
    `LEFT JOIN (SELECT ${run}position, max(epoch) AS epoch, arg_max(held_share, epoch) AS held_share, ` +
    "arg_max(held_days, epoch) AS held_days, arg_max(multiplier, epoch) AS multiplier FROM holdings " +
    `GROUP BY ${run}position) h USING (${run}position) ${withWeights ? weights : ""}WHERE ${IS_MINER}`
  );
}
