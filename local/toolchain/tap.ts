/** Counts the tests of a TAP stream (testanything.org, version 13) and turns its lines into lines for people. */
export class TapCount {
  passed = 0;
  failed = 0;
  skipped = 0;

  /** What was shown of each failed test: its title and its diagnostics. */
  private readonly failures: string[][] = [];
  private diagnosed: string[] | undefined;

  get total(): number {
    return this.passed + this.failed + this.skipped;
  }

  /** Takes the next line; answers with what to show for it, if anything. */
  read(line: string): string | undefined {
    const result = /^(not )?ok \d+ - (.*?)(?: # (SKIP|TODO))?$/.exec(line);
    if (!result) {
      if (isBookkeeping(line)) return undefined;
      if (line.startsWith(" ")) this.diagnosed?.push(line);
      return line;
    }
    this.diagnosed = undefined;
    const [, not, title, directive] = result;
    if (directive) {
      this.skipped++;
      return `- ${title} (${directive === "SKIP" ? "skipped" : "still to be written"})`;
    }
    if (not) {
      this.failed++;
      this.diagnosed = [`✘ ${title}`];
      this.failures.push(this.diagnosed);
      return `✘ ${title}`;
    }
    this.passed++;
    return `✔ ${title}`;
  }

  /** Ends the run: the failures once more, as thousands of lines may stand between them and the end, and the counts. */
  summary(): string {
    const skipped = this.skipped > 0 ? `, ${this.skipped} skipped` : "";
    const failures = this.failures.map((lines) => `${lines.join("\n")}\n\n`).join("");
    return `${failures}${this.passed} passed, ${this.failed} failed${skipped}`;
  }
}

/** The version, the plan, the totals at the end and the borders of diagnostics say nothing to people. */
function isBookkeeping(line: string): boolean {
  return /^(TAP version \d+|\d+\.\.\d+.*|# (tests|pass|skip|todo|fail) \d+| {2}---| {2}\.\.\.|)$/.test(line);
}
