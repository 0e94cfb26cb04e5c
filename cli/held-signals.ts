const HELD = ["SIGINT", "SIGTERM"] as const;

/**
 * Does what would leave something half done behind if a signal ended it: one that nobody else listens for waits until it is done,
 * and ends the process then as it would have.
 */
export async function holdingSignals<Made>(work: () => Promise<Made>): Promise<Made> {
  let held: (typeof HELD)[number] | null = null;
  const hold = (name: (typeof HELD)[number]) => {
    if (process.listenerCount(name) === 1) held ??= name;
  };
  for (const name of HELD) process.on(name, hold);
  try {
    return await work();
  } finally {
    for (const name of HELD) process.off(name, hold);
    if (held !== null) process.kill(process.pid, held);
  }
}
