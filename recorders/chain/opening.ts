import { join } from "node:path";
import { columnIndex, InvariantError, STREAMS } from "../../engine/index.js";
import { readSs58 } from "../addresses/index.js";
import type { RecordingManifest } from "../streams/index.js";
import { RowCheck } from "../streams/row-check.js";
import { decodeStreamBatch } from "../streams/stream-columns.js";
import { readStreamBatches, readStreamFileHead } from "../streams/stream-file-reader.js";
import type { PreviousBlock } from "./attribution/attribution-world.js";
import { type BlockRows, type BlockTime, noRows } from "./attribution/block-rows.js";
import { BEFORE_BLOCK } from "./attribution/residual-row.js";
import { SubnetSeats } from "./attribution/subnet-seats.js";
import { TrackedPositions } from "./attribution/tracked-positions.js";
import { explainPruned, type RawBlock } from "./blocks/raw-block.js";
import { hexOf } from "./little-endian.js";
import type { ChainSession } from "./session.js";
import { alphaPrice } from "./storage/alpha-price.js";
import { type FindProgress, findPositions } from "./storage/find-positions.js";
import type { PositionId } from "./storage/position-id.js";
import { readBalances } from "./storage/read-balances.js";
import { readOwners, readSeats } from "./storage/read-seats.js";

/** Where a chunk begins from: who holds what and who sits where, after the block before it. */
export interface Opening {
  readonly previous: PreviousBlock;
  readonly positions: TrackedPositions;
  readonly seats: ReadonlyMap<number, SubnetSeats>;
  /** Rows of the block before: only where a recording begins. */
  readonly rows: BlockRows;
}

/**
 * The beginning of a recording: positions are searched for on the chain, and written as they stand.
 * @throws TenureError `TEN-CHAIN-005` the node has thrown the state away
 */
export function openRecordingOfChain(session: ChainSession, raw: RawBlock, onProgress?: FindProgress): Promise<Opening> {
  return explained(session, raw, findOpening(session, raw, onProgress));
}

async function findOpening(session: ChainSession, raw: RawBlock, onProgress?: FindProgress): Promise<Opening> {
  const { client, netuids } = session;
  const previous = await previousBlock(session, raw);
  const at: BlockTime = { block: raw.block, timeMs: raw.timeMs };
  const rows = noRows();
  const { seats, owners } = await readAllSeats(session, raw);
  for (const [netuid, { hotkeys }] of seats) {
    const subnet = new SubnetSeats(netuid);
    rows.registry.push(...subnet.bringTo(at, BEFORE_BLOCK, hotkeys, owners));
  }
  const found = await findPositions(client, previous, netuids, onProgress);
  const balances = await readBalances(client, previous, found);
  const positions = new TrackedPositions();
  found.forEach((id, index) => {
    const balanceRao = balances[index].rao;
    hold(positions, id, balanceRao);
    if (balanceRao > 0) rows.balances.push({ at, position: id, balanceRao });
  });
  for (const { netuid, price } of raw.subnets) {
    const priceTaoPerAlpha = price === null ? undefined : alphaPrice(previous.runtime, netuid, price);
    if (priceTaoPerAlpha !== undefined) rows.price.push({ at, netuid, priceTaoPerAlpha });
  }
  return { previous, positions, seats: seatsOf(raw, seats, owners), rows };
}

/**
 * The beginning of a later chunk: positions are those of the last chunk's closing balances.
 * @throws TenureError `TEN-CHAIN-005` the node has thrown the state away, `TEN-STREAM-005` to `-014` its file is damaged
 */
export function reopenRecordingOfChain(
  session: ChainSession,
  raw: RawBlock,
  folder: string,
  manifest: RecordingManifest,
): Promise<Opening> {
  return explained(session, raw, readOpening(session, raw, folder, manifest));
}

async function explained({ client }: ChainSession, { block }: RawBlock, opening: Promise<Opening>): Promise<Opening> {
  try {
    return await opening;
  } catch (error) {
    throw await explainPruned(client, Math.max(0, block - 1), error);
  }
}

