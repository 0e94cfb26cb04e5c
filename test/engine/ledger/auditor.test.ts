import { describe, expect, it } from "vitest";
import { InvariantError } from "../../../engine/kernel/errors.js";
import { type AuditorConfiguration, AuditRefusal, type LedgerCommand } from "../../../engine/ledger/auditor/commands.js";
import type { HoldingQuery } from "../../../engine/ledger/auditor/holding.js";
import { Auditor } from "../../../engine/ledger/auditor.js";
import type { ExitReason, Source } from "../../../engine/tables/results.js";

const DAY_MS = 86_400_000;
const DEFAULTS: AuditorConfiguration = { withdrawalOrder: "filo", equalTimes: "later_first", onInvalid: "record" };
const ALL_STAKE: HoldingQuery = {
  retentionBasis: "all_stake",
  retentionScope: "lifetime",
  rounding: "exact",
  startMs: null,
  retentionWindowDays: 30,
};

/** [source, time, amount]; tranche ids count from 0, all on position 0. */
type Inflow = readonly [Source, number, number];

function filled(configuration: Partial<AuditorConfiguration>, inflows: readonly Inflow[]): Auditor {
  const auditor = new Auditor({ ...DEFAULTS, ...configuration });
  inflows.forEach(([source, timeMs, amountRao], tranche) => {
    auditor.apply({ op: "credit", position: 0, source, timeMs, amountRao, tranche });
  });
  return auditor;
}

function debit(amountRao: number, timeMs = 100, reason: ExitReason = "withdraw"): LedgerCommand {
  return { op: "debit", position: 0, timeMs, amountRao, reason };
}

/** `tranche:amount`, with `!` where it is emptied. */
function taken(auditor: Auditor, command: LedgerCommand): string {
  return auditor
    .apply(command)
    .exits.map((exit) => `${exit.tranche}:${exit.amountRao}${exit.emptied ? "!" : ""}`)
    .join(" ");
}

/** `id:remaining/received`, older first. */
function listed(auditor: Auditor, position: number): string {
  return auditor
    .tranches(position)
    .map((tranche) => `${tranche.id}:${tranche.remaining}/${tranche.received}`)
    .join(" ");
}

const MIXED: readonly Inflow[] = [
  ["manual", 1, 10],
  ["emission", 2, 20],
  ["manual", 3, 30],
  ["emission", 3, 40],
  ["manual", 4, 50],
];

describe("withdrawal order", () => {
  it.each([
    ["filo", "later_first", "4:50! 3:40! 2:5"],
    ["filo", "earlier_first", "4:50! 2:30! 3:15"],
    ["fifo", "later_first", "0:10! 1:20! 2:30! 3:35"],
    ["fifo", "earlier_first", "0:10! 1:20! 2:30! 3:35"],
    ["manual_first", "later_first", "4:50! 2:30! 0:10! 3:5"],
    ["emission_first", "later_first", "3:40! 1:20! 4:35"],
  ] as const)("%s, equal times %s", (withdrawalOrder, equalTimes, expected) => {
    expect(taken(filled({ withdrawalOrder, equalTimes }, MIXED), debit(95))).toBe(expected);
  });

  it("pro_rata gives the left-over rao to the largest remainders, ties to the older, and lists older first", () => {
    const thirds = filled({ withdrawalOrder: "pro_rata" }, [
      ["manual", 1, 10],
      ["emission", 1, 10],
      ["manual", 2, 10],
    ]);
    expect(taken(thirds, debit(2))).toBe("0:1 1:1");
    const uneven = filled({ withdrawalOrder: "pro_rata" }, [
      ["manual", 1, 1],
      ["manual", 2, 5],
      ["manual", 3, 4],
    ]);
    // 7/10 of 1, 5 and 4: 0.7, 3.5, 2.8; the two left-over rao go to the remainders 0.8 and 0.7.
    expect(taken(uneven, debit(7))).toBe("0:1! 1:3 2:3");
  });

  it("turns equal times round inside a source, too", () => {
    const inflows: Inflow[] = [
      ["manual", 1, 10],
      ["manual", 1, 10],
      ["emission", 1, 10],
      ["emission", 1, 10],
    ];
    expect(taken(filled({ withdrawalOrder: "emission_first", equalTimes: "earlier_first" }, inflows), debit(25))).toBe("2:10! 3:10! 0:5");
    expect(taken(filled({ withdrawalOrder: "emission_first", equalTimes: "later_first" }, inflows), debit(25))).toBe("3:10! 2:10! 1:5");
  });
});

