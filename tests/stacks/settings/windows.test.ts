import test from "ava";
import { assert, constantFrom, integer, property, tuple } from "fast-check";
import { collide, parseWindow } from "../../../stacks/settings/rules/windows.ts";

const DAY = 1440;
const WEEK = 7 * DAY;
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
const moment = (minute: number): string => `${DAYS[Math.floor(minute / DAY)]}:${clock(minute % DAY)}`;

test("windows are read in minutes, also past midnight and past the week", (t) => {
  t.deepEqual(parseWindow("02:00-03:30"), { start: 120, minutes: 90 });
  t.deepEqual(parseWindow("23:30-00:30"), { start: 1410, minutes: 60 });
  t.deepEqual(parseWindow("tue:04:05-tue:05:05"), { start: 1685, minutes: 60 });
  t.deepEqual(parseWindow("sun:23:30-mon:00:30"), { start: 10_050, minutes: 60 });
});

/** Minutes of the week that a window covers, the plain way. */
const covered = (start: number, minutes: number): Set<number> =>
  new Set(Array.from({ length: minutes }, (_, minute) => (start + minute) % WEEK));

test("two windows collide exactly when they share a minute", (t) => {
  const daily = tuple(integer({ min: 0, max: DAY - 1 }), integer({ min: 30, max: 240 }));
  const weekly = tuple(integer({ min: 0, max: WEEK - 1 }), integer({ min: 30, max: 240 }), constantFrom(0, 1));
  assert(
    property(daily, weekly, ([start, minutes], [weekStart, weekMinutes, close]) => {
      // Half of the pairs are near each other, where mistakes would be.
      const from = close === 1 ? (weekStart - (weekStart % DAY) + start + minutes - (weekStart % 3)) % WEEK : weekStart;
      const first = parseWindow(`${clock(start)}-${clock((start + minutes) % DAY)}`);
      const second = parseWindow(`${moment(from)}-${moment((from + weekMinutes) % WEEK)}`);
      const week = covered(from, weekMinutes);
      const shared = DAYS.some((_, day) => [...covered(day * DAY + start, minutes)].some((minute) => week.has(minute)));
      return collide(first, second) === shared;
    }),
  );
  t.pass();
});

for (const [daily, weekly, expected] of [
  ["02:00-03:00", "sun:03:00-sun:04:00", false],
  ["02:00-03:00", "sun:02:59-sun:04:00", true],
  ["02:00-03:00", "sun:01:00-sun:02:00", false],
  ["02:00-03:00", "sun:01:00-sun:02:01", true],
  ["23:30-00:30", "sun:23:00-mon:00:00", true],
  ["23:30-00:30", "mon:00:30-mon:01:00", false],
  ["23:30-00:30", "sun:23:00-sun:23:30", false],
] as const) {
  test(`the windows ${daily} and ${weekly} ${expected ? "collide" : "do not collide"}`, (t) => {
    t.is(collide(parseWindow(daily), parseWindow(weekly)), expected);
  });
}
