/** What Debian's EC2 image has beyond a minimal system, as far as it matters without a kernel and hardware of its own. */
export const IMAGE = [
  "cloud-init",
  "e2fsprogs",
  "iputils-ping",
  "netbase",
  "openssh-server",
  "procps",
  "systemd-timesyncd",
  "udev",
] as const;

/**
 * What the user data of machines may have installed. They come from a mirror of Debian's archive that holds nothing else, so a package that is not here
 * fails on a machine by name.
 */
export const INSTALLED = [
  "awscli",
  "ca-certificates",
  "curl",
  "gpg",
  "mariadb-server",
  "nginx",
  "nodejs",
  "nvme-cli",
  "openssl",
] as const;

/** What stands for load balancers, databases and name servers of AWS's own. Machines do not have it. */
export const APPLIANCES = ["haproxy", "knot", "mariadb-server", "openssl"] as const;
