import { workerData } from "piscina";
import { scenarioFromResolved } from "../../scenarios/index.js";
import { TapePlayer } from "../open-loop/index.js";
import { endedBy } from "./broken-task.js";
import { NativeCalls, type PooledThread } from "./native-calls.js";
import type { TapeOutcome, TapeSetting, TapeTask } from "./tape-task.js";

const { tape, spans, figures } = workerData as TapeSetting;
const player = new TapePlayer(tape, spans);
new NativeCalls((workerData as PooledThread).nativeCalls).loaded();

/** Computes some trials from the tape. Never throws: an error of another thread would lose what it says. */
export default function work({ trials }: TapeTask): TapeOutcome {
  try {
    return { status: "finished", played: trials.map((resolved) => player.play(scenarioFromResolved(resolved).configuration, figures)) };
  } catch (error) {
    return endedBy(error);
  }
}
