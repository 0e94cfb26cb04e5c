import { beforeEach, describe, expect, test } from "vitest";
import { Runtime } from "../../../recorders/chain/runtime/runtime.js";
import { alphaPrice, priceKeys } from "../../../recorders/chain/storage/alpha-price.js";
import { runtimeOf, TestChain } from "../../chain/index.js";
import { rowsAt } from "../../chain/state/block-state.js";
import { nearestNumber, subnetPrice } from "../../chain/state/subnet-price.js";

const ALPHA = 1_000_000_000n;
const OWNER = `0x${"11".repeat(32)}` as const;
const POOL = { taoRao: 21_003n * ALPHA + 7n, alphaInRao: 1_000_003n * ALPHA + 1n };
const SPECS = [210, 260, 273, 290, 346, 393, 401, 422, 423, 424];

const runtimes = new Map<number, Runtime>();
let chain: TestChain;

function begin(spec: number): void {
  chain = new TestChain({ genesisMs: 1_700_000_000_000, firstSpec: spec, tempo: 20, seedName: "price" });
  chain.block((b) => b.network(30, { owner: OWNER, ownerHotkey: OWNER }));
}

/** The recorder's price of a subnet at the newest block, of the rows as a node answers them. */
function priceOf(netuid: number): number | undefined {
  const spec = chain.spec(chain.best - 1);
  const values = priceKeys(netuid).map((key) => chain.storage(key, chain.best));
  const runtime = runtimes.get(spec) ?? new Runtime(spec, runtimeOf(spec).metadata, 1);
  runtimes.set(spec, runtime);
  return alphaPrice(runtime, netuid, values);
}

/** The chain's own. */
function truePriceOf(netuid: number): number {
  return nearestNumber(subnetPrice(rowsAt(chain.archive, chain.best), chain.spec(chain.best - 1), netuid));
}

describe.each(SPECS)("the price of alpha at spec %i", (spec) => {
  beforeEach(() => begin(spec));

  test("is that of the pool", () => {
    chain.block((b) => b.price(30, POOL));
    expect(priceOf(30)).toBe(Number(POOL.taoRao) / Number(POOL.alphaInRao));
    expect(priceOf(30)).toBe(truePriceOf(30));
  });

  test("is 1 where the mechanism is the stable one, and on the root", () => {
    chain.block((b) => {
      b.network(0, { owner: OWNER, ownerHotkey: OWNER });
      b.price(0, POOL);
      b.price(30, { ...POOL, mechanism: 0 });
    });
    expect([priceOf(30), priceOf(0)]).toEqual([1, 1]);
  });

  test.each([
    ["TAO", { taoRao: 0n, alphaInRao: ALPHA }],
    ["alpha", { taoRao: ALPHA, alphaInRao: 0n }],
    ["anything", { taoRao: 0n, alphaInRao: 0n }],
  ])("is none without %s in the pool", (_, pool) => {
    chain.block((b) => b.price(30, pool));
    expect(priceOf(30)).toBeUndefined();
  });

  test("is none for a subnet that there is not", () => {
    expect(priceOf(44)).toBeUndefined();
  });
});

describe("the square-root price", () => {
  test.each([290, 346, 422])("is squared at spec %i, where it is in use", (spec) => {
    begin(spec);
    const sqrtPriceBits = (1n << 64n) / 7n;
    chain.block((b) => b.price(30, { ...POOL, sqrtPriceBits }));
    expect(priceOf(30)).toBe(Number(POOL.taoRao) / Number(POOL.alphaInRao));
    chain.block((b) => b.price(30, { ...POOL, v3: true, sqrtPriceBits }));
    expect(priceOf(30)).toBe(nearestNumber({ numerator: sqrtPriceBits ** 2n, denominator: 1n << 128n }));
    expect(priceOf(30)).toBe(truePriceOf(30));
    chain.block((b) => b.price(30, { ...POOL, v3: false, sqrtPriceBits }));
    expect(priceOf(30)).toBe(Number(POOL.taoRao) / Number(POOL.alphaInRao));
  });
});

describe("the balancer's price", () => {
  test.each([423, 424])("is (1 - q) / q times that of the reserves at spec %i, with a half where none is written", (spec) => {
    begin(spec);
    chain.block((b) => b.price(30, POOL));
    expect(priceOf(30)).toBe(Number(POOL.taoRao) / Number(POOL.alphaInRao));
    for (const quotePerquintill of [400_000_000_000_000_000n, 123_456_789_012_345_678n, 999_999_999_999_999_999n, 1n]) {
      chain.block((b) => b.price(30, { ...POOL, quotePerquintill }));
      const rest = 10n ** 18n - quotePerquintill;
      const exact = nearestNumber({ numerator: rest * POOL.taoRao, denominator: quotePerquintill * POOL.alphaInRao });
      expect(priceOf(30)).toBe(exact);
      expect(priceOf(30)).toBe(truePriceOf(30));
    }
  });

  test("follows a square-root price when a chain is upgraded, in the block after", () => {
    begin(393);
    chain.block((b) => b.price(30, { ...POOL, v3: true, sqrtPriceBits: (1n << 64n) / 5n }));
    chain.block((b) => b.upgrade(424));
    expect(priceOf(30)).toBe(truePriceOf(30));
    chain.block();
    expect(priceOf(30)).toBe(truePriceOf(30));
    expect(priceOf(30)).toBeCloseTo(0.04, 12);
  });
});
