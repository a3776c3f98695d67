/**
 * `npm test`: installs what it needs, then lint, types, unit, integration, fault and end-to-end tests, one after the other (two cores
 * are enough). Its last line sums over all runners.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { install, NODE, ROOT } from "../main/launch/install.mjs";

await install();
const { browser } = await import("./browser.mjs");
const chromium = await browser();
const reports = mkdtempSync(join(tmpdir(), "blc-tests-"));
const environment = {
	...process.env,
	CHROME_BIN: chromium,
	PATH: `${ROOT}node_modules/node/bin${delimiter}${process.env.PATH}`,
	PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, "e2e.json"),
};

/** Runs a step under Node 24 with its output passed through. */
function run(label, args) {
	console.log(`\n== ${label}`);
	return new Promise((resolve) => {
		const child = spawn(NODE, args, {
			cwd: ROOT,
			env: environment,
			stdio: "inherit",
		});
		child.on("close", (code) => resolve(code ?? 1));
	});
}

const total = { passed: 0, failed: 0, skipped: 0 };
const count = (passed, failed, skipped) => {
	total.passed += passed;
	total.failed += failed;
	total.skipped += skipped;
};

/** A step that is one check: it passes or it fails. */
async function check(label, args) {
	const code = await run(label, args);
	count(code === 0 ? 1 : 0, code === 0 ? 0 : 1, 0);
}

/** Adds what a runner's report says; a runner that dies without one is a failure. */
async function suite(label, args, file, read) {
	const code = await run(label, args);
	const path = join(reports, file);
	const counted = existsSync(path)
		? read(JSON.parse(readFileSync(path, "utf8")))
		: [0, 1, 0];
	if (code !== 0 && counted[1] === 0) counted[1] = 1;
	count(...counted);
}

const vitest = (report) => [
	report.numPassedTests,
	report.numFailedTests,
	report.numPendingTests + report.numTodoTests,
];

await check("Lint and format", [
	"node_modules/@biomejs/biome/bin/biome",
	"ci",
	"--error-on-warnings",
	".",
]);
await check("Types", ["tests/typecheck.ts"]);
await check("Build", [
	"node_modules/electron-vite/bin/electron-vite.js",
	"build",
	"--logLevel",
	"warn",
]);
await suite(
	"Unit, integration and fault tests",
	[
		"node_modules/vitest/vitest.mjs",
		"run",
		"--reporter=default",
		"--reporter=json",
		`--outputFile.json=${join(reports, "vitest.json")}`,
	],
	"vitest.json",
	vitest,
);
await suite(
	"End-to-end tests",
	["node_modules/@playwright/test/cli.js", "test"],
	"e2e.json",
	({ stats }) => [
		stats.expected + stats.flaky,
		stats.unexpected,
		stats.skipped,
	],
);

rmSync(reports, { recursive: true, force: true });
console.log(
	`\nTests: ${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`,
);
process.exit(total.failed === 0 ? 0 : 1);
