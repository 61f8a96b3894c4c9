/** How long the process of a provider lives: as long as its engine, and as the calls that it has begun. */

/** How often a provider looks whether its engine is still there, in milliseconds. */
const ORPHAN_CHECK_MS = 500;
/** How often one that is to end looks whether its last calls are done. */
const IDLE_CHECK_MS = 20;

/** Calls under way: an orphaned provider finishes them, so that the journal learns the ids of what they make. */
export class Busy {
  count = 0;
  async during<T>(work: Promise<T>): Promise<T> {
    this.count++;
    try {
      return await work;
    } finally {
      this.count--;
    }
  }
}

/** The engine ends a provider with SIGINT; when it was killed itself, the provider notices that it has become an orphan. */
export function exitWithEngine(busy: Busy): void {
  const engine = process.ppid;
  const exitWhenIdle = (): void => {
    if (busy.count === 0) process.exit(0);
  };
  process.on("SIGINT", () => {
    exitWhenIdle();
    setInterval(exitWhenIdle, IDLE_CHECK_MS);
  });
  setInterval(() => {
    if (process.ppid !== engine) exitWhenIdle();
  }, ORPHAN_CHECK_MS);
}
