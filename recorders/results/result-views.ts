import { RESULT_TABLES, type ResultTableName, type TableDeclaration } from "../../engine/index.js";
import { decimalColumns, decimalExpression } from "./decimal-columns.js";

/**
 * Readable views of the result tables in `results.duckdb`. `<table>_view` has all columns of its table, and
 * - its amounts as decimals of alpha, TAO or index tokens beside those in rao;
 * - netuid, hotkey, coldkey and uid (of the end of the run) of the position that a row names, and the keys of a counterparty;
 * - start and end of the epoch of such a row;
 * - name and group of the participant, validator or agent that a row names.
 *
 * A table to which nothing of this can be added has no view. `miners` is one row a miner: its position, and its holding metrics and
 * multiplier at the last recorded epoch.
 * @param ofReplicates the tables hold many runs, told apart by their column `replicate`
 */
export function viewStatements(tables: readonly ResultTableName[], ofReplicates = false): string[] {
  const statements = tables.flatMap((name) => tableView(RESULT_TABLES[name], tables, ofReplicates));
  statements.push(minersView(tables, ofReplicates));
  return statements;
}

/** What the columns mean that views add to those of their tables; amounts as decimals aside. */
export const ADDED_COLUMNS: Readonly<Record<string, string>> = {
  netuid: "Subnet of the position.",
  hotkey: "Hotkey of the position.",
  coldkey: "Coldkey of the position.",
  uid: "Slot of the hotkey at the end of the run; -1 without one.",
  epoch_start_ms: "Start of the epoch.",
  epoch_end_ms: "End of the epoch.",
  counterparty_netuid: "Subnet of the counterparty.",
  counterparty_hotkey: "Hotkey of the counterparty.",
  counterparty_coldkey: "Coldkey of the counterparty.",
  name: "Name of whom the row is about.",
  group_name: "Group of the scenario that it is of.",
  strategy: "How it acts.",
  epoch: "Last epoch in which it was measured.",
  held_share: "Share that it still held then.",
  held_days: "Mean age of that, days.",
  multiplier: "Multiplier that was applied then, or would have been in shadow mode.",
};

/** Rows of one run belong together. */
const sameRun = (ofReplicates: boolean, other: string): string => (ofReplicates ? ` AND ${other}.replicate = t.replicate` : "");

/** No view, or one. */
function tableView(table: TableDeclaration, tables: readonly ResultTableName[], ofReplicates: boolean): string[] {
  const has = (column: string) => table.columns.some((one) => one.name === column);
  const run = (other: string) => sameRun(ofReplicates, other);
  const added = decimalColumns(table).map((column) => decimalExpression(column, "t"));
  let joins = "";
  // In `coldkeys` the column `coldkey` is the id of a position that has it.
  const key = table.name === "positions" ? undefined : has("position") ? "position" : table.name === "coldkeys" ? "coldkey" : undefined;
  if (key !== undefined) {
    if (key === "position") {
      for (const column of ["netuid", "hotkey", "coldkey", "uid"]) if (!has(column)) added.push(`p.${column}`);
    }
    joins += ` LEFT JOIN positions p ON p.position = t.${key}${run("p")}`;
    if (has("epoch")) {
      added.push("e.start_ms AS epoch_start_ms", "e.end_ms AS epoch_end_ms");
      joins += ` LEFT JOIN epochs e ON e.netuid = ${has("netuid") ? "t" : "p"}.netuid AND e.epoch = t.epoch${run("e")}`;
    }
  }
  if (has("counterparty")) {
    added.push("c.netuid AS counterparty_netuid", "c.hotkey AS counterparty_hotkey", "c.coldkey AS counterparty_coldkey");
    joins += ` LEFT JOIN positions c ON c.position = t.counterparty${run("c")}`;
  }
  // Yuma names validators by hotkey.
  const isNumber = (name: string) => table.columns.some((column) => column.name === name && column.type === "int");
  const member = table.name === "participants" ? undefined : ["participant", "validator"].find(isNumber);
  if (member !== undefined && tables.includes("participants")) {
    added.push("m.name", "m.group_name");
    joins += ` LEFT JOIN participants m ON m.participant = t.${member}${run("m")}`;
  }
  if (table.name !== "agents" && has("agent") && tables.includes("agents")) {
    added.push("a.name", "a.group_name", "a.strategy");
    joins += ` LEFT JOIN agents a ON a.agent = t.agent${run("a")}`;
  }
  if (added.length === 0) return [];
  const own = key === "coldkey" ? "t.* REPLACE (p.coldkey AS coldkey)" : "t.*";
  return [`CREATE VIEW ${table.name}_view AS SELECT ${[own, ...added].join(", ")} FROM ${table.name} t${joins}`];
}

/** What a miner was paid as one; `role_pay` has who was paid in other roles, too. */
const asMiner = (column: string) => `COALESCE(r.${column}, p.${column})`;

/** Who only ever held stake has the role of a miner without being one. */
const IS_MINER = "p.role = 'miner' AND (p.uid >= 0 OR p.recorded_rao <> 0 OR p.paid_rao <> 0)";

/**
 * Holdings know what the multiplier rule answers, weights what comes of it: the product of the factors of a list of stages, 0 where
 * a minimum cuts.
 */
function minersView(tables: readonly ResultTableName[], ofReplicates: boolean): string {
  const [withHoldings, withWeights] = [tables.includes("holdings"), tables.includes("weights")];
  const run = ofReplicates ? "replicate, " : "";
  const decimals = decimalColumns(RESULT_TABLES.positions).map((column) => decimalExpression(column, "p"));
  const own = ["p.*", ...decimals].join(", ");
  const positions = tables.includes("role_pay") ? minersPositions(ofReplicates) : "positions";
  if (!withHoldings) return `CREATE VIEW miners AS SELECT ${own} FROM ${positions} p WHERE ${IS_MINER}`;
  const multiplier = withWeights ? "COALESCE(w.shadow_multiplier, h.multiplier) AS multiplier" : "h.multiplier";
  const weights = `LEFT JOIN weights w ON w.position = p.position AND w.epoch = h.epoch${ofReplicates ? " AND w.replicate = p.replicate" : ""} `;
  return (
    `CREATE VIEW miners AS SELECT ${own}, h.epoch, h.held_share, h.held_days, ${multiplier} FROM ${positions} p ` +
    `LEFT JOIN (SELECT ${run}position, max(epoch) AS epoch, arg_max(held_share, epoch) AS held_share, ` +
    "arg_max(held_days, epoch) AS held_days, arg_max(multiplier, epoch) AS multiplier FROM holdings " +
    `GROUP BY ${run}position) h USING (${run}position) ${withWeights ? weights : ""}WHERE ${IS_MINER}`
  );
}

/** The table `positions` with what was paid to a miner as a miner. */
function minersPositions(ofReplicates: boolean): string {
  const pay = ["recorded_rao", "paid_rao"].map((column) => `${asMiner(column)} AS ${column}`).join(", ");
  const run = ofReplicates ? " AND r.replicate = p.replicate" : "";
  return `(SELECT p.* REPLACE (${pay}) FROM positions p LEFT JOIN role_pay r ON r.position = p.position AND r.role = 'miner'${run})`;
}
