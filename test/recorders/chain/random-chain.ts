import { randomStreams } from "../../../engine/index.js";
import { type Account, account, type BlockBuilder, type Extrinsic, type Pay, TestChain } from "../../chain/index.js";

const ALPHA = 1_000_000_000n;
/** Subnets of a random chain: the root, two that stay, one that ends. */
export const SUBNETS = [0, 19, 30, 7];
const CAPACITY = 6;

interface Neuron {
  hotkey: Account;
  coldkey: Account;
}

/** Who is there, as the keys are now. */
interface Cast {
  readonly neurons: Neuron[];
  readonly coldkeys: Account[];
  readonly subnets: number[];
  /** Hotkeys of the neurons by subnet and uid. */
  readonly seats: Map<number, (Account | undefined)[]>;
  made: number;
}

export interface RandomChainOptions {
  readonly seed: number;
  readonly blocks: number;
  /** The first one and those it is upgraded to, at equal distances. */
  readonly specs: readonly number[];
}

/** A short chain on which everything happens often: what one runtime cannot do it leaves out. */
export function randomChain({ seed, blocks, specs }: RandomChainOptions): TestChain {
  const random = randomStreams(seed, 0)(`random-chain-${specs.join("-")}`);
  const integer = (end: number): number => Math.floor(random() * end);
  const chain = new TestChain({ genesisMs: 1_700_000_000_000, firstSpec: specs[0], tempo: 11, seedName: `random-${specs}-${seed}` });
  const cast: Cast = {
    neurons: Array.from({ length: 4 }, (_, index) => ({ hotkey: account(`random-${index}`), coldkey: account(`random-cold-${index}`) })),
    coldkeys: Array.from({ length: 5 }, (_, index) => account(`random-cold-${index}`)),
    subnets: [...SUBNETS],
    seats: new Map(SUBNETS.map((netuid) => [netuid, []])),
    made: 0,
  };
  chain.block((b) => found(b, cast));
  const stretch = Math.ceil(blocks / specs.length);
  while (chain.best < blocks) {
    chain.block((b) => {
      for (const netuid of cast.subnets) if (b.epochDue(netuid)) b.epoch(netuid, paysOf(b, netuid, cast, integer));
      if (b.spec >= 330 && integer(3) === 0) claimByChain(b, cast, integer);
      for (let calls = integer(3); calls > 0; calls--) act(b, cast, integer);
      if (b.number % stretch === 0 && specs[b.number / stretch] !== undefined) b.upgrade(specs[b.number / stretch]);
    });
  }
  return chain;
}

function found(b: BlockBuilder, { neurons, seats }: Cast): void {
  for (const netuid of SUBNETS) {
    b.network(netuid, { owner: account("random-owner"), ownerHotkey: account("random-owner-hotkey"), capacity: CAPACITY });
    b.price(netuid, { taoRao: 20_000n * ALPHA, alphaInRao: 1_000_003n * ALPHA });
    for (const { hotkey, coldkey } of neurons.slice(0, 3)) {
      b.extrinsic(coldkey, (x) => {
        (seats.get(netuid) as Account[])[x.register(netuid, hotkey, coldkey)] = hotkey;
      });
    }
  }
}

function paysOf(b: BlockBuilder, netuid: number, { seats }: Cast, integer: (end: number) => number): Pay[] {
  const pays: Pay[] = [{ kind: "owner", hk: account("random-owner-hotkey"), alpha: 3n * ALPHA + BigInt(integer(1e9)) }];
  const hotkeys = (seats.get(netuid) ?? []).filter((hotkey) => hotkey !== undefined);
  for (const [index, hk] of hotkeys.entries()) {
    const alpha = BigInt(1 + integer(9e9));
    const kind = (["incentive", "dividends", "autoStake"] as const)[integer(3)];
    if (kind !== "autoStake") pays.push({ kind, hk, alpha });
    else if (b.spec >= 315) pays.push({ kind, hk, alpha, destination: hotkeys[(index + 1) % hotkeys.length] });
  }
  return pays;
}

