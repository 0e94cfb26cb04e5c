import type { SubnetConfiguration } from "./configuration.js";
import type { Registry } from "./registry/registry.js";

/** What one instant pays on a subnet, collected until all its emission rows are in. */
export class EmissionGroup {
  count = 0;
  position = new Int32Array(256);
  amountRao = new Float64Array(256);
  /** Code of `ROLES`. */
  role = new Uint8Array(256);
  uid = new Int32Array(256);

  add(position: number, amountRao: number, role: number, uid: number): void {
    const row = this.count;
    if (row === this.position.length) this.grow();
    this.position[row] = position;
    this.amountRao[row] = amountRao;
    this.role[row] = role;
    this.uid[row] = uid;
    this.count = row + 1;
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
  epochEndBlock = -1;
  /** Block of the emission collected, -1 when unknown. */
  groupBlock = -1;
  /** Instant of the emission collected. */
  groupMs = 0;
  priceTaoPerAlpha = 0;
  /** Whether a registry or metagraph stream seats its hotkeys; otherwise whoever is paid as a miner counts as seated. */
  seatsAreRecorded = false;

  constructor(
    readonly configuration: SubnetConfiguration,
    readonly registry: Registry,
    startMs: number,
  ) {
    this.epochEndMs = startMs;
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
