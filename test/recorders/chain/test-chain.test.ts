import { expandMetadata } from "@polkadot/types";
import type { EventRecord } from "@polkadot/types/interfaces";
import { compactStripLength, u8aToHex } from "@polkadot/util";
import { decodeAddress } from "@polkadot/util-crypto";
import { describe, expect, test } from "vitest";
import { balanceByMetadata, decoderOf, eventsOf } from "../../chain/check/metadata-decoder.js";
import { CK, CK2, found, HK, HK2, newChain, randomHistory } from "../../chain/check/random-history.js";
import { unexplainedChanges } from "../../chain/check/unexplained-changes.js";
import {
  account,
  type BlockBuilder,
  everyShapeHistory,
  localHistory,
  runtimeOf,
  SYSTEM_EVENTS,
  ss58,
  storageKey,
  TIMESTAMP_NOW,
} from "../../chain/index.js";

const SPECS = [210, 218, 240, 260, 273, 346, 393, 401, 424, 999];
const ALPHA = 1_000_000_000n;

const namesOf = (events: readonly EventRecord[]): string[] => events.map(({ event }) => `${event.section}.${event.method}`);

describe("metadata", () => {
  test.each(SPECS)("decodes at spec %i, with the storage keys of the chain", (spec) => {
    const { registry, metadata } = decoderOf(spec);
    expect(metadata.version).toBe(14);
    const { query } = expandMetadata(registry, metadata);
    const keyOf = (pallet: string, item: string, ...keys: unknown[]): string => {
      const entry = query[pallet][item] as unknown as (...args: unknown[]) => Uint8Array;
      return u8aToHex(compactStripLength(entry(...keys))[1]);
    };
    expect(keyOf("system", "events")).toBe(SYSTEM_EVENTS);
    expect(keyOf("timestamp", "now")).toBe(TIMESTAMP_NOW);
    expect(keyOf("subtensorModule", "owner", HK)).toBe(storageKey.owner(HK));
    expect(keyOf("subtensorModule", "alpha", HK, CK, 30)).toBe(storageKey.alpha(30, HK, CK));
    expect(keyOf("subtensorModule", "totalHotkeyAlpha", HK, 30)).toBe(storageKey.totalHotkeyAlpha(30, HK));
    expect(keyOf("subtensorModule", "uids", 30, HK)).toBe(storageKey.uids(30, HK));
    expect(keyOf("subtensorModule", "keys", 30, 5)).toBe(storageKey.keys(30, 5));
    expect(keyOf("subtensorModule", "lastMechansimStepBlock", 30)).toBe(storageKey.subnet("LastMechansimStepBlock", 30));
    expect(query.swap === undefined).toBe(spec < 290);
    if (spec >= 290 && spec < 423) expect(keyOf("swap", "alphaSqrtPrice", 30)).toBe(storageKey.swap("AlphaSqrtPrice", 30));
    if (spec >= 423) expect(keyOf("swap", "swapBalancer", 30)).toBe(storageKey.swap("SwapBalancer", 30));
  });

  test("gives one event other indices in other versions", () => {
    const index = (spec: number): string => runtimeOf(spec).event("SubtensorModule", "NeuronRegistered", [1, 2, HK]).slice(0, 4);
    expect(new Set([210, 240, 260, 346].map(index)).size).toBe(4);
  });

  test.each([
    [210, 2],
    [218, 5],
    [240, 5],
    [257, 6],
    [424, 6],
    [999, 7],
  ])("at spec %i, StakeAdded has %i fields", (spec, fields) => {
    const chain = newChain(spec);
    chain.block(found);
    const block = chain.block((b) => b.extrinsic(CK, (x) => x.stakeAdded(CK, HK, 30, 5n * ALPHA)));
    const [data] = eventsOf(chain, block).flatMap(({ event }) => (event.method === "StakeAdded" ? [event.data] : []));
    expect(data.length).toBe(fields);
    const known = [ss58(CK), ss58(HK), "5,000,000,000", "5,000,000,000", "30"];
    if (fields >= 5) expect((data.toHuman() as unknown[]).slice(0, 5)).toEqual(known);
  });
});

