import { AddressBook, type SimulationConfiguration } from "../../../engine/index.js";
import { openRun } from "../../../recorders/results/open-run.js";
import { writeRecording } from "../../../recorders/streams/index.js";
import { parseScenario, type Scenario } from "../../../scenarios/index.js";
import { chunksOf, type MemoryStream, type Row, rowsOf } from "../../engine/in-memory.js";

/** Writes streams in memory as a recording. */
export async function recordStreams(out: string, streams: readonly MemoryStream[]): Promise<void> {
  const book = new AddressBook();
  await writeRecording({ out, inputs: [], book }, async (recording) => {
    for (const stream of streams) {
      const writer = await recording.stream(stream.kind);
      for (const chunk of chunksOf(stream, book)) await writer.write(chunk);
    }
    return { source: { importer: "test", inputs: [], options: {}, netuids: [1], chain: null }, coverage: "subnet", figures: {}, notes: [] };
  });
}

/** A configuration in the words of a scenario, over one recording, with some parts changed. */
export function scenarioOf(config: SimulationConfiguration, recorded: string, changes: Readonly<Record<string, unknown>>): Scenario {
  const { ledger, vesting, emission } = config;
  const { tempoBlocks: tempo, capacity, immunityMs } = config.subnetDefaults;
  const scenario = {
    name: "any",
    time: { start: new Date(config.startMs).toISOString(), end: new Date(config.endMs as number).toISOString() },
    subnet: { tempo, capacity, immunity_blocks: immunityMs / 12_000 },
    epochs: config.epochs,
    snapshots: config.snapshots,
    streams: [{ recorded }],
    ledger: {
      withdrawal_order: ledger.withdrawalOrder,
      equal_times: ledger.equalTimes,
      moves: ledger.moves,
      pair_moves: ledger.pairMoves,
      on_invalid: ledger.onInvalid,
      owner_groups: ledger.ownerGroups,
    },
    vesting: {
      mode: vesting.mode,
      start: vesting.startMs,
      minimum_stake: vesting.minimumStakeRao / 1e9,
      retention_basis: vesting.retentionBasis,
      retention_scope: vesting.retentionScope,
      rounding: vesting.rounding,
      key_scope: vesting.keyScope,
      below_minimum: vesting.belowMinimum,
    },
    emission: {
      mode: emission.mode,
      withdrawals: emission.withdrawals,
      outside: emission.outside === null ? false : { miner_pot_alpha_per_block: emission.outside.minerPotRaoPerBlock / 1e9 },
    },
    record: { tables: "all" },
    ...changes,
  };
  return parseScenario(JSON.stringify(scenario), "any.json");
}

/** The rows of a table of a run. */
export async function tableOf(dir: string, table: Parameters<Awaited<ReturnType<typeof openRun>>["readTable"]>[0]): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const batch of (await openRun(dir)).readTable(table)) rows.push(...rowsOf(batch));
  return rows;
}

/** What each position that was paid or holds came to, by its addresses; what the run was recorded to pay left out. */
export async function balancesOf(dir: string): Promise<Record<string, unknown>> {
  const rows = (await tableOf(dir, "positions")).filter((row) => Number(row.stake_rao) > 0 || row.paid_rao !== "0");
  return Object.fromEntries(
    rows.map((row) => [
      `${row.netuid} ${row.hotkey} ${row.coldkey}`,
      { stake: row.stake_rao, manual: row.manual_rao, earned: row.earned_rao, paid: row.paid_rao },
    ]),
  );
}

/** Holdings by the end of the epoch and the addresses of the position. */
export async function holdingsOf(dir: string): Promise<Map<string, Row>> {
  const positions = await tableOf(dir, "positions");
  const epochs = new Map((await tableOf(dir, "epochs")).map((row) => [`${row.netuid} ${row.epoch}`, row.end_ms]));
  const holdings = await tableOf(dir, "holdings");
  return new Map(
    holdings.map(({ epoch, position, ...measured }) => {
      const { netuid, hotkey, coldkey } = positions[Number(position)];
      return [`${epochs.get(`${netuid} ${epoch}`)} ${netuid} ${hotkey} ${coldkey}`, measured];
    }),
  );
}

/** What each position's tranches hold at the end and ever received, by its addresses; in the order of their entry. */
export async function tranchesOf(dir: string): Promise<Record<string, unknown[]>> {
  const positions = await tableOf(dir, "positions");
  const found: Record<string, unknown[]> = {};
  for (const row of await tableOf(dir, "tranches")) {
    if (row.state !== "held") continue;
    const { netuid, hotkey, coldkey } = positions[Number(row.position)];
    const key = `${netuid} ${hotkey} ${coldkey}`;
    found[key] = [...(found[key] ?? []), `${row.source} of ${row.entry_ms}: ${row.remaining_rao} of ${row.received_rao}`].sort();
  }
  return found;
}

