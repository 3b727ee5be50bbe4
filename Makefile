# groqchat: `make` lists what there is. Needs Go, git and make; a C compiler
# adds the race detector.

.DEFAULT_GOAL := help
.NOTPARALLEL:

# Nothing but the race detector needs a C compiler, so nothing else looks for one.
export CGO_ENABLED := 0

GO        ?= go
FUZZTIME  ?= 60s
BENCHTIME ?= 1s
ARGS      ?=

# A release says its version, commit and day; a tree without git says none, and
# the program then tells what Go knows of the build. The day is the commit's, so
# that the same commit gives the same bytes.
GIT     := $(if $(wildcard .git),git,false)
VERSION ?= $(shell $(GIT) describe --tags --always --dirty 2>/dev/null)
COMMIT  ?= $(shell $(GIT) rev-parse --short HEAD 2>/dev/null)
DATE    ?= $(shell $(GIT) log -1 --format=%cs 2>/dev/null)

STAMP  := -X main.version=$(VERSION) -X main.commit=$(COMMIT) -X main.date=$(DATE)

# Code that runs once, or waits for the network, is compiled for size: without
# inlining it is a twentieth smaller, and neither the start nor an answer takes
# longer. What draws, parses Markdown and highlights is compiled for speed.
COLD := net/... crypto/tls crypto/x509 encoding/asn1 math/big debug/... text/template/... \
	charm.land/glamour/... github.com/alecthomas/chroma/v2/formatters/... github.com/alecthomas/chroma/v2/lexers \
	github.com/gabriel-vasile/... github.com/ledongthuc/... github.com/microcosm-cc/... github.com/muesli/... \
	github.com/pelletier/... github.com/sashabaranov/... github.com/spf13/... golang.org/x/net/... \
	github.com/godbus/... github.com/zalando/... golang.org/x/image/... golang.org/x/crypto/... encoding/xml archive/zip \
	github.com/dlclark/regexp2/v2/syntax regexp/syntax github.com/google/... github.com/xo/... vendor/golang.org/x/... \
	mime/... log/slog crypto/internal/fips140/... groqchat/config groqchat/ui/cli groqchat/chat/attach groqchat/chat/batch groqchat/chat/demo

FLAGS   := -trimpath -buildvcs=false $(COLD:%=-gcflags=%=-l)
LDFLAGS := -s -w -buildid= -funcalign=16 $(STAMP)
BUILD   := $(FLAGS) -ldflags "$(LDFLAGS)"
BINARY := bin/groqchat

# The race detector wants cgo, a platform that has it and a compiler that works,
# headers included.
RACE = $(shell printf '\043include <stdlib.h>\nint main(void){return 0;}\n' | \
	$$($(GO) env CC) -x c -o /dev/null - 2>/dev/null && \
	CGO_ENABLED=1 $(GO) list -race unsafe >/dev/null 2>&1 && echo -race)
NO_RACE := no working C compiler: the tests run without the race detector

# $(call raced,VERB,FLAGS AND PACKAGES) is go VERB, with the race detector if it can.
define raced
race="$(RACE)"; test -n "$$race" || echo "$(NO_RACE)"; \
CGO_ENABLED=$$(test -n "$$race" && echo 1 || echo 0) $(GO) $(1) $$race $(2)
endef

# $(call tests,FLAGS AND PACKAGES) runs tests.
tests = $(call raced,test,$(1))

# $(call quietly,COMMAND) shows what a command says only if it fails.
quietly = { out=$$($(1) 2>&1) || { echo "$$out"; exit 1; }; }

# Tools are installed once, under a name that holds their version.
LINT_VERSION := v2.15.0
LINT         := bin/golangci-lint-$(LINT_VERSION)
VULN_VERSION := v1.9.0

# Packages whose tests take seconds; the others drive real programs.
QUICK = $$($(GO) list ./... | grep -v '/ui/cli$$')

## ---- everyday

.PHONY: help
help: ## list the verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: build
build: ## build bin/groqchat
	@$(GO) build $(BUILD) -o $(BINARY) .

.PHONY: run
run: build ## build and open the chat; ARGS="-m openai/gpt-oss-20b" adds flags
	@./$(BINARY) $(ARGS)

.PHONY: demo
demo: build ## build and chat with the built-in server: no key, no network
	@./$(BINARY) --demo $(ARGS)

.PHONY: install
install: ## build and put groqchat where go install puts programs
	$(GO) install $(BUILD) .

