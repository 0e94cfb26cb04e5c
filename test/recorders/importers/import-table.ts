import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { StreamKind } from "../../../engine/index.js";
import { importTable, type TableOptions } from "../../../recorders/importers/index.js";
import { openRecording } from "../../../recorders/streams/index.js";
import { readRows } from "../streams/recordings.js";

export type ImportedOptions = Partial<Omit<TableOptions, "kind">>;

/** Imports a table beside itself (or into `out`) and reads the stream back. */
export async function importedTable(file: string, kind: StreamKind, options: ImportedOptions = {}) {
  const out = options.out ?? `${file}.out`;
  const report = await importTable(file, { kind, map: {}, addresses: "any", ...options, out });
  const { streams } = await openRecording(out);
  const stream = streams.find((one) => one.kind === kind);
  if (stream === undefined) throw new Error(`the recording has no ${kind}`);
  return { ...report, out, rows: await readRows(stream) };
}

/** Writes a file into a folder and says where it is. */
export async function written(folder: string, name: string, content: string | Uint8Array): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}
