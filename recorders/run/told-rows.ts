import { join } from "node:path";
import { AddressBook, type ColumnBatch, columnIndex, RAO_PER_TOKEN, STREAMS, type StreamKind } from "../../engine/index.js";
import { makeDrawnStream, makeStatedStream, type Scenario, type ScenarioStream, scenarioFromResolved } from "../../scenarios/index.js";
import type { OpenRun } from "../results/open-run.js";
import { openRecording } from "../streams/index.js";
import { dataFolder } from "./inputs-of-run.js";
import { firstTakenMs } from "./rows-taken.js";

/** Kinds of streams that say what a hotkey has until the next row of it. */
export type ToldKind = "collateral" | "scores";

/** A row of such a stream. */
export interface ToldRow {
  readonly kind: ToldKind;
  /** As the manifest of the run names it. */
  readonly stream: string;
  readonly time_ms: number;
  readonly netuid: number;
  readonly hotkey: string;
  /** Of scores: the column beside the score; null: the score itself. */
  readonly column: string | null;
  /** Tokens, or the score. */
  readonly value: number;
}

const VALUES: Readonly<Record<ToldKind, { readonly column: string; readonly one: number }>> = {
  collateral: { column: "amount_rao", one: RAO_PER_TOKEN },
  scores: { column: "score", one: 1 },
};

/**
 * The rows of some kinds that a finished run took, stream by stream; recorded files are read where they are the same as in the run.
 * @param data where recorded streams lie; undefined: where the manifest says
 * @throws TenureError `TEN-RUN-002`, those of the recordings (`TEN-STREAM-...`)
 */
export async function readToldRows(run: OpenRun, kinds: readonly ToldKind[], data?: string): Promise<readonly ToldRow[]> {
  const scenario = scenarioFromResolved(run.manifest.scenario.resolved);
  const rows: ToldRow[] = [];
  for (const stream of scenario.streams) rows.push(...(await rowsOf(run, scenario, stream, kinds, data)));
  return rows;
}

async function rowsOf(
  run: OpenRun,
  { configuration }: Scenario,
  stream: ScenarioStream,
  kinds: readonly ToldKind[],
  data: string | undefined,
): Promise<readonly ToldRow[]> {
  const { seed, replicate, startMs, endMs } = configuration;
  const rows: ToldRow[] = [];
  const addresses = new AddressBook();
  if (stream.source === "stated" || stream.source === "drawn") {
    const { kind } = stream.options;
    if (!isTold(kind, kinds) || startMs === null || endMs === null) return rows;
    const context = { name: stream.name, seed, replicate, startMs, endMs, addresses };
    const made = stream.source === "stated" ? makeStatedStream(stream.options, context) : makeDrawnStream(stream.options, context);
    for (const chunk of made.chunks) take(rows, kind, made.description.name, chunk, addresses, startMs);
    return rows;
  }
  if (stream.source !== "recorded") return rows;
  for (const kind of kinds) {
    const name = `${stream.name}/${kind}`;
    const read = run.manifest.inputs.filter((input) => input.stream === name);
    const folder = read.length === 0 ? undefined : dataFolder(run, data);
    if (folder === undefined) continue;
    const { streams } = await openRecording(join(folder, stream.folder), { kinds: [kind] });
    for (const recorded of streams) {
      // Another recording says nothing of this run.
      if (!recorded.files.every(({ sha256 }) => read.some((input) => input.sha256 === sha256))) continue;
      for await (const chunk of recorded.openChunks(addresses)) take(rows, kind, name, chunk, addresses, firstTakenMs(kind, startMs ?? 0));
    }
  }
  return rows;
}

function isTold(kind: StreamKind, kinds: readonly ToldKind[]): kind is ToldKind {
  return kinds.some((one) => one === kind);
}

function take(rows: ToldRow[], kind: ToldKind, stream: string, chunk: ColumnBatch, addresses: AddressBook, leastMs: number): void {
  const declaration = STREAMS[kind];
  const columnOf = (name: string) => chunk.columns[columnIndex(declaration, name)] as ArrayLike<number>;
  const { column, one } = VALUES[kind];
  const [times, netuids, hotkeys, values] = ["time_ms", "netuid", "hotkey", column].map(columnOf);
  const beside = kind === "scores" ? columnOf("column") : null;
  for (let row = 0; row < chunk.rows; row++) {
    if (times[row] < leastMs) continue;
    rows.push({
      kind,
      stream,
      time_ms: times[row],
      netuid: netuids[row],
      hotkey: addresses.nameOf(hotkeys[row]),
      column: beside === null || beside[row] < 0 ? null : addresses.nameOf(beside[row]),
      value: values[row] / one,
    });
  }
}
