/** What notes the place of an event with what the event makes. */
export interface ProvenanceFollower {
  at(block: number, extrinsic: number, event: number): void;
}

/** The event being processed: its row, for errors, and its place in the chain, for what is written down of it; -1: it has none. */
export class Provenance {
  private stream = "";
  private row = 0;
  block = -1;
  extrinsic = -1;
  event = -1;
  private follower: ProvenanceFollower | null = null;

  /** Lets the ledgers of a run note in tranches where they come from. */
  followedBy(follower: ProvenanceFollower): void {
    this.follower = follower;
  }

  /** What follows is of that row, and of the event it stands for. */
  at(stream: string, row: number, block: number, extrinsic: number, event: number): void {
    this.stream = stream;
    this.row = row;
    this.block = block;
    this.extrinsic = extrinsic;
    this.event = event;
    this.follower?.at(block, extrinsic, event);
  }

  /** Where processing stands, for errors. */
  place(): { stream: string; row: number; block: number; extrinsic: number; event: number } {
    return { stream: this.stream, row: this.row, block: this.block, extrinsic: this.extrinsic, event: this.event };
  }
}
