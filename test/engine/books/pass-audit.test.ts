import { describe, expect, it } from "vitest";
import { PassAudit } from "../../../engine/books/pass-audit.js";
import type { PositionBook } from "../../../engine/books/position-book.js";
import { World } from "../../../engine/books/world.js";
import { EXIT_REASONS } from "../../../engine/index.js";
import { AddressBook } from "../../../engine/registry/addresses.js";
import { configuration, START } from "../in-memory.js";

const SWAP = EXIT_REASONS.indexOf("swap");

type Moves = "neutral_within_subnet" | "strict";

/** Position 0 holds 100 rao, position 1 is another hotkey of its owner, position 2 another owner's. */
class Booking {
  readonly world: World;
  /** The books themselves, so that what is booked may be told wrongly. */
  readonly book: PositionBook;
  private readonly audit: PassAudit;

  constructor(moves: Moves) {
    const addresses = new AddressBook();
    const [a, b, owner, other] = ["a", "b", "owner", "other"].map((name) => addresses.intern(name));
    this.world = new World(configuration({ ledger: { moves } }), addresses);
    const { world } = this;
    for (const [hotkey, coldkey] of [[a, owner] as const, [b, owner] as const, [b, other] as const]) world.position(1, hotkey, coldkey);
    this.book = world.book as PositionBook;
    this.book.inflow(0, START, 100);
    this.audit = new PassAudit(world, world.book);
  }

  sell(position: number, amountRao: number): void {
    this.world.flowTotals.outflowRao.add(this.book.withdrawRecorded(position, START, amountRao, SWAP));
  }

  buy(position: number, amountRao: number): void {
    this.book.inflow(position, START, amountRao);
    this.world.flowTotals.inflowRao.add(amountRao);
  }

  move(from: number, to: number, amountRao: number): void {
    this.book.move(from, to, START, amountRao, amountRao, SWAP);
  }

  of(from: number, to: number, sentRao: number, arrivedRao: number, book: (booking: Booking) => void): string {
    this.audit.begin(from, to);
    book(this);
    try {
      this.audit.end(sentRao, arrivedRao);
    } catch (error) {
      return (error as Error).message;
    }
    return "right";
  }
}

/** What the audit says of a pass of 40 rao of which 38 arrive, booked in a way. */
const judged = (moves: Moves, from: number, to: number, book: (booking: Booking) => void): string =>
  new Booking(moves).of(from, to, 40, 38, book);

describe("PassAudit", () => {
  const sale =
    (to: number, soldRao = 40, boughtRao = 38) =>
    (booking: Booking) => {
      booking.sell(0, soldRao);
      booking.buy(to, boughtRao);
    };
  const history = (to: number) => (booking: Booking) => {
    booking.sell(0, 2);
    booking.move(0, to, 38);
  };

  it("knows by itself which passes are neutral", () => {
    expect(judged("strict", 0, 1, sale(1))).toBe("right");
    expect(judged("strict", 0, 1, history(1))).toMatch(
      /what arrives in the recording: 0 and 38 rao; positions 1\/a\/owner and 1\/b\/owner/,
    );
    expect(judged("neutral_within_subnet", 0, 1, history(1))).toBe("right");
    expect(judged("neutral_within_subnet", 0, 2, sale(2))).toBe("right");
    expect(judged("neutral_within_subnet", 0, 2, history(2))).toMatch(/what arrives in the recording: 0 and 38/);
  });

  it("sees a strict move of a position onto itself that was booked as a loss alone, and one that was sold in part", () => {
    expect(judged("strict", 0, 0, sale(0))).toBe("right");
    expect(judged("strict", 0, 0, (booking) => booking.sell(0, 2))).toMatch(/what arrives in the recording: 0 and 38/);
    expect(judged("neutral_within_subnet", 0, 0, (booking) => booking.sell(0, 2))).toBe("right");
    expect(judged("strict", 0, 0, sale(0, 41))).toMatch(/what leaves in the recording: 41 and 40/);
    expect(judged("strict", 0, 0, sale(0, 40, 39))).toMatch(/what arrives in the recording: 39 and 38/);
  });

  it("sees what was sold and not told", () => {
    const silent = (booking: Booking): void => {
      booking.book.withdrawRecorded(0, START, 40, SWAP);
      booking.buy(0, 38);
    };
    expect(judged("strict", 0, 0, silent)).toMatch(/flows in - flows out \+ from outside: -2 and 38/);
  });
});
