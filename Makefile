# Every command a person types. `make` lists them; docs/local-cloud.md says how the local run works.

ENV ?= dev
ARGS ?=
ENDPOINT ?=
PROVIDER ?=
FORMAT ?= text
STATE ?=

with := local/toolchain/with
operation := $(with) packages engine cloud -- node local/stack/main.ts
choices = --env '$(ENV)' --endpoint '$(ENDPOINT)' --provider '$(PROVIDER)'
plan = .local/$(ENV)/plan.json

.DEFAULT_GOAL := help
.PHONY: up preview refresh destroy policy policy-state clean test check bench help

up preview refresh destroy:
	@$(operation) $@ $(choices) --policy-pack policy -- $(ARGS)

policy:
	@$(operation) preview $(choices) --plan '$(plan)' -- $(ARGS)
	@$(with) packages -- node policy/main.ts '$(plan)' --format '$(FORMAT)'

policy-state:
	@$(with) packages -- node policy/main.ts '$(STATE)' --format '$(FORMAT)'

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
