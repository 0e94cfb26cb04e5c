import { columnsByName, RESULT_TABLES } from "../../../engine/index.js";
import type { OpenRun } from "../../../recorders/index.js";
import type { PaidKey } from "../baseline/paid-line.js";

/** Who the numbers in the tables of a run stand for. */
export interface RunPeople {
  /** By position. */
  readonly keys: readonly (PaidKey | undefined)[];
  /** Of a participant or validator of the index subnet; undefined: it has none. */
  positionOf(participant: number): number | undefined;
  /** What all slashes for an offence in an epoch take of a validator's stake, 0..1. */
  slashRate(validator: number, epoch: number): number;
}

export async function readPeople(run: OpenRun): Promise<RunPeople> {
  const keys: PaidKey[] = [];
  for await (const batch of run.readTable("positions")) {
    const { position, netuid, hotkey, coldkey } = columnsByName(RESULT_TABLES.positions, batch.columns);
    for (let row = 0; row < batch.rows; row++) {
      keys[position[row]] = { netuid: netuid[row], kind: "position", hotkey: hotkey[row], coldkey: coldkey[row] };
    }
  }
  const positions = new Map<number, number>();
  if (run.tables.includes("participants")) {
    for await (const batch of run.readTable("participants")) {
      const { participant, position } = columnsByName(RESULT_TABLES.participants, batch.columns);
      for (let row = 0; row < batch.rows; row++) if (position[row] >= 0) positions.set(participant[row], position[row]);
    }
  }
  const rates = new Map<string, number>();
  if (run.tables.includes("slashes")) {
    for await (const batch of run.readTable("slashes")) {
      const { validator, epoch, rate } = columnsByName(RESULT_TABLES.slashes, batch.columns);
      for (let row = 0; row < batch.rows; row++) {
        const key = `${validator[row]} ${epoch[row]}`;
        rates.set(key, (rates.get(key) ?? 0) + rate[row]);
      }
    }
  }
  return {
    keys,
    positionOf: (participant) => positions.get(participant),
    slashRate: (validator, epoch) => rates.get(`${validator} ${epoch}`) ?? 0,
  };
}