describe("withdrawals of more than there is", () => {
  const inflows: Inflow[] = [["manual", 1, 10]];

  it("record: takes nothing and says so", () => {
    const auditor = filled({ onInvalid: "record" }, inflows);
    expect(auditor.apply(debit(21))).toEqual({
      exits: [],
      splits: [],
      rejections: [{ position: 0, cause: "more_than_held", requestedRao: 21, heldRao: 10 }],
      roundedRao: 0,
    });
    expect(auditor.totals(0).total).toBe(10n);
    auditor.apply(debit(10));
    expect(auditor.apply(debit(11)).rejections).toMatchObject([{ cause: "nothing_held", heldRao: 0 }]);
  });

  it("clamp: takes what there is and records the shortfall", () => {
    const auditor = filled({ onInvalid: "clamp" }, inflows);
    const { exits, rejections } = auditor.apply(debit(25));
    expect(exits).toEqual([{ tranche: 0, amountRao: 10, reason: "withdraw", emptied: true }]);
    expect(rejections).toEqual([{ position: 0, cause: "shortfall", requestedRao: 25, heldRao: 10 }]);
    expect(auditor.apply(debit(11)).rejections).toMatchObject([{ cause: "nothing_held" }]);
  });

  it.each(["record", "clamp", "stop"] as const)("%s: up to 10 rao too many are rounding, and all there is goes", (onInvalid) => {
    const auditor = filled({ onInvalid }, inflows);
    expect(auditor.apply(debit(20))).toEqual({
      exits: [{ tranche: 0, amountRao: 10, reason: "withdraw", emptied: true }],
      splits: [],
      rejections: [],
      roundedRao: 10,
    });
    expect(auditor.apply(debit(3))).toEqual({ exits: [], splits: [], rejections: [], roundedRao: 3 });
  });

  it("stop: refuses and changes nothing", () => {
    const auditor = filled({ onInvalid: "stop" }, inflows);
    expect(() => auditor.apply(debit(21))).toThrow(AuditRefusal);
    expect(() => auditor.apply({ op: "move", from: 0, to: 1, timeMs: 200, amountRao: 21, firstSplitTranche: 9 })).toThrow(
      /21 rao where 10/,
    );
    expect(auditor.totals(0).total).toBe(10n);
    auditor.check();
  });

  it("moves follow the same option", () => {
    const move: LedgerCommand = { op: "move", from: 0, to: 1, timeMs: 200, amountRao: 21, firstSplitTranche: 9 };
    const recording = filled({ onInvalid: "record" }, inflows);
    expect(recording.apply(move).rejections).toMatchObject([{ cause: "more_than_held" }]);
    expect(listed(recording, 0)).toBe("0:10/10");
    const clamping = filled({ onInvalid: "clamp" }, inflows);
    expect(clamping.apply(move).rejections).toMatchObject([{ cause: "shortfall" }]);
    expect(listed(clamping, 1)).toBe("0:10/10");
  });
});

describe("moves", () => {
  it("of everything re-key emptied tranches too, keep ids and merge by entry time, then id", () => {
    const auditor = filled({}, [
      ["manual", 1, 10],
      ["emission", 5, 20],
    ]);
    auditor.apply(debit(25, 6));
    auditor.apply({ op: "credit", position: 1, source: "manual", timeMs: 6, amountRao: 7, tranche: 2 });
    auditor.apply({ op: "move", from: 1, to: 0, timeMs: 7, amountRao: "all", firstSplitTranche: 3 });
    auditor.apply({ op: "move", from: 0, to: 1, timeMs: 8, amountRao: 12, firstSplitTranche: 3 });
    expect(listed(auditor, 0)).toBe("");
    expect(listed(auditor, 1)).toBe("0:5/10 1:0/20 2:7/7");
    expect(auditor.flows(1)).toEqual({ inflow: 7n, emission: 0n, movedIn: 12n, outflow: 0n, movedOut: 7n });
    auditor.check();
  });

  it("of everything that is nothing still carry the history along", () => {
    const auditor = filled({}, [["emission", 1, 10]]);
    auditor.apply(debit(10));
    expect(auditor.apply({ op: "move", from: 0, to: 1, timeMs: 101, amountRao: "all", firstSplitTranche: 1 }).rejections).toEqual([]);
    expect(listed(auditor, 1)).toBe("0:0/10");
  });

  it("of a part split the tranche it ends in and carry floor(received * moved / remaining)", () => {
    const auditor = filled({}, [
      ["manual", 1, 10],
      ["emission", 2, 10],
    ]);
    auditor.apply(debit(3, 3));
    auditor.apply({ op: "take_from_tranche", position: 0, tranche: 0, timeMs: 3, amountRao: 3, reason: "withdraw" });
    // Tranche 1 holds 7 of 10 and goes wholly; tranche 0 holds 7 of 10 and gives 2: floor(10 * 2 / 7) = 2.
    const { splits, exits } = auditor.apply({ op: "move", from: 0, to: 1, timeMs: 4, amountRao: 9, firstSplitTranche: 50 });
    expect(exits).toEqual([]);
    expect(splits).toEqual([
      { tranche: 1, part: 1, remainingRao: 7, receivedRao: 10 },
      { tranche: 0, part: 50, remainingRao: 2, receivedRao: 2 },
    ]);
    expect(listed(auditor, 0)).toBe("0:5/8");
    expect(listed(auditor, 1)).toBe("50:2/2 1:7/10");
    expect(auditor.tranches(1)[0]).toMatchObject({ entryMs: 1, source: "manual" });
    auditor.check();
  });

  it("pro_rata split every tranche, ids following the order of the withdrawal", () => {
    const auditor = filled({ withdrawalOrder: "pro_rata" }, [
      ["manual", 1, 10],
      ["emission", 2, 30],
    ]);
    auditor.apply({ op: "move", from: 0, to: 1, timeMs: 4, amountRao: 20, firstSplitTranche: 50 });
    expect(listed(auditor, 0)).toBe("0:5/5 1:15/15");
    expect(listed(auditor, 1)).toBe("50:5/5 51:15/15");
  });
});

