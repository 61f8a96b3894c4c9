#!/bin/sh
# Copies the journal to files, which is what the CloudWatch agent follows: the words of the application (node) to one, all else to another. A turn goes on
# where the last one ended, also after a restart, and opens its file anew, so that a full one can be put aside between two turns.
set -eu

cd "$LOGS_DIRECTORY"

copy() {
  file=$1
  shift
  journalctl --quiet --cursor-file="$file.cursor" "$@" >>"$file.log"
}

while sleep 5; do
  find . -name '*.log' -size +10M -exec mv '{}' '{}.1' ';'
  copy application --identifier=node --output=cat
  copy journal --exclude-identifier=node --output=short-iso
done
