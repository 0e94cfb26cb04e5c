import type { RunConfiguration } from "../configuration/run-configuration.js";
import type { StreamDescription } from "../configuration/stream-description.js";
import { closedLoopModule } from "./closed-loop/closed-loop-module.js";
import { handedOverModule } from "./handed-over/handed-over-module.js";
import { indexModule } from "./index/index-module.js";
import type { ModuleDeclaration, ModuleGround, SubnetModule } from "./subnet-module.js";
import { vestingModule } from "./vesting/vesting-module.js";

/** What a subnet can be, by the order in which modules are built: the last takes every subnet that none before it made. */
const DECLARED = [indexModule, closedLoopModule, handedOverModule, vestingModule] as const;

type Declared = (typeof DECLARED)[number];
type SliceOf<D> = D extends ModuleDeclaration<infer Slice, infer _> ? Slice : never;
type SummaryOf<D> = D extends ModuleDeclaration<infer _, infer Summary> ? Summary : never;
/** All keys of all members of a union. */
type Joined<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer All) => void ? All : never;

/** What a configuration says of modules, each under its key. */
export type ModuleConfigurations = Joined<SliceOf<Declared>>;
/** What a summary says of modules, each under its key. */
export type ModuleSummaries = Joined<SummaryOf<Declared>>;

/** @throws TenureError for what no scenario can mean */
export function refuseModules(configuration: RunConfiguration & ModuleConfigurations, streams: readonly StreamDescription[]): void {
  for (const declaration of DECLARED) declaration.refuse(configuration, configuration, streams);
}

/** Are the recorded positions to be kept beside those of the run, whatever its emission mode? */
export function keepsRecorded(configuration: ModuleConfigurations): boolean {
  return DECLARED.some((declaration) => declaration.keepsRecorded?.(configuration) === true);
}

/** The modules of a run. */
export function modulesOf(configuration: ModuleConfigurations, ground: ModuleGround): readonly SubnetModule[] {
  return DECLARED.flatMap((declaration) => declaration.build(configuration, ground) ?? []);
}

export function moduleSummaries(modules: readonly SubnetModule[]): ModuleSummaries {
  return Object.assign({}, ...DECLARED.map(({ absent }) => absent), ...modules.map((module) => module.summary()));
}
