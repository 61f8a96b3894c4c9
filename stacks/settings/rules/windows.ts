const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const DAY = 24 * 60;
const WEEK = 7 * DAY;

/** A time of the week in minutes from Monday midnight UTC, and how long it lasts. */
export interface Window {
  readonly start: number;
  readonly minutes: number;
}

function minutesOf(moment: string): number {
  const [day, hour, minute] = moment.includes(":") ? moment.split(":") : [];
  if (minute === undefined) return Number(day) * 60 + Number(hour);
  return DAYS.indexOf(day ?? "") * DAY + Number(hour) * 60 + Number(minute);
}

/** Reads `02:00-03:00`, or `sun:04:00-sun:05:00`. One that ends before it starts runs past midnight, or past the week. */
export function parseWindow(text: string): Window {
  const [from = "", to = ""] = text.split("-");
  const period = from.split(":").length === 3 ? WEEK : DAY;
  const start = minutesOf(from);
  return { start, minutes: (minutesOf(to) - start + period) % period };
}

/** Whether a window of every day and one of the week share a minute. */
export function collide(daily: Window, weekly: Window): boolean {
  return DAYS.some((_, day) => {
    const after = (day * DAY + daily.start - weekly.start + WEEK) % WEEK;
    return after < weekly.minutes || after + daily.minutes > WEEK;
  });
}
