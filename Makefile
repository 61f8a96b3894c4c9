# Every command a person types. `make` lists them; docs/local-cloud.md says how the local run works.

ENV ?= production
ARGS ?=
ENDPOINT ?=
PROVIDER ?=
FORMAT ?= table
USAGE ?= cost/usage.yaml
BUDGET ?= cost/budget.yaml
HOURS ?=

with := local/toolchain/with
operation := $(with) packages engine cloud -- node local/stack/main.ts

.DEFAULT_GOAL := help
.PHONY: up preview refresh destroy cost prices clean test check bench help

up preview refresh destroy:
	@$(operation) $@ --env '$(ENV)' --endpoint '$(ENDPOINT)' --provider '$(PROVIDER)' -- $(ARGS)

cost:
	@$(operation) preview --env '$(ENV)' --endpoint '$(ENDPOINT)' --provider '$(PROVIDER)' -- --json --show-sames $(ARGS) \
		| $(with) packages -- node cost/main.ts --format '$(FORMAT)' --usage '$(USAGE)' --budget '$(BUDGET)' $(if $(HOURS),--hours '$(HOURS)')

prices:
	@$(with) packages -- node cost/prices/refresh.ts $(ARGS)

clean:
	@$(with) -- node local/cloud/clean.ts

test:
	@$(with) packages engine cloud -- node local/toolchain/test.ts

check:
	@$(with) packages -- local/toolchain/check

bench:
	@$(with) packages -- node bench/cost.ts
	@$(with) packages engine cloud -- node bench/main.ts $(ARGS)

help:
	@cat local/toolchain/help.txt