describe("a block", () => {
  test("has the inherent first, then extrinsics that end with fee and success, and phases by place", () => {
    const chain = newChain(346);
    chain.block(found);
    const block = chain.block((b) => {
      b.epoch(30, [{ kind: "incentive", hk: HK, alpha: ALPHA }]);
      b.extrinsic(CK, (x) => x.weightsSet(30, 0));
      b.failedExtrinsic(CK2);
    });
    const events = eventsOf(chain, block);
    expect(namesOf(events)).toEqual([
      "subtensorModule.IncentiveAlphaEmittedToMiners",
      "system.ExtrinsicSuccess",
      "subtensorModule.WeightsSet",
      "transactionPayment.TransactionFeePaid",
      "system.ExtrinsicSuccess",
      "transactionPayment.TransactionFeePaid",
      "system.ExtrinsicFailed",
    ]);
    const phases = events.map(({ phase }) => (phase.isApplyExtrinsic ? phase.asApplyExtrinsic.toNumber() : phase.type));
    expect(phases).toEqual(["Initialization", 0, 1, 1, 1, 2, 2]);
    expect(events[3].event.data[0].toString()).toBe(ss58(CK));
    expect(chain.timeMs(block)).toBe(1_700_000_024_000);
  });

  test("refuses an epoch behind an extrinsic, and a block that fails leaves nothing", () => {
    const chain = newChain(346);
    chain.block(found);
    const late = (b: BlockBuilder): void => {
      b.extrinsic(CK, (x) => x.stakeAdded(CK, HK, 30, ALPHA));
      b.epoch(30, []);
    };
    expect(() => chain.block(late)).toThrow("before the extrinsics");
    expect(chain.best).toBe(1);
    expect(chain.truth.flows).toEqual([]);
    expect(chain.balance(30, HK, CK, 2)).toBe(0n);
    const tooMuch = (b: BlockBuilder): void => b.extrinsic(CK, (x) => x.stakeRemoved(CK, HK, 30, 1n));
    expect(() => chain.block(tooMuch)).toThrow("Cannot take 1 rao");
  });

  test("that upgrades keeps the old layout; its state answers with the new code, the next block migrates", () => {
    const chain = newChain(240);
    chain.block(found);
    const upgrade = chain.block((b) => {
      b.upgrade(260);
      b.extrinsic(CK, (x) => x.stakeAdded(CK, HK, 30, 7n));
    });
    const next = chain.block();
    expect([chain.spec(upgrade - 1), chain.spec(upgrade), chain.spec(next)]).toEqual([240, 260, 260]);
    const stake = eventsOf(chain, upgrade).find((each) => each.event.method === "StakeAdded");
    expect(stake?.event.data.length).toBe(5);
    expect(chain.storage(storageKey.alpha(30, HK, CK), upgrade)).toBe("0x0700000000000000");
    expect(chain.storage(storageKey.alpha(30, HK, CK), next)).toBe("0x00000000000000000700000000000000");
    expect(chain.balance(30, HK, CK, next)).toBe(7n);
    expect(namesOf(eventsOf(chain, upgrade))).toContain("system.CodeUpdated");
  });

  test("moves single rows of shares to the float maps", () => {
    const chain = newChain(393);
    chain.block(found);
    chain.block((b) => {
      b.extrinsic(CK, (x) => x.stakeAdded(CK, HK, 30, 3n * ALPHA));
      b.extrinsic(CK2, (x) => x.stakeAdded(CK2, HK, 30, 5n * ALPHA));
    });
    chain.block((b) => b.upgrade(424));
    const block = chain.block((b) => b.extrinsic(CK, (x) => x.stakeRemoved(CK, HK, 30, ALPHA, 500n)));
    expect(chain.storage(storageKey.alpha(30, HK, CK), block)).toBeNull();
    expect(chain.storage(storageKey.alphaV2(30, HK, CK), block)).not.toBeNull();
    expect(chain.storage(storageKey.totalHotkeyShares(30, HK), block)).toBeNull();
    expect(chain.storage(storageKey.alpha(30, HK, CK2), block)).not.toBeNull();
    expect(chain.balance(30, HK, CK, block)).toBe(2n * ALPHA - 500n);
    expect(chain.balance(30, HK, CK2, block)).toBe(5n * ALPHA);
    expect(chain.truth.flows.at(-1)).toMatchObject({ event: "StakeRemoved", extrinsic: 1, amountRao: ALPHA + 500n });
  });
});

