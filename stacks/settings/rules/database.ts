import { shown } from "../problems.ts";
import { balancedRule, type Rule } from "./rule.ts";
import { collide, parseWindow } from "./windows.ts";

const at = (name: string) => ["database", name];

/** Major versions that RDS offers of each engine and that the application's driver speaks to. */
const VERSIONS: Readonly<Record<string, readonly string[]>> = {
  mysql: ["8.0", "8.4"],
  mariadb: ["10.11", "11.4", "11.8"],
};

/** Source: RDS user guide, support for Performance Insights by instance class. */
const WITHOUT_INSIGHTS = /^db\.t(2\.|[34]g?\.(micro|small)$)/;

/** What RDS refuses. Source: RDS user guide, working with storage, maintenance and backups. */
export const databaseRules: readonly Rule[] = [
  balancedRule([at("engine"), at("version")], ({ database: { engine, version } }) => {
    const offered = VERSIONS[engine] ?? [];
    if (version === undefined || offered.some((major) => version === major || version.startsWith(`${major}.`))) {
      return undefined;
    }
    return {
      path: at("version"),
      complaint: `is ${shown(version)}. It must be a version of ${engine}: ${offered.join(", ")}.`,
      fix: { set: at("version"), to: offered.at(-1) ?? "" },
    };
  }),
  balancedRule([at("storageGiB"), at("maximumStorageGiB")], ({ database: { storageGiB, maximumStorageGiB } }) => {
    const least = Math.ceil((storageGiB * 11) / 10);
    if (maximumStorageGiB >= least) return undefined;
    return {
      path: at("maximumStorageGiB"),
      complaint: `is ${maximumStorageGiB}. It must be at least a tenth more than storageGiB, which is ${storageGiB}.`,
      fix: { set: at("maximumStorageGiB"), to: String(least) },
    };
  }),
  balancedRule([at("promote"), at("replicas")], ({ database: { promote, replicas } }) =>
    promote === "primary" || Number(promote.replace("replica-", "")) <= replicas
      ? undefined
      : {
          path: at("promote"),
          complaint: `is ${shown(promote)}, but replicas is ${replicas}.`,
          fix: { set: at("promote"), to: "primary" },
        },
  ),
  balancedRule([at("insights"), at("instanceClass")], ({ database: { insights, instanceClass } }) =>
    insights && WITHOUT_INSIGHTS.test(instanceClass)
      ? {
          path: at("insights"),
          complaint: `is true, but ${instanceClass} has no Performance Insights.`,
          fix: { set: at("instanceClass"), to: "db.t4g.medium" },
        }
      : undefined,
  ),
  ...["backupWindow", "maintenanceWindow"].map((name) =>
    balancedRule([at(name)], ({ database }) => {
      const given = name === "backupWindow" ? database.backupWindow : database.maintenanceWindow;
      if (parseWindow(given).minutes >= 30) return undefined;
      return {
        path: at(name),
        complaint: `is ${shown(given)}. It must last 30 minutes or more.`,
        fix: { set: at(name), to: name === "backupWindow" ? "02:00-03:00" : "sun:04:00-sun:05:00" },
      };
    }),
  ),
  balancedRule([at("backupWindow"), at("maintenanceWindow")], ({ database: { backupWindow, maintenanceWindow } }) =>
    collide(parseWindow(backupWindow), parseWindow(maintenanceWindow))
      ? {
          path: at("maintenanceWindow"),
          complaint: `is ${shown(maintenanceWindow)}, which falls into the backupWindow, ${shown(backupWindow)}.`,
          fix: { text: "choose two windows that share no minute" },
        }
      : undefined,
  ),
];
