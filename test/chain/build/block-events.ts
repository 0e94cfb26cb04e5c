import type { Runtime } from "../metadata/runtime.js";
import type { Value } from "../scale/encode.js";
import { u32, vector } from "../scale/hex.js";

const APPLY_EXTRINSIC = "00";
const FINALIZATION = "01";
const INITIALIZATION = "02";
const NO_TOPICS = "00";

const success = (isInherent: boolean): Value => ({
  dispatch_info: {
    weight: { ref_time: 312_415_000n, proof_size: 6_012n },
    class: isInherent ? "Mandatory" : "Normal",
    pays_fee: "Yes",
  },
});
const INHERENT_SUCCESS = success(true);
const SUCCESS = success(false);

/** The events of the block under construction, in their order, each with the phase it occurs in. */
export class BlockEvents {
  readonly #runtime: Runtime;
  readonly #records: string[] = [];
  #phase = INITIALIZATION;
  #nextExtrinsic = 0;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  /** Whether the block still initialises: no extrinsic has run. */
  get isInitializing(): boolean {
    return this.#nextExtrinsic === 0;
  }

  emit(pallet: string, event: string, values: Value): void {
    this.#records.push(this.#phase + this.#runtime.event(pallet, event, values) + NO_TOPICS);
  }

  /** Begins the next extrinsic and returns its number; the timestamp's inherent goes before the first. */
  begin(): number {
    if (this.isInitializing) this.#inherent();
    const extrinsic = this.#nextExtrinsic++;
    this.#phase = APPLY_EXTRINSIC + u32(extrinsic);
    return extrinsic;
  }

  end(isSuccess: boolean): void {
    if (isSuccess) this.emit("System", "ExtrinsicSuccess", SUCCESS);
    else this.emit("System", "ExtrinsicFailed", { dispatch_error: "BadOrigin", ...(SUCCESS as { dispatch_info: Value }) });
    this.#phase = FINALIZATION;
  }

  /** SCALE of all the events, hex. */
  encoded(): string {
    if (this.isInitializing) this.#inherent();
    return vector(this.#records);
  }

  #inherent(): void {
    this.#phase = APPLY_EXTRINSIC + u32(this.#nextExtrinsic++);
    this.emit("System", "ExtrinsicSuccess", INHERENT_SUCCESS);
    this.#phase = FINALIZATION;
  }
}
