import { expandMetadata, Metadata, TypeRegistry } from "@polkadot/types";
import { compactStripLength, u8aToHex } from "@polkadot/util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TenureError } from "../../../engine/index.js";
import { requireKnownKeys } from "../../../recorders/chain/runtime/known-maps.js";
import { Runtime } from "../../../recorders/chain/runtime/runtime.js";
import { priceKeys } from "../../../recorders/chain/storage/alpha-price.js";
import { hashed, storageKey } from "../../../recorders/chain/storage/storage-key.js";
import { coldkeyOfKey, hotkeyOfKey, subtensorKeys } from "../../../recorders/chain/storage/subtensor-keys.js";
import { runtimeOf } from "../../chain/index.js";
import { REAL_SPECS, realMetadata } from "./real-metadata.js";

const account = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => u8aToHex(bytes));
const u16 = fc.nat(65_535);

type KeyOf = (pallet: string, item: string, ...keys: unknown[]) => string;

/** Keys as polkadot.js builds them from a runtime's metadata. */
function keysBy(metadata: string): KeyOf {
  const registry = new TypeRegistry();
  const parsed = new Metadata(registry, metadata as `0x${string}`);
  registry.setMetadata(parsed, undefined, undefined, true);
  const { query } = expandMetadata(registry, parsed);
  return (pallet, item, ...keys) => {
    const entry = query[pallet][item] as unknown as (...args: unknown[]) => Uint8Array;
    return u8aToHex(compactStripLength(entry(...keys))[1]);
  };
}

const sources: [string, string][] = [
  ["the test chain at 273", runtimeOf(273).metadata],
  ["the test chain at 346", runtimeOf(346).metadata],
  ["the test chain at 424", runtimeOf(424).metadata],
  ...REAL_SPECS.flatMap((spec): [string, string][] => {
    const metadata = realMetadata(spec);
    return metadata === undefined ? [] : [[`the real chain at ${spec}`, metadata]];
  }),
];

describe("storage keys", () => {
  test.each(sources)("are those of polkadot.js on %s", (_, metadata) => {
    const keyOf = keysBy(metadata);
    const runtime = new Runtime(1, metadata, 1);
    expect(subtensorKeys.events).toBe(keyOf("system", "events"));
    expect(subtensorKeys.now).toBe(keyOf("timestamp", "now"));
    expect(subtensorKeys.lastRuntimeUpgrade).toBe(keyOf("system", "lastRuntimeUpgrade"));
    const property = fc.property(account, account, u16, u16, (hotkey, coldkey, netuid, uid) => {
      const position = (item: string) => subtensorKeys.ofPosition(item, hotkey, coldkey, netuid);
      expect(position("Alpha")).toBe(keyOf("subtensorModule", "alpha", hotkey, coldkey, netuid));
      expect(position("Alpha").startsWith(subtensorKeys.positionsOf("Alpha", hotkey))).toBe(true);
      expect(coldkeyOfKey(position("Alpha"))).toEqual({ coldkey, netuid });
      const total = subtensorKeys.ofHotkey("TotalHotkeyAlpha", hotkey, netuid);
      expect(total).toBe(keyOf("subtensorModule", "totalHotkeyAlpha", hotkey, netuid));
      expect(total.startsWith(subtensorKeys.all("TotalHotkeyAlpha"))).toBe(true);
      expect(hotkeyOfKey(total)).toEqual({ hotkey, netuid });
      expect(subtensorKeys.ofHotkey("TotalHotkeyShares", hotkey, netuid)).toBe(
        keyOf("subtensorModule", "totalHotkeyShares", hotkey, netuid),
      );
      if (runtime.hasStorage("SubtensorModule", "AlphaV2")) {
        expect(position("AlphaV2")).toBe(keyOf("subtensorModule", "alphaV2", hotkey, coldkey, netuid));
      }
      expect(subtensorKeys.seat(netuid, uid)).toBe(keyOf("subtensorModule", "keys", netuid, uid));
      expect(subtensorKeys.ofAccount("Owner", hotkey)).toBe(keyOf("subtensorModule", "owner", hotkey));
      expect(subtensorKeys.ofAccount("StakingHotkeys", coldkey)).toBe(keyOf("subtensorModule", "stakingHotkeys", coldkey));
      expect(subtensorKeys.ofSubnet("SubnetworkN", netuid)).toBe(keyOf("subtensorModule", "subnetworkN", netuid));
    });
    fc.assert(property, { numRuns: 10 });
  });

  test("of prices are those of polkadot.js, as far as a runtime has them", () => {
    for (const [spec, items] of [
      [346, ["swapV3Initialized", "alphaSqrtPrice"]],
      [424, ["swapBalancer"]],
    ] as const) {
      const keyOf = keysBy(runtimeOf(spec).metadata);
      for (const netuid of [0, 30, 300, 65_535]) {
        for (const item of items) expect(priceKeys(netuid)).toContain(keyOf("swap", item, netuid));
        for (const item of ["subnetMechanism", "subnetTAO", "subnetAlphaIn"]) {
          expect(priceKeys(netuid)).toContain(keyOf("subtensorModule", item, netuid));
        }
      }
    }
  });

  test("are hashed as is known of every Substrate chain", () => {
    expect(storageKey("System", "Events")).toBe("0x26aa394eea5630e07c48ae0c9558cef780d41e5e16056765bc8461851072c9d7");
    expect(storageKey("Timestamp", "Now")).toBe("0xf0c365c3cf59d671eb72da0e7a4113c49f1f0515f462cdcf84e0f1d6045dfcbb");
    const alice = Buffer.from("d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d", "hex");
    expect(storageKey("System", "Account", hashed("Blake2_128Concat", alice))).toBe(
      "0x26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9de1e86a9a8c739864cf3cc5ec2bea59fd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d",
    );
  });

  test("of a runtime that keys a map otherwise are refused", () => {
    const { metadata } = runtimeOf(346);
    // Blake2_128Concat (2) and Identity (6) of TotalHotkeyAlpha, as Twox64Concat (5) and Identity.
    const name = Buffer.from("TotalHotkeyAlpha").toString("hex");
    const at = metadata.indexOf(name) + name.length;
    expect(metadata.slice(at, at + 10)).toBe("0101080206");
    const other = `${metadata.slice(0, at)}0101080506${metadata.slice(at + 10)}`;
    expect(() => requireKnownKeys(new Runtime(346, metadata, 1))).not.toThrow();
    const refusal = (() => {
      try {
        return requireKnownKeys(new Runtime(346, other, 9));
      } catch (error) {
        return error;
      }
    })();
    expect(refusal).toBeInstanceOf(TenureError);
    expect(refusal).toMatchObject({ code: "TEN-CHAIN-011", place: { block: 9 } });
    expect((refusal as TenureError).message).toContain("TotalHotkeyAlpha");
  });
});
