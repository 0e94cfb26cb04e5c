import { describe, expect, it } from "vitest";
import { ACCOUNT, Accounts, ASSET, SPECIAL_ACCOUNTS } from "../../../engine/books/accounts.js";

const { TAO, INDEX_TOKEN } = ASSET;
const { OUTSIDE_MARKET, BURN, FUND } = ACCOUNT;

describe("accounts", () => {
  it("number the special accounts as they are named", () => {
    const accounts = new Accounts();
    for (const [name, account] of Object.entries(ACCOUNT)) expect(accounts.nameOf(account)).toBe(name.toLowerCase());
    expect(accounts.count).toBe(SPECIAL_ACCOUNTS.length);
  });

  it("move whole rao, the outside carrying the negative side", () => {
    const accounts = new Accounts();
    const ann = accounts.open("ann");
    const alpha = accounts.alpha(64);
    accounts.transfer(alpha, OUTSIDE_MARKET, ann, 7);
    accounts.transfer(alpha, ann, FUND, 3);
    expect([OUTSIDE_MARKET, ann, FUND].map((account) => accounts.balanceRao(alpha, account))).toEqual([-7, 4, 3]);
    expect(accounts.netuidOf(alpha)).toBe(64);
    expect(accounts.assetName(alpha)).toBe("alpha_64");
    expect(accounts.netuidOf(INDEX_TOKEN)).toBe(-1);
    accounts.audit();
  });

  it("leave balances alone where an account pays itself", () => {
    const accounts = new Accounts();
    const ann = accounts.open("ann");
    accounts.transfer(TAO, OUTSIDE_MARKET, ann, 5);
    accounts.transfer(TAO, ann, ann, 5);
    expect(accounts.balanceRao(TAO, ann)).toBe(5);
    expect(() => accounts.transfer(TAO, ann, ann, 6)).toThrow("ann holds 5 rao of tao and sends 6");
  });

  it.each([0.5, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])("never move %d rao", (amount) => {
    expect(() => new Accounts().transfer(TAO, OUTSIDE_MARKET, BURN, amount)).toThrow("TEN-BUG");
  });

  it("never go below 0 but outside", () => {
    const accounts = new Accounts();
    accounts.transfer(TAO, OUTSIDE_MARKET, BURN, 5);
    expect(() => accounts.transfer(TAO, BURN, FUND, 6)).toThrow("burn holds 5 rao of tao and sends 6");
    expect(accounts.balanceRao(TAO, FUND)).toBe(0);
  });

  it("refuse what cannot be counted exactly, and change nothing", () => {
    const accounts = new Accounts();
    accounts.transfer(TAO, OUTSIDE_MARKET, FUND, Number.MAX_SAFE_INTEGER);
    expect(() => accounts.transfer(TAO, OUTSIDE_MARKET, BURN, 1)).toThrow("TEN-MARKET-102");
    expect(accounts.balanceRao(TAO, BURN)).toBe(0);
    accounts.transfer(TAO, ACCOUNT.EMISSION, BURN, 1);
    expect(() => accounts.transfer(TAO, BURN, FUND, 1)).toThrow("TEN-MARKET-102");
    accounts.audit();
  });

  it("keep balances when they grow", () => {
    const accounts = new Accounts();
    const first = accounts.open("first");
    accounts.transfer(TAO, OUTSIDE_MARKET, first, 11);
    const others = Array.from({ length: 300 }, (_, i) => accounts.open(`trader ${i}`));
    expect(accounts.balanceRao(TAO, first)).toBe(11);
    accounts.transfer(accounts.alpha(1), OUTSIDE_MARKET, others[299], 2);
    expect(accounts.balanceRao(accounts.alpha(1), others[299])).toBe(2);
    expect(accounts.find("trader 7")).toBe(others[7]);
    expect(accounts.find("nobody")).toBeUndefined();
    accounts.audit();
  });

  it("refuse a name twice", () => {
    const accounts = new Accounts();
    accounts.open("ann");
    expect(() => accounts.open("ann")).toThrow("TEN-MARKET-101");
    expect(() => accounts.open("fund")).toThrow("TEN-MARKET-101");
  });
});
