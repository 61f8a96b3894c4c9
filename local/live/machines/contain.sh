#!/bin/sh
# Starts a container in control groups of its own: contain GROUP ROOT OVERLAY COMMAND...
# The overlay is mounted where only this process and its children see it. Runs as the first process of a process namespace, beside the container: whatever
# kills it kills all of that.
set -eu

group=$1 root=$2 overlay=$3
shift 3

# systemd in a container takes the groups that it starts in for its own. What is below is removed when it is empty, by whoever started this.
join() {
  mount=$1 path=$2
  mkdir -p "$mount${path%/}/$group"
  echo 0 >"$mount${path%/}/$group/cgroup.procs"
}
while IFS=: read -r number name path; do
  case $number:$name in
    0:) mount=$(findmnt --raw --noheadings --types cgroup2 --output TARGET | head -n 1) ;;
    *:name=systemd) mount=$(findmnt --raw --noheadings --types cgroup --options name=systemd --output TARGET | head -n 1) ;;
    *) mount= ;;
  esac
  if [ -n "$mount" ]; then join "$mount" "$path"; fi
done <<EOF
$(cat /proc/self/cgroup)
EOF

# systemd-nspawn leaves things there, of which the host and its systemd need not know.
mkdir -p /run/systemd
mount -t tmpfs tmpfs /run/systemd

mount -t overlay overlay -o "$overlay" "$root"
exec "$@"
