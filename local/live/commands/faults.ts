import { partNamed } from "../document.ts";
import { readFaults, writeFaults } from "../faults.ts";
import { type Command, type Request, readStatus, runningLive } from "./command.ts";

/** As if the power failed. What a scaling group has is replaced by it; everything else stays off until it is healed. */
export const kill: Command = async (request) => {
  const { name, pid, namespace } = partNamed(runningLive(request), request.machine);
  const faults = readFaults(request.files.faults);
  writeFaults(request.files.faults, { ...faults, killed: [...new Set([...faults.killed, namespace])].sort() });
  process.kill(pid, "SIGKILL");
  console.error(`${name} is dead.`);
  return 0;
};

/** Cuts an availability zone off: no packet reaches or leaves it. */
export const cut: Command = async (request) => {
  const zone = zoneOf(request);
  const faults = readFaults(request.files.faults);
  writeFaults(request.files.faults, { ...faults, zonesCutOff: [...new Set([...faults.zonesCutOff, zone])].sort() });
  console.error(`${zone} is cut off. Take that back with make live-heal ENV=${request.environment.name}.`);
  return 0;
};

/** Takes back all that was broken on purpose. */
export const heal: Command = async (request) => {
  runningLive(request);
  writeFaults(request.files.faults, { zonesCutOff: [], killed: [] });
  console.error("Nothing is broken on purpose any more.");
  return 0;
};

function zoneOf(request: Request): string {
  runningLive(request);
  const zones = readStatus(request)?.zones ?? [];
  if (zones.includes(request.zone)) return request.zone;
  throw new Error(`ZONE=${request.zone} is no availability zone of this stack: use one of ${zones.join(", ")}.`);
}
