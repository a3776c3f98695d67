import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AreaRow } from "../../../core/api/areas.ts";
import {
	type Town,
	townsOf,
} from "../../../renderer/parts/map/archive-layers.ts";
import { nameAreas } from "../../../renderer/parts/map/area-names.ts";
import {
	type Camera,
	fitFrame,
	fitLeaned,
} from "../../../renderer/parts/map/frame.ts";
import {
	crossesBox,
	labelTexts,
	type PlacedLabel,
	placeLabels,
} from "../../../renderer/parts/map/labels.ts";
import { type Box, overlaps } from "../../../renderer/parts/map/land-raster.ts";
import { leanedView } from "../../../renderer/parts/map/leaned-view.ts";
import {
	farIslets,
	type MainBody,
} from "../../../renderer/parts/map/main-body.ts";
import {
	fromMercator,
	toMercator,
} from "../../../renderer/parts/map/mercator.ts";
import { mapCountry } from "../../fixtures/map-country.ts";

const { areas, boundaries, around } = mapCountry();
const get = (code: string) => areas.byCode(code) as AreaRow;

/** The map on the screen: its size, and what lies over it, in rem. */
const SCREENS = [
	{ screen: "1366 x 768", rem: 12.5, width: 800, height: 292 },
	{ screen: "1920 x 1080", rem: 16, width: 1134, height: 440 },
	{ screen: "3840 x 2160", rem: 32, width: 2268, height: 884 },
];
type Screen = (typeof SCREENS)[number];

function coveredBy({ rem, width, height }: Screen, country: boolean): Box[] {
	const at = (
		side: "left" | "right",
		edge: "top" | "bottom",
		[x, y, w, h]: readonly [number, number, number, number],
	): Box => {
		const left = side === "left" ? x * rem : width - (x + w) * rem;
		const top = edge === "top" ? y * rem : height - (y + h) * rem;
		return { left, top, right: left + w * rem, bottom: top + h * rem };
	};
	return [
		at("left", "bottom", [0.5, 0.5, 10, 13.2]),
		at("right", "bottom", [0.5, 0.5, 17, 4.4]),
		at("right", "top", [0.5, 0.5, 1.8, 5.8]),
		...(country
			? [
					at("left", "bottom", [11, 0.5, 18, 5.7]),
					at("right", "top", [3.2, 0.5, 6.8, 7.5]),
				]
			: []),
	];
}

function framed(area: AreaRow, screen: Screen, covered: Box[]): Camera {
	const land = boundaries.land(area, false);
	if (!land) throw new Error(`${area.code} has no land`);
	return fitFrame(
		land,
		screen.width,
		screen.height,
		covered,
		screen.rem * 0.6,
		34_000 * screen.rem,
	);
}

const viewOf = ({ x, y, scale }: Camera, { width, height }: Screen): Box => ({
	left: x - width / 2 / scale,
	top: y - height / 2 / scale,
	right: x + width / 2 / scale,
	bottom: y + height / 2 / scale,
});

const DESK = [0.84, 0.76];
/** A wall of 1920 pixels at the density of a wall, and its letters. */
const WALL = { screen: "a wall", rem: 20, width: 1174, height: 396 };
const WALL_LETTERS = [1.3, 1.15, 1, 0.84];

function named(
	area: AreaRow,
	screen: Screen,
	letters = DESK,
	towns: readonly Town[] = [],
) {
	const covered = coveredBy(screen, area.level === "nation");
	const camera = framed(area, screen, covered);
	const placement = nameAreas(areas.children(area), boundaries, {
		view: viewOf(camera, screen),
		width: screen.width,
		height: screen.height,
		covered,
		texts: [],
		around,
		language: "id",
		towns,
		sizes: letters.map((rem) => screen.rem * rem),
		reach: area.level === "nation" ? 16 : 5,
		measure: (text, size) => text.length * size * 0.63,
	});
	return { covered, placement };
}