describe("keys", () => {
  test("a hotkey takes the lowest free uid or replaces, and is booked", () => {
    const chain = newChain(346);
    chain.block(found);
    const block = chain.block((b) => {
      b.trimUid(30, 0);
      b.extrinsic(CK, (x) => expect(x.register(30, account("third"), CK)).toBe(0));
      b.extrinsic(CK, (x) => expect(x.register(30, account("fourth"), CK, 1)).toBe(1));
    });
    expect(chain.truth.deregistrations.map(({ uid, hotkey }) => [uid, hotkey])).toEqual([
      [0, HK],
      [1, HK2],
    ]);
    expect(chain.truth.registrations.filter((each) => each.block === block).length).toBe(2);
    expect(chain.storage(storageKey.uids(30, HK2), block)).toBeNull();
    expect(chain.storage(storageKey.keys(30, 1), block)).toBe(account("fourth"));
    expect(chain.storage(storageKey.keys(30, 1), block - 1)).toBe(HK2);
    expect(decodeAddress(ss58(HK))).toEqual(Uint8Array.from(Buffer.from(HK.slice(2), "hex")));
  });

  test("an epoch pays through the pool, and the emission by uid leaves out the owner's cut", () => {
    const chain = newChain(424);
    chain.block(found);
    chain.block((b) => {
      b.extrinsic(CK, (x) => x.stakeAdded(CK, HK, 30, 3n * ALPHA));
      b.extrinsic(CK2, (x) => x.stakeAdded(CK2, HK, 30, ALPHA));
    });
    const block = chain.block((b) =>
      b.epoch(30, [
        { kind: "dividends", hk: HK, alpha: 400n },
        { kind: "owner", hk: HK, alpha: 1000n },
        { kind: "autoStake", hk: HK2, destination: HK, alpha: 77n },
      ]),
    );
    const booked = chain.truth.emission.map(({ coldkey, amountRao }) => [coldkey, amountRao]);
    expect(booked).toEqual([
      [CK, 1050n],
      [CK2, 426n],
    ]);
    expect(chain.storage(storageKey.subnet("LastMechansimStepBlock", 30), block)).toBe("0x0300000000000000");
    expect(chain.storage(storageKey.subnet("Emission", 30), block)).toBe("0x0890010000000000004d00000000000000");
  });
});

