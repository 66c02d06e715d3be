# The commands of the project. `make` alone lists them.

SWIFT := swift
# More flags for every build, such as SWIFTFLAGS='-Xswiftc -warnings-as-errors'.
SWIFTFLAGS :=
IMPORTS := --explicit-target-dependency-import-check error
RELEASE := --configuration release $(IMPORTS) $(SWIFTFLAGS)
# SwiftPM compiles C without optimisation in debug builds, too slow for the inner loops.
DEBUG := --configuration debug -Xcc -O2 $(IMPORTS) $(SWIFTFLAGS)
DEMO := runs/demo
FORMATTED := Package.swift Kernels Sources Tests Benchmarks

.DEFAULT_GOAL := help
.PHONY: help deps build demo test test-debug check-kernels check-neon bench format lint docs clean

help: ## List the commands
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 12

deps: ## Install missing Debian packages (OpenBLAS, zlib, SQLite)
	@.ci/install-dependencies

build: deps ## Build the qmtl program
	$(SWIFT) build $(RELEASE) --product qmtl

demo: build ## Train quantum and classical heads on digits, three seeds each; write a report
	.build/release/qmtl compare --dataset digits --heads quantum,linear,sliced --seeds 3 --out $(DEMO)

test: deps ## Build and run all tests in release mode
	$(SWIFT) build $(RELEASE) --build-tests
	$(SWIFT) test $(RELEASE) --skip-build --disable-xctest

test-debug: deps ## Build and run all tests in debug mode
	$(SWIFT) build $(DEBUG) --build-tests
	$(SWIFT) test $(DEBUG) --skip-build --disable-xctest

check-kernels: ## Check the OpenCL kernels, with Oclgrind for data races too
	.ci/check-kernels $(SWIFT) test $(RELEASE) --disable-xctest

check-neon: ## Check the inner loops of arm64 under QEMU, where it is installed
	.ci/check-neon

bench: deps ## Run the engine benchmarks
	$(SWIFT) package --package-path Benchmarks benchmark

format: ## Format all Swift sources in place
	$(SWIFT) format --in-place --parallel --recursive $(FORMATTED)

lint: ## Check format and doc comments of all Swift sources
	$(SWIFT) format lint --strict --parallel --recursive $(FORMATTED)

docs: deps ## Build the documentation as a static site
	.ci/build-documentation

clean: ## Delete build products, not runs
	rm -rf .build Benchmarks/.build