async function readOpening(session: ChainSession, raw: RawBlock, folder: string, manifest: RecordingManifest): Promise<Opening> {
  const previous = await previousBlock(session, raw);
  const positions = new TrackedPositions();
  for await (const { id, balanceRao } of closingBalances(folder, manifest, raw.block)) if (balanceRao > 0) hold(positions, id, balanceRao);
  const { seats, owners } = await readAllSeats(session, raw);
  return { previous, positions, seats: seatsOf(raw, seats, owners), rows: noRows() };
}

function hold(positions: TrackedPositions, id: PositionId, balanceRao: number): void {
  const position = positions.track(id);
  position.expectedRao = balanceRao;
  position.edgeRao = balanceRao;
}

async function previousBlock({ runtimes }: ChainSession, raw: RawBlock): Promise<PreviousBlock> {
  const { block, hash, timeMs, subnets } = raw;
  return { block, hash, timeMs, subnets, runtime: await runtimes.of(raw.specVersion, block, hash) };
}

type SeatsBySubnet = ReadonlyMap<number, { readonly hotkeys: readonly (string | undefined)[] }>;

async function readAllSeats({ client }: ChainSession, raw: RawBlock) {
  const seats = new Map<number, { readonly hotkeys: readonly (string | undefined)[] }>();
  await Promise.all(
    raw.subnets.map(async ({ netuid, uids }) => seats.set(netuid, { hotkeys: await readSeats(client, netuid, uids, raw.hash) })),
  );
  const hotkeys = new Set([...seats.values()].flatMap((subnet) => subnet.hotkeys.filter((hotkey) => hotkey !== undefined)));
  const sorted: SeatsBySubnet = new Map([...seats].sort(([a], [b]) => a - b));
  return { seats: sorted, owners: await readOwners(client, [...hotkeys], raw.hash) };
}

function seatsOf({ block, timeMs }: RawBlock, seats: SeatsBySubnet, owners: ReadonlyMap<string, string>): ReadonlyMap<number, SubnetSeats> {
  const all = new Map<number, SubnetSeats>();
  for (const [netuid, { hotkeys }] of seats) {
    const subnet = new SubnetSeats(netuid);
    subnet.bringTo({ block, timeMs }, BEFORE_BLOCK, hotkeys, owners);
    all.set(netuid, subnet);
  }
  return all;
}

/** Balances that the last chunk before a block closed with; its file is checked against the manifest first. */
async function* closingBalances(
  folder: string,
  manifest: RecordingManifest,
  block: number,
): AsyncGenerator<{ readonly id: PositionId; readonly balanceRao: number }> {
  const file = manifest.streams.balances?.files.findLast(({ to_block }) => to_block !== null && to_block <= block);
  if (file === undefined || file.to_block !== block) return;
  const path = join(folder, file.path);
  const { places, addresses } = await readStreamFileHead("balances", path, file, true);
  const accounts = addresses.map((address) => accountOf(address, file.path));
  const ids = Int32Array.from(accounts, (_, index) => index);
  const column = (name: string) => {
    const index = columnIndex(STREAMS.balances, name);
    if (index === -1) throw new InvariantError(`balances have no ${name}`);
    return index;
  };
  const [blocks, netuids, hotkeys, coldkeys, amounts] = ["block", "netuid", "hotkey", "coldkey", "balance_rao"].map(column);
  const check = new RowCheck("balances", file.path);
  for await (const batch of readStreamBatches(path)) {
    const { rows, columns } = decodeStreamBatch("balances", batch, places, ids, check);
    for (let row = 0; row < rows; row++) {
      if (columns[blocks][row] !== block) continue;
      yield {
        id: {
          netuid: columns[netuids][row] as number,
          hotkey: accounts[columns[hotkeys][row] as number],
          coldkey: accounts[columns[coldkeys][row] as number],
        },
        balanceRao: columns[amounts][row] as number,
      };
    }
  }
}

/** The key of an address that the recorder wrote itself, in a file whose hash was compared. */
function accountOf(address: string, path: string): string {
  const read = readSs58(address);
  if (!read.valid) throw new InvariantError(`${path} names ${address}, which is no address: ${read.reason}`);
  return hexOf(read.key);
}
