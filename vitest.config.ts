import { defineConfig } from "vitest/config";

export default defineConfig({
	test: {
		include: ["tests/{unit,contract,integration,fault}/**/*.test.ts"],
		environment: "node",
		setupFiles: ["tests/fixtures/property-seed.ts"],
		pool: "forks",
		testTimeout: 60_000,
		hookTimeout: 120_000,
	},
});
