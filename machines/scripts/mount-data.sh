#!/bin/sh
# Mounts the data volume, after making a file system on it if it is blank, and lays out the database directory.
set -eu

mount_point=/var/lib/webstack/data
database=$mount_point/mariadb
# Older instance types show a volume by the name that it is attached under, or rather by one like it. Source: EBS user guide, device names.
by_name=/dev/xvd${DATA_DEVICE#/dev/sd}

# Others show it as an NVMe device of any number, which tells that name in 32 characters where the standard leaves room for vendors. Another volume, or
# a disk of the machine's own, tells another name. Source: EBS user guide, map volumes to NVMe device names.
attached_as() {
  nvme id-ctrl --raw-binary "$1" | tail -c +3073 | head -c 32 | tr -d ' \000'
}

find_device() {
  for device in /dev/nvme*n1; do
    if [ -b "$device" ]; then
      case $(attached_as "$device") in
        "$DATA_DEVICE" | "${DATA_DEVICE#/dev/}") return 0 ;;
      esac
    fi
  done
  device=$by_name
  [ -b "$device" ]
}

mkdir -p "$mount_point"
if ! mountpoint -q "$mount_point"; then
  waited=0
  until find_device; do
    if [ $((waited % 30)) -eq 0 ]; then echo "The volume at $DATA_DEVICE is not attached yet. Waiting for it."; fi
    sleep 1
    waited=$((waited + 1))
  done

  # blkid ends with 2 where it finds nothing. Whatever else it finds is never overwritten.
  found=0
  type=$(blkid -p -s TYPE -o value "$device") || found=$?
  if [ "$found" -eq 2 ]; then
    echo "The volume at $DATA_DEVICE is blank. Making a file system on it."
    mkfs.ext4 -q -m 1 -L webstack-data "$device"
  elif [ "$found" -ne 0 ] || [ "$type" != ext4 ]; then
    echo "The volume at $DATA_DEVICE holds ${type:-something unknown}, not ext4. It is left alone, and the database does not start." >&2
    exit 1
  fi
  mount -o noatime "$device" "$mount_point"
  # Follows a volume that has grown.
  resize2fs "$device"
fi

if [ ! -d "$database/mysql" ]; then
  echo "Laying out a new database in $database."
  install -d -o mysql -g mysql -m 0700 "$database"
  mariadb-install-db --user=mysql --datadir="$database" --skip-test-db >/dev/null
fi
