import type { AntiGamingMonitor } from "../../anti-gaming/index.js";
import type { Accounts } from "../../books/accounts.js";
import type { World } from "../../books/world.js";
import type { Tribunal, ValidatorRoster } from "../../consensus/index.js";
import type { EpochClose } from "../../epochs/epoch-close.js";
import type { IndexFund } from "../../market/index-fund.js";
import type { VolumeTracker } from "../../rewards/index.js";
import type { ResidualRow } from "../../tables/vocabularies/rest-rows.js";
import type { IndexSubnetConfiguration } from "./configuration.js";
import type { IndexRecords } from "./index-records.js";
import type { Stakes } from "./stakes.js";
import type { IndexTotals } from "./totals.js";

/** What an epoch's end works with on an index subnet. */
export interface EpochSurroundings {
  readonly world: World;
  readonly close: EpochClose;
  readonly configuration: IndexSubnetConfiguration;
  readonly accounts: Accounts;
  readonly fund: IndexFund;
  readonly stakes: Stakes;
  readonly tracker: VolumeTracker;
  readonly monitor: AntiGamingMonitor;
  readonly roster: ValidatorRoster;
  readonly tribunal: Tribunal;
  readonly records: IndexRecords;
  readonly totals: IndexTotals;
  /** Account of what nobody can be given. */
  readonly unallocated: number;
  /** Accounts of what a list of stages sends elsewhere than to miners. */
  readonly residualAccount: Readonly<Record<ResidualRow, number>>;
  /** NAV of a token by block, for attestations; rao. */
  readonly navRaoByBlock: Map<number, number>;
  readonly participants: number;
  readonly validators: number;
  /** Share (0..1) of its pay that each participant withdraws at once. */
  readonly withdrawnShare: readonly number[];
}
