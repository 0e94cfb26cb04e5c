import { runtimeOf } from "../metadata/runtime.js";
import { SPEC } from "../metadata/specs.js";
import { decodeUnsigned, u64 } from "../scale/hex.js";
import { rowsAt } from "../state/block-state.js";
import { priceRao, subnetPrice } from "../state/subnet-price.js";
import type { TestChain } from "../test-chain.js";
import type { Faults } from "./faults.js";
import { blockHashes, blockOf, headerJson, stateBlockOf } from "./rpc-block.js";
import { RpcError } from "./rpc-error.js";

type Method = (chain: TestChain, params: readonly unknown[], faults: Faults) => unknown;

const MAX_KEYS = 1000;
const HEX = /^0x([0-9a-f]{2})*$/;
const PRICE_CALL = "SwapRuntimeApi_current_alpha_price";

/** The answer of each method that needs no connection of its own. */
export const RPC_METHODS: Readonly<Record<string, Method>> = {
  system_chain: () => "Bittensor",
  system_properties: () => ({ ss58Format: 42, tokenDecimals: 9, tokenSymbol: "TAO" }),
  chain_getBlockHash: (chain, [numbers]) => blockHashes(chain, numbers),
  chain_getFinalizedHead: (chain) => chain.hash(chain.finalized),
  chain_getHeader: (chain, [hash]) => headerOrNull(chain, hash),
  state_getRuntimeVersion: (chain, [hash], faults) => runtimeVersionJson(chain.spec(stateBlockOf(chain, hash, faults))),
  state_getMetadata: (chain, [hash], faults) => runtimeOf(chain.spec(stateBlockOf(chain, hash, faults))).metadata,
  state_getStorage: (chain, [key, hash], faults) => chain.storage(hexOf(key), stateBlockOf(chain, hash, faults)),
  state_queryStorageAt: (chain, [keys, hash], faults) => {
    if (!Array.isArray(keys)) throw RpcError.invalidParams();
    const block = stateBlockOf(chain, hash, faults);
    const changes = keys.map((key) => {
      const canonical = hexOf(key);
      return [canonical, chain.storage(canonical, block)];
    });
    return [{ block: chain.hash(block), changes }];
  },
  state_getKeysPaged: (chain, [prefix, count, startKey, hash], faults) => {
    if (typeof count !== "number") throw RpcError.invalidParams();
    if (count > MAX_KEYS) throw new RpcError(4002, `count exceeds maximum value. value: ${count}, max: ${MAX_KEYS}`);
    const after = startKey === undefined || startKey === null ? undefined : hexOf(startKey);
    return chain.archive.keys(hexOf(prefix ?? "0x"), count, after, stateBlockOf(chain, hash, faults));
  },
  state_call: (chain, [name, data, hash], faults) => {
    const block = stateBlockOf(chain, hash, faults);
    const spec = chain.spec(block);
    if (name !== PRICE_CALL || spec < SPEC.swap) throw missingExport(String(name));
    const netuid = Number(decodeUnsigned(hexOf(data).slice(2)));
    return `0x${u64(priceRao(subnetPrice(rowsAt(chain.archive, block), spec, netuid)))}`;
  },
};

/** The version of a runtime as JSON-RPC gives it. */
export function runtimeVersionJson(specVersion: number): object {
  return {
    specName: "node-subtensor",
    implName: "node-subtensor",
    authoringVersion: 1,
    specVersion,
    implVersion: 1,
    apis: [
      ["0xdf6acb689907609b", 5],
      ["0x37e397fc7c91f5e4", 2],
      ["0x40fe3ad401f8959a", 6],
    ],
    transactionVersion: 1,
    stateVersion: 1,
  };
}

function headerOrNull(chain: TestChain, hash: unknown): unknown {
  try {
    return headerJson(chain, blockOf(chain, hash));
  } catch (error) {
    if (error instanceof RpcError && error.code === 4003) return null;
    throw error;
  }
}

function hexOf(value: unknown): string {
  const hex = typeof value === "string" ? value.toLowerCase() : undefined;
  if (hex === undefined || !HEX.test(hex)) throw RpcError.invalidParams();
  return hex;
}

function missingExport(name: string): RpcError {
  return new RpcError(4003, `Client error: Execution failed: Other: Exported method ${name} is not found`);
}
