import { describe, expect, test } from "vitest";
import { END_OF_BLOCK, TenureError } from "../../../engine/index.js";
import { type BlockStory, tellBlock } from "../../../recorders/chain/attribution/block-story.js";
import { A, B, C, Events, H, I, J } from "./chain-events.js";

const NETUIDS = [0, 1, 2];

function tell(events: Events, spec = 424): BlockStory {
  return tellBlock(events.all, spec, NETUIDS, 77);
}

/** Movements in a line: kind, event, position or positions, amounts. */
function movementsOf(events: Events, spec = 424): string[] {
  const name = (account: string) => ({ [A]: "A", [B]: "B", [C]: "C", [H]: "H", [I]: "I", [J]: "J" })[account];
  return tell(events, spec).movements.map((one) => {
    const head = `${one.kind} ${one.place.extrinsic}.${one.place.event}`;
    if ("key" in one) return `${head} ${one.netuid} ${name(one.key)}>${name(one.toKey)}`;
    const id = (position: { netuid: number; hotkey: string; coldkey: string }) =>
      `${position.netuid}/${name(position.hotkey)}/${name(position.coldkey)}`;
    if ("position" in one) return `${head} ${id(one.position)} ${one.amountRao}`;
    return `${head} ${id(one.from)}>${id(one.to)} ${one.amountRao}>${one.toAmountRao}`;
  });
}

describe("stake events", () => {
  test("are movements, in the order of events whatever is joined", () => {
    const events = new Events().in(1).added(A, H, 1, 5n).removed(A, H, 1, 10n, 0n).added(A, I, 2, 20n).moved(A, H, 1, I, 2);
    events.in(2).removed(B, H, 1, 4n, 0n);
    expect(movementsOf(events)).toEqual(["added 1.0 1/H/A 5", "moved 1.3 1/H/A>2/I/A 10>20", "removed 2.4 1/H/B 4"]);
  });

  test.each([
    [273, 100],
    [393, 100],
    [400, 100],
    [401, 107],
    [424, 107],
  ])("of spec %i take %i from a position for 100 with a fee of 7", (spec, debit) => {
    expect(movementsOf(new Events().in(1).removed(A, H, 1, 100n, 7n), spec)).toEqual([`removed 1.0 1/H/A ${debit}`]);
    const moved = new Events().in(1).removed(A, H, 1, 100n, 7n).added(A, I, 1, 90n, 7n).moved(A, H, 1, I, 1);
    expect(movementsOf(moved, spec)).toEqual([`moved 1.2 1/H/A>1/I/A ${debit}>90`]);
  });

  test("of a subnet that is not recorded are passed over, and so is that side of a move", () => {
    const events = new Events().in(1).added(A, H, 99, 5n).removed(A, H, 1, 10n, 0n).added(A, H, 99, 20n).swapped(A, H, 1, 99);
    events.in(2).removed(A, H, 99, 3n, 0n).added(B, H, 2, 4n).transferred(A, B, H, 99, 2);
    expect(movementsOf(events)).toEqual(["removed 1.1 1/H/A 10", "added 2.5 2/H/B 4"]);
  });

  test("of two fields are TAO on the root, of whoever paid the fee of their extrinsic", () => {
    const events = new Events();
    events.in(1).add("StakeAdded", { hotkey: H, taoRao: 9n }).add("TransactionFeePaid", { coldkey: B });
    events.in(2).add("StakeRemoved", { hotkey: I, taoRao: 8n }).add("TransactionFeePaid", { coldkey: A });
    expect(movementsOf(events, 210)).toEqual(["added 1.0 0/H/B 9", "removed 2.2 0/I/A 8"]);
    expect(tell(events, 210).suspicions).toEqual([]);
  });

  test("of two fields that nobody paid for are measured: any position of the hotkey on the root", () => {
    const events = new Events().in(1).add("StakeAdded", { hotkey: H, taoRao: 9n }).in(2).add("TransactionFeePaid", { coldkey: B });
    const { movements, suspicions } = tell(events, 210);
    expect(movements).toEqual([]);
    expect(suspicions).toEqual([{ cause: "unnamed_coldkey", place: { extrinsic: 1, event: 0 }, netuid: 0, hotkey: H }]);
  });

  test("without halves make both sides suspect, as far as they are recorded", () => {
    const place = { extrinsic: 1, event: 0 };
    const within = tell(new Events().in(1).moved(A, H, 1, I, 2), 240);
    expect(within.suspicions.map(({ move, ...rest }) => rest)).toEqual([
      { cause: "stake_moved", place, netuid: 1, hotkey: H, coldkey: A },
      { cause: "stake_moved", place, netuid: 2, hotkey: I, coldkey: A },
    ]);
    expect(within.suspicions[0].move).toBe(within.suspicions[1].move);
    const out = tell(new Events().in(1).moved(A, H, 1, I, 99), 240);
    expect(out.suspicions.map(({ netuid }) => netuid)).toEqual([1]);
  });

  test("with one half say what it says, and make both sides suspect", () => {
    const events = new Events().in(1).removed(A, H, 1, 10n, 0n).moved(A, H, 1, I, 1);
    expect(movementsOf(events)).toEqual(["removed 1.0 1/H/A 10"]);
    expect(tell(events).suspicions.map(({ cause, hotkey }) => [cause, hotkey])).toEqual([
      ["stake_moved", H],
      ["stake_moved", I],
    ]);
  });

  test("of 2^53 rao or more are refused, at the block", () => {
    expect(movementsOf(new Events().in(1).added(A, H, 1, 2n ** 53n - 1n))).toEqual(["added 1.0 1/H/A 9007199254740991"]);
    for (const events of [
      new Events().in(1).added(A, H, 1, 2n ** 53n),
      new Events().in(1).removed(A, H, 1, 2n ** 53n - 3n, 3n),
      new Events().in(1).add("AlphaBurned", { coldkey: A, hotkey: H, netuid: 1, alphaRao: 2n ** 63n }),
    ]) {
      let refusal: unknown;
      try {
        tell(events);
      } catch (error) {
        refusal = error;
      }
      expect(refusal).toBeInstanceOf(TenureError);
      expect(refusal).toMatchObject({ code: "TEN-CHAIN-012", place: { block: 77 } });
    }
    expect(movementsOf(new Events().in(1).added(A, H, 99, 2n ** 60n))).toEqual([]);
  });
});

