# The one door to the project. The rules are thin: CMake presets and scripts/ do the work.
PREFIX ?= /usr/local
DESTDIR ?=
FUZZ_SECONDS ?= 60
MINUTES ?= 30
JOBS ?= $(shell nproc)
export FUZZ_SECONDS JOBS
# Where ccache is used, checkouts in different folders share what is the same in them.
export CCACHE_BASEDIR ?= $(CURDIR)
export CCACHE_NOHASHDIR ?= 1

.DEFAULT_GOAL := help
.PHONY: help run build test sanitize bench soak fuzz format lint install clean dependencies

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+[a-zA-Z%-]*:.*## / {sub("%", "ROOM", $$1); printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "  ROOM is a folder of src/, or conformance, simulation, integration. Stages of the tests: scripts/test --help"

run: build ## Build, then serve a conference on port 1503 (ARGS='--help' shows what it takes)
	@exec build/release/convene serve $(ARGS)

build: build/release/build.ninja ## Build the program: build/release/convene
	@scripts/install-dependencies build
	cmake --build --preset release --target shipped -j $(JOBS)

test: ## Run the tests: lint, units, conformance, simulation, integration, fuzz corpora, WebAssembly, pages, instruction counts
	@scripts/install-dependencies build test
	@scripts/test

sanitize: ## Run the tests again under AddressSanitizer, UndefinedBehaviorSanitizer and ThreadSanitizer
	@scripts/install-dependencies build test
	@scripts/test asan tsan

# One file at a time, so that a change is compiled in seconds; and the tests mostly wait, so many run at once.
test-%: ## Rebuild and run the tests of one room: make test-mcs
	@scripts/install-dependencies build test
	@cmake --preset debug >/dev/null
	@cmake --build --preset debug --target $(if $(filter conformance simulation integration,$*),tests_$*,$*_test) -j $(JOBS)
	@ctest --test-dir build/debug --output-on-failure --no-tests=error -j 48 -R '^$*_test(\.[0-9]+)?$$'

bench: ## Measure, and print the ratios
	@scripts/install-dependencies build bench
	@scripts/bench

soak: build/release/build.ninja ## A mixed load for MINUTES (30): no growth, nothing lost, steady latencies
	@scripts/install-dependencies build bench
	@cmake --preset bench >/dev/null
	@cmake --build --preset bench --target soak -j $(JOBS)
	@cmake --build --preset release --target convene -j $(JOBS)
	@build/bench/bench/soak --minutes $(MINUTES) --report build/soak.md

fuzz: ## Fuzz every decoder for FUZZ_SECONDS (60) each; ONLY=NAME picks one
	@scripts/install-dependencies build test
	@scripts/fuzz $(ONLY)

format: ## Format the C++ sources
	@git ls-files '*.cpp' '*.hpp' | xargs -r -n 20 -P $(JOBS) clang-format -i

lint: ## Check the format, the arrows between rooms and the house rules; LINT_FULL=1 runs clang-tidy on all
	@scripts/lint --tidy

install: build ## Install below DESTDIR and PREFIX (/usr/local)
	DESTDIR='$(DESTDIR)' cmake --install build/release --strip --prefix '$(PREFIX)'

clean: ## Remove everything that was built
	rm -rf build

dependencies: ## Install what building and testing need from Debian
	@scripts/install-dependencies build test bench

build/release/build.ninja:
	@scripts/install-dependencies build
	cmake --preset release
