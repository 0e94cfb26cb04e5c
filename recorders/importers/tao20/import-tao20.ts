import { AddressBook, type StreamKind } from "../../../engine/index.js";
import { type JsonValue, RecordingSums, type RecordingWriter, writeRecording } from "../../streams/index.js";
import type { ImportOptions, ImportReport } from "../import-report.js";
import { type InputRecord, readJsonInput } from "../input-files.js";
import { EmissionRateImport } from "./import-emission-rates.js";
import { IndexWeightImport } from "./import-index-weights.js";
import { PriceImport } from "./import-prices.js";
import { type DayFile, findTao20Files, type Tao20Files } from "./tao20-files.js";

export interface Tao20Options extends ImportOptions {}

/** Takes the files of one kind, day after day. */
interface DayImport {
  readonly netuids: Iterable<number>;
  takeDay(file: DayFile, value: unknown): Promise<void>;
  finish(): Promise<Record<string, JsonValue>>;
  notes(): string[];
}

interface Part {
  readonly kind: StreamKind;
  readonly files: readonly DayFile[];
  readonly start: (recording: RecordingWriter) => Promise<DayImport>;
}

/** The parts of an import; those without files are left out of the recording. */
function partsOf(files: Tao20Files): Part[] {
  const parts: Part[] = [
    { kind: "price", files: files.prices, start: (recording) => PriceImport.start(recording) },
    { kind: "emission_rate", files: files.emissionRates, start: (recording) => EmissionRateImport.start(recording) },
    { kind: "index_weights", files: files.indexWeights, start: (recording) => IndexWeightImport.start(recording) },
  ];
  return parts.filter((part) => part.files.length > 0);
}

/**
 * Makes a recording (`price`, `emission_rate`, `index_weights`, as far as there are files) of a folder of the TAO20
 * transparency portal. One file is in memory at a time. What is missing is reported in `figures` and `notes`, never filled.
 * @throws TenureError `TEN-IMPORT-001` to `-004`, `-007`, `-008`, `-017`, `-022`, `-028` and what `writeRecording` names
 */
export async function importTao20(folder: string, options: Tao20Options): Promise<ImportReport> {
  const files = await findTao20Files(folder);
  const parts = partsOf(files);
  const sums = new RecordingSums();
  const total = parts.flatMap((part) => part.files).reduce((sum, file) => sum + file.bytes, 0);
  const warnings: string[] = [...files.notes];
  const { manifest, unchanged } = await writeRecording(
    { out: options.out, inputs: [folder], book: new AddressBook(), signal: options.signal, sums },
    async (recording) => {
      const inputs: InputRecord[] = [];
      const figures: Record<string, JsonValue> = {};
      const streamNotes: Partial<Record<StreamKind, string[]>> = {};
      const netuids = new Set<number>();
      let done = 0;
      for (const part of parts) {
        const days = await part.start(recording);
        for (const file of part.files) {
          options.signal?.throwIfAborted();
          const { value, record } = await readJsonInput(file);
          inputs.push(record);
          await days.takeDay(file, value);
          done += file.bytes;
          options.onProgress?.(done, total, file.name);
        }
        figures[part.kind] = await days.finish();
        for (const netuid of days.netuids) netuids.add(netuid);
        const notes = days.notes();
        streamNotes[part.kind] = notes;
        warnings.push(...notes.map((note) => `${part.kind}: ${note}.`));
      }
      return {
        source: { importer: "tao20", inputs, options: {}, netuids: [...netuids].sort((a, b) => a - b), chain: "finney" },
        coverage: "subnet",
        figures,
        notes: [...files.notes],
        streamNotes,
      };
    },
  );
  const readAs = `TAO20 portal: ${parts.map(({ kind, files: { length } }) => `${length} ${length === 1 ? "file" : "files"} of ${kind}`).join(", ")}`;
  return { folder: options.out, manifest, unchanged, sums: sums.figures(), readAs, warnings };
}
