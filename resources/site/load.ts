import { readdirSync, readFileSync } from "node:fs";

/** What stands beside every release's page, the same for all of them, by name. */
export function loadSiteFiles(): Map<string, string> {
	const folder = new URL(".", import.meta.url);
	return new Map(
		readdirSync(folder)
			.filter((name) => /\.(css|js)$/.test(name))
			.sort()
			.map((name) => [name, readFileSync(new URL(name, folder), "utf8")]),
	);
}