/** Root dividends that nobody asked for: for somebody in turn who has a stake already, or for somebody who is not here. */
function claimByChain(b: BlockBuilder, { coldkeys, neurons, subnets }: Cast, integer: (end: number) => number): void {
  const { hotkey } = neurons[integer(neurons.length)];
  const coldkey = coldkeys[integer(coldkeys.length)];
  const held = subnets.slice(1).filter((netuid) => b.balance(netuid, hotkey, coldkey) > 0n);
  const claims = held.map((netuid) => ({ hk: hotkey, netuid, alpha: BigInt(integer(2) * integer(1e9)) }));
  b.autoClaim(claims.length === 0 ? account("random-stranger") : coldkey, claims);
}

function act(b: BlockBuilder, cast: Cast, integer: (end: number) => number): void {
  const pick = <Item>(items: readonly Item[]): Item => items[integer(items.length)];
  const { neurons, coldkeys, subnets, seats } = cast;
  const netuid = pick(subnets);
  const { hotkey } = pick(neurons);
  const coldkey = pick(coldkeys);
  const fresh = (): Account => account(`random-new-${cast.made++}`);
  const partOf = (balance: bigint): bigint => (integer(4) === 0 ? balance : (balance * BigInt(integer(1000))) / 1000n);
  const part = partOf(b.balance(netuid, hotkey, coldkey));
  const choice = integer(40);
  if (choice < 26) {
    // Moves of early runtimes say no amounts: in a batch nothing tells which removals and additions are theirs.
    const calls = b.spec < 257 ? 1 : 1 + integer(3);
    b.extrinsic(coldkey, (x) => {
      for (let call = 0; call < calls; call++) stake(x, b, cast, coldkey, integer);
    });
  } else if (choice < 28) b.price(netuid, { taoRao: BigInt(1 + integer(1e12)), alphaInRao: BigInt(1 + integer(1e12)) });
  else if (choice < 30) registerOne(b, cast, netuid, integer);
  else if (choice === 30) {
    const taken = (seats.get(netuid) ?? []).flatMap((seat, uid) => (seat === undefined ? [] : [uid]));
    if (taken.length < 3) return;
    const uid = pick(taken);
    b.trimUid(netuid, uid);
    (seats.get(netuid) as (Account | undefined)[])[uid] = undefined;
  } else if (choice === 31 || choice === 32) swapHotkey(b, cast, fresh(), choice === 32 && b.spec >= 300 ? netuid : undefined, integer);
  else if (choice === 33) {
    const to = fresh();
    b.extrinsic(coldkey, (x) => x.coldkeySwapped(coldkey, to));
    coldkeys[coldkeys.indexOf(coldkey)] = to;
    for (const neuron of neurons) if (neuron.coldkey === coldkey) neuron.coldkey = to;
  } else if (choice === 34 && b.spec >= 330) {
    const claims = subnets.slice(1, 3).map((one) => ({ hk: hotkey, netuid: one, alpha: BigInt(integer(1e9)) }));
    b.extrinsic(coldkey, (x) => x.rootClaimed(coldkey, claims));
  } else if (choice === 35 && part > 0n) b.extrinsic(coldkey, (x) => x.feeInAlpha(coldkey, hotkey, netuid, 1n + part / 1000n));
  else if (choice === 36 && b.spec >= 290 && b.spec < 423) {
    b.extrinsic(coldkey, (x) => {
      if (part === 0n) x.liquidityRemoved(coldkey, hotkey, netuid, 1n, BigInt(1 + integer(1e9)));
      else x.liquidityAdded(coldkey, hotkey, netuid, 1n, part);
    });
  } else if (choice === 37 && part > 0n && b.spec >= 300) {
    b.extrinsic(coldkey, (x) => (integer(2) === 0 ? x.burn(coldkey, hotkey, netuid, part) : x.recycle(coldkey, hotkey, netuid, part)));
  } else if (choice === 38 && b.spec >= 393)
    b.extrinsic(coldkey, (x) => x.addStakeBurn(netuid, hotkey, coldkey, 1n, BigInt(1 + integer(1e9))));
  else if (choice === 39 && b.number > 20 && subnets.length === SUBNETS.length && integer(4) === 0) {
    b.extrinsic(account("sudo"), (x) => x.networkRemoved(SUBNETS[3]));
    subnets.pop();
    seats.delete(SUBNETS[3]);
  }
}