function expectNothingTouches(
	labels: readonly PlacedLabel[],
	covered: readonly Box[],
	{ width, height }: Screen,
): void {
	for (const [at, label] of labels.entries()) {
		const { box, leader, text } = label;
		expect(box.left, text).toBeGreaterThanOrEqual(0);
		expect(box.top, text).toBeGreaterThanOrEqual(0);
		expect(box.right, text).toBeLessThanOrEqual(width);
		expect(box.bottom, text).toBeLessThanOrEqual(height);
		for (const over of covered) {
			expect(overlaps(box, over), text).toBe(false);
			if (leader) expect(crossesBox(leader, over), text).toBe(false);
		}
		for (const other of labels.slice(at + 1)) {
			const both = `${text} and ${other.text}`;
			expect(overlaps(box, other.box), both).toBe(false);
			if (leader) expect(crossesBox(leader, other.box), both).toBe(false);
			if (other.leader) expect(crossesBox(other.leader, box), both).toBe(false);
		}
	}
}

describe.each(SCREENS)("on a screen of $screen", (screen) => {
	test("each of the 34 provinces has its name, and no name touches another, a box or a line", () => {
		const { covered, placement } = named(areas.nation, screen);
		expect(placement.leftOut).toEqual([]);
		expect(placement.labels).toHaveLength(34);
		expectNothingTouches(placement.labels, covered, screen);
	});

	test("seas and neighbours are named in the room that is left, over no land of the country", () => {
		const { covered, placement } = named(areas.nation, screen);
		const texts = placement.places.map(({ text }) => text);
		expect(texts).toEqual(expect.arrayContaining(["Malaysia", "Laut Banda"]));
		for (const [at, { text, box }] of placement.places.entries()) {
			expect(box.left, text).toBeGreaterThanOrEqual(0);
			expect(box.right, text).toBeLessThanOrEqual(screen.width);
			expect(box.top, text).toBeGreaterThanOrEqual(0);
			expect(box.bottom, text).toBeLessThanOrEqual(screen.height);
			for (const over of [
				...covered,
				...placement.labels.map((label) => label.box),
				...placement.places.slice(at + 1).map((other) => other.box),
			])
				expect(overlaps(box, over), text).toBe(false);
			for (const { leader } of placement.labels)
				if (leader) expect(crossesBox(leader, box), text).toBe(false);
		}
	});

	test.each(["35", "31", "33", "12", "81", "91"])(
		"the names in province %s touch nothing",
		(code) => {
			const { covered, placement } = named(get(code), screen);
			expectNothingTouches(placement.labels, covered, screen);
			expect(placement.labels.length).toBeGreaterThan(4);
		},
	);

	test("nothing of an area lies below a box or beyond the picture, islets apart", () => {
		const wanting: string[] = [];
		for (const area of [areas.nation, ...areas.at("province")]) {
			const covered = coveredBy(screen, area.level === "nation");
			const { x, y, scale } = framed(area, screen, covered);
			const apart = new Set(boundaries.body(area)?.outside);
			for (const part of boundaries.partsOf(area)) {
				if (apart.has(part)) continue;
				const hidden = (part.polygon[0] ?? []).some((position) => {
					const [px, py] = toMercator(...(position as [number, number]));
					const left = (px - x) * scale + screen.width / 2;
					const top = (py - y) * scale + screen.height / 2;
					return (
						left < 0 ||
						top < 0 ||
						left > screen.width ||
						top > screen.height ||
						covered.some((box) =>
							overlaps({ left, top, right: left, bottom: top }, box, -2),
						)
					);
				});
				if (hidden) wanting.push(`${area.name}: ${part.area.name}`);
			}
		}
		expect([...new Set(wanting)]).toEqual([]);
	});

	test("a province fills its picture in one direction, whatever islets it has", () => {
		for (const province of areas.at("province")) {
			const covered = coveredBy(screen, false);
			const { scale } = framed(province, screen, covered);
			const box = boundaries.body(province)?.box as Box;
			const share = Math.max(
				((box.right - box.left) * scale) / screen.width,
				((box.bottom - box.top) * scale) / screen.height,
			);
			expect(share, province.name).toBeGreaterThan(0.72);
		}
	});
});

