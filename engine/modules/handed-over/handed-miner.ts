import type { MinerAgent } from "../../agents/miners/index.js";
import type { World } from "../../books/world.js";
import { Miner } from "../closed-loop/miner.js";
import type { HandedOverConfiguration } from "./configuration.js";
import type { RecordedCourse } from "./recorded-course.js";

/** Who decides for recorded positions from an instant on. */
export class HandedMiner extends Miner {
  /** What its positions held when they were handed over, as recorded; rao. */
  recordedStartRao = 0n;
  /** What positions were paid until they were no longer its, less what all of them were before they were; as paid, and as recorded. */
  #paidRao = 0n;
  #recordedRao = 0n;

  constructor(
    number: number,
    readonly handed: HandedOverConfiguration,
    coldkey: number,
    account: number,
    agent: MinerAgent,
    readonly course: RecordedCourse,
  ) {
    const { name, strategy } = handed;
    // Neither prices nor seats change by what anybody does here, so it is all one who is first: nothing is drawn.
    super(number, name, { name, strategy, priority: number, isForSale: false }, coldkey, account, agent);
  }

  /** What a position is paid counts from now on. */
  begins({ payroll: { totals } }: World, position: number): void {
    this.#paidRao -= totals.paidRao(position);
    this.#recordedRao -= totals.recordedRao(position);
  }

  /** What a position is paid counts no longer. */
  ends({ payroll: { totals } }: World, position: number): void {
    this.#paidRao += totals.paidRao(position);
    this.#recordedRao += totals.recordedRao(position);
  }

  /** What all of its positions were paid, each while it was its; rao. */
  paidIn({ payroll: { totals } }: World): { readonly paidRao: bigint; readonly recordedRao: bigint } {
    let paidRao = this.#paidRao;
    let recordedRao = this.#recordedRao;
    for (const { position } of this.keys) {
      paidRao += totals.paidRao(position);
      recordedRao += totals.recordedRao(position);
    }
    return { paidRao, recordedRao };
  }

  /** Brings what its epochs came to up to all that it was paid: also before one ended that had begun, and in one that did not end. */
  settlePay(world: World): void {
    const { paidRao, recordedRao } = this.paidIn(world);
    const { totals } = this;
    totals.paidRao.add(Number(paidRao - totals.paidRao.toBigInt()));
    totals.entitledRao.add(Number(recordedRao - totals.entitledRao.toBigInt()));
  }

  /** What the recording has on its positions, rao. */
  recordedStakeRao({ book }: World): bigint {
    return this.keys.reduce((sum, { position }) => sum + BigInt(book.recorded.totalOf(position)), 0n);
  }
}
