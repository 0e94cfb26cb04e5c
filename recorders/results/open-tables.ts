import type { OpenRun } from "./open-run.js";
import type { TablesDatabase, TablesOptions } from "./tables-database.js";

/** As `TablesDatabase.openFile`, whose library is loaded only here. */
export async function openTablesFile(file: string, options: TablesOptions = {}): Promise<TablesDatabase> {
  const { TablesDatabase } = await import("./tables-database.js");
  return TablesDatabase.openFile(file, options);
}

/** As `TablesDatabase.openRun`, whose library is loaded only here. */
export async function openTablesOfRun(run: OpenRun, options: TablesOptions = {}): Promise<TablesDatabase> {
  const { TablesDatabase } = await import("./tables-database.js");
  return TablesDatabase.openRun(run, options);
}
