// With `shipped-scenarios.ts` the one place of this room that touches the machine: a scenario is read from a file.
// biome-ignore lint/correctness/noNodejsModules: scenario files are read here and nowhere else in the room
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { nearestName, TenureError } from "../../engine/index.js";
import { SCENARIO_CODES } from "../schema/error-codes.js";
import { MANIFEST_BEGINNING, refuseManifest } from "./given-manifest.js";
import { shippedFile, shippedNames } from "./shipped-scenarios.js";
import { MOST_CHARACTERS } from "./yaml-bounds.js";

const EXTENSION = /\.ya?ml$/;

/**
 * The text of a scenario, by path or by the name of a shipped one.
 * @throws TenureError `TEN-SCENARIO-001` no such file, `-014` no regular file, `-015` too long, `-019` a recording or a run
 */
export function readScenarioFile(pathOrName: string): { file: string; text: string } {
  const file = isName(pathOrName) && shippedNames().includes(pathOrName) ? shippedFile(pathOrName) : pathOrName;
  try {
    // A mark of the byte order stays: whoever writes the text again leaves it as it was.
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readRegularFile(file, pathOrName));
    refuseManifest(text, pathOrName);
    return { file, text };
  } catch (error) {
    throw error instanceof TenureError ? error : unreadable(pathOrName, error);
  }
}

/** The bytes of a file, no more than a scenario can have. A pipe or device could be without end, or never begin. */
function readRegularFile(file: string, pathOrName: string): Uint8Array {
  // Without O_NONBLOCK opening a pipe waits for somebody to write into it. Windows has neither.
  const handle = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(handle);
    if (stats.isDirectory()) refuseManifest(manifestIn(file), pathOrName);
    if (stats.isDirectory()) throw Object.assign(new Error("a folder"), { code: "EISDIR" });
    if (!stats.isFile()) {
      throw new TenureError({
        code: SCENARIO_CODES.noRegularFile,
        what: "A scenario is read from a regular file, and this is none.",
        place: { file: pathOrName },
        found: stats.isFIFO() ? "a pipe" : stats.isSocket() ? "a socket" : "a device",
        allowed: "a regular file",
        hint: "Write the scenario to a file first.",
      });
    }
    // The size is not asked: a file may grow, and some that have one say 0.
    const bytes = new Uint8Array(MOST_CHARACTERS + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes.length; length += read)
      read = readSync(handle, bytes, length, bytes.length - length, null);
    if (length > MOST_CHARACTERS) {
      refuseManifest(beginningOf(bytes), pathOrName);
      throw new TenureError({
        code: SCENARIO_CODES.tooLong,
        what: "The file is too long for a scenario.",
        place: { file: pathOrName },
        found: stats.size,
        allowed: `at most ${MOST_CHARACTERS} bytes (1 MiB)`,
        hint: "Recorded data belongs in a recording: see `tenure import --help`.",
      });
    }
    return bytes.subarray(0, length);
  } finally {
    closeSync(handle);
  }
}

/** The beginning of the manifest in a folder; empty where none can be read. */
function manifestIn(folder: string): string {
  let handle: number | undefined;
  try {
    handle = openSync(`${folder}/manifest.json`, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    if (!fstatSync(handle).isFile()) return "";
    const bytes = new Uint8Array(MANIFEST_BEGINNING);
    return beginningOf(bytes.subarray(0, readSync(handle, bytes, 0, bytes.length, null)));
  } catch {
    return "";
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

function beginningOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, MANIFEST_BEGINNING));
}

function isName(pathOrName: string): boolean {
  return !/[/\\]/.test(pathOrName) && !EXTENSION.test(pathOrName);
}

function unreadable(pathOrName: string, error: unknown): TenureError {
  const { code } = error as { code?: unknown };
  const names = shippedNames();
  const nearest = nearestName(pathOrName.replace(/^.*[/\\]/, "").replace(EXTENSION, ""), names);
  const missing = code === "ENOENT" || code === "ENOTDIR";
  const reason =
    code === "EISDIR"
      ? "It is a folder."
      : code === "ERR_ENCODING_INVALID_ENCODED_DATA"
        ? "It is not UTF-8 text."
        : `The machine says ${String(code)}.`;
  return new TenureError({
    code: SCENARIO_CODES.missingFile,
    what: missing ? "There is no such scenario." : `The scenario cannot be read. ${reason}`,
    place: { file: pathOrName },
    found: pathOrName,
    allowed: `the path of a YAML file, or one of ${names.join(", ")}`,
    hint:
      missing && nearest !== undefined ? `Did you mean ${nearest}?` : "Check the path; `tenure scenarios list` tells of the shipped ones.",
  });
}
