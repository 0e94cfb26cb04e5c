import { BALANCES_ONLY } from "./balances-only.js";
import type { NamedRecording } from "./recorded-streams.js";

/**
 * What the recordings of a run say of themselves, each once: changes without an event that explains them, samples that are
 * missing. A run rests on it. Of a stream that the scenario leaves out nothing is said.
 * @param told what the run says by itself; it is not said again
 */
export function recordingNotes(named: readonly NamedRecording[], told: readonly string[]): string[] {
  const seen = new Set<string>();
  return named.flatMap(({ stream, recording: { folder, manifest, streams } }) => {
    const ofStreams = streams.flatMap(({ kind }) => (manifest.streams[kind]?.notes ?? []).map((note) => `${kind}: ${note}`));
    return [...manifest.notes, ...ofStreams].flatMap((note) => {
      const isTold = told.some((warning) => warning.includes(note) || (note.includes(BALANCES_ONLY) && warning.includes(BALANCES_ONLY)));
      const key = `${folder}\n${note}`;
      if (isTold || seen.has(key)) return [];
      seen.add(key);
      return [`${stream.name}, as its recording notes: ${note}${/[.!?]$/.test(note) ? "" : "."}`];
    });
  });
}
