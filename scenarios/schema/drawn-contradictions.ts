import { nearestName } from "../../engine/index.js";
import { type Contradiction, contradiction } from "./contradiction.js";
import { streamName } from "./stream-name.js";
import type { StreamInput } from "./streams.js";

/** Streams of collateral and scores are stated or drawn, and drawn for somebody. */
export function* drawnContradictions(streams: readonly (StreamInput | undefined)[]): Iterable<Contradiction> {
  for (const [index, stream] of streams.entries()) {
    if (stream === undefined || !("synthetic" in stream)) continue;
    if (stream.synthetic !== "collateral" && stream.synthetic !== "scores") continue;
    const { rows, drawn } = stream;
    if ((rows === undefined) === (drawn === undefined)) {
      yield contradiction(
        ["streams", index],
        rows === undefined ? "A stream has neither rows nor says what is drawn." : "A stream states rows and says what is drawn.",
        { found: rows === undefined ? "neither" : "rows, drawn", allowed: "rows, or drawn", hint: "Make two streams where you mean both." },
      );
    }
    if (drawn === undefined) continue;
    const { miners_of: of, hotkeys } = drawn;
    if ((of === undefined) === (hotkeys === undefined)) {
      yield contradiction(
        ["streams", index, "drawn"],
        of === undefined ? "Nothing says for whom is drawn." : "Whom is drawn for is stated twice.",
        {
          found: of === undefined ? "neither miners_of nor hotkeys" : "miners_of, hotkeys",
          allowed: "miners_of, or hotkeys",
          hint: "miners_of names a synthetic subnet, hotkeys names hotkeys one by one.",
        },
      );
    }
    if (of === undefined || streams.includes(undefined)) continue;
    const names = streams.flatMap((one) => {
      const name = one !== undefined && "synthetic" in one && one.synthetic === "subnet" ? streamName(one) : undefined;
      return name === undefined ? [] : [name];
    });
    if (names.includes(of)) continue;
    const nearest = nearestName(of, names);
    yield contradiction(["streams", index, "drawn", "miners_of"], "No synthetic subnet of the scenario has this name.", {
      found: of,
      allowed: names.length === 0 ? "hotkeys, since the scenario has no synthetic subnet" : `one of ${names.join(", ")}`,
      ...(nearest === undefined ? {} : { hint: `Did you mean ${nearest}?` }),
    });
  }
}
