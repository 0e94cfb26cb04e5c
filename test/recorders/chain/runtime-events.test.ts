import type { EventRecord } from "@polkadot/types/interfaces";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { END_OF_BLOCK, TenureError } from "../../../engine/index.js";
import { Runtime } from "../../../recorders/chain/runtime/runtime.js";
import { runtimeOf } from "../../chain/index.js";
import { EventBytes } from "./event-bytes.js";
import { REAL_SPECS, realMetadata } from "./real-metadata.js";

const SPECS = [210, 218, 240, 260, 273, 300, 346, 393, 401, 410, 424];
const STAKE = ["coldkey", "hotkey", "taoRao", "alphaRao", "netuid", "feeRao"];

/** Fields of the events that a recorder needs, in order; `-` for one that it does not. */
const UNNAMED: Readonly<Record<string, (fields: number) => readonly string[]>> = {
  StakeAdded: (fields) => (fields === 2 ? ["hotkey", "taoRao"] : STAKE),
  StakeRemoved: (fields) => (fields === 2 ? ["hotkey", "taoRao"] : STAKE),
  StakeMoved: () => ["coldkey", "hotkey", "netuid", "toHotkey", "toNetuid", "taoRao"],
  StakeTransferred: () => ["coldkey", "toColdkey", "hotkey", "netuid", "toNetuid", "taoRao"],
  StakeSwapped: () => ["coldkey", "hotkey", "netuid", "toNetuid", "taoRao"],
  AlphaBurned: () => ["coldkey", "hotkey", "alphaRao", "netuid"],
  AlphaRecycled: () => ["coldkey", "hotkey", "alphaRao", "netuid"],
  NeuronRegistered: () => ["netuid", "uid", "hotkey"],
  NetworkRemoved: () => ["netuid"],
  SetChildren: () => ["hotkey", "netuid", "-"],
  TransactionFeePaid: () => ["coldkey", "-", "-"],
};
/** The same where the metadata names fields: by these names. */
const NAMED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  HotkeySwapped: { coldkey: "coldkey", old_hotkey: "hotkey", new_hotkey: "toHotkey" },
  HotkeySwappedOnSubnet: { coldkey: "coldkey", old_hotkey: "hotkey", new_hotkey: "toHotkey", netuid: "netuid" },
  ColdkeySwapped: { old_coldkey: "coldkey", new_coldkey: "toColdkey" },
  RootClaimed: { coldkey: "coldkey" },
  AutoStakeAdded: { netuid: "netuid", destination: "toHotkey", hotkey: "hotkey", owner: "coldkey", incentive: "alphaRao" },
  IncentiveAlphaEmittedToMiners: { netuid: "netuid", emissions: "amountsRao" },
  TransactionFeePaidWithAlpha: { who: "coldkey", netuid: "netuid" },
  SubnetLeaseDividendsDistributed: { contributor: "coldkey" },
  LiquidityAdded: { coldkey: "coldkey", hotkey: "hotkey", netuid: "netuid" },
  LiquidityRemoved: { coldkey: "coldkey", hotkey: "hotkey", netuid: "netuid" },
  LiquidityModified: { coldkey: "coldkey", hotkey: "hotkey", netuid: "netuid" },
};
const PALLETS: readonly string[] = ["subtensorModule", "transactionPayment", "swap"];

/** What a recorder should take of the events of a block, by polkadot.js. */
function wantedOf(records: readonly EventRecord[]): object[] {
  return records.flatMap(({ phase, event }, index) => {
    const { method, section, data } = event;
    const names = event.meta.fields.map((field) => (field.name.isSome ? field.name.unwrap().toString() : undefined));
    const fields =
      names[0] === undefined || UNNAMED[method] !== undefined
        ? UNNAMED[method]?.(data.length)
        : NAMED[method] && names.map((name) => NAMED[method][name ?? ""] ?? "-");
    if (fields === undefined || !PALLETS.includes(section)) return [];
    const extrinsic = phase.isApplyExtrinsic ? phase.asApplyExtrinsic.toNumber() : phase.isInitialization ? -1 : END_OF_BLOCK;
    const read = fields.slice(0, data.length).flatMap((field, at) => (field === "-" ? [] : [[field, fieldValue(field, data[at])]]));
    return [{ name: method, extrinsic, event: index, ...Object.fromEntries(read) }];
  });
}

