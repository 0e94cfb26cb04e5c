import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { skillShares } from "../../../scenarios/calibrating/skill-shares.js";

interface World {
  readonly pots: readonly number[];
  readonly miners: readonly { readonly skill: number; readonly firstEpoch: number }[];
}

/** What each miner of a closed loop is paid in all, epoch by epoch, miner by miner; the first is there from the start. */
function paidBy({ pots, miners }: World): number[] {
  return miners.map(({ skill, firstEpoch }) =>
    pots.reduce((paid, pot, epoch) => {
      if (epoch < firstEpoch) return paid;
      const there = miners.filter((miner) => miner.firstEpoch <= epoch);
      return paid + (pot * skill) / there.reduce((sum, miner) => sum + miner.skill, 0);
    }, 0),
  );
}

interface Ranges {
  readonly pot: { readonly min: number; readonly max: number };
  readonly skill: { readonly min: number; readonly max: number };
  /** Share of the epochs by which everybody has come. */
  readonly lastArrival: number;
}

const worldsOf = ({ pot, skill, lastArrival }: Ranges): fc.Arbitrary<World> =>
  fc
    .record({
      pots: fc.array(fc.double({ ...pot, noNaN: true }), { minLength: 2, maxLength: 30 }),
      skills: fc.array(fc.double({ ...skill, noNaN: true }), { minLength: 1, maxLength: 12 }),
      arrivals: fc.array(fc.double({ min: 0, max: lastArrival, noNaN: true }), { minLength: 12, maxLength: 12 }),
    })
    .map(({ pots, skills, arrivals }) => ({
      pots,
      miners: skills.map((skill, i) => ({ skill, firstEpoch: i === 0 ? 0 : Math.floor(arrivals[i] * pots.length) })),
    }));

const skillsThatPaid = ({ pots, miners }: World): Float64Array => {
  const paid = paidBy({ pots, miners });
  return skillShares(
    miners.map(({ firstEpoch }, i) => ({ firstEpoch, paid: paid[i] })),
    Float64Array.from(pots),
  );
};

describe("skill shares", () => {
  it("are shares of all pay where everybody is there from the start", () => {
    const shares = skillShares(
      [60, 30, 10].map((paid) => ({ firstEpoch: 0, paid })),
      Float64Array.of(3, 5, 2),
    );
    expect([...shares]).toEqual([0.6, 0.3, 0.1].map((share) => expect.closeTo(share, 14)));
  });

  it("know of a late miner that it is as good as the first", () => {
    // Alone for two epochs, then both for two: 3 and 1 of 4 pots.
    const shares = skillShares(
      [
        { firstEpoch: 0, paid: 3 },
        { firstEpoch: 2, paid: 1 },
      ],
      Float64Array.of(1, 1, 1, 1),
    );
    expect([...shares]).toEqual([expect.closeTo(0.5, 9), expect.closeTo(0.5, 9)]);
  });

  it("are the skills of the world that paid so", () => {
    // Where a miner earned nearly all it has before others came, its pay hardly shows its skill: not among these.
    const worlds = worldsOf({ pot: { min: 1, max: 5 }, skill: { min: 0.5, max: 5 }, lastArrival: 0.5 });
    fc.assert(
      fc.property(worlds, (world) => {
        const shares = skillsThatPaid(world);
        const all = world.miners.reduce((sum, { skill }) => sum + skill, 0);
        world.miners.forEach(({ skill }, i) => {
          expect(Math.abs((shares[i] * all) / skill - 1)).toBeLessThan(1e-6);
        });
      }),
    );
  });

  it("pay what was paid, in any world", () => {
    const worlds = worldsOf({ pot: { min: 0.5, max: 50 }, skill: { min: 0.05, max: 10 }, lastArrival: 0.8 });
    fc.assert(
      fc.property(worlds, (world) => {
        const shares = skillsThatPaid(world);
        const paid = paidBy(world);
        const again = paidBy({ ...world, miners: world.miners.map(({ firstEpoch }, i) => ({ firstEpoch, skill: shares[i] })) });
        const all = paid.reduce((sum, rao) => sum + rao, 0);
        paid.forEach((rao, i) => {
          expect(Math.abs(again[i] - rao) / all).toBeLessThan(1e-7);
        });
      }),
    );
  });

  it("pay those who went as much in all as they were, as long as that can be", () => {
    // The first is paid in two epochs alone and leaves; all that comes after goes to the second.
    const miners = [
      { firstEpoch: 0, paid: 2.5 },
      { firstEpoch: 2, paid: 1.5 },
    ];
    const pots = [1, 1, 1, 1];
    const skills = skillShares(miners, Float64Array.from(pots));
    const paid = paidBy({ pots, miners: miners.map(({ firstEpoch }, i) => ({ firstEpoch, skill: skills[i] })) });
    expect(paid).toEqual([expect.closeTo(2.5, 9), expect.closeTo(1.5, 9)]);
    // All of the pot was its own until the other came, and nothing after: it fades.
    const gone = skillShares(
      [
        { firstEpoch: 0, paid: 2 },
        { firstEpoch: 2, paid: 2 },
      ],
      Float64Array.from(pots),
    );
    expect(gone[0]).toBeGreaterThan(0);
    expect(gone[0]).toBeLessThan(0.01);
  });
});
