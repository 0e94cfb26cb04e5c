import { rm } from "node:fs/promises";
import duckdb, { type Connection } from "@duckdb/node-bindings";
import { storageError } from "./storage-error.js";

/** Results stay on this machine and in little memory: no extension is fetched, two threads, a cap on the buffer pool. */
const OPTIONS: Readonly<Record<string, string>> = {
  threads: "2",
  memory_limit: "256MB",
  autoinstall_known_extensions: "false",
  autoload_known_extensions: "false",
};

/**
 * Makes a new DuckDB file by one connection. A failure leaves no file behind.
 * @throws TenureError `TEN-RESULT-001`, `-011`; what the work throws
 */
export async function withDatabase(path: string, work: (connection: Connection) => Promise<void>): Promise<void> {
  try {
    await removeDatabase(path);
    const configuration = duckdb.create_config();
    for (const [name, value] of Object.entries(OPTIONS)) duckdb.set_config(configuration, name, value);
    const database = await duckdb.open(path, configuration);
    try {
      const connection = await duckdb.connect(database);
      try {
        await work(connection);
      } finally {
        duckdb.disconnect_sync(connection);
      }
    } finally {
      duckdb.close_sync(database);
    }
  } catch (error) {
    await removeDatabase(path).catch(() => undefined);
    throw storageError(error, path, "writing");
  }
}

async function removeDatabase(path: string): Promise<void> {
  for (const file of [path, `${path}.wal`]) await rm(file, { force: true });
}
