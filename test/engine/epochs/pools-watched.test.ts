import fc from "fast-check";
import { expect, it } from "vitest";
import type { PoolConfiguration, StageConfiguration } from "../../../engine/index.js";
import { configuration, DAY, pay, run, START } from "../in-memory.js";

const HOTKEYS = ["a", "a-1", "a-2", "b", "c-1x"] as const;
const TAGS = { gold: ["b", "nobody"], group: ["a"] } as const;
type Members = PoolConfiguration["members"];

const anyRange = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 3 }));
const anyMembers: fc.Arbitrary<Members> = fc.oneof(
  fc.constant({ kind: "all" } as const),
  fc.uniqueArray(fc.constantFrom(...HOTKEYS, "c", "d"), { maxLength: 3 }).map((names) => ({ kind: "names", names }) as const),
  fc.constantFrom("gold", "group").map((tag) => ({ kind: "tags", tags: [tag] }) as const),
  fc
    .tuple(fc.constantFrom("uids" as const, "ranks" as const), anyRange)
    .map(([kind, [from, more]]) => ({ kind, from, to: from + more }) as const),
);

/** The names that a hotkey goes by, word for word as the page says it. */
function namesOf(hotkey: string): readonly string[] {
  const [, group] = /^(.*?)-\d.*$/.exec(hotkey) ?? [];
  return group === undefined ? [hotkey] : [hotkey, group];
}

/** Miners who are paid in an epoch, by uid; who is paid more is ranked before. */
type Epoch = readonly (readonly [hotkey: string, uid: number])[];

function modelOf(pools: readonly Members[], epochs: readonly Epoch[]) {
  const everybody = epochs.flat();
  const isCalled = (hotkey: string, names: readonly string[]) => namesOf(hotkey).some((name) => names.includes(name));
  const unmet = pools.flatMap((members, pool) => {
    const lacking = (names: readonly string[]) => names.filter((name) => !everybody.some(([hotkey]) => isCalled(hotkey, [name])));
    if (members.kind === "names" && members.names.length === 0) return [`no name at all (pool p${pool})`];
    if (members.kind === "names") return lacking(members.names).map((name) => `${name} (pool p${pool})`);
    if (members.kind === "tags") {
      return members.tags.flatMap((tag) => lacking(TAGS[tag as keyof typeof TAGS]).map((name) => `${name} (tag ${tag}, pool p${pool})`));
    }
    if (members.kind !== "uids" && members.kind !== "ranks") return [];
    const { kind, from, to } = members;
    const within = (at: number) => at >= from && at <= to;
    const isMet = epochs.some((epoch) => epoch.some(([, uid], place) => within(kind === "uids" ? uid : place + 1)));
    return isMet ? [] : [`${kind} ${from} to ${to} (pool p${pool})`];
  });
  const isIn = (members: Members, hotkey: string, uid: number) =>
    members.kind === "names"
      ? isCalled(hotkey, members.names)
      : members.kind === "tags"
        ? isCalled(
            hotkey,
            members.tags.flatMap((tag) => TAGS[tag as keyof typeof TAGS]),
          )
        : members.kind === "uids" && uid >= members.from && uid <= members.to;
  const goesByWho = pools.every(({ kind }) => kind !== "all" && kind !== "ranks");
  const leftOut = goesByWho
    ? Math.max(...epochs.map((epoch) => epoch.filter(([hotkey, uid]) => !pools.some((members) => isIn(members, hotkey, uid))).length))
    : 0;
  return { unmet, leftOut };
}

it("who is in no pool, and whom pools are for and the run never has, is told", () => {
  const anyEpoch: fc.Arbitrary<Epoch> = fc
    .uniqueArray(fc.integer({ min: 0, max: HOTKEYS.length - 1 }), { minLength: 1 })
    .map((miners) => miners.sort((a, b) => a - b).map((miner) => [HOTKEYS[miner], miner + 1] as const));
  fc.assert(
    fc.property(
      fc.array(anyMembers, { minLength: 1, maxLength: 3 }),
      fc.array(anyEpoch, { minLength: 1, maxLength: 3 }),
      (members, epochs) => {
        const pools = members.map((one, pool) => ({
          name: `p${pool}`,
          // Of 1 in all, to the digit.
          share: [[1], [0.5, 0.5], [0.25, 0.25, 0.5]][members.length - 1][pool],
          members: one,
          stages: [],
          empty: "others" as const,
        }));
        const stages: readonly StageConfiguration[] = [{ stage: "pools", parameters: { pools } }];
        const rows = epochs.flatMap((epoch, at) =>
          epoch.map(([hotkey, uid]) => pay(START + (at + 1) * DAY, hotkey, 1_000 * (10 - uid), { uid })),
        );
        const { summary } = run(
          configuration({ emission: { mode: "redistribute" }, stages: { stages, residual: "burn", recordsEveryEpoch: false, tags: TAGS } }),
          [{ kind: "emission", rows }],
        );
        const { unmet, leftOut } = modelOf(members, epochs);
        const told = (code: string) => summary.warnings.find((warning) => warning.endsWith(`(${code})`)) ?? "";
        const shown = unmet.slice(0, 5).join(", ") + (unmet.length > 5 ? ` and ${unmet.length - 5} more` : "");
        expect(/miners: (.*)\. Look/.exec(told("nobody_in_pool"))?.[1] ?? "").toBe(shown);
        expect(Number(/up to (\d+) miners/.exec(told("in_no_pool"))?.[1] ?? 0)).toBe(leftOut);
      },
    ),
    { numRuns: 150 },
  );
});
