import { defineConfig } from "@playwright/test";

/** The host itself, in the real application (`npm run test:electron`). */
export default defineConfig({
	testDir: ".",
	workers: 1,
	timeout: 120_000,
	expect: { timeout: 30_000 },
	reporter: [["list"]],
});
