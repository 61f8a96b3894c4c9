/** What this process has taken of its processors so far, in seconds, all its threads together. Other work on the machine does not count. */
export function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
