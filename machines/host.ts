import type { MachineFile } from "./cloud-config.ts";
import { installed, script, unit } from "./files.ts";

/** What every machine has, whatever it is for: the time, and the agent for SSM sessions. */
export const hostFiles = (): MachineFile[] => [
  // The image has one of these two clients.
  installed("time/timesyncd.conf", "/etc/systemd/timesyncd.conf.d/webstack.conf"),
  installed("time/amazon.sources", "/etc/chrony/sources.d/amazon.sources"),
  unit("webstack-ssm.service"),
  script("install-ssm-agent"),
];

export const setTheClock: readonly string[] = ["systemctl", "try-restart", "systemd-timesyncd", "chrony"];
