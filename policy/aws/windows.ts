/** Minutes from the beginning of Sunday, the end not included. */
interface Span {
  readonly from: number;
  readonly to: number;
}

const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const MINUTES_PER_DAY = 24 * 60;
const MINUTES_PER_WEEK = DAYS.length * MINUTES_PER_DAY;

/** Whether a daily window such as `02:00-03:00` and a weekly one such as `sun:04:00-sun:05:00` have no minute in common. */
export function areDisjoint(daily: string, weekly: string): boolean {
  const week = weeklySpan(weekly);
  return DAYS.every((_, day) => !overlap(dailySpan(daily, day), week));
}

function dailySpan(window: string, day: number): Span {
  const [from = 0, to = 0] = window.split("-").map(minutesOf);
  const start = day * MINUTES_PER_DAY + from;
  return { from: start, to: start + positive(to - from, MINUTES_PER_DAY) };
}

function weeklySpan(window: string): Span {
  const [from = 0, to = 0] = window.split("-").map((moment) => {
    const day = DAYS.indexOf(moment.slice(0, 3).toLowerCase());
    return day * MINUTES_PER_DAY + minutesOf(moment.slice(4));
  });
  return { from, to: from + positive(to - from, MINUTES_PER_WEEK) };
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

/** A window that ends before it begins goes on into the next day or week. */
const positive = (minutes: number, period: number): number => (minutes + period) % period;

/** The week begins anew where it ends. */
function overlap(a: Span, b: Span): boolean {
  return [-MINUTES_PER_WEEK, 0, MINUTES_PER_WEEK].some((shift) => a.from + shift < b.to && b.from < a.to + shift);
}
