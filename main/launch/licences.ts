import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What a package that is shipped says of itself. */
export interface Licence {
	readonly name: string;
	readonly version: string;
	/** As in its `package.json`, by SPDX where it keeps to that. */
	readonly licence: string;
	/** Its files of licence and notice, one after the other; empty: it brings none. */
	readonly text: string;
}

const OF_LICENCE = /^(licen[cs]e|copying|notice)/i;

/**
 * The licences of packages by what lies in their folders, in the order of their names, each version once.
 * @param folders of packages
 */
export function licencesOf(folders: readonly string[]): Licence[] {
	const found = new Map<string, Licence>();
	for (const folder of folders) {
		const { name, version, license, licenses } = JSON.parse(
			readFileSync(join(folder, "package.json"), "utf8"),
		) as Record<string, unknown>;
		found.set(`${name} ${version}`, {
			name: String(name),
			version: String(version),
			licence: stated(license ?? licenses),
			text: readdirSync(folder, { withFileTypes: true })
				.filter((entry) => entry.isFile() && OF_LICENCE.test(entry.name))
				.map((entry) => entry.name)
				.sort()
				.map((file) => readFileSync(join(folder, file), "utf8").trim())
				.join("\n\n"),
		});
	}
	return [...found.values()].sort((one, other) =>
		one.name < other.name ? -1 : one.name > other.name ? 1 : 0,
	);
}

/** Old packages write an object, or a list of them. */
function stated(license: unknown): string {
	if (typeof license === "string") return license;
	if (Array.isArray(license)) return license.map(stated).join(" OR ");
	const type = (license as { type?: unknown } | undefined)?.type;
	return typeof type === "string" ? type : "not stated";
}

/** All of it as one text file. */
export function licencesText(licences: readonly Licence[]): string {
	return licences
		.map(
			({ name, version, licence, text }) =>
				`${"=".repeat(78)}\n${name} ${version} (${licence})\n\n${text || "No file of licence in the package."}\n`,
		)
		.join("\n");
}
