#!/bin/sh
# Unpacks the release into a directory of its own. Without it the application does not start, so this tries for as long as it takes.
set -eu

releases=/opt/webstack/releases
target=$releases/$RELEASE_NAME
archive=$releases/$RELEASE_NAME.tar.gz
pause=2

fetch() {
  aws s3 cp --region "$AWS_REGION" --only-show-errors "s3://$RELEASE_BUCKET/$RELEASE_KEY" "$archive" &&
    echo "$RELEASE_DIGEST  $archive" | sha256sum --check --quiet
}

mkdir -p "$releases"
if [ ! -d "$target" ]; then
  until fetch; do
    echo "Could not fetch s3://$RELEASE_BUCKET/$RELEASE_KEY. Trying again in $pause seconds." >&2
    sleep "$pause"
    if [ "$pause" -lt 60 ]; then pause=$((pause * 2)); fi
  done
  rm -rf "$target.new"
  mkdir "$target.new"
  tar --extract --gzip --no-same-owner --file "$archive" --directory "$target.new"
  mv "$target.new" "$target"
  rm "$archive"
fi
ln -sfn "$target" /opt/webstack/current
echo "Release $RELEASE_NAME is in place."
