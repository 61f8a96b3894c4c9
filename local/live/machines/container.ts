import { join } from "node:path";

interface Container {
  readonly name: string;
  /** A name in /run/netns. */
  readonly namespace: string;
  /** Its control group. */
  readonly group: string;
  /** Where the overlay is mounted. */
  readonly root: string;
  /** Options of mount for it. */
  readonly overlay: string;
}

/** The command, without its end, of a container that nothing outside its namespaces learns of. */
export const contained = ({ name, namespace, group, root, overlay }: Container): string[] => [
  "sh",
  join(import.meta.dirname, "contain.sh"),
  group,
  root,
  overlay,
  "systemd-nspawn",
  "--quiet",
  "--keep-unit",
  "--register=no",
  `--machine=${name}`,
  `--directory=${root}`,
  `--network-namespace-path=/run/netns/${namespace}`,
  "--resolv-conf=off",
  "--timezone=off",
  "--link-journal=no",
];