function fieldValue(field: string, value: unknown): unknown {
  const codec = value as { toHex(): string; toBigInt(): bigint; toNumber(): number } & Iterable<{ toBigInt(): bigint }>;
  if (field === "amountsRao") return [...codec].map((each) => each.toBigInt());
  if (field.endsWith("Rao")) return codec.toBigInt();
  return /netuid|uid/i.test(field) ? codec.toNumber() : codec.toHex();
}

function requireSame(bytes: EventBytes, runtime: Runtime, numRuns: number): void {
  const property = fc.property(bytes.blocks, (hex) => {
    expect(runtime.events(hex, 1)).toEqual(wantedOf(bytes.decode(hex)));
  });
  fc.assert(property, { numRuns });
}

function refusalOf(work: () => unknown): TenureError | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof TenureError) return error;
    throw error;
  }
}

describe("events", () => {
  test.each(SPECS)("of the test chain at spec %i are read as polkadot.js reads them", (spec) => {
    const { metadata } = runtimeOf(spec);
    const [bytes, runtime] = [new EventBytes(metadata), new Runtime(spec, metadata, 1)];
    requireSame(bytes, runtime, 30);
  });

  test.skipIf(realMetadata(REAL_SPECS[0]) === undefined).each(REAL_SPECS)(
    "of the real chain at spec %i are read as polkadot.js reads them",
    (spec) => {
      const metadata = realMetadata(spec) as string;
      const [bytes, runtime] = [new EventBytes(metadata), new Runtime(spec, metadata, 1)];
      requireSame(bytes, runtime, 20);
    },
  );

  test.each([210, 424])("at spec %i that are cut off, or go on behind their end, are refused", (spec) => {
    const { metadata } = runtimeOf(spec);
    const [bytes, runtime] = [new EventBytes(metadata), new Runtime(spec, metadata, 1)];
    fc.assert(
      fc.property(bytes.blocks, fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 3 }), (hex, cut, tail) => {
        const kept = 2 + 2 * (cut % ((hex.length - 2) / 2));
        for (const wrong of [hex.slice(0, kept), hex + Buffer.from(tail).toString("hex")]) {
          expect(refusalOf(() => runtime.events(wrong, 77))).toMatchObject({ code: "TEN-CHAIN-011", place: { block: 77 } });
        }
      }),
      { numRuns: 60 },
    );
  });

  test("of any bytes at all are read or refused", () => {
    const runtime = new Runtime(424, runtimeOf(424).metadata, 1);
    const bytes = fc.uint8Array({ maxLength: 400 }).map((some) => `0x${Buffer.from(some).toString("hex")}`);
    fc.assert(
      fc.property(bytes, (hex) => {
        expect(["TEN-CHAIN-011", undefined]).toContain(refusalOf(() => runtime.events(hex, 1))?.code);
      }),
      { numRuns: 500 },
    );
    // Counts of 2^32 and of 2^536 events; a sequence of 2^30 topics behind one event: whoever walked them would never end.
    for (const hex of ["0x03ffffffff", `0xff${"ff".repeat(67)}`, "0x04010002feffffff"]) {
      expect(refusalOf(() => runtime.events(hex, 1))?.code).toBe("TEN-CHAIN-011");
    }
  });

  test("are none where nothing is written", () => {
    const runtime = new Runtime(424, runtimeOf(424).metadata, 1);
    expect([runtime.events(null, 1), runtime.events("0x00", 1)]).toEqual([[], []]);
  });
});

describe("a runtime of the future", () => {
  test("is refused where it changes an event that amounts are taken from", () => {
    const refusal = refusalOf(() => new Runtime(999, runtimeOf(999).metadata, 1234));
    expect(refusal).toMatchObject({ code: "TEN-CHAIN-010", place: { block: 1234 } });
    expect(refusal?.message).toContain("StakeAdded");
    expect(refusal?.message).toContain("(AccountId32, AccountId32, u64, u64, u16, u64, Option)");
    expect(refusal?.message).toContain("(AccountId32, AccountId32, u64, u64, u16, u64)");
  });

  test.each(["0x", "0x00", "0x6d657461", "nonsense"])("is refused where its metadata is %s", (metadata) => {
    expect(refusalOf(() => new Runtime(424, metadata, 5))).toMatchObject({ code: "TEN-CHAIN-011", place: { block: 5 } });
  });
});