.PHONY: clean
clean: ## remove what the other verbs made
	rm -rf bin dist coverage.out

## ---- packages

GORELEASER_VERSION := v2.14.3
GORELEASER         := bin/goreleaser-$(GORELEASER_VERSION)

.PHONY: dist
dist: $(GORELEASER) ## archives, deb, rpm, checksums and SBOM for every system, in dist/
	@LDFLAGS='$(LDFLAGS)' GOFLAGS='$(FLAGS)' $(GORELEASER) release --snapshot --clean
	@cd dist && ls *.tar.gz *.zip *.deb *.rpm *.spdx checksums.txt

# What the packages hold beside the program, made of the same tables as its help.
.PHONY: share
share: build
	@rm -rf bin/share && mkdir -p bin/share/completions
	@./$(BINARY) man > bin/share/groqchat.1 && gzip -9nc bin/share/groqchat.1 > bin/share/groqchat.1.gz
	@cd bin/share/completions && for shell in bash fish; do ../../groqchat completion $$shell > groqchat.$$shell; done
	@cd bin/share/completions && ../../groqchat completion zsh > _groqchat && ../../groqchat completion powershell > groqchat.ps1

.PHONY: dist-twice
dist-twice: ## make dist twice and compare the checksums
	@first=$$(mktemp) && trap 'rm -f "$$first"' EXIT && \
	$(MAKE) --no-print-directory dist && cp dist/checksums.txt "$$first" && \
	$(MAKE) --no-print-directory dist && cmp "$$first" dist/checksums.txt && echo "equal"

$(GORELEASER):
	@echo "installing goreleaser $(GORELEASER_VERSION), once; this takes minutes"
	@GOBIN="$(CURDIR)/bin" GOFLAGS= $(GO) install github.com/goreleaser/goreleaser/v2@$(GORELEASER_VERSION)
	@mv bin/goreleaser $@

## ---- tests

.PHONY: test
test: vet ## every test: formatting, go vet, the suite with the race detector
	@$(call tests,-vet=off -timeout 20m ./...)

# With the flags of the tests, or everything would be compiled twice; the tests then
# need not be vetted again.
.PHONY: vet
vet:
	@files=$$(gofmt -l .) && test -z "$$files" || { echo "not formatted, make fmt does it:"; echo "$$files"; exit 1; }
	@$(call raced,vet,./...)

.PHONY: race
race: ## the quick tests three times, shuffled, with the race detector
	@$(call tests,-short -shuffle=on -count=3 -timeout 30m $(QUICK))

.PHONY: soak
soak: ## kill a process that writes, 1,000 times, and look at what is left; import 300 MB; chat all day
	@GROQCHAT_KILL_RUNS=1000 GROQCHAT_IMPORT_MB=300 $(GO) test -count 1 -run '^TestKill_|^TestImport_Large' -v ./history
	@GROQCHAT_SOAK=1 $(GO) test -count 1 -run '^TestSoak_|^TestGeometry_' ./ui
	@GROQCHAT_SOAK=1 $(GO) test -count 1 ./ui/markdown

.PHONY: cover
cover: ## coverage by package, and coverage.out for go tool cover
	@$(call quietly,$(GO) test -coverpkg=./... -coverprofile=coverage.out ./...)
	@awk -f .ci/coverage.awk coverage.out

.PHONY: pictures
pictures: ## draw the README's pictures anew from the program, dark and light
	@mkdir -p .github/pictures
	@GROQCHAT_PICTURES=$(CURDIR)/.github/pictures $(GO) test -count 1 -run '^TestPictures$$' ./ui/cli

.PHONY: bench
bench: ## every benchmark; BENCHTIME=5s for steadier figures
	@$(GO) test -run '^$$' -bench . -benchmem -benchtime $(BENCHTIME) ./...

# Go's fuzzing now and then reports its own end as a failure, without an input
# that fails; that is none.
define fuzzed
{ out=$$($(1) 2>&1); code=$$?; echo "$$out" | tail -n 3; \
test $$code -eq 0 || { echo "$$out" | grep -q 'context deadline exceeded' && ! echo "$$out" | grep -q 'Failing input written'; } || { echo "$$out"; false; }; }
endef

