import { account } from "../account.js";
import type { BlockBuilder } from "../build/block-builder.js";
import { SPEC } from "../metadata/specs.js";
import type { Cast } from "./cast.js";

const ALPHA = 1_000_000_000n;
/** Who stakes on the root only. */
const STRANGERS = 50;
const CLAIM_EVERY = 700;
const SALE_AFTER = 20;

/**
 * In every block the chain claims for somebody who has nothing here. Now and then it is the turn of a nominator, who gets alpha
 * on a hotkey it had none on before, and sells it all a few blocks later.
 */
export function autoClaims(b: BlockBuilder, netuid: number, { validators }: Cast): void {
  if (b.spec < SPEC.rootClaim) return;
  b.autoClaim(account(`root-staker-${b.number % STRANGERS}`), []);
  const turn = claimerAt(b.number, validators);
  if (turn !== undefined) b.autoClaim(turn.coldkey, [{ hk: turn.hotkey, netuid, alpha: 2n * ALPHA + BigInt(b.number) }]);
}

/** The sale that follows a claim. */
export function sellClaims(b: BlockBuilder, netuid: number, { validators }: Cast): void {
  const turn = claimerAt(b.number - SALE_AFTER, validators);
  if (turn === undefined || Math.floor(b.number / CLAIM_EVERY) % 2 === 0) return;
  const { coldkey, hotkey } = turn;
  const alphaRao = b.balance(netuid, hotkey, coldkey);
  if (alphaRao > 0n) b.extrinsic(coldkey, (x) => x.stakeRemoved(coldkey, hotkey, netuid, alphaRao));
}

function claimerAt(block: number, validators: Cast["validators"]): Pick<Cast["validators"][number], "coldkey" | "hotkey"> | undefined {
  if (block < CLAIM_EVERY || block % CLAIM_EVERY !== 0) return undefined;
  const turn = block / CLAIM_EVERY;
  const coldkey = validators[turn % validators.length].nominators[0];
  return coldkey === undefined ? undefined : { coldkey, hotkey: validators[(turn + 1) % validators.length].hotkey };
}
