#!/bin/sh
# Installs the CloudWatch agent from AWS's bucket in this region, if Amazon has signed it. The site works without it, so a failure is told and no more;
# the next boot tries again.
set -eu

# Amazon's key for this agent. Source: CloudWatch user guide, verifying the signature of the package.
signer=937616F3450B7D806CBD9725D58167303B789C72
key=https://amazoncloudwatch-agent.s3.amazonaws.com/assets/amazon-cloudwatch-agent.gpg
package=$AGENT_PACKAGES/$(dpkg --print-architecture)/latest/amazon-cloudwatch-agent.deb
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fetch() {
  curl --fail --silent --show-error --proto '=https' --connect-timeout 5 --max-time 300 --retry 3 --output "$work/$1" "$2"
}

# The agent of gpg, which may not be there, is for secret keys.
check() {
  gpg --homedir "$work" --batch --quiet --no-autostart "$@"
}

# The key comes the same way as the package, so that it is the fingerprint that counts.
signed() {
  check --import "$work/key" &&
    check --status-file "$work/status" --verify "$work/agent.deb.sig" "$work/agent.deb" &&
    grep -q "^\[GNUPG:\] VALIDSIG .* $signer\$" "$work/status"
}

if fetch key "$key" && fetch agent.deb "$package" && fetch agent.deb.sig "$package.sig" && signed &&
  DEBIAN_FRONTEND=noninteractive apt-get --quiet --yes -o DPkg::Lock::Timeout=300 install "$work/agent.deb" &&
  usermod --append --groups adm cwagent &&
  /opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl -a fetch-config -m ec2 -c file:/etc/webstack/monitoring.json -s; then
  systemctl enable --now webstack-journal
else
  echo "The CloudWatch agent could not be installed from $package, or Amazon has not signed it. Metrics and logs stay on this machine." >&2
fi