/** One change of stake of a coldkey. */
function stake(x: Extrinsic, b: BlockBuilder, cast: Cast, coldkey: Account, integer: (end: number) => number): void {
  const pick = <Item>(items: readonly Item[]): Item => items[integer(items.length)];
  const [from, to] = [pick(cast.neurons).hotkey, pick(cast.neurons).hotkey];
  // The old stake events are of TAO on the root.
  const [netuid, toNetuid] = b.spec < 220 && b.spec !== 218 ? [0, 0] : [pick(cast.subnets), pick(cast.subnets)];
  const balance = b.balance(netuid, from, coldkey);
  const part = integer(4) === 0 ? balance : (balance * BigInt(integer(1000))) / 1000n;
  const choice = integer(7);
  const hasFee = b.spec >= 401 && part > 1000n;
  if (choice < 3 || part === 0n) x.stakeAdded(coldkey, from, netuid, BigInt(1 + integer(1e10)));
  else if (choice === 3) x.stakeRemoved(coldkey, from, netuid, hasFee ? part - 500n : part, hasFee ? 500n : 0n);
  else if (choice === 4 || b.spec < 257) {
    if (from !== to || netuid !== toNetuid) x.moved(coldkey, from, netuid, to, toNetuid, part, netuid === toNetuid ? part : part / 3n + 1n);
  } else if (choice === 5) {
    const heir = pick(cast.coldkeys);
    if (heir !== coldkey) x.transferred(coldkey, heir, from, netuid, toNetuid, part, netuid === toNetuid ? part : 2n * part);
  } else if (netuid !== toNetuid) x.swapped(coldkey, from, netuid, toNetuid, part, part / 2n + 1n);
}

/** Somebody new or somebody who is not there takes a seat; a full subnet loses another one for it. */
function registerOne(b: BlockBuilder, { neurons, seats }: Cast, netuid: number, integer: (end: number) => number): void {
  const taken = seats.get(netuid) as (Account | undefined)[];
  const candidate = neurons[integer(neurons.length)];
  if (taken.includes(candidate.hotkey)) return;
  const isFull = taken.length >= CAPACITY && taken.every((hotkey) => hotkey !== undefined);
  const isReplacing = isFull || (taken.length > 0 && integer(2) === 0);
  b.extrinsic(candidate.coldkey, (x) => {
    const uid = isReplacing
      ? x.register(netuid, candidate.hotkey, candidate.coldkey, integer(taken.length))
      : x.register(netuid, candidate.hotkey, candidate.coldkey);
    taken[uid] = candidate.hotkey;
  });
}

function swapHotkey(
  b: BlockBuilder,
  { neurons, seats }: Cast,
  to: Account,
  only: number | undefined,
  integer: (end: number) => number,
): void {
  const neuron = neurons[integer(neurons.length)];
  const { hotkey: from, coldkey } = neuron;
  b.extrinsic(coldkey, (x) => (only === undefined ? x.hotkeySwapped(coldkey, from, to) : x.hotkeySwappedOnSubnet(coldkey, from, to, only)));
  for (const [netuid, taken] of seats) {
    if (only !== undefined && only !== netuid) continue;
    const uid = taken.indexOf(from);
    if (uid >= 0) taken[uid] = to;
  }
  if (only === undefined) neuron.hotkey = to;
  else neurons.push({ hotkey: to, coldkey });
}
