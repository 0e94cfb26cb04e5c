/** Made-up names are shorter and tell one another apart at their end, SS58 addresses have 46 to 48 letters. */
const WHOLE_UP_TO = 40;

/** An address short enough for a column; its beginning can be given to `--hotkey`. */
export function formatAddress(address: string): string {
  return address.length <= WHOLE_UP_TO ? address : `${address.slice(0, 10)}...${address.slice(-4)}`;
}
