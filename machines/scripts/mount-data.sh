#!/bin/sh
# Mounts the data volume, after making a file system on it if it is blank, and lays out the database directory.
set -eu

mount_point=/var/lib/webstack/data
database=$mount_point/mariadb
# EBS volumes report their id as the serial number. Older instance types show them by the name that they are attached under.
# Source: EBS user guide, device names.
by_id=/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_$(printf %s "$DATA_VOLUME" | tr -d -)
by_name=/dev/xvdf

find_device() {
  for device in "$by_id" "$by_name"; do
    if [ -b "$device" ]; then return 0; fi
  done
  return 1
}

mkdir -p "$mount_point"
if ! mountpoint -q "$mount_point"; then
  waited=0
  until find_device; do
    if [ $((waited % 30)) -eq 0 ]; then echo "The volume $DATA_VOLUME is not attached yet. Waiting for it."; fi
    sleep 1
    waited=$((waited + 1))
  done

  # blkid ends with 2 where it finds nothing. Whatever else it finds is never overwritten.
  found=0
  type=$(blkid -p -s TYPE -o value "$device") || found=$?
  if [ "$found" -eq 2 ]; then
    echo "The volume $DATA_VOLUME is blank. Making a file system on it."
    mkfs.ext4 -q -m 1 -L webstack-data "$device"
  elif [ "$found" -ne 0 ] || [ "$type" != ext4 ]; then
    echo "The volume $DATA_VOLUME holds ${type:-something unknown}, not ext4. It is left alone, and the database does not start." >&2
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
