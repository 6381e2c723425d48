# The two commands of the README, and their parts. Everything needed is
# installed by tools/dev/bootstrap.

BUILD := build
PYTHON = $(shell sed -n 's/^set(ATROUS_PYTHON "\(.*\)")/\1/p' $(BUILD)/bootstrap.cmake)
JOBS ?= $(shell nproc)

.PHONY: all bench demo test bootstrap configure clean

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

# Times models beside ONNX Runtime and OpenVINO, and renews the README's table.
# MODELS: files, or file=inputs.npz; else all of ../shared/models.
bench: configure
	cmake --build $(BUILD) -j $(JOBS) --target atrous-python
	PYTHONPATH=$(BUILD)/python $(PYTHON) test/bench/peers.py --readme README.md $(MODELS)

clean:
	rm -rf $(BUILD)
