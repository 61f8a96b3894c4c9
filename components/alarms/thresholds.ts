/** Where normal ends, as the configuration has it. */
export interface Thresholds {
  /** Failed requests among all. */
  readonly errorPercent: number;
  /** Traffic below which a share of the requests says nothing. */
  readonly minimumRequestsPerMinute: number;
  /** Time within which 95 of 100 answers come. */
  readonly latencyMilliseconds: number;
  readonly cpuPercent: number;
  readonly memoryPercent: number;
  readonly diskPercent: number;
  /** Days before a certificate ends. */
  readonly certificateDays: number;
}
