/** A small Bittensor chain and its node: what the recorder of chains is tested against. */
export { type Account, account, ss58 } from "./account.js";
export type { RootClaim } from "./build/alpha-calls.js";
export type { BlockBuilder } from "./build/block-builder.js";
export type { Extrinsic } from "./build/extrinsic.js";
export type { Pay } from "./build/run-epoch.js";
export type { PoolPrice } from "./build/set-price.js";
export { everyShapeHistory } from "./every-shape-history.js";
export { type LocalHistoryOptions, localHistory } from "./local-history.js";
export { runtimeOf } from "./metadata/runtime.js";
export type { Faults } from "./server/faults.js";
export { type ChainServer, type ChainServerOptions, startChainServer } from "./server/start-chain-server.js";
export { SYSTEM_EVENTS, SYSTEM_NUMBER, storageKey, storagePrefix, TIMESTAMP_NOW } from "./state/storage-key.js";
export { type HeldPosition, TestChain, type TestChainOptions } from "./test-chain.js";
export type { TrueEmission, TrueFlow, TruePrice, TrueRegistration, TrueSilentChange, Truth } from "./truth.js";
