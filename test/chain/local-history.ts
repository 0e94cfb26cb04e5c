import { randomStreams } from "../../engine/index.js";
import { account } from "./account.js";
import type { BlockBuilder } from "./build/block-builder.js";
import { autoClaims, sellClaims } from "./history/auto-claims.js";
import { type Cast, makeCast } from "./history/cast.js";
import { mingle, sell } from "./history/daily-life.js";
import { payEpoch, payNeighbourEpoch } from "./history/pay-epoch.js";
import { rareEvents } from "./history/rare-events.js";
import { TestChain } from "./test-chain.js";

export interface LocalHistoryOptions {
  /** Blocks after genesis; a day has 7,200. */
  readonly blocks: number;
  readonly seed?: number;
  readonly netuid?: number;
  readonly miners?: number;
  readonly validators?: number;
  readonly nominatorsPerValidator?: number;
}

const GENESIS_MS = Date.UTC(2026, 0, 1);
const TEMPO = 360;
const NEIGHBOUR = 19;
const FIRST_SPEC = 346;
const PRICE_EVERY = 5;
const ALPHA = 1_000_000_000n;

/**
 * A chain with a subnet as they are: miners that hold or sell, validators with nominators, epochs every 361 blocks, prices
 * that move, two upgrades, and once each what a recorder must not mistake for emission. The same options give the same
 * chain. All of its blocks are finalised.
 */
export function localHistory(options: LocalHistoryOptions): TestChain {
  const { blocks, seed = 1, netuid = 30, miners = 24, validators = 4, nominatorsPerValidator = 6 } = options;
  if (netuid === NEIGHBOUR) throw new RangeError(`Subnet ${NEIGHBOUR} is the neighbour`);
  const streams = randomStreams(seed, 0);
  const [random, priceRandom] = [streams("test/chain/life"), streams("test/chain/price")];
  const cast = makeCast({ netuid, neighbour: NEIGHBOUR, miners, validators, nominatorsPerValidator }, streams("test/chain/cast"));
  const chain = new TestChain({ genesisMs: GENESIS_MS, firstSpec: FIRST_SPEC, tempo: TEMPO, seedName: `local-${seed}` });
  const rare = rareEvents(netuid, NEIGHBOUR, cast).map(({ at, happen }) => ({ block: Math.max(2, Math.round(at * blocks)), happen }));
  const prices = new Map([
    [netuid, 0.02],
    [NEIGHBOUR, 0.013],
  ]);
  const lastEpochs = new Map<number, number>();
  const blocksSince = (b: BlockBuilder, subnet: number): number => {
    const blocksPaid = b.number - (lastEpochs.get(subnet) ?? 0);
    lastEpochs.set(subnet, b.number);
    return blocksPaid;
  };
  chain.block((b) => found(b, netuid, cast));
  while (chain.best < blocks) {
    chain.block((b) => {
      if (b.epochDue(netuid)) payEpoch(b, netuid, blocksSince(b, netuid), cast, random);
      if (b.epochDue(NEIGHBOUR)) payNeighbourEpoch(b, NEIGHBOUR, blocksSince(b, NEIGHBOUR), cast, random);
      autoClaims(b, netuid, cast);
      if (b.number % PRICE_EVERY === 0) for (const subnet of prices.keys()) driftPrice(b, subnet, prices, priceRandom);
      sellClaims(b, netuid, cast);
      sell(b, cast.miners);
      sell(b, cast.neighbours);
      mingle(b, netuid, NEIGHBOUR, cast, random);
      for (const { block, happen } of rare) if (block === b.number) happen(b);
    });
  }
  return chain;
}

/** The first block: both subnets, everybody's registration, the validators' stake. */
function found(b: BlockBuilder, netuid: number, { owner, ownerHotkey, miners, neighbours, validators }: Cast): void {
  b.network(netuid, { owner, ownerHotkey });
  b.network(NEIGHBOUR, { owner: account("neighbour-owner"), ownerHotkey: account("neighbour-owner-hotkey") });
  for (const { hotkey, coldkey, netuid: subnet } of [...miners, ...neighbours]) {
    b.extrinsic(coldkey, (x) => x.register(subnet, hotkey, coldkey));
  }
  for (const [index, { hotkey, coldkey, nominators }] of validators.entries()) {
    b.extrinsic(coldkey, (x) => {
      x.register(netuid, hotkey, coldkey);
      x.stakeAdded(coldkey, hotkey, netuid, BigInt(1000 + 300 * index) * ALPHA);
    });
    for (const [each, nominator] of nominators.entries()) {
      b.extrinsic(nominator, (x) => x.stakeAdded(nominator, hotkey, netuid, BigInt(40 + 13 * each) * ALPHA + BigInt(each)));
    }
  }
}

function driftPrice(b: BlockBuilder, netuid: number, prices: Map<number, number>, random: () => number): void {
  const price = (prices.get(netuid) as number) * (1 + 0.002 * (random() - 0.5));
  prices.set(netuid, price);
  const alphaInRao = 2_000_000n * ALPHA;
  const taoRao = BigInt(Math.round(price * Number(alphaInRao)));
  b.price(netuid, { taoRao, alphaInRao, v3: b.spec < 423 });
}
