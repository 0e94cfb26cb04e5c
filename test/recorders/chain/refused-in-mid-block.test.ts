import { afterEach, expect, test, vi } from "vitest";
import { TenureError } from "../../../engine/index.js";
import { ChainClient } from "../../../recorders/chain/rpc/chain-client.js";
import { checkRecording } from "../../../recorders/index.js";
import { cases } from "../../cases.js";
import { account, type BlockBuilder } from "../../chain/index.js";
import { contentsOf, refusalOf } from "../temporary-folder.js";
import { useChains } from "./recorded.js";
import { ALPHA, live, NETUID, smallSubnet, VALIDATOR, VALIDATOR_OWNER } from "./small-subnet.js";

const { serve, newFolder, record } = useChains();
afterEach(() => vi.restoreAllMocks());

/** Something of every kind that asks the chain for more, in blocks beside and in epochs. */
function busySubnet() {
  const stake = (b: BlockBuilder) => b.extrinsic(VALIDATOR_OWNER, (x) => x.stakeAdded(VALIDATOR_OWNER, VALIDATOR, NETUID, 50n * ALPHA));
  const register = (name: string) => (b: BlockBuilder) =>
    b.extrinsic(account(`${name}-owner`), (x) => x.register(NETUID, account(name), account(`${name}-owner`)));
  const claim = (b: BlockBuilder) =>
    b.extrinsic(VALIDATOR_OWNER, (x) => x.rootClaimed(VALIDATOR_OWNER, [{ hk: VALIDATOR, netuid: NETUID, alpha: ALPHA }]));
  return live(smallSubnet("refused-in-mid-block"), 60, {
    20: (b) => [stake(b), register("first")(b), claim(b)],
    29: (b) => [stake(b), register("second")(b)],
    33: (b) => [stake(b), register("third")(b)],
    45: claim,
  });
}

test("wherever the node refuses, what is kept adds up, and the same command completes it", async () => {
  const { url } = await serve(busySubnet());
  const whole = await record({ endpoints: [url], netuids: [NETUID], concurrency: 1 });
  const call = ChainClient.prototype.call;
  let calls = 0;
  for (let refused = 12; refused < whole.requests; refused += cases(17, 5)) {
    calls = 0;
    vi.spyOn(ChainClient.prototype, "call").mockImplementation(function (this: ChainClient, method, params) {
      calls++;
      if (calls === refused) return Promise.reject(new TenureError({ code: "TEN-CHAIN-003", what: "Refused once." }));
      return call.call(this, method, params);
    });
    const out = await newFolder();
    const refusal = await refusalOf(() => record({ endpoints: [url], netuids: [NETUID], concurrency: 1, out }));
    expect(refusal.code).toBe("TEN-CHAIN-003");
    vi.restoreAllMocks();
    const kept = await contentsOf(out).catch(() => ({}));
    if ("manifest.json" in kept) expect(await checkRecording(out), `call ${refused}`).toMatchObject({ ok: true, faults: [] });
    await record({ endpoints: [url], netuids: [NETUID], concurrency: 1, out });
    expect(await contentsOf(out)).toEqual(await contentsOf(whole.folder));
  }
});
