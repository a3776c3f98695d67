import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
	test: {
		include: ["tests/{unit,contract,integration,fault}/**/*.test.ts"],
		environment: "node",
		setupFiles: ["tests/fixtures/property-seed.ts"],
		pool: "forks",
		// Most of the time of most files is waiting for another process: three at once even where there are but two cores.
		maxWorkers: Math.max(3, availableParallelism() - 1),
		testTimeout: 60_000,
		hookTimeout: 120_000,
	},
});
