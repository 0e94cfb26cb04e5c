import { columnsByName, RESULT_TABLES, type ResultTableName } from "../../engine/index.js";
import type { OpenRun, ShownRow } from "../../recorders/index.js";
import { EVENT_CLOCKS } from "./event-tables.js";

/** A row of a table that is to be placed. */
export interface RowToPlace {
  readonly table: ResultTableName;
  readonly values: ShownRow;
}

/** A row with what its ids stand for. */
export interface PlacedRow extends RowToPlace {
  /** Of the row itself or of its position; null: of none. */
  readonly netuid: number | null;
  /** Hotkey of its position, or name of whom it is about on an index subnet; null: about nobody. */
  readonly who: string | null;
  /** When it happened; null: it is no event, or of an epoch that the run did not write down. */
  readonly timeMs: number | null;
}

type Run = Pick<OpenRun, "tables" | "readTable">;

function idIn({ values }: RowToPlace, ...names: readonly string[]): number | null {
  for (const name of names) if (typeof values[name] === "number") return values[name];
  return null;
}
/** In `coldkeys` the column `coldkey` is the id of a position that has it. */
const positionIn = (row: RowToPlace) => idIn(row, "position", "coldkey");
const memberIn = (row: RowToPlace) => idIn(row, "participant", "validator");
const epochKey = (netuid: number | null, epoch: unknown) => `${netuid} ${epoch}`;

/** Finds whom and when rows of a run are about. Each table of names is read once, and only where a row asks for it. */
export async function placeRows(run: Run, rows: readonly RowToPlace[]): Promise<readonly PlacedRow[]> {
  const positions = await readPositionKeys(run, idsOf(rows.map(positionIn)));
  const members = await readMemberNames(run, idsOf(rows.map(memberIn)));
  const netuidOf = (row: RowToPlace) => idIn(row, "netuid") ?? positions.get(positionIn(row) ?? -1)?.netuid ?? null;
  const ofEpochs = rows.filter(({ table }) => EVENT_CLOCKS[table]?.when === "epoch");
  const ends = await readEpochEnds(run, new Set(ofEpochs.map((row) => epochKey(netuidOf(row), row.values.epoch))));
  return rows.map((row) => {
    const { table, values } = row;
    const when = EVENT_CLOCKS[table]?.when;
    const ofEpoch = when === "epoch" ? ends.get(epochKey(netuidOf(row), values.epoch)) : undefined;
    const timeMs = ofEpoch ?? (when === undefined ? null : idIn(row, when));
    const named = typeof values.hotkey === "string" && values.hotkey !== "" ? values.hotkey : null;
    const who = named ?? positions.get(positionIn(row) ?? -1)?.hotkey ?? members.get(memberIn(row) ?? -1) ?? null;
    return { table, values, netuid: netuidOf(row), who, timeMs };
  });
}

/** -1 is the id of nobody. */
function idsOf(ids: readonly (number | null)[]): ReadonlySet<number> {
  return new Set(ids.filter((id) => id !== null && id >= 0) as number[]);
}

async function readPositionKeys(run: Run, wanted: ReadonlySet<number>): Promise<ReadonlyMap<number, { netuid: number; hotkey: string }>> {
  const keys = new Map<number, { netuid: number; hotkey: string }>();
  if (wanted.size === 0) return keys;
  for await (const batch of run.readTable("positions")) {
    const { position, netuid, hotkey } = columnsByName(RESULT_TABLES.positions, batch.columns);
    for (let row = 0; row < batch.rows; row++) {
      if (wanted.has(position[row])) keys.set(position[row], { netuid: netuid[row], hotkey: hotkey[row] });
    }
  }
  return keys;
}

async function readMemberNames(run: Run, wanted: ReadonlySet<number>): Promise<ReadonlyMap<number, string>> {
  const names = new Map<number, string>();
  if (wanted.size === 0 || !run.tables.includes("participants")) return names;
  for await (const batch of run.readTable("participants")) {
    const { participant, name } = columnsByName(RESULT_TABLES.participants, batch.columns);
    for (let row = 0; row < batch.rows; row++) if (wanted.has(participant[row])) names.set(participant[row], name[row]);
  }
  return names;
}

async function readEpochEnds(run: Run, wanted: ReadonlySet<string>): Promise<ReadonlyMap<string, number>> {
  const ends = new Map<string, number>();
  if (wanted.size === 0) return ends;
  for await (const batch of run.readTable("epochs")) {
    const { netuid, epoch, endMs } = columnsByName(RESULT_TABLES.epochs, batch.columns);
    for (let row = 0; row < batch.rows; row++) {
      const key = epochKey(netuid[row], epoch[row]);
      if (wanted.has(key)) ends.set(key, endMs[row]);
    }
  }
  return ends;
}
