import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ColumnBatch, STAKE_ACTIONS, STREAMS } from "../../../engine/index.js";
import { RecordingSums } from "../../../recorders/streams/index.js";

interface Row {
  readonly time: number;
  readonly action: number;
  readonly netuid: number;
  readonly hotkey: number;
  readonly coldkey: number;
  readonly rao: number;
  /** -1: as with the sender. */
  readonly to: { readonly netuid: number; readonly hotkey: number; readonly coldkey: number };
}

function stakeBatch(rows: readonly Row[]): ColumnBatch {
  const values: Readonly<Record<string, (row: Row) => number>> = {
    time_ms: (row) => row.time,
    action: (row) => row.action,
    netuid: (row) => row.netuid,
    hotkey: (row) => row.hotkey,
    coldkey: (row) => row.coldkey,
    amount_rao: (row) => row.rao,
    to_netuid: (row) => row.to.netuid,
    to_hotkey: (row) => row.to.hotkey,
    to_coldkey: (row) => row.to.coldkey,
  };
  const columns = STREAMS.stake.columns.map(({ name, missing = 0 }) => Float64Array.from(rows, values[name] ?? (() => missing)));
  return { declaration: STREAMS.stake, rows: rows.length, columns };
}

/** Positions that the rows name, as texts: of stake that goes elsewhere also where to. */
function namedBy({ action, netuid, hotkey, coldkey, to }: Row): { subnet: number; position: string }[] {
  const named = [{ subnet: netuid, position: `${netuid} ${hotkey} ${coldkey}` }];
  if (!["moved", "transferred", "swapped", "hotkey_swapped", "coldkey_swapped"].includes(STAKE_ACTIONS[action] ?? "")) return named;
  const subnet = to.netuid === -1 ? netuid : to.netuid;
  const keys = `${to.hotkey === -1 ? hotkey : to.hotkey} ${to.coldkey === -1 ? coldkey : to.coldkey}`;
  return [...named, { subnet, position: `${subnet} ${keys}` }];
}

/** What the rows did, action by action as docs/explanation/flows.md says. */
function flowsOf(rows: readonly Row[]) {
  const inward = ["added", "opened"];
  const outward = ["removed", "burned", "slashed", "unexplained", "rounding"];
  let [inRao, outRao, betweenRao] = [0n, 0n, 0n];
  for (const { action, rao } of rows) {
    const name = STAKE_ACTIONS[action] ?? "";
    if (inward.includes(name)) inRao += BigInt(rao);
    else if (outward.includes(name)) outRao += BigInt(rao);
    else betweenRao += BigInt(rao);
  }
  return { in_rao: `${inRao}`, out_rao: `${outRao}`, net_rao: `${inRao - outRao}`, between_rao: `${betweenRao}` };
}

describe("RecordingSums", () => {
  it("agrees with sums in bigint and sets of texts, batch by batch", () => {
    const row = fc.record({
      time: fc.nat(5),
      action: fc.integer({ min: 0, max: STAKE_ACTIONS.length - 1 }),
      netuid: fc.constantFrom(0, 1, 65_535),
      hotkey: fc.constantFrom(0, 1, 2_147_483_647),
      coldkey: fc.nat(3),
      rao: fc.oneof(fc.maxSafeNat(), fc.constantFrom(0, 1, Number.MAX_SAFE_INTEGER)),
      to: fc.record({
        netuid: fc.constantFrom(-1, 0, 7),
        hotkey: fc.constantFrom(-1, 0, 2_147_483_646),
        coldkey: fc.constantFrom(-1, 0, 9),
      }),
    });
    fc.assert(
      fc.property(fc.array(fc.array(row, { maxLength: 8 }), { minLength: 1, maxLength: 5 }), (batches) => {
        const sums = new RecordingSums();
        for (const batch of batches) sums.take("stake", stakeBatch(batch));
        const rows = batches.flat();
        const total = (of: readonly Row[]) => of.reduce((sum, { rao }) => sum + BigInt(rao), 0n).toString();
        const actions = STAKE_ACTIONS.flatMap((action, code) => {
          const own = rows.filter((one) => one.action === code);
          return own.length === 0 ? [] : [[action, { rows: own.length, rao: total(own) }]];
        });
        expect(sums.figures()).toEqual([
          {
            kind: "stake",
            rows: rows.length,
            from_ms: rows[0]?.time ?? null,
            to_ms: rows.at(-1)?.time ?? null,
            positions: new Set(rows.flatMap(namedBy).map(({ position }) => position)).size,
            subnets: new Set(rows.flatMap(namedBy).map(({ subnet }) => subnet)).size,
            total_rao: total(rows),
            total_of: "amount_rao",
            by_action: Object.fromEntries(actions),
            flows: flowsOf(rows),
            states: null,
          },
        ]);
      }),
    );
  });

  it("has nothing to say of amounts and positions where a kind has none", () => {
    const sums = new RecordingSums();
    sums.take("price", { declaration: STREAMS.price, rows: 1, columns: [5, -1, 3, 0.5].map((value) => Float64Array.of(value)) });
    expect(sums.figures()).toEqual([
      {
        kind: "price",
        rows: 1,
        from_ms: 5,
        to_ms: 5,
        positions: null,
        subnets: 1,
        total_rao: null,
        total_of: null,
        by_action: null,
        flows: null,
        states: null,
      },
    ]);
  });

  it.each(["balances", "metagraph"] as const)("tells what positions hold at the first instant of %s and at the last", (kind) => {
    const row = fc.record({ gap: fc.nat(1), hotkey: fc.nat(2), coldkey: fc.nat(1), rao: fc.maxSafeNat() });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 5 }), (given, size) => {
        const rows = given.map((one, at) => ({ ...one, time: given.slice(0, at).reduce((sum, { gap }) => sum + gap, 10) }));
        const sums = new RecordingSums();
        for (let at = 0; at < rows.length; at += size) {
          const batch = rows.slice(at, at + size);
          const values: Readonly<Record<string, (of: (typeof rows)[number]) => number>> = {
            time_ms: (of) => of.time,
            hotkey: (of) => of.hotkey,
            coldkey: (of) => of.coldkey,
            [kind === "balances" ? "balance_rao" : "stake_rao"]: (of) => of.rao,
          };
          const columns = STREAMS[kind].columns.map(({ name }) => Float64Array.from(batch, values[name] ?? (() => 1)));
          sums.take(kind, { declaration: STREAMS[kind], rows: batch.length, columns });
        }
        const heldAt = (end: number) => {
          const held = new Map<string, bigint>();
          for (const { time: at, hotkey, coldkey, rao } of rows) if (at <= end) held.set(`${hotkey} ${coldkey}`, BigInt(rao));
          return { positions: held.size, rao: [...held.values()].reduce((sum, rao) => sum + rao, 0n).toString() };
        };
        const of = kind === "balances" ? "balance_rao" : "stake_rao";
        expect(sums.figures()[0]).toMatchObject({
          flows: null,
          states: { of, first: heldAt(rows[0]?.time ?? 0), last: heldAt(rows.at(-1)?.time ?? 0) },
        });
      }),
    );
  });
});
