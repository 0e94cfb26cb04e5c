import { describe, expect, test } from "vitest";
import { type Account, account, type BlockBuilder, type Pay, ss58, TestChain } from "../../chain/index.js";
import { type Recorded, useChains } from "./recorded.js";

const ALPHA = 1_000_000_000n;
const NETUID = 30;
const EPOCH = 10;
const names = [
  "owner",
  "owner-hotkey",
  "miner",
  "miner-cold",
  "both",
  "both-cold",
  "validator",
  "validator-cold",
  "nominator",
  "parent",
  "parent-cold",
];
const [OWNER, OWNER_HK, MINER, MINER_CK, BOTH, BOTH_CK, VALIDATOR, VALIDATOR_CK, NOMINATOR, PARENT, PARENT_CK] = names.map(account);
const UIDS = { [OWNER_HK]: 0, [MINER]: 1, [BOTH]: 2, [VALIDATOR]: 3 };
const { recordAll } = useChains();

interface More {
  readonly before?: (b: BlockBuilder) => void;
  readonly during?: (b: BlockBuilder) => void;
}

/** A subnet with everybody on it, and an epoch that pays as it is told; more may happen before it and in its block. */
function chainOf(spec: number, pays: readonly Pay[], { before, during }: More = {}): TestChain {
  const chain = new TestChain({ genesisMs: 1_700_000_000_000, firstSpec: spec, tempo: 1_000, seedName: `roles-${spec}` });
  chain.block((b) => {
    b.network(NETUID, { owner: OWNER, ownerHotkey: OWNER_HK });
    const seats: [Account, Account][] = [
      [OWNER_HK, OWNER],
      [MINER, MINER_CK],
      [BOTH, BOTH_CK],
      [VALIDATOR, VALIDATOR_CK],
    ];
    for (const [hotkey, coldkey] of seats) b.extrinsic(coldkey, (x) => x.register(NETUID, hotkey, coldkey));
    for (const [hotkey, coldkey] of seats) b.extrinsic(coldkey, (x) => x.stakeAdded(coldkey, hotkey, NETUID, 30n * ALPHA));
    for (const [hotkey] of seats) b.extrinsic(NOMINATOR, (x) => x.stakeAdded(NOMINATOR, hotkey, NETUID, 10n * ALPHA));
    b.extrinsic(PARENT_CK, (x) => {
      x.register(NETUID, PARENT, PARENT_CK);
      x.stakeAdded(PARENT_CK, PARENT, NETUID, 5n * ALPHA);
    });
    b.trimUid(NETUID, 4);
  });
  chain.block(before);
  while (chain.best < EPOCH - 1) chain.block();
  chain.block((b) => {
    b.epoch(NETUID, pays);
    during?.(b);
  });
  while (chain.best < EPOCH + 5) chain.block();
  return chain;
}

const nameOf = new Map(names.map((name, index) => [ss58(account(name)), names[index]]));

/** `hotkey/coldkey role uid amount`, sorted. */
function paid({ emission }: Recorded): string[] {
  return emission.map((row) => `${nameOf.get(row.hotkey)}/${nameOf.get(row.coldkey)} ${row.role} ${row.uid} ${row.amount_rao}`).sort();
}

/** What the truth says each position got, with the role and the uid that it should be for. */
function wanted(chain: TestChain, roleOf: (hotkey: Account, coldkey: Account) => string): string[] {
  return chain.truth.emission
    .map(
      ({ hotkey, coldkey, amountRao }) =>
        `${nameOf.get(ss58(hotkey))}/${nameOf.get(ss58(coldkey))} ${roleOf(hotkey, coldkey)} ${UIDS[hotkey] ?? -1} ${amountRao}`,
    )
    .sort();
}

describe.each([260, 346, 424])("at spec %i", (spec) => {
  test("miners earn as owners of their hotkeys, who stakes on one as with a validator, the subnet's owner as owner", async () => {
    const chain = chainOf(spec, [
      { kind: "owner", hk: OWNER_HK, alpha: 18n * ALPHA },
      { kind: "incentive", hk: MINER, alpha: 7n * ALPHA },
      { kind: "dividends", hk: VALIDATOR, alpha: 8n * ALPHA },
      { kind: "dividends", hk: PARENT, alpha: 3n * ALPHA },
    ]);
    const roles: Readonly<Record<string, string>> = { [`${OWNER_HK}${OWNER}`]: "owner", [`${MINER}${MINER_CK}`]: "miner" };
    const recorded = await recordAll(chain, { netuids: [NETUID] });
    expect(paid(recorded)).toEqual(wanted(chain, (hotkey, coldkey) => roles[hotkey + coldkey] ?? "validator"));
    expect(recorded.emission.length).toBe(7);
  });

  test("an owner's hotkey that mines as well earns as owner all the same", async () => {
    const chain = chainOf(spec, [
      { kind: "owner", hk: OWNER_HK, alpha: 18n * ALPHA },
      { kind: "incentive", hk: OWNER_HK, alpha: 5n * ALPHA },
    ]);
    const recorded = await recordAll(chain, { netuids: [NETUID] });
    expect(paid(recorded)).toEqual(wanted(chain, (_, coldkey) => (coldkey === OWNER ? "owner" : "validator")));
  });

  test("who mines and validates is split by the computed incentive, where the chain says it", async () => {
    const chain = chainOf(spec, [
      { kind: "incentive", hk: BOTH, alpha: 2n * ALPHA },
      { kind: "dividends", hk: BOTH, alpha: 6n * ALPHA },
    ]);
    const recorded = await recordAll(chain, { netuids: [NETUID] });
    const own = Number(chain.truth.emission.find(({ coldkey }) => coldkey === BOTH_CK)?.amountRao);
    const nominated = chain.truth.emission.find(({ coldkey }) => coldkey === NOMINATOR)?.amountRao;
    const mined = Number(2n * ALPHA);
    expect(paid(recorded)).toEqual(
      [
        ...(spec < 315
          ? [`both/both-cold validator 2 ${own}`]
          : [`both/both-cold miner 2 ${mined}`, `both/both-cold validator 2 ${own - mined}`]),
        `both/nominator validator 2 ${nominated}`,
      ].sort(),
    );
  });

  test("weights are the incentives of the epoch, at the block before it, of every seat", async () => {
    const chain = chainOf(spec, [
      { kind: "incentive", hk: MINER, alpha: 3n * ALPHA },
      { kind: "incentive", hk: BOTH, alpha: ALPHA },
    ]);
    const { weights } = await recordAll(chain, { netuids: [NETUID], weights: true });
    expect(weights.map((row) => [row.block, nameOf.get(row.hotkey), row.uid, row.weight])).toEqual([
      [EPOCH - 1, "owner-hotkey", 0, 0],
      [EPOCH - 1, "miner", 1, Math.floor((65_535 * 3) / 4) / 65_535],
      [EPOCH - 1, "both", 2, Math.floor(65_535 / 4) / 65_535],
      [EPOCH - 1, "validator", 3, 0],
    ]);
  });
});

