# Every command a person types. `make` lists them; docs/local-cloud.md says how the local run works.

ENV ?= production
ARGS ?=
ENDPOINT ?=
PROVIDER ?=
# Each command has a format of its own for people: a table or text.
FORMAT ?=
USAGE ?= cost/usage.yaml
BUDGET ?= cost/budget.yaml
HOURS ?=
MACHINE ?=
ZONE ?=
# What makes a review refuse a change, for this run: GATE='risk=never'
GATE ?=
STATE ?=

with := local/toolchain/with
operation := $(with) packages engine cloud -- node local/stack/main.ts
live := $(with) packages live -- node local/live/main.ts
choices = --env '$(ENV)' --endpoint '$(ENDPOINT)' --provider '$(PROVIDER)'
plan = .local/$(ENV)/plan.json
events = .local/$(ENV)/plan.events
judging = --format '$(FORMAT:table=text)' --usage '$(USAGE)' --budget '$(BUDGET)'

.DEFAULT_GOAL := help
.PHONY: up preview refresh destroy policy policy-state cost review prices live live-down live-status live-kill live-shell live-logs live-cut \
	live-heal clean test check docs bench help

up preview refresh destroy:
	@$(operation) $@ $(choices) --policy-pack policy -- $(ARGS)

policy:
	@$(operation) preview $(choices) --plan '$(plan)' -- $(ARGS)
	@$(with) packages -- node policy/main.ts '$(plan)' $(judging)

policy-state:
	@$(with) packages -- node policy/main.ts '$(STATE)' $(judging)

live:
	@$(live) up --env '$(ENV)'

live-down live-status live-kill live-shell live-logs live-cut live-heal:
	@$(live) $(@:live-%=%) --env '$(ENV)' --machine '$(MACHINE)' --zone '$(ZONE)' -- $(ARGS)

cost:
	@$(operation) preview $(choices) --plan '$(plan)' -- $(ARGS)
	@$(with) packages -- node cost/main.ts '$(plan)' --format '$(or $(FORMAT),table)' --usage '$(USAGE)' --budget '$(BUDGET)' \
		$(if $(HOURS),--hours '$(HOURS)')

# A review that fails leaves none behind that is of another change.
review:
	@rm -f $(foreach form,md html json,'reports/$(ENV).$(form)')
	@$(operation) preview $(choices) --plan '$(plan)' --events '$(events)' -- $(ARGS)
	@$(with) packages -- node review/main.ts '$(plan)' --events '$(events)' --out reports --format '$(or $(FORMAT),text)' \
		--usage '$(USAGE)' --budget '$(BUDGET)' $(foreach gate,$(GATE),--gate '$(gate)')

prices:
	@$(with) packages -- node cost/prices/refresh.ts $(ARGS)

clean:
	@$(with) -- node local/cloud/clean.ts

test:
	@$(with) packages live-if-possible -- node local/live/prepare.ts
	@$(with) packages engine cloud -- node local/toolchain/test.ts

check:
	@$(with) packages -- local/toolchain/check

docs:
	@$(with) packages -- node docs/generate.ts

bench:
	@$(with) packages -- node bench/cost.ts
	@$(with) packages engine cloud -- node bench/main.ts $(ARGS)

help:
	@cat local/toolchain/help.txt
