# Workestra Gateway. `make` alone lists the targets.

SHELL := /bin/bash
JOBS ?= $(shell nproc)
ONCE ?=

.DEFAULT_GOAL := help
.PHONY: package help build test test-all demo bench performance count sanitize format lint clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo '  Variables: JOBS=$(JOBS) (parallel compiler jobs)'

build: ## install the build dependencies and build everything in release mode
	scripts/install-dependencies.sh build
	@JOBS=$(JOBS) scripts/build-release.sh

test: ## install what the tests need and run them: what a change must pass, in under 15 minutes on two cores
	@JOBS=$(JOBS) ./test

test-all: ## the tests, an hour of the model test with new seeds, made-up operations, restarts, TLS, faults, and the sanitizers
	@JOBS=$(JOBS) ./test all

demo: ## start sandbox and gateway, send one nested query, serve until Ctrl-C (ONCE=1: exit after the response)
	@JOBS=$(JOBS) ONCE=$(ONCE) ./demo

bench: ## measure a release build against nginx (SCENARIOS=posts: only that; OPTIONS=…: see benchmarks/README.md)
	@JOBS=$(JOBS) scripts/bench.sh $(OPTIONS) $(SCENARIOS)

performance: ## measure beside nginx and peers, and write docs/performance.md and the table of the README: 20 minutes of an idle machine
	@JOBS=$(JOBS) scripts/bench.sh --write --seconds 4 speed workspaces scaling

count: ## count the instructions and allocations of a request from memory; fail if they are too many
	@JOBS=$(JOBS) scripts/count.sh

sanitize: ## run the tests under the thread sanitizer and the address sanitizer
	@JOBS=$(JOBS) scripts/sanitize.sh

format: ## rewrite all Swift files in the house format
	scripts/format.sh

lint: ## check the format and the house rules that a compiler cannot
	@scripts/lint.sh

package: ## make the Debian package in .build/package
	@JOBS=$(JOBS) scripts/package.sh

clean: ## remove every build folder
	rm -rf .build .build-tsan .build-asan .build-fuzz .build-benchmarks
