import { createHash } from "node:crypto";
import type { TestChain } from "../test-chain.js";
import type { Faults } from "./faults.js";
import { RpcError } from "./rpc-error.js";

/** A header as JSON-RPC gives it. */
export interface HeaderJson {
  readonly parentHash: string;
  readonly number: string;
  readonly stateRoot: string;
  readonly extrinsicsRoot: string;
  readonly digest: { readonly logs: readonly string[] };
}

const NO_HASH = `0x${"00".repeat(32)}`;
const HASH = /^0x[0-9a-f]{64}$/i;

/** The block that a request's last parameter means: the best one where it is left out. */
export function blockOf(chain: TestChain, hash: unknown): number {
  if (hash === undefined || hash === null) return chain.best;
  if (typeof hash !== "string" || !HASH.test(hash)) throw RpcError.invalidParams();
  const number = chain.number(hash.toLowerCase());
  if (number === undefined) throw RpcError.unknownBlock();
  return number;
}

/** The same for requests that need the block's state. */
export function stateBlockOf(chain: TestChain, hash: unknown, faults: Faults): number {
  const number = blockOf(chain, hash);
  if (faults.prunedBelow !== undefined && number < faults.prunedBelow) throw RpcError.prunedState(chain.hash(number) as string);
  return number;
}

export function headerJson(chain: TestChain, number: number): HeaderJson {
  const hash = chain.hash(number) as string;
  return {
    parentHash: number === 0 ? NO_HASH : (chain.hash(number - 1) as string),
    number: `0x${number.toString(16)}`,
    stateRoot: rootOf("state", hash),
    extrinsicsRoot: rootOf("extrinsics", hash),
    digest: { logs: [] },
  };
}

/** The hash of one block by its number, or of each of many. */
export function blockHashes(chain: TestChain, numbers: unknown): unknown {
  if (numbers === undefined || numbers === null) return chain.hash(chain.best);
  if (Array.isArray(numbers)) return numbers.map((each) => blockHashes(chain, each));
  const number = typeof numbers === "string" ? Number(numbers) : numbers;
  if (typeof number !== "number" || !Number.isInteger(number) || number < 0) throw RpcError.invalidParams();
  return chain.hash(number) ?? null;
}

function rootOf(name: string, hash: string): string {
  return `0x${createHash("sha256").update(name).update(hash).digest("hex")}`;
}