/** Both screens as they stand, measured at room and wall density in rem: what lies over the map, from which corner, how large. */
const SITUASI = [
	["left", "bottom", 0.5, 0.5, 10.4, 13.2],
	["left", "bottom", 11.4, 0.5, 18, 5.7],
	["right", "bottom", 0.5, 0.5, 17, 4.8],
	["right", "top", 3.2, 0.5, 6.8, 7.6],
	["right", "top", 0.5, 0.5, 1.8, 5.8],
] as const;
const SEBARAN = [
	["left", "top", 0.5, 0.5, 17, 8.5],
	["left", "bottom", 0.5, 0.5, 19, 17.6],
	["left", "bottom", 20, 0.5, 18, 5.7],
	["right", "bottom", 0.5, 0.5, 17, 17.3],
	["right", "top", 3.2, 0.5, 6.8, 7.6],
	["right", "top", 0.5, 0.5, 1.8, 5.8],
] as const;
const AS_THEY_STAND = (
	[
		["Situasi, 1366, room", SITUASI, 12.5, 794, 295, DESK],
		["Situasi, 1366, wall", SITUASI, 14.2, 785, 267, WALL_LETTERS],
		["Situasi, 1920, wall", SITUASI, 20, 1104, 379, WALL_LETTERS],
		["Situasi, 3840, wall", SITUASI, 40, 2211, 765, WALL_LETTERS],
		["Sebaran, 1366, room", SEBARAN, 12.5, 1284, 492, DESK],
		["Sebaran, 1366, wall", SEBARAN, 14.2, 1274, 455, WALL_LETTERS],
		["Sebaran, 1920, wall", SEBARAN, 20, 1792, 642, WALL_LETTERS],
		["Sebaran, 3840, wall", SEBARAN, 40, 3586, 1292, WALL_LETTERS],
	] as const
).map(([screen, boxes, rem, width, height, letters]) => ({
	screen,
	rem,
	width,
	height,
	letters,
	covered: boxes.map(([side, edge, x, y, w, h]): Box => {
		const left = side === "left" ? x * rem : width - (x + w) * rem;
		const top = edge === "top" ? y * rem : height - (y + h) * rem;
		return { left, top, right: left + w * rem, bottom: top + h * rem };
	}),
}));

test.each(AS_THEY_STAND)(
	"$screen: beside insets, legend, card, ranking and curve all 34 are named, and each line begins in the area it is of",
	(screen) => {
		const { covered, letters } = screen;
		const camera = framed(areas.nation, screen, covered);
		const view = viewOf(camera, screen);
		const placement = nameAreas(areas.children(areas.nation), boundaries, {
			view,
			width: screen.width,
			height: screen.height,
			covered,
			texts: [],
			around,
			language: "id",
			sizes: letters.map((rem) => screen.rem * rem),
			reach: 16,
			measure: (text, size) => text.length * size * 0.63,
		});
		expect(placement.leftOut).toEqual([]);
		expect(placement.labels).toHaveLength(34);
		expectNothingTouches(placement.labels, covered, screen);
		for (const { id, text, leader } of placement.labels) {
			if (!leader) continue;
			const [lng, lat] = fromMercator([
				view.left + leader[0] / camera.scale,
				view.top + leader[1] / camera.scale,
			]);
			expect(boundaries.areaAt(lng, lat)?.parent, text).toBe(id);
		}
	},
);

test("on a wall the letters get smaller before a name goes so far that it reads as another province's", () => {
	const { covered, placement } = named(areas.nation, WALL, WALL_LETTERS);
	expect(placement.leftOut).toEqual([]);
	expectNothingTouches(placement.labels, covered, WALL);
	const far = placement.labels.filter(({ leader }) => {
		if (!leader) return false;
		const [x1, y1, x2, y2] = leader;
		return Math.hypot(x2 - x1, y2 - y1) > 4 * placement.size;
	});
	expect(far.map(({ text }) => text)).toEqual([]);
});

