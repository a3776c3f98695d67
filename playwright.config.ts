import { defineConfig } from "@playwright/test";

/** Software WebGL and no calls home: the same browser on a laptop, on a server without a display and in CI. */
const args = [
	"--no-sandbox",
	"--use-gl=angle",
	"--use-angle=swiftshader",
	"--enable-unsafe-swiftshader",
	"--ignore-gpu-blocklist",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
	"--no-first-run",
	"--disable-quic",
	"--disable-dev-shm-usage",
];

export default defineConfig({
	testDir: "tests/e2e",
	workers: 1,
	timeout: 180_000,
	expect: { timeout: 30_000 },
	reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME
		? [["list"], ["json"]]
		: [["list"]],
	forbidOnly: Boolean(process.env.CI),
	outputDir: "test-results",
	use: {
		launchOptions: {
			args,
			...(process.env.CHROME_BIN
				? { executablePath: process.env.CHROME_BIN }
				: {}),
		},
		viewport: { width: 1366, height: 768 },
		locale: "id-ID",
		timezoneId: "Asia/Jakarta",
		screenshot: "only-on-failure",
	},
});
