# The two commands of the README, and their parts. Everything needed is
# installed by tools/dev/bootstrap.

BUILD := build
PYTHON = $(shell sed -n 's/^set(ATROUS_PYTHON "\(.*\)")/\1/p' $(BUILD)/bootstrap.cmake)
JOBS ?= $(shell nproc)

.PHONY: all demo test bootstrap configure clean

all: configure
	cmake --build $(BUILD) -j $(JOBS)

bootstrap:
	tools/dev/bootstrap

configure: bootstrap
	@test -f $(BUILD)/build.ninja || cmake --preset release

# Compiles the demo networks, runs them on a picture, writes the overlay.
demo: configure
	cmake --build $(BUILD) -j $(JOBS) --target atrous atrous-python
	PYTHONPATH=$(BUILD)/python $(PYTHON) examples/digits/demo.py

test: all
	ctest --test-dir $(BUILD) --output-on-failure -j $(JOBS)

clean:
	rm -rf $(BUILD)
