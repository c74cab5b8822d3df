# Thin verbs over the CMake presets; `make` builds build/lockstep.
# SPDX-License-Identifier: MIT
BUILD = cmake --build --preset default

.PHONY: all deps tour tsan helgrind drd static explore gate bench bench-explore \
    catalogue lint check kills mutants replays format clean

all: build/build.ninja
	@$(BUILD)

build/build.ninja:
	@cmake --preset default || \
	    { echo "make: a package may be missing: run ci/install-deps" >&2; \
	    exit 1; }

deps:
	@ci/install-deps

tour tsan helgrind drd static explore gate bench bench-explore catalogue lint check \
    kills mutants replays format: build/build.ninja
	@$(BUILD) --target $@

clean:
	rm -rf build
