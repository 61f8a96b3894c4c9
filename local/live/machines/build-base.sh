#!/bin/sh
# Builds what machines boot from and what appliances run on: build-base TARGET
#   TARGET/image       Debian 13 as it is on a machine's disk before the first boot
#   TARGET/mirror      of Debian's archive, what user data has installed: the packages, under the paths that they have there
#   TARGET/appliances  what lies over the image for processes that stand for a service of AWS's own
# The lists of packages are in IMAGE_PACKAGES, INSTALLED_PACKAGES and APPLIANCE_PACKAGES. Runs in namespaces of its own, so that whatever ends it also ends what it has mounted.
set -eu

target=$1
if [ -d "$target" ]; then exit 0; fi
work=$target.building
image=$work/image

# apt's proxy is debootstrap's too, which asks the environment.
proxy=$(apt-config shell proxy Acquire::http::Proxy 2>/dev/null || true)
eval "$proxy"
if [ -n "${proxy:-}" ]; then export http_proxy="$proxy"; fi

# The mirror that this machine has its own packages from, where it is Debian's. debootstrap knows one otherwise.
own_mirror() {
  release=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
  if ! grep -qx 'ID=debian' /etc/os-release; then return; fi
  # shellcheck disable=SC2016
  apt-get indextargets 'Created-By: Packages' --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' |
    awk -v release="$release" '$1 ~ /^https?:/ && $2 == release && $3 == "main" { print $1; exit }'
}

# apt's other settings that concern its way to the mirror.
own_transport() {
  apt-config dump | grep -E '^Acquire::(http|https|Retries|Check-Valid-Until|Check-Date)[: ]' || true
}

say() { printf '%s\n' "$*"; }

inside() {
  root=$1
  shift
  chroot "$root" env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 "$@"
}

# Makes DIRECTORY what lies over another one, at $work/merged. Nothing there is written out before its time, however often dpkg asks for it: that would be
# half of the time that this takes, and what is not complete is never used.
lay_over() {
  mkdir -p "$1" "$work/overlay" "$work/merged"
  mount -t overlay overlay -o "volatile,lowerdir=$2,upperdir=$1,workdir=$work/overlay" "$work/merged"
}
lift() {
  umount "$work/merged"
  rm -rf "$work/overlay"
}

rm -rf "$work"
mkdir -p "$work/mirror" "$work/nothing"

say "Debian 13 (1 of 4): the system"
lay_over "$image" "$work/nothing"
# shellcheck disable=SC2046
debootstrap --variant=minbase --include=ca-certificates,curl,dbus,iproute2,python3,systemd,systemd-sysv \
  trixie "$work/merged" $(own_mirror) >"$work/log" 2>&1 || { tail -n 20 "$work/log" >&2; exit 1; }

disk=$image
image=$work/merged

# For the time of the build. Nothing starts in a chroot, and nothing that is written has to outlive a power failure.
printf '#!/bin/sh\nexit 101\n' >"$image/usr/sbin/policy-rc.d"
chmod +x "$image/usr/sbin/policy-rc.d"
cp --remove-destination /etc/resolv.conf "$image/etc/resolv.conf"
own_transport >"$image/etc/apt/apt.conf.d/99build"
cat >"$image/etc/dpkg/dpkg.cfg.d/webstack-live" <<EOF
# A machine lives as long as one run, and nobody reads manuals on it: most files of awscli are examples.
force-unsafe-io
path-exclude=/usr/lib/python3/dist-packages/awscli/examples/*
path-exclude=/usr/share/doc/*
path-exclude=/usr/share/man/*
EOF
echo 'Acquire::Languages "none";' >"$image/etc/apt/apt.conf.d/90webstack-live"

say "Debian 13 (2 of 4): what its EC2 image has beyond that"
{
  inside "$image" apt-get --quiet update
  # shellcheck disable=SC2086
  inside "$image" apt-get --quiet --yes install --no-install-recommends $IMAGE_PACKAGES
} >>"$work/log" 2>&1 || { tail -n 20 "$work/log" >&2; exit 1; }

say "Debian 13 (3 of 4): the packages that machines install"
# What apt takes to satisfy one package depends on what else it installs, so each is also asked for alone.
for names in "$INSTALLED_PACKAGES" $INSTALLED_PACKAGES; do
  # shellcheck disable=SC2086
  inside "$image" apt-get --quiet=2 --print-uris install $names
done | sort -u >"$work/uris"
inside "$image" apt-get --quiet=2 indextargets 'Created-By: Packages' --format "\$(REPO_URI)" | sort -u >"$work/archive"
archive=$(head -n 1 "$work/archive")
sed "s/^'\([^']*\)' .*/\1/" "$work/uris" | sort -u | while read -r uri; do
  path=$(printf %s "${uri#"$archive"}" | sed 's/%2b/+/g; s/%3a/:/g; s/%7e/~/g')
  mkdir -p "$work/mirror/$(dirname "$path")"
  printf 'url = "%s"\noutput = "%s"\n' "$uri" "$work/mirror/$path"
