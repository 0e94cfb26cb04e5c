import { open } from "node:fs/promises";
import { signedFormat } from "../../file-signature.js";
import { malformed } from "./unreadable.js";

const MAGIC = "PAR1";
/** Length of the footer and magic. */
const END_BYTES = 4 + MAGIC.length;
export const PARQUET_ALLOWED = "a Parquet file";

/**
 * Is it a Parquet file from its first to its last bytes? Said in words of our own before the library tries.
 * @throws TenureError `TEN-IMPORT-016`
 */
export async function checkParquetFrame(file: string): Promise<void> {
  const handle = await open(file, "r");
  try {
    const { size } = await handle.stat();
    const start = Buffer.alloc(8);
    await handle.read(start, 0, start.length, 0);
    const format = signedFormat(start);
    if (format !== PARQUET_ALLOWED) {
      throw malformed({ file }, format === undefined ? "no Parquet file" : `${format}, no plain Parquet file`, PARQUET_ALLOWED);
    }
    const end = Buffer.alloc(END_BYTES);
    if (size >= MAGIC.length + END_BYTES) await handle.read(end, 0, END_BYTES, size - END_BYTES);
    if (end.toString("latin1", 4) !== MAGIC || end.readUInt32LE(0) > size - MAGIC.length - END_BYTES) {
      throw malformed({ file }, "a Parquet file that ends in the middle", PARQUET_ALLOWED);
    }
  } finally {
    await handle.close();
  }
}