test("the towns of a file stand where they lie and nothing else is named; a sea or an area keeps its place and its name", () => {
	const screen = SCREENS[1] as Screen;
	const without = named(areas.nation, screen);
	// A town at each seat, the first with the name of an area that is there, all as large as they are many.
	const towns = townsOf(
		areas.at("regency").flatMap(({ lng, lat, name }, at) =>
			lng === null || lat === null
				? []
				: [
						{
							geometry: { type: "Point", coordinates: [lng, lat] },
							properties: {
								kind: at % 50 === 1 ? "country" : "locality",
								name: at === 0 ? "Aceh" : name,
								"name:en": `${name} (en)`,
								population_rank: at,
							},
						} as const,
					],
		),
		"id",
	);
	expect(towns[0]?.text).toBe(areas.at("regency").at(-1)?.name);
	const { covered, placement } = named(areas.nation, screen, DESK, towns);
	expect(placement.labels).toEqual(without.placement.labels);
	const [around, own] = [false, true].map((isTown) =>
		placement.places.filter(({ kind }) => (kind === "town") === isTown),
	);
	expect(around).toEqual(without.placement.places);
	expect(own?.length).toBeGreaterThan(5);
	for (const [at, { text, box }] of (own ?? []).entries()) {
		expect(text).not.toBe("Aceh");
		const town = towns.find((one) => one.text === text);
		const index = areas.at("regency").findIndex(({ name }) => name === text);
		expect(town && index % 50, text).not.toBe(1);
		for (const over of [
			...covered,
			...placement.labels.map((label) => label.box),
			...(around ?? []).map((other) => other.box),
			...(own ?? []).slice(at + 1).map((other) => other.box),
		])
			expect(overlaps(box, over), text).toBe(false);
		for (const { leader } of placement.labels)
			if (leader) expect(crossesBox(leader, box), text).toBe(false);
	}
	expect(
		townsOf(
			[
				{ name: "Kota Uji", rank: 7, class: "city" },
				{ name: "Kota Uji", rank: 7, class: "city" },
				{ name: "Ibu Kota", rank: 1, class: "city" },
				{ name: "Jawa", rank: 1, class: "state" },
				{ rank: 2, class: "town" },
			].map((properties) => ({
				geometry: { type: "Point", coordinates: [110, -7] },
				properties,
			})),
			"id",
		).map(({ text }) => text),
	).toEqual(["Ibu Kota", "Kota Uji"]);
});

test("on a map that leans back seas and neighbours are named too, where they lie and over no land", () => {
	const screen = SCREENS[1] as Screen;
	const covered = coveredBy(screen, true);
	const camera = framed(areas.nation, screen, covered);
	const { left, top, right, bottom } = viewOf(camera, screen);
	const width = right - left;
	const height = bottom - top;
	const leaned = leanedView(screen.width, screen.height, [
		[left - width * 0.3, top - height * 0.35],
		[right + width * 0.3, top - height * 0.35],
		[right + width * 0.02, bottom + height * 0.1],
		[left - width * 0.02, bottom + height * 0.1],
	]);
	const { labels, places } = nameAreas(
		areas.children(areas.nation),
		boundaries,
		{
			view: {
				left: left - width * 0.3,
				top: top - height * 0.35,
				right: right + width * 0.3,
				bottom: bottom + height * 0.1,
			},
			leaned,
			...{ width: screen.width, height: screen.height, covered, around },
			texts: [],
			language: "id",
			sizes: DESK.map((rem) => screen.rem * rem),
			reach: 16,
			measure: (text, size) => text.length * size * 0.63,
		},
	);
	const texts = places.map(({ text }) => text);
	expect(texts).toEqual(
		expect.arrayContaining(["Samudra Hindia", "Laut Arafura", "Malaysia"]),
	);
	for (const { text, box } of places) {
		for (const over of [...covered, ...labels.map((label) => label.box)])
			expect(overlaps(box, over), text).toBe(false);
		const [lng, lat] = fromMercator(
			leaned.toMap((box.left + box.right) / 2, (box.top + box.bottom) / 2),
		);
		expect(boundaries.areaAt(lng, lat), text).toBeNull();
		if (text === "Laut Arafura") {
			expect(lng).toBeGreaterThan(132);
			expect(lng).toBeLessThan(140);
		}
	}
});

test("a kabupaten/kota with a long name has a shorter one for where there is no room", () => {
	const shortest = (code: string) => labelTexts(get(code)).at(-1);
	expect(shortest("12.03")).toBe("Tapanuli Sel.");
	expect(shortest("73.10")).toBe("Pangkep");
	expect(shortest("36.74")).toBe("Kota Tangerang Sel.");
	expect(labelTexts(get("35.07"))).toEqual(["Malang"]);
	// An earlier name is no shorter form of the name.
	expect(labelTexts(get("61.02"))).toEqual(["Mempawah"]);
	expect(labelTexts(get("64")).at(-1)).toBe("Kaltim");
});