describe("other events", () => {
  test("burn alpha, of recorded subnets", () => {
    const gone = { coldkey: A, hotkey: H, alphaRao: 6n };
    const events = new Events()
      .in(1)
      .add("AlphaBurned", { ...gone, netuid: 1 })
      .add("AlphaRecycled", { ...gone, netuid: 2 });
    expect(movementsOf(events.add("AlphaBurned", { ...gone, netuid: 99 }))).toEqual(["burned 1.0 1/H/A 6", "burned 1.1 2/H/A 6"]);
  });

  test("swap keys on one subnet or on all, and make the positions of both keys suspect", () => {
    const events = new Events().in(1).add("HotkeySwapped", { coldkey: A, hotkey: H, toHotkey: I });
    events.in(2).add("HotkeySwappedOnSubnet", { coldkey: A, hotkey: I, toHotkey: J, netuid: 2 });
    events.in(3).add("HotkeySwappedOnSubnet", { coldkey: A, hotkey: I, toHotkey: J, netuid: 99 });
    events.in(4).add("ColdkeySwapped", { coldkey: A, toColdkey: B });
    expect(movementsOf(events)).toEqual([
      ...NETUIDS.map((netuid) => `hotkey_swapped 1.0 ${netuid} H>I`),
      "hotkey_swapped 2.1 2 I>J",
      ...NETUIDS.map((netuid) => `coldkey_swapped 4.3 ${netuid} A>B`),
    ]);
    const suspicions = tell(events).suspicions.map(({ cause, netuid, hotkey, coldkey }) => [cause, netuid, hotkey ?? coldkey]);
    expect(suspicions).toEqual([
      ...NETUIDS.flatMap((netuid) => [H, I].map((hotkey) => ["hotkey_swapped", netuid, hotkey])),
      ...[I, J].map((hotkey) => ["hotkey_swapped", 2, hotkey]),
      ...NETUIDS.flatMap((netuid) => [A, B].map((coldkey) => ["coldkey_swapped", netuid, coldkey])),
    ]);
  });

  test("say who registered, and which subnets end, where they are recorded", () => {
    const events = new Events()
      .in(1)
      .add("NeuronRegistered", { netuid: 1, uid: 5, hotkey: H })
      .add("NeuronRegistered", { netuid: 99, uid: 0, hotkey: H });
    events.in(2).add("NetworkRemoved", { netuid: 2 }).add("NetworkRemoved", { netuid: 99 });
    const { registrations, removedNetworks, suspicions } = tell(events);
    expect(registrations).toEqual([{ place: { extrinsic: 1, event: 0 }, netuid: 1, uid: 5, hotkey: H }]);
    expect(removedNetworks).toEqual([{ place: { extrinsic: 2, event: 2 }, netuid: 2 }]);
    expect(suspicions).toEqual([{ cause: "network_removed", place: { extrinsic: 2, event: 2 }, netuid: 2 }]);
  });

  test("put liquidity, fees in alpha and root claims under suspicion", () => {
    const events = new Events()
      .in(1)
      .add("LiquidityAdded", { coldkey: A, hotkey: H, netuid: 1 })
      .add("LiquidityRemoved", { coldkey: A, hotkey: H, netuid: 99 });
    events
      .in(2)
      .add("TransactionFeePaidWithAlpha", { coldkey: B, netuid: 2 })
      .add("TransactionFeePaidWithAlpha", { coldkey: B, netuid: 99 });
    events.in(3).add("TransactionFeePaidWithAlpha", { coldkey: C });
    events.in(4).add("RootClaimed", { coldkey: A });
    expect(tell(events).suspicions.map(({ place, ...rest }) => [place.event, rest])).toEqual([
      [0, { cause: "liquidity", netuid: 1, hotkey: H, coldkey: A }],
      [2, { cause: "alpha_fee", netuid: 2, coldkey: B }],
      ...NETUIDS.map((netuid) => [4, { cause: "alpha_fee", netuid, coldkey: C }]),
      ...NETUIDS.map((netuid) => [5, { cause: "root_claimed", netuid, coldkey: A, anyHotkey: true }]),
    ]);
  });

  test.each([-1, END_OF_BLOCK])("claim from the root outside of extrinsics (%i): the chain does so by itself", (extrinsic) => {
    const { claims, suspicions } = tell(new Events().in(extrinsic).add("RootClaimed", { coldkey: A }));
    expect([claims, suspicions]).toEqual([[{ place: { extrinsic, event: 0 }, coldkey: A }], []]);
  });

  test("tell whom an epoch may pay, and what miners earned, summed over mechanisms", () => {
    const events = new Events().in(-1).add("IncentiveAlphaEmittedToMiners", { netuid: 1, amountsRao: [5n, 0n, 7n] });
    events.add("IncentiveAlphaEmittedToMiners", { netuid: 4_097, amountsRao: [1n, 2n] });
    events
      .add("IncentiveAlphaEmittedToMiners", { netuid: 99, amountsRao: [9n] })
      .add("IncentiveAlphaEmittedToMiners", { netuid: 4_195, amountsRao: [9n] });
    events
      .add("AutoStakeAdded", { netuid: 1, hotkey: H, toHotkey: I, coldkey: A, alphaRao: 40n })
      .add("AutoStakeAdded", { netuid: 99, hotkey: H, toHotkey: I, coldkey: A, alphaRao: 1n });
    events.add("SubnetLeaseDividendsDistributed", { coldkey: B });
    events.in(1).add("SetChildren", { netuid: 2, hotkey: J }).add("SetChildren", { netuid: 99, hotkey: J });
    const { incentives, autoStakes, reached } = tell(events);
    expect([...incentives]).toEqual([[1, [6n, 2n, 7n]]]);
    expect(autoStakes).toEqual([{ netuid: 1, hotkey: H, destination: I, coldkey: A, amountRao: 40 }]);
    expect(reached).toEqual([
      { netuid: 1, hotkey: I, coldkey: A },
      ...NETUIDS.map((netuid) => ({ netuid, coldkey: B })),
      { netuid: 2, hotkey: J },
    ]);
  });
});
