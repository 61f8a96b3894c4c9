# Python is the machine's own: it makes the virtual environments that Node (where needed) and moto live in.

# require_python WHAT: stops with what to install when Python, or its venv module, is missing or too old for WHAT.
require_python() {
  command -v python3 >/dev/null ||
    fail "$1 needs Python $python_minimum or newer with its venv module, and there is no python3 on PATH." \
      "Install it (Debian and Ubuntu: python3 and python3-venv; macOS with Homebrew: python)."
  have=$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  at_least "$have" "$python_minimum" ||
    fail "$1 needs Python $python_minimum or newer, and python3 on PATH is $have. Put a newer one first on PATH."
  python3 -c 'import venv, ensurepip' 2>/dev/null ||
    fail "$1 needs Python's venv module, and python3 on PATH has none." \
      "Install it (Debian and Ubuntu: python3-venv) or put another Python first on PATH."
}

# pip_install VENV ARGUMENT...: installs into a new virtual environment. pip's own configuration applies.
pip_install() {
  venv=$1
  shift
  python3 -m venv "$venv"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@" >&2
}
