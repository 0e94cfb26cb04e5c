import { join } from "node:path";
import { AddressBook, ROLES, type Role, STAKE_ACTIONS, type StakeAction, type StreamKind } from "../../engine/index.js";
import { writeRecording } from "../../recorders/streams/index.js";
import { chunkOf } from "../recorders/run/small-run.js";

/** When the recordings begin. */
export const NET_START = "2025-01-01T00:00:00Z";
const START_MS = Date.parse(NET_START);
const EPOCH_MS = 4_320_000;
const EPOCHS = 60;
const NETUID = 7;
const OTHER_NETUID = 8;
const MINERS = 10;
const OWNERS = 4;

type Row = Record<string, number>;

/** Whole numbers that look random, and are the same everywhere: Lehmer's generator with the multiplier 48271. */
class Draws {
  constructor(private state: number) {}

  /** From 0 to below `count`. */
  below(count: number): number {
    this.state = (this.state * 48_271) % 2_147_483_647;
    return this.state % count;
  }

  /** Rao of up to 10^`digits`, most of them with few digits. */
  rao(digits: number): number {
    return 1 + this.below(10 ** (1 + this.below(digits)));
  }
}

/** What a made-up chain did: every kind of stream, and every action of the stake stream. */
class NetHistory {
  readonly book = new AddressBook();
  readonly rows: Record<"stake" | "emission" | "registry" | "metagraph" | "price" | "weights" | "balances", Row[]> = {
    stake: [],
    emission: [],
    registry: [],
    metagraph: [],
    price: [],
    weights: [],
    balances: [],
  };
  private readonly draws = new Draws(20_250_101);
  private readonly balances = new Map<number, number>();
  private event = 0;

  constructor() {
    for (let miner = 0; miner < MINERS; miner++) this.register(START_MS - 12_000, miner, miner);
    for (let epoch = 0; epoch < EPOCHS; epoch++) this.epoch(START_MS + epoch * EPOCH_MS, epoch);
  }

  private keys(miner: number) {
    return { hotkey: this.book.intern(`hot-${miner}`), coldkey: this.book.intern(`cold-${miner % OWNERS}`) };
  }

  private at(timeMs: number) {
    return { time_ms: timeMs, block: 1_000 + Math.round((timeMs - START_MS) / 12_000) };
  }

  private register(timeMs: number, miner: number, uid: number): void {
    this.rows.registry.push({ ...this.at(timeMs), extrinsic: 1, event: miner, action: 0, netuid: NETUID, uid, ...this.keys(miner) });
  }

  private held(miner: number): number {
    return this.balances.get(miner) ?? 0;
  }

  private change(miner: number, rao: number): void {
    this.balances.set(miner, Math.max(0, this.held(miner) + rao));
  }

  private epoch(startMs: number, epoch: number): void {
    if (epoch > 0) this.pay(startMs, epoch);
    this.quote(startMs);
    for (let i = 0; i < 3; i++) this.stake(startMs + 600_000 * (i + 1) + 12_000 * this.draws.below(30));
    // An addition at the very instant of an epoch's end: it is of the next one.
    if (epoch % 7 === 3) this.one(startMs + EPOCH_MS, "added", this.draws.below(MINERS), this.draws.rao(10));
    if (epoch % 6 === 5) this.snapshot(startMs + 3_600_000);
    if (epoch % 9 === 8) this.weigh(startMs + 3_900_000);
    // A newcomer takes the seat of the oldest; later the old one comes back.
    if (epoch === 20) this.register(startMs + 1_000_000, MINERS, 3);
    if (epoch === 40) this.register(startMs + 1_000_000, 3, 5);
  }

  private pay(timeMs: number, epoch: number): void {
    for (let miner = 0; miner < MINERS; miner++) {
      if (epoch % 13 === 12 && miner !== 1) continue;
      const role: Role = miner === 9 ? "validator" : miner === 8 && epoch % 2 === 0 ? "owner" : "miner";
      const amount = miner === 7 && epoch % 3 === 0 ? 0 : 1_000_000_000 + this.draws.rao(9) * (miner + 1);
      this.rows.emission.push({
        ...this.at(timeMs),
        netuid: NETUID,
        uid: miner,
        role: ROLES.indexOf(role),
        amount_rao: amount,
        ...this.keys(miner),
      });
      this.change(miner, amount);
    }
  }

  private quote(timeMs: number): void {
    for (const netuid of [NETUID, OTHER_NETUID])
      this.rows.price.push({ ...this.at(timeMs), netuid, price_tao_per_alpha: (1 + this.draws.below(1_000)) / 20_000 });
  }

