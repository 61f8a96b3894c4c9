# Every command a person types. `make` lists them; docs/local-cloud.md says how the local run works.

ENV ?= production
ARGS ?=
ENDPOINT ?=
PROVIDER ?=

with := local/toolchain/with
operation := $(with) packages engine cloud -- node local/stack/main.ts

.DEFAULT_GOAL := help
.PHONY: up preview refresh destroy clean test check bench help

up preview refresh destroy:
	@$(operation) $@ --env '$(ENV)' --endpoint '$(ENDPOINT)' --provider '$(PROVIDER)' -- $(ARGS)

clean:
	@$(with) -- node local/cloud/clean.ts

test:
	@$(with) packages engine cloud -- node local/toolchain/test.ts

check:
	@$(with) packages -- local/toolchain/check

bench:
	@$(with) packages engine cloud -- node bench/main.ts $(ARGS)

help:
	@cat local/toolchain/help.txt
