import type { RunConfiguration } from "../../configuration/run-configuration.js";
import type { StreamDescription } from "../../configuration/stream-description.js";
import { TenureError } from "../../kernel/errors.js";
import { declareModule } from "../subnet-module.js";
import { RecordedSubnets } from "./recorded-subnets.js";

/** Recorded subnets under a rule (docs/explanation/weights.md). Every run may have them; the run's own settings are theirs. */
export const vestingModule = declareModule<Record<never, never>, Record<never, never>>({
  name: "vesting",
  absent: {},
  refuse: (_, run, streams) => refusePartialPots(run, streams),
  build: (_, ground) => new RecordedSubnets(ground),
});

function refusePartialPots({ emission }: RunConfiguration, streams: readonly StreamDescription[]): void {
  if (emission.mode !== "redistribute" || emission.outside !== null) return;
  const partial = streams.find((stream) => stream.kind === "emission" && stream.coverage === "partial");
  if (partial === undefined) return;
  throw new TenureError({
    code: "TEN-RULE-008",
    what: "A stream that holds only part of a subnet cannot be redistributed: its pot is not the subnet's pot.",
    place: { path: "emission", stream: partial.name },
    found: "coverage: partial",
    allowed:
      "emission.outside: true (a pseudo-miner carries the rest), or coverage: subnet where the scenario's streams are the whole subnet",
    hint: "Where the recording holds every miner, state `coverage: subnet` with the stream (or import it with --coverage subnet). Else add `outside: true` under emission (it takes everybody else to keep a multiplier of 1), or use emission: replay.",
  });
}
