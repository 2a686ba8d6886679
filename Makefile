# Builds, packages and shows the product. `make help` prints what each target does.
# ORIGINS are the origins of the pages that may use the plugin, separated by spaces.
# DIALECT=videoconf has the plugin start with the messages rocketchat:videoconf/…

.DEFAULT_GOAL := all
.PHONY: all release bump build deploy package clean test demo dev help
.PHONY: test-origins test-others test-measured test-broker test-node test-e2e

export ORIGINS
export DIALECT

# npm writes this file when it installs; older than the lock file means that the lock has changed.
INSTALLED := node_modules/.package-lock.json

all: release ## The default: the same as release

release: ## Bump the minor version, build, and package
	$(MAKE) bump
	$(MAKE) package

bump: $(INSTALLED) ## Bump the minor version in package.json (no commit, no tag)
	npm version minor --no-git-tag-version
	node broker/follow-version.mjs
	@touch $(INSTALLED) # the bump changes the lock file, but not what is installed

build: $(INSTALLED) ## Build everything into dist/
	npm run build

deploy: build ## Build, and copy the plugin with ORIGINS and DIALECT into plugin/webapp3/branding/plugins/
	node plugin/package.mjs deploy

package: deploy ## Deploy, and zip as external-chat-v<version>.zip: make package ORIGINS="https://app.example.com" [DIALECT=videoconf]
	node plugin/package.mjs zip

clean: ## Remove dist/, broker/dist/ and the deployed plugin
	rm -rf dist broker/dist plugin/webapp3/branding/plugins/external-chat

test: $(INSTALLED) ## Install what the tests need, and run every check and test
	sh test/support/install-browsers.sh
	rm -rf .test-results
	mkdir -p .test-results
	npm run format:check
	npm run lint
	npm run typecheck
	npm run docs:check
	npm run build:dist
	npm run snippet:check
	npm run test:sizes
	$(MAKE) --keep-going --jobs=3 test-origins test-others test-broker test-node test-e2e; \
	  lanes=$$?; $(MAKE) test-measured && exit $$lanes
	npm run test:features
	npm run faults -- --last

# Three at once, as some wait while others reckon; all to their end, so that one run tells all that fails.
# What compares times comes last, and alone.
test-origins test-others test-measured: test-%:
	PAGES=$* BROWSER_RESULTS=.test-results/browsers-$*.json npm run test:browsers

test-node:
	npm run test:node

test-e2e:
	npm run test:e2e

test-broker:
	npm run test:broker

demo: $(INSTALLED) ## Install, build, and start the demo; prints its address
	npm run build
	node demo/serve.mjs

dev: $(INSTALLED) ## Serve the plugin alone on https://localhost:5173/, built again after each change
	node plugin/dev/serve.mjs

node_modules: $(INSTALLED) ## Install the dependencies of the lock file, if it has changed

$(INSTALLED): package-lock.json
	npm ci
	@touch $@

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z_]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
