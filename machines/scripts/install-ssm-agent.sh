#!/bin/sh
# Installs the SSM agent from AWS's bucket in this region. The site works without it, so a failure is told and no more; the next boot tries again.
set -eu

package=$(mktemp --suffix .deb)
trap 'rm -f "$package"' EXIT
url=https://s3.$AWS_REGION.amazonaws.com/amazon-ssm-$AWS_REGION/latest/debian_$(dpkg --print-architecture)/amazon-ssm-agent.deb

if curl --fail --silent --show-error --location --proto '=https' --connect-timeout 5 --max-time 120 --retry 3 --output "$package" "$url" &&
  dpkg --install "$package"; then
  systemctl enable --now amazon-ssm-agent
else
  echo "The SSM agent could not be installed from $url. There are no SSM sessions on this machine." >&2
fi
