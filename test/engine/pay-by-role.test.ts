import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { configuration, DAY, pay, run, START } from "./in-memory.js";

const ROLES = ["miner", "validator", "owner"] as const;
const payment = fc.record({
  day: fc.integer({ min: 1, max: 3 }),
  who: fc.constantFrom("a", "b", "c"),
  role: fc.constantFrom(...ROLES),
  rao: fc.integer({ min: 1, max: 2 ** 49 }),
});

describe("a position that is paid in several roles", () => {
  it("is a miner once it was paid as one, and the table role_pay tells what it was paid in each, in whatever order rows come", () => {
    const modes = fc.constantFrom("replay" as const, "redistribute" as const);
    fc.assert(
      fc.property(fc.array(payment, { minLength: 1, maxLength: 12 }), modes, (payments, mode) => {
        const rows = [...payments]
          .sort((a, b) => a.day - b.day)
          .map(({ day, who, role, rao }) => pay(START + day * DAY, who, rao, { role }));
        const { tables, summary } = run(configuration({ emission: { mode } }), [{ kind: "emission", rows }]);
        const nameOf = new Map((tables.positions ?? []).map(({ position, hotkey }) => [position, hotkey]));
        const told = (tables.role_pay ?? []).map(
          ({ position, role, recorded_rao }) => `${nameOf.get(position ?? -1)} ${role} ${recorded_rao}`,
        );
        const expected: string[] = [];
        for (const who of nameOf.values()) {
          const own = payments.filter((one) => one.who === who);
          const as = ROLES.filter((role) => own.some((one) => one.role === role));
          const sumOf = (role: string) => own.reduce((sum, one) => sum + (one.role === role ? BigInt(one.rao) : 0n), 0n);
          if (as.length > 1) expected.push(...as.map((role) => `${who} ${role} ${sumOf(role)}`));
          const last = rows.filter(({ hotkey }) => hotkey === who).at(-1)?.role;
          const role = (tables.positions ?? []).find(({ hotkey }) => hotkey === who)?.role;
          expect(role).toBe(as.includes("miner") ? "miner" : last);
        }
        expect(told).toEqual(expected);
        expect(summary.rows.role_pay).toBe(expected.length === 0 ? undefined : expected.length);
        // Pay by roles is that of rewards, and all of it that of positions.
        for (const { position, role, paid_rao } of tables.role_pay ?? []) {
          const rewards = (tables.rewards ?? []).filter((one) => one.position === position && one.role === role);
          expect(BigInt(String(paid_rao))).toBe(rewards.reduce((sum, one) => sum + BigInt(Number(one.paid_rao)), 0n));
        }
      }),
      { numRuns: 60 },
    );
  });
});
