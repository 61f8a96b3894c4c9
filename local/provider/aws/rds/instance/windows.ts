/** The hours in which RDS backs up and maintains an instance, in UTC. */

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const DAY_MINUTES = 24 * 60;
const WEEK_MINUTES = DAYS.length * DAY_MINUTES;

/** AWS takes no shorter ones. */
export const SHORTEST_MINUTES = 30;
/** A window of maintenance ends within a day. */
export const LONGEST_MINUTES = DAY_MINUTES;

export interface Window {
  /** In minutes, of the day or since Monday 00:00. */
  readonly start: number;
  readonly length: number;
}

/** `hh:mm-hh:mm`, which may end on the next day. */
export function dailyWindow(text: string): Window | undefined {
  const [, from, to] = /^((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d)$/.exec(text) ?? [];
  return from && to ? span(minutesOf(from), minutesOf(to), DAY_MINUTES) : undefined;
}

/** `ddd:hh:mm-ddd:hh:mm`, which may end in the next week. */
export function weeklyWindow(text: string): Window | undefined {
  const [, firstDay, from, lastDay, to] =
    /^([a-z]{3}):((?:[01]\d|2[0-3]):[0-5]\d)-([a-z]{3}):((?:[01]\d|2[0-3]):[0-5]\d)$/.exec(text.toLowerCase()) ?? [];
  const [first, last] = [firstDay, lastDay].map((day) => DAYS.indexOf(day ?? "")) as [number, number];
  if (!from || !to || first < 0 || last < 0) return undefined;
  return span(first * DAY_MINUTES + minutesOf(from), last * DAY_MINUTES + minutesOf(to), WEEK_MINUTES);
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

const span = (start: number, end: number, cycle: number): Window => ({
  start,
  length: (end - start + cycle) % cycle,
});

/** True when the daily window meets the weekly one on any day. */
export function collide(daily: Window, weekly: Window): boolean {
  return DAYS.some((_, day) => {
    const start = day * DAY_MINUTES + daily.start;
    return overlap({ ...daily, start }, weekly);
  });
}

/** On the circle of a week. */
function overlap(one: Window, other: Window): boolean {
  const distance = (other.start - one.start + WEEK_MINUTES) % WEEK_MINUTES;
  return distance < one.length || WEEK_MINUTES - distance < other.length;
}
