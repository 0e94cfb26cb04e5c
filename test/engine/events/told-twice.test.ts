import { describe, expect, it } from "vitest";
import { configuration, DAY, type MemoryStream, pay, type Row, run, START, stake } from "../in-memory.js";

const T = 1_000_000_000;
const emission = (name: string, ...rows: Row[]): MemoryStream => ({ kind: "emission", name, rows });
const stakes = (name: string, ...rows: Row[]): MemoryStream => ({ kind: "stake", name, rows });
const first = pay(START + DAY, "a", T);
const event = stake(START + DAY, "added", "a", T, { block: 5, extrinsic: 1, event: 2 });

describe("two recordings that overlap", () => {
  it("are refused where both tell one payment, with the stream and the row", () => {
    const doubled = () =>
      run(configuration({}), [emission("one", first, pay(START + 2 * DAY, "a", T)), emission("other", pay(START, "b", T), first)]);
    expect(doubled).toThrow(/TEN-LEDGER-008[\s\S]*other/);
  });

  it("are refused where both tell one stake event", () => {
    expect(() => run(configuration({}), [stakes("one", event), stakes("other", event)])).toThrow(/TEN-LEDGER-008/);
  });

  it("are refused where they differ in the amount alone: both would count", () => {
    const paid = () => run(configuration({}), [emission("one", first), emission("other", pay(START + DAY, "a", T + 1))]);
    expect(paid).toThrow(/TEN-LEDGER-008/);
    const moved = () => run(configuration({}), [stakes("one", event), stakes("other", { ...event, amount_rao: T + 1 })]);
    expect(moved).toThrow(/TEN-LEDGER-008/);
  });

  it("may pay one position for two roles, or be alike without a place in the block", () => {
    const roles = run(configuration({}), [emission("one", first), emission("other", { ...first, role: "validator" })]);
    expect(roles.summary.emissionRao).toBe(String(2 * T));
    const { block: _block, extrinsic: _extrinsic, event: _event, ...placeless } = event;
    expect(run(configuration({}), [stakes("one", placeless), stakes("other", placeless)]).summary.inflowRao).toBe(String(2 * T));
  });

  it("a stream by itself may tell the same twice: an import refuses that where it can", () => {
    expect(run(configuration({}), [emission("one", first, first)]).summary.emissionRao).toBe(String(2 * T));
  });
});
