import type { Subnet } from "../books/subnet.js";
import type { World } from "../books/world.js";
import { isCalled } from "../registry/is-called.js";
import type { Obligation } from "../registry/obligation.js";
import type { FactSource } from "./fact-source.js";

const NONE: readonly Obligation[] = [];

/** Facts of the positions of a subnet, as the world has them. */
export class SubnetFacts implements FactSource {
  endMs = 0;
  obligations: readonly Obligation[] = NONE;

  constructor(
    private readonly world: World,
    private readonly subnet: Subnet,
  ) {}

  /** An epoch ends: what came to be owed since the one before is taken. */
  begin(endMs: number): void {
    this.endMs = endMs;
    this.obligations = this.subnet.takeObligations();
  }

  get priceTaoPerAlpha(): number {
    return this.subnet.priceTaoPerAlpha;
  }

  get priceMs(): number {
    return this.subnet.toldPrices.lastMs;
  }

  get usdPerTao(): number {
    return this.world.usdPerTao.price;
  }

  get usdPerTaoMs(): number {
    return this.world.usdPerTao.toldMs;
  }

  registeredMs(member: number): number {
    return this.subnet.registry.seatOf(this.hotkey(member))?.registeredMs ?? 0;
  }

  key(member: number): number {
    return this.subnet.registry.keys.of(this.hotkey(member));
  }

  collateralRao(member: number): number {
    return this.subnet.collateralRao.get(this.key(member)) ?? 0;
  }

  volumeRao(member: number): number {
    return this.subnet.volumeRaoOf?.(member) ?? 0;
  }

  earnedRao(member: number): number {
    return this.world.past.earnedRao(this.subnet.positions[member]);
  }

  movedRao(member: number): number {
    return this.world.past.movedRao(this.subnet.positions[member]);
  }

  score(member: number): number {
    return this.subnet.scores.scoreOf(this.key(member));
  }

  scoredMs(member: number): number {
    return this.subnet.scores.toldMs(this.key(member));
  }

  scoreColumn(member: number, column: string): number {
    return this.subnet.scores.columnOf(this.key(member), column);
  }

  isNamed(member: number, name: string): boolean {
    return isCalled(this.world.addresses.nameOf(this.hotkey(member)), name);
  }

  hasTag(member: number, tag: string): boolean {
    const { tags = {} } = this.world.configuration.stages ?? {};
    return Object.hasOwn(tags, tag) && tags[tag].some((name) => this.isNamed(member, name));
  }

  private hotkey(member: number): number {
    return this.world.positions.hotkey[this.subnet.positions[member]];
  }
}
