import type { SubnetConfiguration } from "../configuration/subnet-configuration.js";
import type { Obligation } from "../registry/obligation.js";
import type { Registry } from "../registry/registry.js";
import { Scores } from "./scores.js";
import { ToldPrices } from "./told-prices.js";

/** What an epoch pays on a subnet, collected until it ends. */
export class EmissionGroup {
  count = 0;
  /** Instant of the latest rows, and the first of them. */
  instantMs = -1;
  instantFirst = 0;
  position = new Int32Array(256);
  amountRao = new Float64Array(256);
  /** Code of `ROLES`. */
  role = new Uint8Array(256);
  uid = new Int32Array(256);
  /** Block of the row, -1 when unknown. */
  block = new Int32Array(256);
  /** What of the amount was booked when it came, rao. */
  bookedRao = new Float64Array(256);
  /** Number of the group in which a position was met last, by position: it has one row a role. */
  private met = new Int32Array(256);
  private group = 1;
  private anyRepeated = false;
  /** Whether `bookedRao` is above 0 anywhere, and whether the rows are of several blocks. */
  anyBooked = false;
  manyBlocks = false;
  /** By position, what of its first `summed` rows was not booked when it came, rao; so far as it was asked for. */
  readonly #waitingRao = new Map<number, number>();
  #summed = 0;

  /** The rows that follow are of another instant. */
  begin(timeMs: number): void {
    if (timeMs === this.instantMs) return;
    this.instantMs = timeMs;
    this.instantFirst = this.count;
  }

  add(position: number, amountRao: number, role: number, uid: number, block: number): void {
    const row = this.count;
    if (row === this.position.length) this.grow();
    if (position >= this.met.length) this.meetUpTo(position);
    if (this.met[position] === this.group) this.anyRepeated = true;
    this.met[position] = this.group;
    this.position[row] = position;
    this.amountRao[row] = amountRao;
    this.role[row] = role;
    this.uid[row] = uid;
    this.block[row] = block;
    this.bookedRao[row] = 0;
    if (block !== this.block[0]) this.manyBlocks = true;
    this.count = row + 1;
  }

  /** A row was booked when it came. */
  booked(row: number): void {
    this.bookedRao[row] = this.amountRao[row];
    this.anyBooked = true;
    this.#sumAnew();
  }