/** What each position was paid for each role, by the end of the epoch and its addresses. */
export async function rewardsOf(dir: string): Promise<Record<string, number>> {
  const positions = await tableOf(dir, "positions");
  const epochs = new Map((await tableOf(dir, "epochs")).map((row) => [`${row.netuid} ${row.epoch}`, row.end_ms]));
  const paid: Record<string, number> = {};
  for (const { epoch, position, role, paid_rao } of await tableOf(dir, "rewards")) {
    if (paid_rao === 0) continue;
    const { netuid, hotkey, coldkey } = positions[Number(position)];
    const key = `${epochs.get(`${netuid} ${epoch}`)} ${netuid} ${hotkey} ${coldkey} ${role}`;
    paid[key] = (paid[key] ?? 0) + Number(paid_rao);
  }
  return paid;
}

/** What a recording of a run says of moves of a position onto itself, which may leave no row. */
export const OWN_MOVES_NOTE = "the tables do not tell of moves of a position onto itself";

/**
 * Did a move of a position onto itself bring anything in a run? In another run, that had all it asked for, it leaves no row.
 * @param streams that the run read
 */
async function broughtToItself(dir: string, streams: readonly MemoryStream[]): Promise<boolean> {
  const keyOf = ({ time_ms, netuid, hotkey, coldkey }: Row) => `${time_ms} ${netuid} ${hotkey} ${coldkey}`;
  const rows = streams.flatMap(({ kind, rows: of }) => (kind === "stake" ? of : []));
  const removed = new Set(rows.filter(({ action }) => action === "removed").map(keyOf));
  const isOwn = (row: Row) =>
    (row.action === "moved" && row.to_hotkey === row.hotkey) ||
    (row.action === "transferred" && row.to_coldkey === row.coldkey && (row.to_hotkey ?? row.hotkey) === row.hotkey) ||
    // Which `pair_moves` takes for a move.
    (row.action === "added" && removed.has(keyOf(row)));
  const own = new Set(rows.filter(isOwn).map(keyOf));
  const positions = await tableOf(dir, "positions");
  return (await tableOf(dir, "flows")).some(({ time_ms, position, flow, counterparty }) => {
    const arrived = counterparty === -1 && (flow === "from_outside" || flow === "inflow");
    return arrived && own.has(keyOf({ ...positions[Number(position)], time_ms }));
  });
}

/** What a recording of a run says of requests that took nothing: they are told as removals. */
export const IN_VAIN_NOTE = "The tables do not tell what was asked for where nothing was taken";

/** Did a slash take something in a run that took nothing in another? */
async function slashedInVain(dir: string, other: string): Promise<boolean> {
  const placesOf = async (run: string, table: "exits" | "rejections", isMeant: (row: Row) => boolean) => {
    const positions = await tableOf(run, "positions");
    return (await tableOf(run, table)).filter(isMeant).map(({ time_ms, position }) => {
      const { netuid, hotkey, coldkey } = positions[Number(position)];
      return `${time_ms} ${netuid} ${hotkey} ${coldkey}`;
    });
  };
  const vain = new Set(await placesOf(other, "rejections", ({ cause }) => cause !== "shortfall"));
  return (await placesOf(dir, "exits", ({ reason }) => reason === "slash")).some((place) => vain.has(place));
}

/**
 * Was a hotkey paid in several roles after the last epoch that ended? Of such pay no table has a role, so that all of it is told as of the
 * last one (docs/how-to/import.md).
 */
async function paidInRolesOfNoEpoch(origin: string, streams: readonly MemoryStream[]): Promise<boolean> {
  const lastEnd = new Map<unknown, number>();
  for (const { netuid, end_ms: endMs } of await tableOf(origin, "epochs"))
    lastEnd.set(netuid, Math.max(lastEnd.get(netuid) ?? 0, Number(endMs)));
  const roles = new Map<string, unknown>();
  return streams.some(({ kind, rows }) => {
    if (kind !== "emission") return false;
    return rows.some(({ time_ms: timeMs, netuid, hotkey, role = "miner" }) => {
      if (Number(timeMs) <= (lastEnd.get(netuid) ?? 0)) return false;
      const key = `${netuid} ${hotkey}`;
      const isOther = roles.has(key) && roles.get(key) !== role;
      roles.set(key, role);
      return isOther;
    });
  });
}

/**
 * Did something happen in a run under another rule that the recording of the first run does not tell, as its import said?
 * @param runs the run under the other rule, the first run, and the streams that both read
 */
export async function isUntold(
  warnings: readonly string[],
  { direct, origin, streams }: { readonly direct: string; readonly origin: string; readonly streams: readonly MemoryStream[] },
): Promise<boolean> {
  const says = (note: string) => warnings.some((one) => one.includes(note));
  return (
    (await paidInRolesOfNoEpoch(origin, streams)) ||
    (says(OWN_MOVES_NOTE) && (await broughtToItself(direct, streams))) ||
    (says(IN_VAIN_NOTE) && (await slashedInVain(direct, origin)))
  );
}
