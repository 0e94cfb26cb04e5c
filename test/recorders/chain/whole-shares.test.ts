import { describe, expect, test } from "vitest";
import { checkRecording } from "../../../recorders/index.js";
import { account, type BlockBuilder, ss58 } from "../../chain/index.js";
import { readRecorded, useChains } from "./recorded.js";
import { ALPHA, live, NETUID, smallSubnet, VALIDATOR, VALIDATOR_OWNER } from "./small-subnet.js";

const { serve, record } = useChains();
const [HOTKEY, FOUNDER, NOMINATOR] = [account("few-shares"), account("few-shares-owner"), account("few-shares-nominator")];
/** Pay of the hotkey at each epoch. */
const PAY = 5n * ALPHA;
const STAKED = 100n * ALPHA;
/** What the hotkey has by the third epoch. */
const POOL = 3n + 2n * PAY + STAKED;

/** A hotkey with three shares, which pay makes dear; then somebody stakes on it, and gets a whole number of them. */
function fewShares(spec: number) {
  const found = (b: BlockBuilder) =>
    b.extrinsic(FOUNDER, (x) => {
      x.register(NETUID, HOTKEY, FOUNDER);
      x.stakeAdded(FOUNDER, HOTKEY, NETUID, 3n);
    });
  const stake = (b: BlockBuilder) => b.extrinsic(NOMINATOR, (x) => x.stakeAdded(NOMINATOR, HOTKEY, NETUID, STAKED));
  return live(smallSubnet("few-shares", spec), 45, { 3: found, 20: stake }, () => [{ kind: "incentive", hk: HOTKEY, alpha: PAY }]);
}

async function recordFewShares(spec: number) {
  const { url } = await serve(fewShares(spec));
  return (await record({ endpoints: [url], netuids: [NETUID], chunkBlocks: 1_000 })).folder;
}

describe("what an event misses of its amount", () => {
  test("is rounding where the runtime keeps whole shares, as far as one share is worth it", async () => {
    const folder = await recordFewShares(240);
    const { stake, manifest } = await readRecorded(folder);
    // After two epochs the three shares are worth 10 alpha and 3 rao: 100 alpha buy floor(100 * 3 / 10.000000003) = 29 of them.
    const missingRao = Number(STAKED - (POOL * 29n) / 32n);
    const rounding = stake.filter(({ cause }) => cause === "rounding").map((row) => [row.coldkey, row.action, row.amount_rao]);
    expect(rounding).toHaveLength(2);
    expect(rounding).toContainEqual([ss58(NOMINATOR), "rounding", missingRao]);
    expect(rounding).toContainEqual([ss58(FOUNDER), "added", missingRao - 1]);
    expect(stake.filter(({ cause }) => cause === "unexplained")).toEqual([]);
    expect(manifest.figures.unexplained_rows).toBe(0);
  });

  test("and the check says how many rows, by which runtimes, and what a share was worth", async () => {
    const { ok, rounding } = await checkRecording(await recordFewShares(240));
    expect(ok).toBe(true);
    expect(rounding.by_shares).toMatchObject({ rows: 2, spec_versions: [240] });
    expect(rounding.by_shares?.largest_share_rao).toBe(Number(POOL / 32n));
    expect(rounding.by_shares?.worst_rao).toBeLessThan(rounding.by_shares?.largest_share_rao ?? 0);
  });

  test("is a few rao where shares have fractions", async () => {
    const folder = await recordFewShares(346);
    const { rounding, explained } = await checkRecording(folder);
    expect([rounding.by_shares, explained.unexplained]).toEqual([null, undefined]);
    const { stake } = await readRecorded(folder);
    for (const { cause, amount_rao } of stake) if (cause === "rounding") expect(amount_rao).toBeLessThan(20);
  });

  test("by more than a share stays unexplained", async () => {
    const chain = live(smallSubnet("silent", 240), 45, { 20: (b) => b.silent(VALIDATOR_OWNER, VALIDATOR, NETUID, 3n * ALPHA) });
    const { url } = await serve(chain);
    const { folder } = await record({ endpoints: [url], netuids: [NETUID], chunkBlocks: 1_000 });
    const { explained } = await checkRecording(folder);
    expect(explained.unexplained).toMatchObject({ rows: 1, inflow_rao: String(3n * ALPHA) });
  });
});
