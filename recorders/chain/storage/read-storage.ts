import type { ChainClient } from "../rpc/chain-client.js";
import { unreadableAnswer } from "../rpc/chain-errors.js";

/** Keys of one `state_queryStorageAt`; nodes limit the size of a request, and a key is up to 134 bytes. */
export const KEYS_PER_REQUEST = 1_000;

/**
 * The values of storage keys in the state of a block, in the order of the keys; null where nothing is written.
 * @param hash of the block
 * @throws what `ChainClient.call` throws
 */
export async function readStorage(client: ChainClient, keys: readonly string[], hash: string): Promise<(string | null)[]> {
  const requests: Promise<(string | null)[]>[] = [];
  for (let at = 0; at < keys.length; at += KEYS_PER_REQUEST) requests.push(query(client, keys.slice(at, at + KEYS_PER_REQUEST), hash));
  return (await Promise.all(requests)).flat();
}

async function query(client: ChainClient, keys: readonly string[], hash: string): Promise<(string | null)[]> {
  const answer = await client.call("state_queryStorageAt", [keys, hash]);
  const changes = (answer as [{ changes?: unknown }] | null)?.[0]?.changes;
  if (!Array.isArray(changes)) throw unreadableAnswer(client.endpoint, "state_queryStorageAt", answer);
  const values = new Map<string, string | null>(changes as [string, string | null][]);
  return keys.map((key) => {
    const value = values.get(key);
    if (value === undefined) throw unreadableAnswer(client.endpoint, "state_queryStorageAt", `no word of key ${key}`);
    return value;
  });
}

/** Most keys that a node gives at once. */
const KEYS_PER_PAGE = 1_000;
/** Values of the byte behind the prefix by which a long walk is split. */
const BYTES = 256;

/**
 * Walks all keys that begin with a prefix, in the state of a block. Where there are more than a page of them, the walk is split
 * by the next byte, which is of a hash, so that many pages are asked for at the same time.
 * @param onPage is given every key once, in no order
 */
export async function walkKeys(
  client: ChainClient,
  prefix: string,
  hash: string,
  onPage: (keys: readonly string[]) => void,
): Promise<void> {
  const first = await page(client, prefix, null, hash);
  onPage(first);
  const last = first.at(-1);
  if (first.length < KEYS_PER_PAGE || last === undefined) return;
  const reached = Number.parseInt(last.slice(prefix.length, prefix.length + 2), 16);
  const rest = Array.from({ length: BYTES - reached }, (_, index) => reached + index);
  await Promise.all(
    rest.map(async (byte) => {
      const start = byte === reached ? last : null;
      await walkPages(client, `${prefix}${byte.toString(16).padStart(2, "0")}`, start, hash, onPage);
    }),
  );
}

async function walkPages(
  client: ChainClient,
  prefix: string,
  from: string | null,
  hash: string,
  onPage: (keys: readonly string[]) => void,
): Promise<void> {
  let start = from;
  for (;;) {
    const keys = await page(client, prefix, start, hash);
    onPage(keys);
    if (keys.length < KEYS_PER_PAGE) return;
    start = keys[keys.length - 1];
  }
}

async function page(client: ChainClient, prefix: string, start: string | null, hash: string): Promise<readonly string[]> {
  const answer = await client.call("state_getKeysPaged", [prefix, KEYS_PER_PAGE, start, hash]);
  if (!Array.isArray(answer)) throw unreadableAnswer(client.endpoint, "state_getKeysPaged", answer);
  return answer as string[];
}
