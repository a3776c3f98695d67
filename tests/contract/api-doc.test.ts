import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PERSON_HEADER } from "../../core/access/person.ts";
import { QUERIES } from "../../core/api/all.ts";
import { BYTES_HEADER, SEQ_HEADER } from "../../core/api/route.ts";
import { API_DOC, apiDoc } from "./api-doc.ts";

const LOOKED_AT = ["core", "docs", "hub", "main", "preload", "renderer"];
/** What a screen may ask for that is no question of the table. */
const BESIDE_THE_TABLE = [
	"/api/command",
	"/api/events",
	"/api/geography.topojson",
	"/api/basemap.topojson",
	"/api/basemap.pmtiles",
];

test("docs/api.md is what the table of the contract says (npm run api-doc writes it)", () => {
	expect(readFileSync(API_DOC, "utf8")).toBe(apiDoc());
});

test("whatever code or page names a header or route of ours names one that there is", () => {
	const routes = new Set<string>([
		...Object.values(QUERIES).map(({ path }) => path),
		...BESIDE_THE_TABLE,
	]);
	const headers = new Set<string>([SEQ_HEADER, BYTES_HEADER, PERSON_HEADER]);
	const wrong = LOOKED_AT.flatMap((folder) =>
		readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) =>
			join(folder, file),
		),
	)
		.filter((file) => /\.(ts|tsx|md)$/.test(file))
		.flatMap((file) => {
			const text = readFileSync(file, "utf8");
			const named = [
				...(text.match(/\bx-blc-[a-z-]+/g) ?? []).filter(
					(name) => !headers.has(name),
				),
				...(text.match(/(?<![\w./])\/api\/[a-z][\w./-]*\w/g) ?? []).filter(
					(path) => !routes.has(path),
				),
			];
			return named.map((name) => `${file}: ${name}`);
		});
	expect(wrong).toEqual([]);
});
