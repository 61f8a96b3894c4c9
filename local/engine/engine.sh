# The Pulumi CLI: the one on PATH where its version fits and the language host stands beside it, as the official
# release has it; else built from its Go module, with the language host of local/host beside it.

engine_home() { echo "$cache/pulumi-$pulumi_version"; }
engine_installed() { [ -x "$(engine_home)/pulumi" ]; }

# The CLI looks for a language host beside the file that its links lead to.
engine_on_path() {
  found=$(command -v pulumi) || return 1
  found_version=$(PULUMI_SKIP_UPDATE_CHECK=true "$found" version 2>/dev/null) || return 1
  at_least "${found_version#v}" "$pulumi_version" || return 1
  at_least "${found_version#v}" 4 && return 1
  [ -x "$(dirname "$(readlink -f "$found")")/pulumi-language-nodejs" ]
}

require_go() {
  advice="Or install the official Pulumi CLI, version $pulumi_version or newer but below 4 (see \"Download & install\" in
Pulumi's documentation), so that 'pulumi' is on PATH."
  command -v go >/dev/null ||
    fail "There is no Pulumi CLI in range on PATH, and no Go to build it with. $advice"
  wanted=$(awk '$1 == "go" { print $2 }' "$root/local/engine/go.mod")
  have=$(cd / && go env GOVERSION)
  at_least "${have#go}" "$wanted" || [ "$(cd / && go env GOTOOLCHAIN)" != local ] ||
    fail "There is no Pulumi CLI in range on PATH, and building it needs Go $wanted or newer (go on PATH is ${have#go})." \
      "Install a newer Go. $advice"
}

build_engine() (
  cd "$root/local/engine"
  # Stamped with its version, without which the CLI reports none.
  CGO_ENABLED=0 go build -mod=readonly -trimpath -buildvcs=false \
    -ldflags "-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v$pulumi_version" \
    -o "$1/pulumi" github.com/pulumi/pulumi/pkg/v3/cmd/pulumi 2>"$1.log" ||
    # Of the hundreds of lines that Go writes, those that say what is wrong.
    fail "$(awk '!/^go: downloading/' "$1.log")"
  cp pulumi-language-nodejs "$1"
)

provide_engine() {
  if engine_on_path; then
    WEBSTACK_PULUMI=$found
  else
    engine_installed || require_go
    install "$(engine_home)" "$(engine_home)" engine_installed build_engine \
      "Building the Pulumi CLI $pulumi_version from its Go module (about 5 min, once) ..."
    WEBSTACK_PULUMI=$(engine_home)/pulumi
  fi
  export WEBSTACK_PULUMI
}
