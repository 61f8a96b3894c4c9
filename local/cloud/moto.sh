# moto, the emulated AWS API, in a virtual environment of its own. Its directory is named by the requirements and by
# Python's version: a checkout with other pins gets another one, and what runs keeps its files.

moto_home() {
  echo "$cache/moto-$(python3 -c 'import sys; print("py%d.%d" % sys.version_info[:2])')-$(
    cksum <"$root/local/cloud/requirements.txt" | cut -d ' ' -f 1
  )"
}
moto_installed() { [ -x "$moto/bin/python" ]; }
build_moto() { pip_install "$1" --no-deps --requirement "$root/local/cloud/requirements.txt"; }

provide_moto() {
  require_python "The local cloud (moto)"
  moto=$(moto_home)
  install "$moto" "$moto" moto_installed build_moto "Installing moto, the local cloud (about 60 s) ..."
  export WEBSTACK_PYTHON="$moto/bin/python"
}
