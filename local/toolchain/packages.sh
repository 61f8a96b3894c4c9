# npm packages as the lock file has them. A copy of the lock file inside node_modules says what is installed.

packages_installed() { cmp -s "$root/package-lock.json" "$root/node_modules/.installed-lock.json"; }

# Installed away from the checkout, so that what is there keeps working until the new one is complete. No package's
# install script runs: none is needed, and each would be somebody's code.
build_packages() {
  project=$1.project
  mkdir "$project"
  cp "$root/package.json" "$root/package-lock.json" "$root/.npmrc" "$project"
  (cd "$project" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2)
  cp "$root/package-lock.json" "$project/node_modules/.installed-lock.json"
  rmdir "$1"
  mv "$project/node_modules" "$1"
}

provide_packages() {
  install "$root/.local/packages" "$root/node_modules" packages_installed build_packages \
    "Installing npm packages (about 30 s) ..."
}
