import { encodeAddress } from "@polkadot/util-crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AddressBook } from "../../../engine/index.js";
import { AddressIntake, canonicalAddress, checkSs58, encodeSs58 } from "../../../recorders/addresses/index.js";

const key = fc.oneof(
  fc.uint8Array({ minLength: 32, maxLength: 32 }),
  // Leading zero bytes are what base58 writes in a way of its own.
  fc
    .tuple(fc.integer({ min: 1, max: 32 }), fc.uint8Array({ minLength: 32, maxLength: 32 }))
    .map(([zeros, bytes]) => bytes.fill(0, 0, zeros)),
);
/** Prefixes of one byte and of two. */
const prefix = fc.oneof(fc.integer({ min: 0, max: 45 }), fc.integer({ min: 48, max: 63 }), fc.integer({ min: 64, max: 16_383 }));
const hexOf = (bytes: Uint8Array) => `0x${Buffer.from(bytes).toString("hex")}`;

describe("canonicalAddress", () => {
  it("gives one form for one key, as another implementation writes it", () => {
    fc.assert(
      fc.property(key, prefix, fc.boolean(), (bytes, network, upper) => {
        const address = encodeAddress(bytes, 42);
        expect(encodeSs58(bytes)).toBe(address);
        expect(canonicalAddress(encodeAddress(bytes, network))).toBe(address);
        expect(canonicalAddress(upper ? hexOf(bytes).toUpperCase().replace("0X", "0x") : hexOf(bytes))).toBe(address);
        expect(checkSs58(encodeAddress(bytes, network))).toEqual({ valid: true, prefix: network });
      }),
    );
  });

  it("leaves anything else as it is", () => {
    fc.assert(fc.property(fc.string(), (text) => canonicalAddress(text) === text));
    for (const text of ["0x12", `0x${"g".repeat(64)}`, "5Fake", hexOf(new Uint8Array(32)).slice(2)])
      expect(canonicalAddress(text)).toBe(text);
  });
});

describe("AddressIntake", () => {
  const place = () => ({ file: "x.csv" });

  it.each(["ss58", "any"] as const)(
    "gives all forms of a key one id, under the rule %s, and counts those that were another form",
    (rule) => {
      const bytes = new Uint8Array(32).fill(7);
      const book = new AddressBook();
      const intake = new AddressIntake(book, rule);
      const forms = [hexOf(bytes), encodeAddress(bytes, 0), encodeAddress(bytes, 42), encodeAddress(bytes, 2), hexOf(bytes)];
      expect(forms.map((form) => intake.take(form, place))).toEqual([0, 0, 0, 0, 0]);
      expect(book.nameOf(0)).toBe(encodeAddress(bytes, 42));
      expect(intake.canonical.notes()).toEqual([expect.stringMatching(/^3 addresses are .* prefix 42\.$/)]);
    },
  );

  it("says nothing where all were in one form", () => {
    const intake = new AddressIntake(new AddressBook(), "any");
    intake.take("5Fake", place);
    expect(intake.canonical.notes()).toEqual([]);
  });
});