describe("the frame of an area", () => {
	test("leaves far islets out, and they are little of its land", () => {
		const { box, outside } = boundaries.body(get("35")) as MainBody;
		const islets = farIslets({ box, outside }).map(({ arrow, areas }) =>
			[arrow, ...areas.map(({ name }) => name).sort()].join(" "),
		);
		expect(islets).toEqual([
			"↑ Kabupaten Gresik Kabupaten Sumenep",
			"→ Kabupaten Sumenep",
		]);
		// Bawean lies at 5.8° S, Kangean at 115.3° E; Banyuwangi ends at 114.6° E.
		expect(box.right).toBeLessThan(toMercator(114.9, 0)[0]);
		expect(box.top).toBeGreaterThan(toMercator(0, -6.4)[1]);
	});

	test("is not set by Kepulauan Seribu, which is a kabupaten of islets, but by every kabupaten that hangs together", () => {
		const dki = boundaries.body(get("31")) as MainBody;
		expect(new Set(dki.outside.map(({ area }) => area.code))).toEqual(
			new Set(["31.01"]),
		);
		const { outside } = boundaries.body(get("35")) as MainBody;
		const pacitan = boundaries.partsOf(get("35.01"));
		expect(
			outside.filter((part) => pacitan.includes(part)).length,
		).toBeLessThan(pacitan.length);
	});

	test("holds all islands of the country", () => {
		expect(boundaries.body(areas.nation)?.outside).toEqual([]);
	});
});

describe("names on a map", () => {
	const room = {
		width: 500,
		height: 100,
		covered: [],
		texts: [],
		sizes: [10],
		reach: 1,
		measure: (text: string, size: number) => text.length * size * 0.6,
		foreignLand: () => 0,
	};
	const at = (id: number, text: string, x: number, weight: number) => ({
		id,
		texts: [text],
		x,
		y: 50,
		weight,
	});

	test("make room for each other", () => {
		const { labels, leftOut } = placeLabels(
			[at(1, "Kecil", 100, 1), at(2, "Kota Besar", 110, 9)],
			room,
		);
		expect(labels.map(({ text }) => text).sort()).toEqual([
			"Kecil",
			"Kota Besar",
		]);
		expect(leftOut).toEqual([]);
	});

	test("where there is no room for all, whoever has more people is named", () => {
		fc.assert(
			fc.property(
				fc.array(fc.tuple(fc.integer({ min: 0, max: 500 }), fc.nat(1000)), {
					minLength: 2,
					maxLength: 40,
				}),
				(places) => {
					const crowd = places.map(([x, people], id) =>
						at(id, "Kabupaten", x, people),
					);
					const { labels, leftOut } = placeLabels(crowd, room);
					expect(labels.length + leftOut.length).toBe(crowd.length);
					for (const [index, { box }] of labels.entries())
						for (const other of labels.slice(index + 1))
							expect(overlaps(box, other.box)).toBe(false);
					// Nobody without a name stands where somebody of fewer people is named in the same place.
					for (const id of leftOut)
						for (const label of labels)
							if (crowd[id]?.x === crowd[label.id]?.x)
								expect(crowd[label.id]?.weight).toBeGreaterThanOrEqual(
									crowd[id]?.weight ?? 0,
								);
				},
			),
			{ numRuns: 60 },
		);
	});

	test("stand beside what else is read on the map, as the letter of a zone", () => {
		const alone = [at(1, "Malang", 250, 1)];
		const letter = { left: 244, top: 44, right: 256, bottom: 56 };
		const boxOf = (texts: readonly Box[]) =>
			placeLabels(alone, { ...room, texts }).labels[0]?.box as Box;
		expect(overlaps(boxOf([]), letter)).toBe(true);
		expect(overlaps(boxOf([letter]), letter)).toBe(false);
	});

	test("are left out rather than laid over another", () => {
		const crowd = Array.from({ length: 40 }, (_, id) =>
			at(id, "Kabupaten", 250 + id / 10, id),
		);
		const { labels, leftOut } = placeLabels(crowd, room);
		expect(labels.length + leftOut.length).toBe(40);
		expect(leftOut.length).toBeGreaterThan(0);
		for (const [index, { box }] of labels.entries())
			for (const other of labels.slice(index + 1))
				expect(overlaps(box, other.box)).toBe(false);
	});
});

