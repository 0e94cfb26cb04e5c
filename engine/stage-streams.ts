import type { StreamDescription } from "./configuration/stream-description.js";
import { TenureError } from "./kernel/errors.js";
import { ruleLabel } from "./rules/plug-in.js";
import { STREAM_OF_FACT, surelyAskedFacts } from "./rules/stages/asked-facts.js";
import type { SimulationConfiguration } from "./simulation-configuration.js";

/** Refuses a stage of a list that asks for what nothing in the scenario tells: it would find 0 for everybody. */
export function refuseUntoldFacts({ stages, index }: SimulationConfiguration, streams: readonly StreamDescription[]): void {
  for (const [at, one] of (stages?.stages ?? []).entries()) {
    // What a rule of one's own reads is not known, in a pool or beside it.
    const asked = new Set(surelyAskedFacts(one));
    const refuse = (found: string, hint: string) => {
      throw new TenureError({
        code: "TEN-RULE-026",
        what: `Stage ${at + 1}, ${ruleLabel(one.stage)}, goes by what no stream of the scenario tells.`,
        place: { path: `stages.${at}` },
        found,
        allowed: "a stage of which the scenario holds the facts",
        hint,
      });
    };
    for (const fact of asked) {
      const kind = STREAM_OF_FACT[fact];
      if (kind === undefined || streams.some((stream) => stream.kind === kind)) continue;
      refuse(
        `no stream of kind ${kind}`,
        `Add a recording that holds ${kind} (tenure import table --kind ${kind}), or state it: synthetic: ${kind}.`,
      );
    }
    if (asked.has("volume") && index === null) {
      refuse("no index subnet", "Volumes are of who mints and redeems on an index subnet; gate by stake, collateral or age elsewhere.");
    }
  }
}