describe("incentive that is staked elsewhere", () => {
  const pays: readonly Pay[] = [
    { kind: "dividends", hk: VALIDATOR, alpha: 8n * ALPHA },
    { kind: "autoStake", hk: MINER, destination: VALIDATOR, alpha: 7n * ALPHA },
    { kind: "autoStake", hk: BOTH, destination: VALIDATOR, alpha: 2n * ALPHA },
  ];

  test("is the miner's, at the hotkey it lands on; what else comes there is not", async () => {
    const chain = chainOf(346, pays);
    const recorded = await recordAll(chain, { netuids: [NETUID] });
    const seats: Readonly<Record<string, string>> = { [MINER_CK]: "miner 1", [BOTH_CK]: "miner 2" };
    const expected = chain.truth.emission.map(
      ({ coldkey, amountRao }) => `${nameOf.get(ss58(coldkey))} ${seats[coldkey] ?? "validator 3"} ${amountRao}`,
    );
    const found = recorded.emission.map((row) => `${nameOf.get(row.coldkey)} ${row.role} ${row.uid} ${row.amount_rao}`);
    expect(found.sort()).toEqual(expected.sort());
    expect(new Set(recorded.emission.map(({ hotkey }) => hotkey))).toEqual(new Set([ss58(VALIDATOR)]));
  });

  test("of a miner who stakes on the validator already is told from its dividends", async () => {
    const chain = chainOf(346, pays, {
      before: (b) => b.extrinsic(MINER_CK, (x) => x.stakeAdded(MINER_CK, VALIDATOR, NETUID, 10n * ALPHA)),
    });
    const { emission } = await recordAll(chain, { netuids: [NETUID] });
    const truth = Number(chain.truth.emission.find(({ coldkey }) => coldkey === MINER_CK)?.amountRao);
    const own = emission.filter(({ coldkey }) => nameOf.get(coldkey) === "miner-cold");
    expect(own.map(({ role, uid, amount_rao }) => [role, uid, amount_rao])).toEqual([
      ["miner", 1, Number(7n * ALPHA)],
      ["validator", 3, truth - Number(7n * ALPHA)],
    ]);
  });
});

describe("in the block of an epoch", () => {
  test("a sale and a purchase do not change what was paid, and a swapped key is not taken for pay", async () => {
    const chain = chainOf(
      346,
      [
        { kind: "incentive", hk: MINER, alpha: 7n * ALPHA },
        { kind: "dividends", hk: VALIDATOR, alpha: 8n * ALPHA },
        { kind: "incentive", hk: BOTH, alpha: ALPHA },
      ],
      {
        during: (b) => {
          b.extrinsic(MINER_CK, (x) => x.stakeRemoved(MINER_CK, MINER, NETUID, 20n * ALPHA));
          b.extrinsic(MINER_CK, (x) => x.stakeAdded(MINER_CK, MINER, NETUID, 3n * ALPHA));
          b.extrinsic(BOTH_CK, (x) => x.hotkeySwapped(BOTH_CK, BOTH, account("both-2")));
        },
      },
    );
    const recorded = await recordAll(chain, { netuids: [NETUID], weights: true });
    const expected = chain.truth.emission.filter(({ hotkey }) => hotkey !== BOTH);
    for (const { hotkey, coldkey, amountRao } of expected) {
      const row = recorded.emission.find((one) => one.hotkey === ss58(hotkey) && one.coldkey === ss58(coldkey));
      expect(Math.abs((row?.amount_rao ?? 0) - Number(amountRao))).toBeLessThan(hotkey === MINER ? 20 : 1);
    }
    expect(recorded.emission.length).toBe(expected.length);
    // The weights that it paid by were those of the hotkey before.
    expect(recorded.weights.map((row) => nameOf.get(row.hotkey))).toContain("both");
  });
});
