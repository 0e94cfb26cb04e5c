import { describe, expect, it } from "vitest";
import { AddressBook } from "../../../engine/index.js";
import { AddressIntake, checkSs58 } from "../../../recorders/addresses/index.js";

/** Well-known development keys of Substrate. */
const ALICE = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
const BOB = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";
/** Alice's key under the prefixes of Polkadot and Kusama. */
const ALICE_POLKADOT = "15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5";
const ALICE_KUSAMA = "HNZata7iMYWmk5RvZRTiAsSDhV8366zq2YGb3tLH5Upf74F";

describe("checkSs58", () => {
  it("takes real addresses and tells their prefix", () => {
    expect(checkSs58(ALICE)).toEqual({ valid: true, prefix: 42 });
    expect(checkSs58(BOB)).toEqual({ valid: true, prefix: 42 });
    expect(checkSs58(ALICE_POLKADOT)).toEqual({ valid: true, prefix: 0 });
    expect(checkSs58(ALICE_KUSAMA)).toEqual({ valid: true, prefix: 2 });
  });

  it("refuses every single changed letter", () => {
    for (let at = 0; at < ALICE.length; at++) {
      const other = ALICE[at] === "2" ? "3" : "2";
      expect(checkSs58(ALICE.slice(0, at) + other + ALICE.slice(at + 1)).valid).toBe(false);
    }
  });

  it.each([
    "",
    "5Fake",
    "5FakeColdkey1111111111111111111111111111",
    `${ALICE}1`,
    ALICE.slice(1),
    "0".repeat(48),
    "1".repeat(64),
    "z".repeat(500),
  ])("refuses %s", (text) => expect(checkSs58(text).valid).toBe(false));
});

describe("AddressIntake", () => {
  const place = () => ({ file: "x.json", path: "data[0]" });

  it("refuses what is not SS58 with the way out", () => {
    const intake = new AddressIntake(new AddressBook(), "ss58");
    expect(intake.take(ALICE, place)).toBe(0);
    expect(intake.take(ALICE, place)).toBe(0);
    expect(() => intake.take("5Fake", place)).toThrow(/TEN-IMPORT-006.*x\.json, data\[0\].*--addresses any/s);
  });

  it("takes made-up addresses where told to, but not an empty one", () => {
    const intake = new AddressIntake(new AddressBook(), "any");
    expect(intake.take("5Fake", place)).toBe(0);
    expect(() => intake.take("", place)).toThrow(/TEN-IMPORT-006/);
  });
});
