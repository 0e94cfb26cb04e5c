import { readFile, stat } from "node:fs/promises";
import { Metadata, TypeRegistry } from "@polkadot/types";
import { TenureError } from "../../../engine/index.js";

/** Metadata of the main network has half a megabyte. */
const LARGEST_BYTES = 64 * 1024 * 1024;
/** `meta`: the four bytes that metadata begins with. */
const MAGIC = "meta";

/**
 * Reads a runtime's metadata from a file: what `state_getMetadata` answers, as hexadecimal text (with or without `0x`, or the node's
 * whole answer in JSON), or the bytes themselves.
 * @throws TenureError `TEN-CHAIN-042` it holds no metadata; a system error where it cannot be read
 */
export async function readMetadataFile(file: string): Promise<Metadata> {
  const found = await stat(file);
  if (!found.isFile()) throw noMetadata(file, found.isDirectory() ? "a folder" : "no regular file");
  if (found.size > LARGEST_BYTES) throw noMetadata(file, `${found.size} bytes`);
  const bytes = await readFile(file);
  const metadata = bytes.subarray(0, MAGIC.length).toString("latin1") === MAGIC ? bytes : bytesOfText(bytes.toString("latin1"));
  if (metadata?.subarray(0, MAGIC.length).toString("latin1") !== MAGIC) {
    throw noMetadata(file, bytes.length === 0 ? "an empty file" : bytes.subarray(0, 20).toString("latin1"));
  }
  try {
    const read = new Metadata(new TypeRegistry(), new Uint8Array(metadata));
    void read.asLatest;
    // The library takes what is missing at the end for zeros.
    const written = read.toU8a().length;
    if (written === metadata.length) return read;
    throw new RangeError(`${metadata.length} bytes, of ${written}`);
  } catch (error) {
    throw noMetadata(file, error instanceof Error ? error.message : String(error));
  }
}

/** The bytes of a hexadecimal text, or of the one in a node's answer; undefined where there is none. */
function bytesOfText(text: string): Buffer | undefined {
  const digits = hexOfAnswer(text.trim()).replace(/\s/g, "").replace(/^0x/, "");
  return digits.length % 2 === 0 && /^[0-9a-fA-F]+$/.test(digits) ? Buffer.from(digits, "hex") : undefined;
}

function hexOfAnswer(text: string): string {
  if (!text.startsWith("{") && !text.startsWith('"')) return text;
  try {
    const parsed: unknown = JSON.parse(text);
    const result = typeof parsed === "object" && parsed !== null ? (parsed as { result?: unknown }).result : parsed;
    return typeof result === "string" ? result : "";
  } catch {
    return "";
  }
}

function noMetadata(file: string, found: string): TenureError {
  return new TenureError({
    code: "TEN-CHAIN-042",
    what: "The file holds no metadata of a runtime.",
    place: { file },
    found,
    allowed: "what state_getMetadata answers: hexadecimal text that begins with 0x6d657461, or its bytes",
    hint: 'A node answers it to {"jsonrpc":"2.0","id":1,"method":"state_getMetadata","params":[]}.',
  });
}