describe("a map that leans back", () => {
	const DEGREES = 48;
	/** Where a camera 1.5 heights away (MapLibre's field of view) sees a place, by turning it about the horizontal axis of the picture. */
	const seen = (
		{ x, y, scale }: Camera,
		{ width, height }: Screen,
		px: number,
		py: number,
		/** Pixels above the ground. */
		above = 0,
	): [number, number] => {
		const angle = (DEGREES * Math.PI) / 180;
		const right = (px - x) * scale;
		const back = -(py - y) * scale;
		const depth =
			1.5 * height + back * Math.sin(angle) - above * Math.cos(angle);
		const up = back * Math.cos(angle) + above * Math.sin(angle);
		return [
			width / 2 + (right * 1.5 * height) / depth,
			height / 2 - (up * 1.5 * height) / depth,
		];
	};

	test("fills the room with what is seen, and not with a larger world that stands far back in it", () => {
		const land = boundaries.land(get("ID"), false);
		if (!land) throw new Error("no land");
		// The map of Sebaran at 1366 x 768, and over it the card, the legend and both insets.
		const screen = { screen: "", rem: 12.5, width: 1285, height: 492 };
		const covered = [
			{ left: 6, top: 6, right: 219, bottom: 111 },
			{ left: 6, top: 310, right: 206, bottom: 486 },
			{ left: 213, top: 415, right: 438, bottom: 486 },
			{ left: 1160, top: 6, right: 1245, bottom: 99 },
			{ left: 1257, top: 6, right: 1279, bottom: 78 },
		];
		const camera = fitLeaned(
			...([land, screen.width, screen.height, covered] as const),
			...([7.5, 34_000 * 12.5] as const),
			{ degrees: DEGREES, headroom: 25, tops: [] },
		);
		const { left, right, top, bottom } = land.box;
		const middle = (top + bottom) / 2;
		const [west, height] = seen(camera, screen, left, middle);
		const [east] = seen(camera, screen, right, middle);
		expect((east - west) / screen.width).toBeGreaterThan(0.85);
		expect(height / screen.height).toBeGreaterThan(0.4);
		expect(height / screen.height).toBeLessThan(0.7);
	});

	test.each(SCREENS)(
		"shows all of the country in the room that legends leave, larger than the same room holds of it from above: $screen",
		(screen) => {
			const country = get("ID");
			const land = boundaries.land(country, false);
			if (!land) throw new Error("no land");
			const covered = coveredBy(screen, true);
			const { rem, width, height } = screen;
			const headroom = 2 * rem;
			const camera = fitLeaned(
				land,
				width,
				height,
				covered,
				rem * 0.6,
				34_000 * rem,
				{ degrees: DEGREES, headroom, tops: [] },
			);
			let looked = 0;
			for (let row = 0; row < land.rows; row++)
				for (let column = 0; column < land.columns; column++) {
					if (land.owner[row * land.columns + column] === 0) continue;
					const [left, top] = seen(
						camera,
						screen,
						land.box.left + (column + 0.5) * land.cell,
						land.box.top + (row + 0.5) * land.cell,
					);
					// A cell is a few pixels; of the edge every so-many-th is looked at.
					const near = 0.6 * rem;
					expect(left).toBeGreaterThan(0);
					expect(left).toBeLessThan(width);
					expect(top).toBeGreaterThan(headroom - near);
					expect(top).toBeLessThan(height);
					for (const over of covered)
						expect(
							left > over.left + near &&
								left < over.right - near &&
								top > over.top + near &&
								top < over.bottom - near,
						).toBe(false);
					looked++;
				}
			expect(looked).toBeGreaterThan(500);
			expect(camera.scale).toBeGreaterThan(
				0.95 * framed(country, screen, covered).scale,
			);
		},
	);

	test.each(SCREENS)(
		"leaves room above for a column that stands in the farthest north, which would read as a lower one if it were cut: $screen",
		(screen) => {
			const country = get("ID");
			const land = boundaries.land(country, false);
			if (!land) throw new Error("no land");
			const { rem, width, height } = screen;
			const column = {
				x: (land.box.left + land.box.right) / 2,
				y: land.box.top,
				height: 15 * rem,
			};
			const camera = fitLeaned(
				...([land, width, height] as const),
				...([coveredBy(screen, true), rem * 0.6, 34_000 * rem] as const),
				{ degrees: DEGREES, headroom: 2 * rem, tops: [column] },
			);
			// As it is seen: what rises comes nearer to the camera.
			const [, top] = seen(camera, screen, column.x, column.y, column.height);
			expect(top).toBeGreaterThan(0);
		},
	);
});
