import { type Account, ss58, storageKey, type TestChain } from "../../chain/index.js";
import { rowsAt } from "../../chain/state/block-state.js";
import { nearestNumber, subnetPrice } from "../../chain/state/subnet-price.js";
import { isEpoch } from "./chain-truth.js";
import type { Recorded, RegistryRow } from "./recorded.js";
import { byBlock } from "./replay.js";

/** Which prices of a recording are not the chain's, to the last bit: those of every so many blocks, of subnets that there are. */
export function priceDifferences(chain: TestChain, { manifest, price }: Recorded): string[] {
  const { from_block, to_block, price_every_blocks } = manifest.chain as NonNullable<Recorded["manifest"]["chain"]>;
  const got = price.map((row) => `${row.block} ${row.netuid} ${row.price_tao_per_alpha}`);
  const want: string[] = [];
  for (let block = from_block - 1; block <= to_block; block++) {
    if (block !== from_block - 1 && block % price_every_blocks !== 0) continue;
    for (const netuid of manifest.source.netuids) {
      if (chain.storage(storageKey.subnet("NetworksAdded", netuid), block) === null) continue;
      const number = nearestNumber(subnetPrice(rowsAt(chain.archive, block), chain.spec(Math.max(0, block - 1)), netuid));
      if (number > 0) want.push(`${block} ${netuid} ${number}`);
    }
  }
  const told = chain.truth.prices.filter(
    ({ block, netuid }, index, all) => !all.slice(index + 1).some((later) => later.block === block && later.netuid === netuid),
  );
  for (const { block, netuid, priceTaoPerAlpha } of told) {
    const isRecorded =
      block >= from_block && block <= to_block && block % price_every_blocks === 0 && manifest.source.netuids.includes(netuid);
    if (isRecorded && priceTaoPerAlpha > 0) want.push(`${block} ${netuid} ${priceTaoPerAlpha}`);
  }
  return differences(got, [...new Set(want)]);
}

/**
 * What the registry of a recording says other than the chain. Its rows must be possible one after the other, lead to the seats
 * that the chain has (a uid that is trimmed without an event: by the next edge), and name each registration at its block.
 */
export function registryDifferences(chain: TestChain, recorded: Recorded): string[] {
  const { netuids } = recorded.manifest.source;
  const { from_block, to_block, chunk_blocks } = recorded.manifest.chain as NonNullable<Recorded["manifest"]["chain"]>;
  const rows = byBlock(recorded.registry);
  const seats = new Map<string, string>();
  const wrong: string[] = [];
  for (let block = from_block - 1; block <= to_block; block++) {
    for (const row of rows.get(block) ?? []) {
      const refusal = sit(seats, row);
      if (refusal !== undefined) wrong.push(`block ${block}: ${refusal} (${row.action} ${row.netuid}/${row.uid} ${row.hotkey})`);
    }
    for (const netuid of netuids) {
      const isEdge =
        block === from_block - 1 || block === to_block || (block + 1) % chunk_blocks === 0 || isEpoch(chain, netuid, block + 1);
      const trimmed = chain.truth.deregistrations
        .filter((one) => one.netuid === netuid && one.block <= block)
        .map(({ uid }) => `has ${netuid}/${uid} `);
      const got = [...seats].filter(([seat]) => seat.startsWith(`${netuid}/`)).map(([seat, keys]) => `${seat} ${keys}`);
      const want = seatsOf(chain, netuid, block);
      const open = differences(got, want).filter((words) => isEdge || !trimmed.some((seat) => words.startsWith(seat)));
      wrong.push(...open.map((words) => `block ${block}: ${words}`));
    }
  }
  const named = (rows: readonly { block: number; netuid: number; uid: number; hotkey: string; coldkey: string }[]) =>
    rows
      .filter(({ block, netuid }) => block >= from_block && block <= to_block && netuids.includes(netuid))
      .map((row) => `${row.block} ${row.netuid}/${row.uid} ${row.hotkey}`);
  const registered = recorded.registry.filter(({ action }) => action === "registered");
  const truth = chain.truth.registrations.map((one) => ({ ...one, hotkey: ss58(one.hotkey) }));
  return [...wrong, ...differences(named(registered), named(truth))];
}

/** Takes a row into the seats; says why it cannot be, where it cannot. */
function sit(seats: Map<string, string>, { action, netuid, uid, hotkey, coldkey }: RegistryRow): string | undefined {
  const seat = `${netuid}/${uid}`;
  const [heldHotkey, heldColdkey] = seats.get(seat)?.split(" ") ?? [];
  switch (action) {
    case "registered":
      if (heldHotkey !== undefined) return "the uid is taken";
      seats.set(seat, `${hotkey} ${coldkey}`);
      return undefined;
    case "deregistered":
      seats.delete(seat);
      return heldHotkey === hotkey && heldColdkey === coldkey ? undefined : `the uid is ${heldHotkey}'s`;
    case "hotkey_swapped":
      seats.set(seat, `${hotkey} ${coldkey}`);
      return heldColdkey === coldkey && heldHotkey !== hotkey ? undefined : "the hotkey is no new one of its coldkey";
    case "coldkey_swapped":
      seats.set(seat, `${hotkey} ${coldkey}`);
      return heldHotkey === hotkey && heldColdkey !== coldkey ? undefined : "the coldkey is no new one of its hotkey";
    case "network_removed":
      for (const taken of [...seats.keys()]) if (taken.startsWith(`${netuid}/`)) seats.delete(taken);
      return undefined;
    default:
      return "there is no such action";
  }
}

function seatsOf(chain: TestChain, netuid: number, block: number): string[] {
  const keys = chain.archive.keys(storageKey.keys(netuid, 0).slice(0, -4), 1_000, undefined, block);
  return keys.map((key) => {
    const uid = Buffer.from(key.slice(-4), "hex").readUInt16LE();
    const hotkey = chain.storage(key, block) as Account;
    return `${netuid}/${uid} ${ss58(hotkey)} ${ss58(chain.storage(storageKey.owner(hotkey), block) as Account)}`;
  });
}

/** What is on one side only. */
function differences(got: readonly string[], want: readonly string[]): string[] {
  return [
    ...got.filter((words) => !want.includes(words)).map((words) => `has ${words}`),
    ...want.filter((words) => !got.includes(words)).map((words) => `lacks ${words}`),
  ];
}
