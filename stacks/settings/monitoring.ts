import { z } from "zod";
import { emails } from "./emails.ts";
import { flag, integer } from "./scalars.ts";

/** What CloudWatch takes as the retention of a log group, up to ten years. */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

function logRetentionDays(fallback: number) {
  const rule = `one of the retention times of CloudWatch: ${RETENTION_DAYS.join(", ")}`;
  return integer(1, 3653, { description: "How long logs are kept.", example: String(fallback), rule })
    .refine((days) => RETENTION_DAYS.includes(days), { error: rule })
    .default(fallback);
}

const percent = (description: string, fallback: number) =>
  integer(1, 100, { description, example: String(fallback) }).default(fallback);

const alarms = z
  .strictObject({
    errorPercent: percent("Failed requests among all.", 1),
    minimumRequestsPerMinute: integer(0, 1_000_000, {
      description: "Traffic below which the share of failed requests says nothing.",
      example: "20",
    }).default(20),
    latencyMilliseconds: integer(10, 60_000, {
      description: "Time within which 95 of 100 answers come.",
      example: "1000",
    }).default(1000),
    cpuPercent: percent("Processor load.", 80),
    memoryPercent: percent("Memory in use.", 85),
    diskPercent: percent("Disk in use.", 80),
    certificateDays: integer(1, 60, { description: "Days before a certificate ends.", example: "30" }).default(30),
  })
  .prefault({});

/** Logs only. */
export const logging = z.strictObject({ logRetentionDays: logRetentionDays(30) }).prefault({});

/** Logs, alarms and a dashboard. */
export const monitoring = z
  .strictObject({
    logRetentionDays: logRetentionDays(365),
    emails: emails(50, "Addresses that are told of alarms. With none, `protection.require` stops the update.").default(
      [],
    ),
    dashboard: flag({ description: "Whether there is a dashboard." }).default(true),
    alarms,
  })
  .prefault({});
