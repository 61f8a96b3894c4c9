# What `make live` has of the machine itself: namespaces, control groups, nftables, and what builds the Debian that it boots. Nothing else of the machine
# is used, so that HAProxy, MariaDB and the like need not be here.

# A file or a command, and Debian's package of it, by the names of the packages.
live_tools="
  curl curl
  /usr/share/keyrings/debian-archive-keyring.gpg debian-archive-keyring
  debootstrap debootstrap
  ip iproute2
  losetup mount
  nft nftables
  systemd-nspawn systemd-container
  findmnt util-linux
  flock util-linux
  nsenter util-linux
  setpriv util-linux
  unshare util-linux
"

missing_live_packages() (
  # npm has packages that bring commands of the same names, and make those of this project come first.
  PATH=$(printf %s "$PATH" | awk -v RS=: -v ORS= '!/node_modules/ { print before $0; before = ":" }')
  echo "$live_tools" | while read -r tool package; do
    case $tool in
      "") ;;
      /*) if [ ! -e "$tool" ]; then echo "$package"; fi ;;
      *) if ! command -v "$tool" >/dev/null; then echo "$package"; fi ;;
    esac
  done | awk -v ORS=' ' '$0 != before; { before = $0 }'
)

install_live_packages() {
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get --quiet=2 --yes -o DPkg::Lock::Timeout=300 install --no-install-recommends $1 >&2
}

# For tests, which skip what a machine cannot do, and say so.
offer_live() {
  if [ "$(uname -s)" = Linux ] && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then provide_live; fi
}

provide_live() {
  [ "$(uname -s)" = Linux ] ||
    fail "make live boots machines in namespaces of Linux, and this is $(uname -s). Use a Linux machine, also a virtual one."
  [ "$(id -u)" -eq 0 ] ||
    fail "make live makes network namespaces and mounts file systems, which only root may: use sudo make live."
  # A shell of root's may look for them nowhere.
  PATH=$PATH:/usr/sbin:/sbin
  export PATH
  packages=$(missing_live_packages)
  if [ -z "$packages" ]; then return; fi
  command -v apt-get >/dev/null ||
    fail "make live needs what Debian has in these packages: $packages- and there is no apt-get here to install them."
  say "Installing what make live needs: $packages..."
  # The list of packages may be too old, or not there at all.
  install_live_packages "$packages" 2>/dev/null || { apt-get --quiet=2 update >&2 && install_live_packages "$packages"; }
}
