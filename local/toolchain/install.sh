# Messages, comparison of versions, and installing a directory in one step.

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "error: $*"
  exit 1
}

# at_least HAVE WANT: whether version HAVE is WANT or newer, number by number.
at_least() {
  awk -v have="$1" -v want="$2" 'BEGIN {
    split(have, h, "."); n = split(want, w, ".")
    for (i = 1; i <= n; i++) if (h[i] + 0 != w[i] + 0) exit h[i] + 0 < w[i] + 0
  }'
}

# Waits for other runs that install the same thing. The kernel drops the lock when this process ends, however it ends.
# macOS has no flock(1): there Python locks the same open file.
lock_descriptor_9() {
  if command -v flock >/dev/null; then
    flock 9
  else
    python3 -c 'import fcntl; fcntl.flock(9, fcntl.LOCK_EX)'
  fi
}

# install WORK TARGET READY BUILD MESSAGE: makes directory TARGET unless the command READY says that it is there.
# `BUILD STAGING` fills a new directory beside WORK, which then becomes TARGET by a rename. A run that is interrupted,
# also by SIGKILL, leaves TARGET as it was; the next one clears up what it had begun.
install() {
  work=$1 target=$2 ready=$3 build=$4 message=$5
  if "$ready"; then return; fi
  mkdir -p "$(dirname "$work")"
  (
    exec 9>"$work.lock"
    lock_descriptor_9
    if "$ready"; then exit 0; fi

    say "$message"
    rm -rf "$work".installing*
    trap 'rm -rf "$work".installing*' EXIT
    trap 'exit 130' HUP INT TERM
    mkdir "$work.installing"
    "$build" "$work.installing"

    if [ -e "$target" ]; then mv "$target" "$work.installing.old"; fi
    mv "$work.installing" "$target"
  )
}
