import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type DataType, Field, Int32, makeData, RecordBatch, Schema, Struct, Table, tableToIPC } from "apache-arrow";
import { type RecordingManifest, recordingDigest, streamSchema } from "../../../recorders/streams/index.js";

/** Changes the manifest of a recording; with `resign` its digest is made right again and it is without a seal, as those of earlier versions. */
export async function editManifest(folder: string, edit: (manifest: RecordingManifest) => void, resign = true): Promise<void> {
  const path = join(folder, "manifest.json");
  const manifest = JSON.parse(await readFile(path, "utf8")) as RecordingManifest & { seal?: string };
  edit(manifest);
  if (resign) {
    manifest.digest = recordingDigest(manifest.streams);
    delete manifest.seal;
  }
  await writeFile(path, JSON.stringify(manifest));
}

/** Puts other bytes in the place of the price file and makes the manifest agree with them. */
export async function replacePrices(
  folder: string,
  bytes: Uint8Array,
  edit: (file: RecordingManifest["streams"]["price"]) => void = () => {},
): Promise<void> {
  await writeFile(join(folder, "price.arrow"), bytes);
  await editManifest(folder, (manifest) => {
    const [file] = manifest.streams.price?.files ?? [];
    if (file === undefined) throw new Error("no price stream");
    file.sha256 = createHash("sha256").update(bytes).digest("hex");
    file.bytes = bytes.byteLength;
    edit(manifest.streams.price);
  });
}

export interface PriceColumns {
  readonly times?: readonly bigint[];
  readonly blocks?: readonly number[];
  readonly netuids?: readonly number[];
  readonly prices?: readonly number[];
  /** Rows whose netuid is null, as a bit mask. */
  readonly nullNetuids?: number;
}

/** An Arrow price file with whatever values, past every check of the writer. The rows are those of `PRICES` where not given. */
export function forgedPrices(columns: PriceColumns, change: (schema: Schema) => Schema = (schema) => schema): Uint8Array {
  const schema = change(streamSchema("price"));
  const rows = 4;
  const arrays: Record<string, Parameters<typeof makeData>[0]> = {
    time_ms: { data: BigInt64Array.from(columns.times ?? [1000n, 1000n, 2000n, 3000n]) } as never,
    block: { data: Int32Array.from(columns.blocks ?? [10, 10, 20, 30]) } as never,
    netuid: {
      data: Int32Array.from(columns.netuids ?? [1, 2, 1, 1]),
      ...(columns.nullNetuids === undefined
        ? { nullCount: 0 }
        : { nullCount: -1, nullBitmap: Uint8Array.of(columns.nullNetuids, 0, 0, 0, 0, 0, 0, 0) }),
    } as never,
    price_tao_per_alpha: { data: Float64Array.from(columns.prices ?? [0.5, 0.25, 0.6, 0.7]) } as never,
    extra: { data: new Int32Array(rows) } as never,
  };
  const children = schema.fields.map((field) =>
    makeData({ type: field.type as DataType, length: rows, ...(arrays[String(field.name)] as object) } as never),
  );
  const data = makeData({ type: new Struct(schema.fields), length: rows, nullCount: 0, children });
  return tableToIPC(new Table(schema, [new RecordBatch(schema, data)]), "file");
}

/** The schema without a field, or with one more. */
export const without = (name: string) => (schema: Schema) => new Schema(schema.fields.filter((field) => field.name !== name));
export const withExtra = (schema: Schema) => new Schema([...schema.fields, new Field("extra", new Int32(), false)]);
export const withType = (name: string, type: DataType) => (schema: Schema) =>
  new Schema(schema.fields.map((field) => (field.name === name ? new Field(name, type, false) : field)));
