import seedrandom from "seedrandom";

/** A stream of uniform deviates in [0, 1), 32 bits of resolution each. */
export type RandomStream = () => number;

/**
 * Named random streams: each is seeded by (seed, replicate, name) alone, so that adding an agent or a table
 * never shifts the numbers another one draws.
 */
export function randomStreams(seed: number, replicate: number): (name: string) => RandomStream {
  return (name) => seedrandom.alea(`${seed}/${replicate}/${name}`);
}
