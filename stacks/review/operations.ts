import type { ArchitectureSettings } from "../settings/architectures.ts";
import { architectureIs, type Condition, isOn, judge, type Pitfall } from "./pitfall.ts";
import { balancers, fleets, instances, NETWORK, SERVER } from "./resources.ts";

/** What can fail without anybody being told. */
const watched = (settings: ArchitectureSettings): string[] =>
  settings.architecture === "simple" ? [SERVER] : [...balancers(settings), ...fleets(settings), ...instances(settings)];

const somebodyIsTold = (emails: readonly string[]): Condition => ({
  setting: "monitoring.emails",
  rule: "a list of one address or more",
  value: emails,
  holds: emails.length > 0,
  to: "operations@example.com",
});

const noMonitoring: Pitfall = {
  name: "no-monitoring",
  severity: "medium",
  find: (settings) => {
    if (settings.architecture !== "secured") {
      // Both are needed: the other architecture alone would have alarms that nobody hears.
      const conditions = [architectureIs(settings, "secured"), somebodyIsTold([])];
      return judge(conditions, "There is no alarm, so visitors are the first to know.", watched(settings));
    }
    const { emails } = settings.monitoring;
    const because =
      emails.length > 0
        ? `Every tier has alarms, and ${emails.length === 1 ? "1 address is" : `${emails.length} addresses are`} told.`
        : "Every tier has alarms, but nobody is told.";
    return judge([somebodyIsTold(emails)], because, watched(settings));
  },
};

const noTrafficLogs: Pitfall = {
  name: "no-traffic-logs",
  severity: "low",
  find: (settings) => {
    if (settings.architecture === "simple") {
      const because = "Requests are logged on the server alone, and connections nowhere.";
      return judge([architectureIs(settings, "secured")], because, [SERVER, NETWORK]);
    }
    const resources = [...balancers(settings), NETWORK];
    if (settings.architecture === "distributed") {
      const because = "Neither the requests at the load balancers nor the connections in the network are logged.";
      return judge([architectureIs(settings, "secured")], because, resources);
    }
    const { accessLogs } = settings.loadBalancing;
    const { flowLogs } = settings.network;
    const logged = (on: boolean) => (on ? "logged" : "not logged");
    const because = `Requests at the load balancers are ${logged(accessLogs)}, connections in the network are ${logged(flowLogs)}.`;
    const conditions = [isOn("loadBalancing.accessLogs", accessLogs), isOn("network.flowLogs", flowLogs)];
    return judge(conditions, because, resources);
  },
};

export const operationPitfalls: readonly Pitfall[] = [noMonitoring, noTrafficLogs];
