import type { HealthCheck } from "../account/account.ts";

export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";

/** What health checks find out things by. */
export interface Senses {
  /** Whether an endpoint answers as it should; never fails. */
  readonly probe: (check: HealthCheck) => Promise<boolean>;
  readonly alarmState: (name: string, region: string) => AlarmState | undefined;
}

interface Course {
  /** Whether its endpoint was last called healthy. */
  healthy: boolean;
  /** How many probes in a row have said otherwise. */
  contrary: number;
  /** When it is due again, in milliseconds. */
  due: number;
  isProbing: boolean;
}

/**
 * Route 53's health checks, each of which asks at its own interval. An endpoint changes sides after as many answers to the contrary as its threshold
 * says, and is healthy until something is known.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html
 *
 * Route 53 asks from many places; here one asks.
 */
export class HealthChecks {
  readonly #senses: Senses;
  readonly #courses = new Map<string, Course>();
  #checks: readonly HealthCheck[] = [];

  constructor(senses: Senses) {
    this.#senses = senses;
  }

  /** Starts what is due. To be called about every second with the checks that are there. */
  tick(checks: readonly HealthCheck[], now: number): Promise<void> {
    this.#checks = checks;
    const ids = new Set(checks.map(({ id }) => id));
    for (const id of this.#courses.keys()) if (!ids.has(id)) this.#courses.delete(id);
    const due = checks.filter(({ alarm, children, id }) => {
      const { due: at = 0, isProbing = false } = this.#courses.get(id) ?? {};
      return alarm === undefined && children === undefined && !isProbing && at <= now;
    });
    return Promise.all(due.map((check) => this.#ask(check, now))).then(() => {});
  }

  /** Whether each check is healthy, by its id. */
  get healthy(): ReadonlyMap<string, boolean> {
    return new Map(this.#checks.map((check) => [check.id, this.#isHealthy(check, new Set())]));
  }

  async #ask(check: HealthCheck, now: number): Promise<void> {
    const course = this.#courses.get(check.id) ?? { healthy: true, contrary: 0, due: 0, isProbing: false };
    this.#courses.set(check.id, course);
    course.due = now + check.intervalSeconds * 1_000;
    course.isProbing = true;
    const answered = await this.#senses.probe(check);
    course.isProbing = false;
    course.contrary = answered === course.healthy ? 0 : course.contrary + 1;
    if (course.contrary < check.failureThreshold) return;
    course.healthy = answered;
    course.contrary = 0;
  }

  #isHealthy(check: HealthCheck, asking: ReadonlySet<string>): boolean {
    const { id, alarm, children, inverted } = check;
    // A check that counts itself says nothing.
    if (asking.has(id)) return true;
    if (alarm) return this.#ofAlarm(id, alarm) !== inverted;
    if (!children) return (this.#courses.get(id)?.healthy ?? true) !== inverted;
    const counted = this.#checks.filter((other) => children.ids.includes(other.id));
    const healthy = counted.filter((other) => this.#isHealthy(other, new Set([...asking, id]))).length;
    return healthy >= children.healthyThreshold !== inverted;
  }

  #ofAlarm(id: string, { name, region, insufficientData }: NonNullable<HealthCheck["alarm"]>): boolean {
    const course = this.#courses.get(id) ?? { healthy: true, contrary: 0, due: 0, isProbing: false };
    this.#courses.set(id, course);
    const state = this.#senses.alarmState(name, region) ?? "INSUFFICIENT_DATA";
    if (state !== "INSUFFICIENT_DATA") course.healthy = state === "OK";
    else if (insufficientData !== "LastKnownStatus") course.healthy = insufficientData === "Healthy";
    return course.healthy;
  }
}