describe("an emission to several positions", () => {
  it("opens a tranche on each, ids counting up", () => {
    const auditor = filled({}, [["manual", 1, 10]]);
    auditor.apply({ op: "emission", positions: [2, 0], timeMs: 5, amountsRao: [7, 8], firstTranche: 4 });
    expect(listed(auditor, 0)).toBe("0:10/10 5:8/8");
    expect(listed(auditor, 2)).toBe("4:7/7");
    expect(auditor.totals(0)).toEqual({ total: 18n, manual: 10n, earned: 8n });
    expect(auditor.flows(2)).toMatchObject({ emission: 7n, inflow: 0n });
    auditor.check();
  });
});

describe("moves of one tranche", () => {
  it("split it, or take it along whole, and leave the rest alone", () => {
    const auditor = filled({}, MIXED);
    const move = { op: "move_from_tranche", from: 0, to: 1, tranche: 1, timeMs: 5 } as const;
    expect(auditor.apply({ ...move, amountRao: 5, firstSplitTranche: 9 }).splits).toEqual([
      { tranche: 1, part: 9, remainingRao: 5, receivedRao: 5 },
    ]);
    expect(auditor.apply({ ...move, amountRao: 15, firstSplitTranche: 10 }).splits).toEqual([
      { tranche: 1, part: 1, remainingRao: 15, receivedRao: 15 },
    ]);
    expect(listed(auditor, 0)).toBe("0:10/10 2:30/30 3:40/40 4:50/50");
    expect(listed(auditor, 1)).toBe("1:15/15 9:5/5");
    auditor.check();
    expect(() => auditor.apply({ ...move, amountRao: 1, firstSplitTranche: 11 })).toThrow(InvariantError);
  });
});

describe("slashes", () => {
  it("are not sales: what they take counts as never received", () => {
    const auditor = filled({}, [["emission", 1, 100]]);
    auditor.apply(debit(20));
    expect(taken(auditor, debit(30, 101, "slash"))).toBe("0:30");
    expect(listed(auditor, 0)).toBe("0:50/70");
    auditor.check();
  });
});

describe("the limit of a position", () => {
  const most = Number.MAX_SAFE_INTEGER;

  it("is 2^53 - 1 rao, for credits and moves", () => {
    const auditor = filled({}, [["manual", 1, most]]);
    expect(() => auditor.apply({ op: "credit", position: 0, source: "emission", timeMs: 2, amountRao: 1, tranche: 1 })).toThrow(
      /position 0: would hold/,
    );
    auditor.apply({ op: "credit", position: 1, source: "emission", timeMs: 2, amountRao: 1, tranche: 2 });
    expect(() => auditor.apply({ op: "move", from: 1, to: 0, timeMs: 3, amountRao: "all", firstSplitTranche: 3 })).toThrow(AuditRefusal);
    expect(auditor.totals(0).total).toBe(BigInt(most));
    auditor.check();
  });

  it("does not bind what is received over a lifetime", () => {
    const auditor = filled({}, [["emission", 1, most]]);
    auditor.apply(debit(most, 2));
    auditor.apply({ op: "credit", position: 0, source: "emission", timeMs: 2, amountRao: most, tranche: 1 });
    const holding = auditor.holding(0, 3, ALL_STAKE);
    expect(holding.received).toBe(2n * BigInt(most));
    expect(holding.heldShare).toBe(0.5);
  });
});

