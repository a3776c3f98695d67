import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "./feed-fixture.ts";

const folder = temporaryFolder("hub-package");
afterAll(() => folder.remove());

/** A room without any network but the machine's own; empty where this system makes none for a test. */
const room = ((): string[] => {
	const own = process.getuid?.() === 0 ? ["-n"] : ["-rn"];
	const within = [...own, "--", "sh", "-c", 'ip link set lo up && exec "$@"'];
	return spawnSync("unshare", [...within, "-", "true"]).status === 0
		? ["unshare", ...within, "-"]
		: [];
})();

describe.skipIf(process.platform === "win32")(
	"the hub's package, unpacked where nothing is installed (its archive needs tar)",
	() => {
		let unpacked: string;
		beforeAll(() => {
			const said = execFileSync(
				process.execPath,
				["main/launch/dist-hub.ts", "--folder"],
				{
					encoding: "utf8",
					env: { ...process.env, BLC_DIST_OUTPUT: folder.path },
				},
			);
			unpacked = said.trim().split("\n")[0] ?? "";
		}, 120_000);

		test("takes in a file, publishes and serves it to a workstation with the network off, and ends in order", () => {
			const day = join(folder.path, "day");
			mkdirSync(day, { recursive: true });
			const [program, ...args] = [
				...room,
				process.execPath,
				join(import.meta.dirname, "../fixtures/installed-hub-day.ts"),
				...[unpacked, day],
			] as [string, ...string[]];
			const { stdout, stderr } = spawnSync(program, args, {
				encoding: "utf8",
				timeout: 120_000,
			});
			const met = JSON.parse(stdout.trim().split("\n").at(-1) || "{}");
			expect(met, stderr).toMatchObject({
				ingested: expect.stringContaining("2 rows taken in"),
				published: expect.stringContaining("publication 1:"),
				dataset: { seq: 1 },
				ended: 0,
			});
			if (room.length > 0) expect(met.internet).toBe("ENETUNREACH");
		}, 130_000);

		test("holds what it is licensed by, how it is installed, and no test, screen or package for building", () => {
			const licences = readFileSync(join(unpacked, "LICENSES.txt"), "utf8");
			for (const name of [
				"Node.js ",
				"PostgreSQL ",
				"better-sqlite3 ",
				"pg ",
				"zod ",
			])
				expect(licences).toContain(`\n${name}`);
			const names = readdirSync(unpacked, { recursive: true }) as string[];
			expect(
				names.filter((name) =>
					/^(tests|renderer|main|docs)\b|\.test\.ts$|node_modules\/(electron|vite|react|typescript)$/.test(
						name,
					),
				),
			).toEqual([]);
			for (const name of [
				"INSTALL.md",
				"blc-hub.service",
				"Containerfile",
				"compose.yaml",
			])
				expect(existsSync(join(unpacked, name)), name).toBe(true);
		});
	},
);