done >"$work/fetch"
curl --fail --silent --show-error --retry 3 --parallel --parallel-max 8 --config "$work/fetch"
# The archive's index says what each must be.
inside "$image" apt-cache dumpavail | awk '/^Filename: / { file = $2 } /^SHA256: / { print $2 "  " file }' >"$work/sums"
(cd "$work/mirror" && find . -name '*.deb' -printf '%P\n' | awk 'NR == FNR { want[$1]; next } $2 in want' - "$work/sums" >../wanted &&
  sha256sum --check --quiet ../wanted && [ "$(wc -l <../wanted)" -eq "$(find . -name '*.deb' | wc -l)" ])
# With its time, by which apt on a machine learns that its copy is the newest.
cp -p "$image"/var/lib/apt/lists/*_InRelease "$work/mirror/"
printf '%s\n' "$archive" >"$work/mirror/archive"

# What those packages depend on is on the image already, but for what brings a service, since installing it is also what enables and starts that, and for
# what itself depends on what stays out.
find "$work/mirror" -name '*.deb' | while read -r deb; do
  brings=$(dpkg-deb --contents "$deb" | grep -cE '/systemd/system/|/etc/init\.d/' || true)
  dpkg-deb --show --showformat "$deb\t\${Package}\t$brings\t\${Pre-Depends}, \${Depends}\n" "$deb"
done | awk -F '\t' -v installed="$INSTALLED_PACKAGES" '
  BEGIN { split(installed, names, " "); for (i in names) named[names[i]] }
  { file[$2] = $1; depends[$2] = $4; if ($3 > 0 || $2 in named) out[$2] }
  END {
    do {
      before = length(out)
      for (name in depends) {
        count = split(depends[name], each, /[,|] */)
        for (i = 1; i <= count; i++) { sub(/[ :(].*/, "", each[i]); if (each[i] in out) out[name] }
      }
    } while (length(out) > before)
    for (name in file) if (!(name in out)) print file[name]
  }' >"$work/libraries"
mkdir "$image/tmp/packages"
xargs cp -t "$image/tmp/packages" <"$work/libraries"
inside "$image" sh -c 'apt-get --quiet --yes install --no-install-recommends /tmp/packages/*.deb' >>"$work/log" 2>&1 ||
  { tail -n 20 "$work/log" >&2; exit 1; }
rm -r "$image/tmp/packages"

say "Debian 13 (4 of 4): what stands for services of AWS's own"
lift
image=$disk
lay_over "$work/appliances" "$image"
{
  # shellcheck disable=SC2086
  inside "$work/merged" apt-get --quiet --yes install --no-install-recommends $APPLIANCE_PACKAGES
  inside "$work/merged" apt-get clean
} >>"$work/log" 2>&1 || { tail -n 20 "$work/log" >&2; exit 1; }
mkdir -p "$work/merged/live"
lift

# A container has nothing that shows the id of EC2's hypervisor, by which cloud-init knows that it must fetch a token first.
source=$image/usr/lib/python3/dist-packages/cloudinit/sources/DataSourceEc2.py
sed -i 's|"/sys/hypervisor/uuid"|"/etc/webstack-live/hypervisor"|' "$source"
grep -q '"/etc/webstack-live/hypervisor"' "$source"
mkdir "$image/etc/webstack-live"
echo ec2e1916-9099-7caf-fd21-012345abcdef >"$image/etc/webstack-live/hypervisor"
cat >"$image/etc/cloud/cloud.cfg.d/90-webstack-live.cfg" <<EOF
# The address is there before the machine, and its sources name the archive already.
datasource_list: [Ec2]
network: { config: disabled }
apt: { preserve_sources_list: true }
ssh_genkeytypes: [ed25519]
# Nothing is plugged in.
updates: { network: { when: [boot-new-instance] } }
EOF
# That of the machine that it was built on leads nowhere here.
: >"$image/etc/resolv.conf"
printf '127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n' >"$image/etc/hosts"

inside "$image" apt-get clean
# A machine need not read through the index of the whole archive when it first installs something.
inside "$image" apt-cache gencaches >/dev/null
rm "$image/usr/sbin/policy-rc.d" "$image/etc/apt/apt.conf.d/99build"
rm -rf "$image/var/lib/dbus/machine-id" "$image/var/log/"*.log "$image/var/log/apt"
mkdir -p "$image/var/log/journal"
# Empty, it is made on the first boot. Missing, systemd would enable every service there is.
: >"$image/etc/machine-id"
touch -r "$image/usr" "$image/etc/.updated" "$image/var/.updated"
rm -rf "$work/merged" "$work/nothing" "$work/uris" "$work/archive" "$work/fetch" "$work/sums" "$work/wanted" "$work/libraries" "$work/log"
mv "$work" "$target"