describe("history", () => {
  test("is an archive, of which a reorganisation replaces the end", () => {
    const chain = newChain(346);
    chain.block(found);
    const add = (amount: bigint) => chain.block((b) => b.extrinsic(CK, (x) => x.stakeAdded(CK, HK, 30, amount)));
    add(100n);
    add(10n);
    add(1n);
    expect([1, 2, 3, 4].map((block) => chain.balance(30, HK, CK, block))).toEqual([0n, 100n, 110n, 111n]);
    expect(() => chain.reorg(2)).toThrow("finalised");
    chain.finalized = 2;
    const hashes = [1, 2, 3, 4].map((block) => chain.hash(block));
    chain.reorg(2, (b) => b.extrinsic(CK, (x) => x.stakeRemoved(CK, HK, 30, 7n)));
    expect([2, 3, 4].map((block) => chain.balance(30, HK, CK, block))).toEqual([100n, 93n, 86n]);
    expect([1, 2].map((block) => chain.hash(block))).toEqual(hashes.slice(0, 2));
    expect(hashes.slice(2).map((hash) => chain.number(hash as string))).toEqual([undefined, undefined]);
    expect(chain.truth.flows.map(({ block, amountRao }) => [block, amountRao])).toEqual([
      [2, 100n],
      [3, 7n],
      [4, 7n],
    ]);
  });

  test("with every shape emits every event, and each block decodes with its parent's runtime", () => {
    const chain = everyShapeHistory();
    const seen = new Set<string>();
    for (let block = 1; block <= chain.best; block++) for (const name of namesOf(eventsOf(chain, block))) seen.add(name.split(".")[1]);
    const summaries = ["StakeAdded", "StakeRemoved", "StakeMoved", "StakeTransferred", "StakeSwapped"];
    const keys = ["NeuronRegistered", "HotkeySwapped", "HotkeySwappedOnSubnet", "ColdkeySwapped", "NetworkAdded", "NetworkRemoved"];
    const alpha = ["AlphaRecycled", "AlphaBurned", "AddStakeBurn", "RootClaimed", "LiquidityAdded", "LiquidityRemoved", "AutoStakeAdded"];
    const others = ["IncentiveAlphaEmittedToMiners", "TransactionFeePaid", "TransactionFeePaidWithAlpha", "WeightsSet", "SetChildren"];
    const system = ["ExtrinsicSuccess", "ExtrinsicFailed", "CodeUpdated"];
    expect([...seen].sort()).toEqual([...summaries, ...keys, ...alpha, ...others, ...system].sort());
    expect(new Set([0, 100, 150, 200, 250, 300, 400].map((block) => chain.spec(block))).size).toBe(7);
  });

  test("of all rows decodes by the metadata, and gives the balances of the chain", () => {
    const chain = everyShapeHistory();
    for (const block of [59, 119, 169, 219, 279, 339, 345, 400]) {
      for (const { hotkey, coldkey, amountRao } of chain.positions(30, block)) {
        expect(balanceByMetadata(chain, 30, hotkey, coldkey, block)).toBe(amountRao);
      }
    }
  });

  test("is the same for the same options", () => {
    const [one, two, other] = [1, 1, 2].map((seed) => localHistory({ blocks: 800, seed, miners: 6 }));
    expect(one.truth).toEqual(two.truth);
    expect(one.truth).not.toEqual(other.truth);
    expect(one.storage(SYSTEM_EVENTS, 700)).toBe(two.storage(SYSTEM_EVENTS, 700));
  });

  test("of a day has an epoch every tempo, upgrades and all that is no emission", () => {
    const chain = localHistory({ blocks: 7220 });
    const { truth } = chain;
    expect([0, 3000, 7220].map((block) => chain.spec(block))).toEqual([346, 393, 424]);
    const epochs = [...new Set(truth.emission.flatMap((each) => (each.netuid === 30 ? [each.block] : [])))];
    expect(new Set(epochs.slice(1).map((block, index) => block - epochs[index]))).toEqual(new Set([361, 360]));
    expect(new Set(truth.flows.map((each) => each.action))).toEqual(new Set(["add", "remove", "move", "transfer", "swap"]));
    const causes = ["RootClaimed", "HotkeySwapped", "ColdkeySwapped", "AlphaBurned", "silent"];
    expect(new Set(truth.silent.map((each) => each.cause))).toEqual(new Set(causes));
    expect(truth.deregistrations.length).toBe(1);
  });

  test.each([
    ["every-shape", () => everyShapeHistory(), [30, 19, 7]],
    ["local", () => localHistory({ blocks: 3000 }), [30, 19]],
  ])("%s: balances change by what the truth says", (_, history, subnets) => {
    const chain = history();
    expect(unexplainedChanges(chain, subnets)).toEqual([]);
    expect(chain.truth.flows.length).toBeGreaterThan(10);
  });

  test.each([240, 273, 346, 424])("at random, at spec %i: balances change by what the truth says", (spec) => {
    for (let seed = 0; seed < 5; seed++) expect(unexplainedChanges(randomHistory(spec, seed), [30, 19])).toEqual([]);
  });
});