  private stake(timeMs: number): void {
    const action = STAKE_ACTIONS[this.draws.below(STAKE_ACTIONS.length)];
    const miner = this.draws.below(MINERS);
    const held = this.held(miner);
    // Now and then more than there is.
    const some = 1 + Math.floor((held * (1 + this.draws.below(11))) / 10);
    if (action === "added" || action === "opened") this.one(timeMs, action, miner, this.draws.rao(10));
    else if (action === "hotkey_swapped" || action === "coldkey_swapped") this.pair(timeMs, miner, some);
    else this.one(timeMs, action, miner, action === "rounding" ? 1 + this.draws.below(5) : some);
  }

  /** One event; moves go to another hotkey of the owner, to another owner, to another subnet, or to where they came from. */
  private one(timeMs: number, action: StakeAction, miner: number, amount: number): void {
    const row: Row = { ...this.at(timeMs), ...this.keys(miner), netuid: NETUID, extrinsic: this.draws.below(9), event: this.event++ };
    const enters = action === "added" || action === "opened";
    Object.assign(row, { action: STAKE_ACTIONS.indexOf(action), amount_rao: amount });
    const taken = Math.min(amount, this.held(miner));
    if (action === "moved" || action === "transferred") {
      const to = action === "moved" ? (miner + OWNERS * this.draws.below(3)) % (MINERS + 2) : this.draws.below(MINERS);
      row.to_hotkey = this.keys(to).hotkey;
      if (action === "transferred") row.to_coldkey = this.keys(to).coldkey;
      const lost = this.draws.below(4);
      row.to_amount_rao = Math.max(1, amount - lost);
      this.change(to, Math.max(0, taken - lost));
    }
    if (action === "swapped") Object.assign(row, { to_netuid: OTHER_NETUID, to_amount_rao: 1 + Math.floor(amount / 3) });
    this.change(miner, enters ? amount : -taken);
    this.rows.stake.push(row);
  }

  /** A removal and an addition of one owner in one extrinsic, as old runtimes moved stake. */
  private pair(timeMs: number, miner: number, amount: number): void {
    const extrinsic = this.draws.below(9);
    const to = (miner + OWNERS) % MINERS;
    const shared = { ...this.at(timeMs), netuid: NETUID, extrinsic };
    const taken = Math.min(amount, this.held(miner));
    this.rows.stake.push(
      { ...shared, ...this.keys(miner), action: STAKE_ACTIONS.indexOf("removed"), amount_rao: amount, event: this.event++ },
      { ...shared, hotkey: this.keys(to).hotkey, coldkey: this.keys(miner).coldkey, action: 0, amount_rao: amount, event: this.event++ },
    );
    this.change(miner, -taken);
    this.change(to, amount);
  }

  private snapshot(timeMs: number): void {
    for (let miner = 0; miner < MINERS; miner++) {
      const seat = { ...this.at(timeMs), netuid: NETUID, ...this.keys(miner) };
      // Snapshots of a chain that knows a little more than its events told.
      this.rows.metagraph.push({ ...seat, uid: miner, stake_rao: this.held(miner) + this.draws.below(3) });
      this.rows.balances.push({ ...seat, balance_rao: this.held(miner) });
    }
  }

  private weigh(timeMs: number): void {
    for (let miner = 0; miner < MINERS; miner++)
      this.rows.weights.push({ ...this.at(timeMs), netuid: NETUID, uid: miner, ...this.keys(miner), weight: this.draws.below(100) / 64 });
  }
}

/** What each recording holds of the one history. */
const RECORDINGS = {
  whole: ["stake", "emission", "registry", "price"],
  seen: ["stake", "emission", "registry", "metagraph", "price", "weights"],
  grown: ["stake", "balances"],
  paid: ["emission"],
  moved: ["stake"],
} as const satisfies Readonly<Record<string, readonly StreamKind[]>>;

/** Writes the recordings that the small scenarios name. */
export async function writeNetRecordings(folder: string): Promise<void> {
  for (const [name, kinds] of Object.entries(RECORDINGS)) {
    const { book, rows } = new NetHistory();
    await writeRecording({ out: join(folder, name), inputs: [], book }, async (recording) => {
      for (const kind of kinds) {
        const inOrder = rows[kind].map((row, index) => ({ row, index }));
        inOrder.sort(
          (a, b) =>
            a.row.time_ms - b.row.time_ms ||
            (a.row.extrinsic ?? 0) - (b.row.extrinsic ?? 0) ||
            (a.row.event ?? 0) - (b.row.event ?? 0) ||
            a.index - b.index,
        );
        await (await recording.stream(kind)).write(
          chunkOf(
            kind,
            inOrder.map(({ row }) => row),
          ),
        );
      }
      const source = { importer: "test", inputs: [], options: {}, netuids: [NETUID], chain: null };
      return { source, coverage: "subnet", figures: {}, notes: [] };
    });
  }
}
