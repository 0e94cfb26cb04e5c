import { type Profiler, Session } from "node:inspector/promises";

export interface Profile {
  /** The functions that took most time themselves, most first. */
  readonly top: readonly ProfileLine[];
  /** Time in which agents decided, without what their orders took, ms. */
  readonly decidingMs: number;
}

export interface ProfileLine {
  readonly function: string;
  /** Of all time. */
  readonly share: number;
}

const LINES = 5;
const SAMPLED_US = 500;
const PROFILER = /^node:inspector/;

/** The sampling profiler of Node over a part of this process. */
export class Profiling {
  readonly #session = new Session();

  async start(): Promise<void> {
    this.#session.connect();
    await this.#session.post("Profiler.enable");
    await this.#session.post("Profiler.setSamplingInterval", { interval: SAMPLED_US });
    await this.#session.post("Profiler.start");
  }

  async stop(): Promise<Profile> {
    const { profile } = await this.#session.post("Profiler.stop");
    this.#session.disconnect();
    return summaryOf(profile);
  }
}

/** What of a profile is told. */
export function summaryOf({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Profile {
  const selfUs = new Map<number, number>();
  for (const [i, node] of samples.entries()) selfUs.set(node, (selfUs.get(node) ?? 0) + timeDeltas[i]);
  const byFunction = new Map<string, number>();
  for (const { id, callFrame } of nodes) {
    // Starting and stopping the profiler is no part of the work.
    if (PROFILER.test(callFrame.url) || callFrame.functionName === "dispatch") selfUs.delete(id);
    const file = callFrame.url.split("/").slice(-2).join("/");
    const name = `${callFrame.functionName || "(anonymous)"}${file === "" ? "" : ` ${file}`}`;
    byFunction.set(name, (byFunction.get(name) ?? 0) + (selfUs.get(id) ?? 0));
  }
  const allUs = [...selfUs.values()].reduce((sum, us) => sum + us, 0);
  const top = [...byFunction]
    .sort((a, b) => b[1] - a[1])
    .slice(0, LINES)
    .map(([name, us]) => ({ function: name, share: Number((us / allUs).toFixed(3)) }));
  return { top, decidingMs: decidingUs(nodes, selfUs) / 1000 };
}

/** Time below `Decisions.#ask`, but for what is below `carryOut`. */
function decidingUs(nodes: readonly Profiler.ProfileNode[], selfUs: ReadonlyMap<number, number>): number {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const walk = (id: number, isDeciding: boolean): number => {
    const node = byId.get(id);
    if (node === undefined) return 0;
    const { functionName, url } = node.callFrame;
    const isDecisions = url.endsWith("/decisions.js");
    const deciding = (isDeciding || (isDecisions && functionName === "#ask")) && !(isDecisions && functionName === "carryOut");
    return (node.children ?? []).reduce((sum, child) => sum + walk(child, deciding), deciding ? (selfUs.get(id) ?? 0) : 0);
  };
  return walk(nodes[0].id, false);
}
