import { type FileHandle, open } from "node:fs/promises";
import { RecordBatchReader } from "apache-arrow";

/** Where the values of rows lie in a file; everything else says how to read them. */
interface Body {
  readonly from: number;
  readonly to: number;
}

const PIECE_BYTES = 1 << 16;

/**
 * Does a file differ from another only in the values of its rows? What lies around them, the library that reads Arrow takes on
 * trust: damaged, it may read for ever.
 * @param sound the same table as it was written
 */
export async function differsInValuesOnly(path: string, sound: string): Promise<boolean> {
  const [file, other] = [await open(path, "r"), await open(sound, "r")];
  try {
    const { size } = await file.stat();
    if (size !== (await other.stat()).size) return false;
    const bodies = await bodiesOf(other);
    const [a, b] = [Buffer.alloc(PIECE_BYTES), Buffer.alloc(PIECE_BYTES)];
    for (let at = 0; at < size; at += PIECE_BYTES) {
      const [{ bytesRead }] = [await file.read(a, 0, PIECE_BYTES, at), await other.read(b, 0, PIECE_BYTES, at)];
      if (a.compare(b, 0, bytesRead, 0, bytesRead) === 0) continue;
      for (let i = 0; i < bytesRead; i++) if (a[i] !== b[i] && !bodies.some(({ from, to }) => at + i >= from && at + i < to)) return false;
    }
    return true;
  } finally {
    await Promise.all([file.close(), other.close()]);
  }
}

/** The bodies of the record batches; those of dictionaries are not among them: the words of a column are part of the frame. */
async function bodiesOf(file: FileHandle): Promise<readonly Body[]> {
  const reader = await RecordBatchReader.from(file);
  await reader.open({ autoDestroy: false });
  const { footer } = reader as unknown as { readonly footer: { recordBatches(): Iterable<Block> } };
  return [...footer.recordBatches()].map(({ offset, metaDataLength, bodyLength }) => ({
    from: Number(offset) + Number(metaDataLength),
    to: Number(offset) + Number(metaDataLength) + Number(bodyLength),
  }));
}

interface Block {
  readonly offset: number | bigint;
  readonly metaDataLength: number | bigint;
  readonly bodyLength: number | bigint;
}
