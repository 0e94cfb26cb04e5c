/**
 * Why a request got no answer, as far as it decides what to do next:
 * - `lost`: the connection broke, the answer was no JSON, or the node does not know the block (yet): ask again, elsewhere;
 * - `slow`: no answer in time: ask again;
 * - `busy`: the node refuses more requests: wait, then ask again;
 * - `pruned`: the node has thrown the state of that block away: no use to ask it again;
 * - `refused`: any other error the node answered.
 */
export type FailureKind = "lost" | "slow" | "busy" | "pruned" | "refused";

/** A request that got no answer. Not a refusal of the user's input: `ChainClient` turns what it cannot mend into one. */
export class RpcFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    message: string,
    /** The code of the JSON-RPC error, where there was one. */
    readonly code?: number,
  ) {
    super(message);
    this.name = "RpcFailure";
  }
}

const BUSY_CODES: ReadonlySet<number> = new Set([429, -32005, -32029, -32097]);
const BUSY_WORDS = /too many|rate.?limit|limit (exceeded|reached)|overload|throttl|server is busy|try again/i;
const PRUNED_WORDS = /state already discarded|pruned|state.*not available|missing trie|unable to open state/i;
const UNKNOWN_BLOCK_WORDS = /unknown ?block|header was not found|block not found/i;

/** What a JSON-RPC error object means. */
export function failureOf(error: { readonly code?: unknown; readonly message?: unknown; readonly data?: unknown }): RpcFailure {
  const code = typeof error.code === "number" ? error.code : undefined;
  const data = typeof error.data === "string" && error.data !== "" ? ` (${error.data})` : "";
  const message = `${typeof error.message === "string" ? error.message : "an error without a message"}${data}`;
  if ((code !== undefined && BUSY_CODES.has(code)) || BUSY_WORDS.test(message)) return new RpcFailure("busy", message, code);
  // Substrate words a discarded state as an unknown block, too, so this is asked first.
  if (PRUNED_WORDS.test(message)) return new RpcFailure("pruned", message, code);
  if (UNKNOWN_BLOCK_WORDS.test(message)) return new RpcFailure("lost", message, code);
  return new RpcFailure("refused", message, code);
}
