# Two commands: make run, make test. They install what is missing.
.PHONY: run test build bench battery browser format lint

run:
	@tools/run.sh

test:
	@tools/test.sh

build:
	@tools/setup.sh run
	swift build -c release --product junheng

bench:
	@tools/setup.sh bench
	@Benchmarks/run.sh

browser:
	@tools/browser.sh

battery:
	@tools/battery.sh

lint:
	swift format lint --strict --recursive Package.swift Sources Tests

format:
	swift format --in-place --recursive Package.swift Sources Tests