.PHONY: fuzz
# An input that is new is made smaller before the next one is tried, for a minute if
# nothing says otherwise: long texts would take all of the time.
fuzz: ## every fuzz target for FUZZTIME (60s) each
	@for package in $$($(GO) list ./...); do \
		targets=$$($(GO) test -list '^Fuzz' $$package) || { echo "$$targets"; exit 1; }; \
		for target in $$(echo "$$targets" | grep '^Fuzz'); do \
			echo "$$package $$target"; \
			$(call fuzzed,$(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 50x $$package) || exit 1; \
		done; \
	done

# One package after the other, since several write tables of the README.
.PHONY: golden
golden: ## write the expected outputs and the README's tables anew
	@UPDATE_GOLDEN=1 $(GO) test -p 1 -count 1 ./...

## ---- what the continuous integration runs after the tests

.PHONY: lint
lint: $(LINT) ## golangci-lint, at a pinned version
	@$(LINT) run

.PHONY: fmt
fmt: $(LINT) ## format every file
	@$(LINT) fmt

$(LINT):
	@echo "installing golangci-lint $(LINT_VERSION), once"
	@GOBIN="$(CURDIR)/bin" GOFLAGS= $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
	@mv bin/golangci-lint $@

CHECKS := lint modules secrets cross size reproducible floors race brief-fuzz vulnerabilities

.PHONY: check
check: ## linter, modules, secrets, other systems, size, reproducible build, coverage, shuffled tests, fuzzing
	@for check in $(CHECKS); do \
		echo "-- $$check"; \
		$(MAKE) --no-print-directory $$check || { echo "make check: $$check failed"; exit 1; }; \
	done

.PHONY: modules
modules:
	@$(GO) mod verify
	@$(GO) mod tidy -diff

# Keys of the kinds that get pasted by mistake. The names of invented ones in
# tests are shorter or spell out what they are.
.PHONY: secrets
secrets:
	@! grep -rnIE --exclude-dir=.git --exclude-dir=bin --exclude-dir=dist --exclude=.env \
		'gsk_[A-Za-z0-9]{40,}|sk-(proj-)?[A-Za-z0-9]{40,}|gh[pousr]_[A-Za-z0-9]{36}|AKIA[0-9A-Z]{16}|xox[abp]-[0-9]{8,}|-----BEGIN [A-Z ]*PRIVATE KEY' . \
		|| { echo "this looks like a secret"; exit 1; }

.PHONY: cross
cross:
	@for os in darwin windows freebsd; do \
		echo "$$os"; GOOS=$$os GOARCH=amd64 $(GO) vet ./... || exit 1; \
	done

MAX_BYTES := 25000000

.PHONY: size
size: build
	@bytes=$$(wc -c < $(BINARY)); echo "$$bytes bytes"; \
	test "$$bytes" -le $(MAX_BYTES) || { echo "more than $(MAX_BYTES)"; exit 1; }

# The same sources in two folders must give the same bytes.
.PHONY: reproducible
reproducible:
	@work=$$(mktemp -d) && trap 'rm -rf "$$work"' EXIT && \
	for copy in one two/deeper; do \
		mkdir -p "$$work/$$copy" && \
		tar --exclude=./.git --exclude=./bin --exclude=./dist -cf - . | tar -xf - -C "$$work/$$copy" && \
		(cd "$$work/$$copy" && $(GO) build $(BUILD) -o groqchat .) || exit 1; \
	done; \
	cmp "$$work/one/groqchat" "$$work/two/deeper/groqchat" && echo "equal"

# Files whose every branch matters, and the least share of their statements
# that tests of their own package must reach, in percent.
FLOORS := groqchat/ui/safe/=95 groqchat/history/=95 groqchat/chat/groq/sse=95

.PHONY: floors
floors:
	@profile=$$(mktemp) && trap 'rm -f "$$profile"' EXIT && \
	$(call quietly,$(GO) test -short -coverprofile="$$profile" ./ui/safe/... ./history/... ./chat/groq/...) && \
	awk -v floors="$(FLOORS)" -f .ci/coverage.awk "$$profile"

.PHONY: brief-fuzz
brief-fuzz:
	@$(MAKE) --no-print-directory fuzz FUZZTIME=10s

# The database of vulnerabilities is on the network, which not every machine has.
.PHONY: vulnerabilities
vulnerabilities:
	@if curl -fsS -m 10 -o /dev/null https://vuln.go.dev/index/db.json 2>/dev/null; then \
		GOFLAGS= $(GO) run golang.org/x/vuln/cmd/govulncheck@$(VULN_VERSION) ./...; \
	else \
		echo "skipped: vuln.go.dev cannot be reached from here"; \
	fi
