import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { TenureError } from "../../../engine/index.js";
import { systemCode } from "../../streams/index.js";
import { systemWords } from "../../system-words.js";
import { ArrowTable } from "./arrow-table.js";
import { CsvTable } from "./csv-table.js";
import { JsonTable } from "./json-table.js";
import { ParquetTable } from "./parquet-table.js";
import type { TableSource } from "./table-source.js";

type Opener = (file: string, bytes: number, signal?: AbortSignal) => Promise<TableSource>;

const openCsv =
  (compressed: boolean): Opener =>
  (file, _, signal) =>
    CsvTable.open(file, compressed, signal);
const openJson =
  (compressed: boolean): Opener =>
  (file, _, signal) =>
    JsonTable.open(file, compressed, signal);
const openParquet: Opener = (file, bytes, signal) => ParquetTable.open(file, bytes, signal);
const openArrow: Opener = (file, bytes, signal) => ArrowTable.open(file, bytes, signal);

/** By the end of a file's name. */
const FORMATS: Readonly<Record<string, Opener>> = {
  ".csv": openCsv(false),
  ".tsv": openCsv(false),
  ".csv.gz": openCsv(true),
  ".tsv.gz": openCsv(true),
  ".json": openJson(false),
  ".jsonl": openJson(false),
  ".ndjson": openJson(false),
  ".json.gz": openJson(true),
  ".jsonl.gz": openJson(true),
  ".ndjson.gz": openJson(true),
  ".parquet": openParquet,
  ".arrow": openArrow,
  ".feather": openArrow,
  ".ipc": openArrow,
};

/** @throws TenureError `TEN-IMPORT-001` it is no file, `-015` it is empty, `-019` its name tells no format, and what the format's reader names */
export async function openTable(file: string, signal?: AbortSignal): Promise<TableSource> {
  const found = await stat(file).catch((error: unknown) => {
    const code = systemCode(error);
    throw missing(file, code === undefined ? String(error) : systemWords(code));
  });
  if (!found.isFile()) throw missing(file, "not a file");
  const name = basename(file).toLowerCase();
  const end = Object.keys(FORMATS).find((format) => name.endsWith(format));
  if (end === undefined) {
    throw new TenureError({
      code: "TEN-IMPORT-019",
      what: "The name of the file does not say which format it has.",
      place: { file },
      found: /\.[^.]*$/.exec(name)?.[0] ?? name,
      allowed: Object.keys(FORMATS).join(", "),
      hint: "Rename it by what it holds, or save it as CSV.",
    });
  }
  if (found.size === 0) throw emptyTable(file);
  return FORMATS[end](file, found.size, signal);
}

function missing(file: string, found: string): TenureError {
  return new TenureError({
    code: "TEN-IMPORT-001",
    what: "The input cannot be read.",
    place: { file },
    found,
    allowed: "a file that can be read",
    hint: "Check the path.",
  });
}

export function emptyTable(file: string): TenureError {
  return new TenureError({
    code: "TEN-IMPORT-015",
    what: "The table has no rows.",
    place: { file },
    found: "an empty table",
    allowed: "at least one row",
    hint: "Check that it was downloaded or exported whole.",
  });
}