  /** What of a position's recorded pay waits for the epoch to end, rao. */
  waitingRao(position: number): number {
    for (; this.#summed < this.count; this.#summed += 1) {
      const of = this.position[this.#summed];
      const waits = this.amountRao[this.#summed] - this.bookedRao[this.#summed];
      if (waits > 0) this.#waitingRao.set(of, (this.#waitingRao.get(of) ?? 0) + waits);
    }
    return this.#waitingRao.get(position) ?? 0;
  }

  /** What a position was paid goes to another that takes its place. */
  passOn(from: number, to: number): void {
    for (let row = 0; row < this.count; row++) if (this.position[row] === from) this.position[row] = to;
    this.anyRepeated = true;
    this.#sumAnew();
  }

  /**
   * Ends the collecting at an instant. Rows of one position and role become one, which keeps the place of the first; only what came
   * at the instant itself has a block.
   * @param roles how many roles there are
   */
  close(endMs: number, roles: number): void {
    const own = this.instantMs === endMs ? this.instantFirst : this.count;
    if (own === 0 && !this.anyRepeated) return;
    const rows = new Map<number, number>();
    let kept = 0;
    this.manyBlocks = false;
    for (let i = 0; i < this.count; i++) {
      const block = i < own ? -1 : this.block[i];
      const key = this.position[i] * roles + this.role[i];
      let row = rows.get(key);
      if (row === undefined) {
        row = kept++;
        rows.set(key, row);
        this.position[row] = this.position[i];
        this.amountRao[row] = this.amountRao[i];
        this.role[row] = this.role[i];
        this.uid[row] = this.uid[i];
        this.bookedRao[row] = this.bookedRao[i];
      } else {
        this.amountRao[row] += this.amountRao[i];
        this.bookedRao[row] += this.bookedRao[i];
      }
      this.block[row] = block;
    }
    this.count = kept;
    this.#sumAnew();
    for (let row = 1; row < kept; row++) if (this.block[row] !== this.block[0]) this.manyBlocks = true;
  }

  clear(): void {
    this.count = 0;
    this.instantMs = -1;
    this.instantFirst = 0;
    this.anyBooked = false;
    this.manyBlocks = false;
    this.anyRepeated = false;
    this.group += 1;
    this.#sumAnew();
  }

  #sumAnew(): void {
    if (this.#summed === 0) return;
    this.#waitingRao.clear();
    this.#summed = 0;
  }

  private meetUpTo(position: number): void {
    const met = new Int32Array(2 * position + 2);
    met.set(this.met);
    this.met = met;
  }

  private grow(): void {
    const length = this.position.length * 2;
    const position = new Int32Array(length);
    position.set(this.position);
    this.position = position;
    const amountRao = new Float64Array(length);
    amountRao.set(this.amountRao);
    this.amountRao = amountRao;
    const role = new Uint8Array(length);
    role.set(this.role);
    this.role = role;
    const uid = new Int32Array(length);
    uid.set(this.uid);
    this.uid = uid;
    const block = new Int32Array(length);
    block.set(this.block);
    this.block = block;
    const bookedRao = new Float64Array(length);
    bookedRao.set(this.bookedRao);
    this.bookedRao = bookedRao;
  }
}

/** The state of one subnet in a run. */
export class Subnet {
  readonly group = new EmissionGroup();
  /** Positions on it, in the order in which they were met. */
  positions = new Int32Array(256);
  positionCount = 0;
  /** Number of the last epoch that ended; 0 before the first. */
  epoch = 0;
  epochEndMs: number;
  /** Block of the emission that was paid at the end of the last epoch, -1 when unknown. */
  epochEndBlock = -1;
  /** Block of the mark that ends the epoch which is closing; -1: none does, or it is not known. */
  markBlock = -1;
  priceTaoPerAlpha = 0;
  readonly toldPrices = new ToldPrices();
  /** Latest collateral, rao, by number of the hotkey (`registry.keys`). */
  readonly collateralRao = new Map<number, number>();
  readonly scores = new Scores();
  /** TAO traded in the epoch by a member, rao; null: nothing on the subnet tells of trades. */
  volumeRaoOf: ((member: number) => number) | null = null;
  /** What came to be owed since the last epoch ended. */
  private owed: Obligation[] = [];
  /** Whether a registry or metagraph stream seats its hotkeys; otherwise whoever is paid as a miner counts as seated. */
  seatsAreRecorded = false;

  constructor(
    readonly configuration: SubnetConfiguration,
    readonly registry: Registry,
    startMs: number,
  ) {
    this.epochEndMs = startMs;
  }

  /** Whose hotkey is seated, as it was looked up last, and at which state of registry and positions. */
  #seated = new Uint8Array(256);
  #seatedVersion = -1;
  #seatedCount = 0;

  /**
   * 1 where the hotkey of a position on the subnet is seated; by index in `positions`.
   * @param hotkeys hotkey by position
   */
  seated(hotkeys: Int32Array): Uint8Array {
    const { version } = this.registry;
    if (version === this.#seatedVersion && this.positionCount === this.#seatedCount) return this.#seated;
    if (this.#seated.length < this.positionCount) this.#seated = new Uint8Array(this.positions.length);
    for (let i = 0; i < this.positionCount; i++) {
      this.#seated[i] = this.registry.seatOf(hotkeys[this.positions[i]]) === undefined ? 0 : 1;
    }
    this.#seatedVersion = version;
    this.#seatedCount = this.positionCount;
    return this.#seated;
  }

  owe(obligation: Obligation): void {
    this.owed.push(obligation);
  }

  /** What came to be owed since it was asked last. */
  takeObligations(): readonly Obligation[] {
    const { owed } = this;
    if (owed.length > 0) this.owed = [];
    return owed;
  }

  addPosition(position: number): void {
    if (this.positionCount === this.positions.length) {
      const wider = new Int32Array(this.positions.length * 2);
      wider.set(this.positions);
      this.positions = wider;
    }
    this.positions[this.positionCount++] = position;
  }
}
