import type { OutputOptions } from "../options.js";

export type GuardFormat = "text" | "json" | "junit" | "github";

export interface GuardRunOptions extends OutputOptions {
  readonly baseline?: string;
  readonly tolerance: string;
  readonly update?: true;
  readonly terms?: true;
  readonly expect?: readonly string[];
  readonly by?: string;
  readonly data?: string;
  readonly set?: readonly string[];
  readonly seed?: number;
  readonly format: GuardFormat;
  readonly out?: string;
}

export interface GuardReviewOptions extends OutputOptions {
  readonly baseline?: string;
  readonly accept?: readonly string[];
  /** `true` for a flag without a cause. */
  readonly reject?: readonly (string | true)[];
  readonly by?: string;
}
