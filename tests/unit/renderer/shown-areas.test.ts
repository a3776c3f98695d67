import { strFromU8, unzipSync } from "fflate";
import { expect, test } from "vitest";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { CsvCell } from "../../../renderer/parts/ui/csv.ts";
import { workbookOf } from "../../../renderer/parts/ui/workbook.ts";
import {
	geoJsonOf,
	PROPERTIES,
	type ShownArea,
} from "../../../renderer/screens/sebaran/shown-areas.ts";

const text = (value: string | null): CsvCell => ({ value, kind: "text" });
const shown = (
	code: string,
	name: string,
	value: number | null,
): ShownArea => ({
	area: { code, name } as AreaRow,
	value,
	origin: null,
	cells: [
		text("2020-04-04"),
		text("confirmed"),
		text("2020-04-13"),
		text(null),
		{ value: code, kind: "code" },
		text(name),
		text("Jawa Timur"),
		{ value, kind: "number" },
		text("jumlah"),
		text("jumlah sampai hari itu"),
		text(""),
	],
});
const SURABAYA = shown("35.78", "Kota Surabaya", 84);
const LAMONGAN = shown("35.24", '=HYPERLINK("x")', null);

test("a feature has the shape and everything that is said of its area; who did not report has no value, and who is not drawn has no shape", () => {
	const square = [
		[
			[112.6, -7.3],
			[112.8, -7.3],
			[112.8, -7.2],
			[112.6, -7.3],
		],
	];
	const file = geoJsonOf(
		[SURABAYA, LAMONGAN],
		{
			partsOf: (area) =>
				area.code === "35.78"
					? [{ polygon: square, area, row: 0, province: 1 }]
					: [],
		},
		{ title: "Konfirmasi", exercise: null },
	);
	expect(file).toMatchObject({
		type: "FeatureCollection",
		title: "Konfirmasi",
	});
	const [one, other] = file.features;
	expect(one?.geometry).toEqual({
		type: "MultiPolygon",
		coordinates: [square],
	});
	expect(Object.keys(one?.properties ?? {})).toEqual([...PROPERTIES]);
	expect(one?.properties).toMatchObject({ code: "35.78", value: 84 });
	expect(other).toMatchObject({
		id: "35.24",
		geometry: null,
		properties: { value: null },
	});
});

test("a workbook has numbers as numbers, an empty cell where nothing was reported, codes as they are and no text that is run", async () => {
	const bytes = await workbookOf(
		"Konfirmasi: jumlah [sampai] hari itu, dan lebih",
		[...PROPERTIES],
		[SURABAYA.cells, LAMONGAN.cells],
	);
	const files = unzipSync(bytes);
	const named = (end: string) =>
		strFromU8(
			files[Object.keys(files).find((name) => name.endsWith(end)) ?? ""] ??
				new Uint8Array(),
		);
	const sheet = named("sheet1.xml");
	const strings = [
		...named("sharedStrings.xml").matchAll(/<t[^>]*>([^<]*)/g),
	].map(([, found]) => found);
	const cell = (place: string) =>
		new RegExp(`<c r="${place}"[^>]*?(?:/>|>(.*?)</c>)`).exec(sheet)?.[0] ?? "";
	expect(cell("H2")).toMatch(/<v>84<\/v>/);
	expect(cell("H2")).not.toMatch(/t="s"/);
	expect(cell("H3")).not.toMatch(/<v>/);
	expect(cell("E2")).toMatch(/t="s"/);
	expect(strings).toContain("35.78");
	expect(strings.some((one) => one?.startsWith("'=HYPERLINK"))).toBe(true);
	expect(strings.some((one) => one?.startsWith("="))).toBe(false);
	expect(sheet).not.toMatch(/<f>/);
});
