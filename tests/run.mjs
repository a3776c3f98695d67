/**
 * `npm test`: installs what it needs, then lint, types, unit, integration, fault and end-to-end tests, one after the other (two cores
 * are enough). It ends with what was skipped and why, what failed, and a last line that sums over all runners.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, relative } from "node:path";
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

const total = {
	passed: 0,
	/** What failed, by name: the output of a whole run is long. */
	fallen: [],
	/** What was not run, each with its reason. */
	skipped: [
		"the screens in the real Electron application: needs Electron's binary (npm run test:electron)",
	],
};
const count = (passed, fallen, skipped) => {
	total.passed += passed;
	total.fallen.push(...fallen);
	total.skipped.push(...skipped);
};

/** A step that is one check: it passes or it fails. */
async function check(label, args) {
	const code = await run(label, args);
	count(code === 0 ? 1 : 0, code === 0 ? [] : [label], []);
}

/** Adds what a runner's report says; a runner that dies without one is a failure. */
async function suite(label, args, file, read) {
	const code = await run(label, args);
	const path = join(reports, file);
	const counted = existsSync(path)
		? read(JSON.parse(readFileSync(path, "utf8")))
		: [0, [label], []];
	if (code !== 0 && counted[1].length === 0) counted[1].push(label);
	count(...counted);
}

/** A test that is skipped says in its title what it needs. */
const vitest = (report) => [
	report.numPassedTests,
	report.testResults.flatMap(({ name, status: whole, assertionResults }) => {
		const file = relative(ROOT, name);
		const fallen = assertionResults
			.filter(({ status }) => status === "failed")
			.map(({ fullName }) => `${file}: ${fullName}`);
		return whole === "failed" && fallen.length === 0 ? [file] : fallen;
	}),
	report.testResults.flatMap(({ assertionResults }) =>
		assertionResults
			.filter(({ status }) => status !== "passed" && status !== "failed")
			.map(({ fullName }) => fullName),
	),
];

function skippedIn({ suites = [], specs = [] }) {
	return [
		...specs.flatMap(({ title, tests }) =>
			tests
				.filter(({ status }) => status === "skipped")
				.map(({ annotations }) => {
					const why = annotations.find(({ type }) => type === "skip");
					return `${title}: ${why?.description ?? "not reached, a test before it failed"}`;
				}),
		),
		...suites.flatMap(skippedIn),
	];
}

function fallenIn({ suites = [], specs = [] }) {
	return [
		...specs
			.filter(({ tests }) =>
				tests.some(({ status }) => status === "unexpected"),
			)
			.map(({ file, title }) => `tests/e2e/${file}: ${title}`),
		...suites.flatMap(fallenIn),
	];
}

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
	(report) => [
		report.stats.expected + report.stats.flaky,
		fallenIn(report),
		skippedIn(report),
	],
);

rmSync(reports, { recursive: true, force: true });
console.log(`\nSkipped, ${total.skipped.length}:`);
for (const line of total.skipped) console.log(`- ${line}`);
if (!existsSync(join(ROOT, "../shared")))
	console.log(
		"The published files themselves (../shared) are not beside this clone: their facts were tested from tests/fixtures.",
	);
if (total.fallen.length > 0) console.log("\nFailed:");
for (const line of total.fallen) console.log(`- ${line}`);
console.log(
	`\nTests: ${total.passed} passed, ${total.fallen.length} failed, ${total.skipped.length} skipped`,
);
process.exit(total.fallen.length === 0 ? 0 : 1);
