import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { TenureError } from "../../engine/index.js";
import { type RecordingSource, systemCode } from "../streams/index.js";
import { systemWords } from "../system-words.js";
import { Utf8Text } from "./text-encoding.js";

/** The largest JSON text one string can hold. */
const LARGEST_JSON_BYTES = 500_000_000;

/** A file that is to be read, named relative to the folder it was found in. */
export interface InputFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
}

export type InputRecord = RecordingSource["inputs"][number];

function missing(path: string, code: string): TenureError {
  return new TenureError({
    code: "TEN-IMPORT-001",
    what: "The input cannot be read.",
    place: { file: path },
    found: code,
    allowed: "a file or folder that is there and can be read",
    hint: "Check the path.",
  });
}

/** @throws TenureError `TEN-IMPORT-001` when it is there but cannot be read, or is a folder */
export async function findInputFile(folder: string, name: string): Promise<InputFile | undefined> {
  const path = join(folder, name);
  try {
    const found = await stat(path);
    if (!found.isFile()) throw missing(path, "not a file");
    return { path, name, bytes: found.size };
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    if (code === "ENOENT") return undefined;
    throw missing(path, systemWords(code));
  }
}

/** Names in a folder, sorted by code unit; undefined when there is no such folder. */
export async function listFolder(path: string): Promise<string[] | undefined> {
  try {
    return (await readdir(path)).sort();
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    if (code === "ENOENT") return undefined;
    throw missing(path, systemWords(code));
  }
}

/** @throws TenureError `TEN-IMPORT-001` when it is not a folder that can be read */
export async function requireFolder(path: string): Promise<string[]> {
  const names = await listFolder(path);
  if (names === undefined) throw missing(path, systemWords("ENOENT"));
  return names;
}

/** Line and column, both from 1, of an offset in a text. */
function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf("\n");
  return { line: before.split("\n").length, column: offset - lastBreak };
}

/** Where the parser stopped, as far as its message says. */
function syntaxPlace(message: string, text: string): { line?: number; column?: number } {
  const at = /at position (\d+)/.exec(message)?.[1];
  if (at !== undefined) return lineAndColumn(text, Number(at));
  return /unexpected end/i.test(message) ? lineAndColumn(text, text.length) : {};
}

/** NaN and infinities as Python writes them into JSON, standing as values. */
export const NOT_JSON_NUMBERS = /([:[,]\s*)(?:NaN|-?Infinity)(?=\s*[,\]}])/g;

/**
 * A JSON file, whole. `NaN` and `Infinity`, which Python writes though JSON has none, become null.
 * @throws TenureError `TEN-IMPORT-001`, `-003` (not JSON, with line and column where the parser gives them), `-022`
 */
export async function readJsonInput(file: InputFile): Promise<{ readonly value: unknown; readonly record: InputRecord }> {
  if (file.bytes > LARGEST_JSON_BYTES) throw missing(file.path, `${file.bytes} bytes, more than ${LARGEST_JSON_BYTES} in one JSON file`);
  const content = await readFile(file.path).catch((error: unknown) => {
    const code = systemCode(error);
    throw missing(file.path, code === undefined ? String(error) : systemWords(code));
  });
  const record = { path: file.name, bytes: content.byteLength, sha256: createHash("sha256").update(content).digest("hex") };
  // The decoder takes a byte order mark away.
  const text = new Utf8Text(file.path).decode(content, true);
  try {
    return { value: JSON.parse(text), record };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const repaired = text.replace(NOT_JSON_NUMBERS, "$1null");
    if (repaired !== text) {
      try {
        return { value: JSON.parse(repaired), record };
      } catch {
        // Also wrong elsewhere: the first error is the one to report.
      }
    }
    throw new TenureError({
      code: "TEN-IMPORT-003",
      what: "The file is not JSON.",
      place: { file: file.path, ...syntaxPlace(error.message, text) },
      found: error.message,
      allowed: "JSON",
      hint: text === "" ? "The file is empty." : "It may be cut short; fetch it again.",
    });
  }
}
