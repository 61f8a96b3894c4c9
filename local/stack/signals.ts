const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

let works = 0;

/** Does `work` to its end: signals that would end this process are left to those that listen for them. */
export async function uninterrupted<T>(work: () => Promise<T>): Promise<T> {
  if (works++ === 0) for (const signal of SIGNALS) process.on(signal, ignore);
  try {
    return await work();
  } finally {
    if (--works === 0) for (const signal of SIGNALS) process.off(signal, ignore);
  }
}

function ignore(): void {}
