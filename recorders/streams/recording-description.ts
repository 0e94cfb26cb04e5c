import type { StreamKind } from "../../engine/index.js";
import type { Coverage, RecordingManifest, RecordingSource } from "./recording-manifest.js";

/** What the maker of a recording says of it. */
export interface RecordingDescription {
  readonly source: RecordingSource;
  /** When left out: as the recording it is added to says, else `partial`. */
  readonly coverage: Coverage | undefined;
  readonly figures: RecordingManifest["figures"];
  readonly notes: readonly string[];
  /** By kind: what a reader should know of the stream. */
  readonly streamNotes?: Readonly<Partial<Record<StreamKind, readonly string[]>>>;
  readonly attributedEmissionRao?: number;
}
