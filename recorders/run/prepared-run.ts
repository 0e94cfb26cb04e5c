import {
  type AddressBook,
  ALWAYS_TABLES,
  RESULT_TABLE_NAMES,
  type ResultTableName,
  type SimulationConfiguration,
  type StreamDescription,
  WHERE_FILLED_TABLES,
} from "../../engine/index.js";
import type { RuleFile } from "../plug-ins/load-rules.js";
import type { InputEntry } from "../results/manifest.js";
import type { ChunkSource } from "./drive.js";

/** A stream of the engine, its rows, its entries in the manifest, and what to tell about the reading of it when it was read. */
export interface OpenStream {
  readonly description: StreamDescription;
  readonly source: ChunkSource;
  readonly inputs: readonly InputEntry[];
  readonly warnings: () => readonly string[];
}

/** A scenario whose streams are open: all that `simulate` and the manifest need. */
export interface PreparedRun {
  readonly name: string;
  /** The scenario as plain data, every default filled in: enough to run it again. */
  readonly resolved: unknown;
  readonly configuration: SimulationConfiguration;
  readonly streams: readonly StreamDescription[];
  /** One a stream, in the same order. */
  readonly sources: readonly ChunkSource[];
  readonly addresses: AddressBook;
  readonly inputs: readonly InputEntry[];
  /** Rules of files, which are inputs, too. */
  readonly rules: readonly RuleFile[];
  /** The last instant the streams hold, for progress; null when it is not known before they are read. */
  readonly lastMs: number | null;
  /** That nothing that was recorded lies in the time of the run; empty where anything does. Told before what follows from it. */
  readonly outsideWindow: readonly string[];
  /** What a reader of the results should know about the reading of the streams; asked after the run. */
  warnings(): readonly string[];
}

const ALWAYS: readonly ResultTableName[] = [...ALWAYS_TABLES, ...WHERE_FILLED_TABLES];

/** The tables a run writes, in the order of their declarations; some of them only where they have rows (`ResultWriter`). */
export function recordedTables(configuration: SimulationConfiguration): ResultTableName[] {
  return RESULT_TABLE_NAMES.filter((name) => ALWAYS.includes(name) || configuration.record.tables.includes(name));
}

export async function closeSources(prepared: PreparedRun): Promise<void> {
  for (const source of prepared.sources) await source.close?.();
}
