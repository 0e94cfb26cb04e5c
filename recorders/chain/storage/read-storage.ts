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

/** All keys that begin with a prefix, in the state of a block, page by page. */
export async function* keysUnder(client: ChainClient, prefix: string, hash: string): AsyncGenerator<readonly string[]> {
  let start: string | null = null;
  for (;;) {
    const page: unknown = await client.call("state_getKeysPaged", [prefix, KEYS_PER_PAGE, start, hash]);
    if (!Array.isArray(page)) throw unreadableAnswer(client.endpoint, "state_getKeysPaged", page);
    if (page.length > 0) yield page as string[];
    if (page.length < KEYS_PER_PAGE) return;
    start = page[page.length - 1] as string;
  }
}