describe("commands nobody may give", () => {
  it.each<[string, LedgerCommand]>([
    ["a fraction of a rao", debit(1.5)],
    ["nothing", debit(0)],
    ["time going back", debit(1, 0)],
    ["a move to itself", { op: "move", from: 0, to: 0, timeMs: 100, amountRao: 1, firstSplitTranche: 9 }],
    ["an unknown tranche", { op: "take_from_tranche", position: 0, tranche: 7, timeMs: 100, amountRao: 1, reason: "withdraw" }],
    ["more than the tranche", { op: "take_from_tranche", position: 0, tranche: 0, timeMs: 100, amountRao: 11, reason: "withdraw" }],
  ])("%s", (_, command) => {
    expect(() => filled({}, [["manual", 1, 10]]).apply(command)).toThrow(InvariantError);
  });
});

describe("holding metrics", () => {
  const aged = (): Auditor => {
    const auditor = filled({}, [
      ["manual", 0, 60],
      ["emission", DAY_MS, 30],
      ["emission", 4 * DAY_MS, 50],
    ]);
    auditor.apply(debit(40, 5 * DAY_MS));
    return auditor;
  };
  const now = 6.5 * DAY_MS;

  it.each<[string, Partial<HoldingQuery>, [bigint, bigint, number, number]]>([
    ["all stake", {}, [140n, 100n, 100 / 140, (60 * 6.5 + 30 * 5.5 + 10 * 2.5) / 100]],
    ["emissions", { retentionBasis: "emissions" }, [80n, 40n, 0.5, (30 * 5.5 + 10 * 2.5) / 40]],
    ["whole days: (30 * 5 + 10 * 2) / 40 = 4.25 rounded down", { retentionBasis: "emissions", rounding: "whole_days" }, [80n, 40n, 0.5, 4]],
    [
      "whole days are capped by the window",
      { retentionBasis: "emissions", rounding: "whole_days", retentionWindowDays: 3 },
      [80n, 40n, 0.5, 3],
    ],
    ["exact days are not", { retentionBasis: "emissions", retentionWindowDays: 3 }, [80n, 40n, 0.5, (30 * 5.5 + 10 * 2.5) / 40]],
    ["a window that ends after the first emission", { retentionScope: "window", retentionWindowDays: 5 }, [50n, 10n, 0.2, 2.5]],
    ["the start of a window is not in it", { retentionScope: "window", retentionWindowDays: 5.5 }, [50n, 10n, 0.2, 2.5]],
    ["a start", { startMs: 0 }, [80n, 40n, 0.5, (30 * 5.5 + 10 * 2.5) / 40]],
    ["a start just before", { startMs: -1 }, [140n, 100n, 100 / 140, (60 * 6.5 + 30 * 5.5 + 10 * 2.5) / 100]],
  ])("%s", (_, query, [received, remaining, heldShare, heldDays]) => {
    expect(aged().holding(0, now, { ...ALL_STAKE, ...query })).toEqual({ received, remaining, heldShare, heldDays });
  });

  it("are 0 where nothing was received, or nothing remains", () => {
    expect(new Auditor(DEFAULTS).holding(3, 1, ALL_STAKE)).toEqual({ received: 0n, remaining: 0n, heldShare: 0, heldDays: 0 });
    const emptied = filled({}, [["emission", 1, 10]]);
    emptied.apply(debit(10));
    expect(emptied.holding(0, 200, ALL_STAKE)).toEqual({ received: 10n, remaining: 0n, heldShare: 0, heldDays: 0 });
  });

  it("round once where a double cannot hold the sum", () => {
    const auditor = filled({}, [
      ["emission", 0, Number.MAX_SAFE_INTEGER - 1],
      ["emission", DAY_MS, 1],
    ]);
    // Two days for all but one rao: the mean is a hair below 2, which whole days must not round up.
    expect(auditor.holding(0, 2 * DAY_MS, { ...ALL_STAKE, rounding: "whole_days" }).heldDays).toBe(1);
  });
});

describe("check", () => {
  it.each<[string, (auditor: Auditor) => void, RegExp]>([
    ["a lost rao", (auditor) => (auditor.tranches(0)[0].remaining -= 1n), /position 0: remaining 9 but inflow 10 .* = 10/],
    [
      "a tranche that holds more than it received",
      (auditor) => {
        auditor.tranches(0)[0].received -= 1n;
      },
      /tranche 0 has remaining 10 of received 9/,
    ],
    [
      "an exit that is not accounted for",
      (auditor) => {
        auditor.tranches(0)[0].exited += 1n;
      },
      /tranche 0 began with 10 but remaining 10 \+ exits 1/,
    ],
    [
      "a received amount that vanished",
      (auditor) => {
        auditor.apply(debit(5));
        auditor.tranches(0)[0].received -= 1n;
      },
      /began with received 10 but received 9/,
    ],
  ])("finds %s", (_, spoil, message) => {
    const auditor = filled({}, [["manual", 1, 10]]);
    auditor.check();
    spoil(auditor);
    expect(() => auditor.check()).toThrow(message);
    expect(() => auditor.checkPosition(0)).toThrow(InvariantError);
  });
});
