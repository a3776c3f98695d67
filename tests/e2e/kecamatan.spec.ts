import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import type { AreaRow } from "../../core/api/areas.ts";
import type {} from "../../renderer/clock/frame-meter.ts";
import { readBoundaries } from "../../renderer/parts/map/boundaries.ts";
import { classColours } from "../../renderer/parts/map/class-colours.ts";
import { colourAt } from "../../renderer/parts/map/colour-at.ts";
import { readDistrictBoundaries } from "../../renderer/parts/map/district-boundaries.ts";
import {
	MAP_COLOURS,
	noAreaColour,
} from "../../renderer/parts/map/palettes.ts";
import {
	districtsWithin,
	indexAreas,
} from "../../renderer/state/area-index.ts";
import { MAP_FILE } from "../../resources/geography/load.ts";
import { type OpenSystem, openSystem } from "../fixtures/system.ts";

test.describe("kecamatan on the screens", () => {
	let system: OpenSystem;
	let page: Page;

	test.beforeAll(async ({ browser }) => {
		test.setTimeout(300_000);
		system = await openSystem(browser, (folder) => {
			const written = (name: string, ...lines: string[]): string => {
				const path = join(folder, name);
				writeFileSync(path, `${lines.join("\n")}\n`);
				return path;
			};
			return [
				[
					"ingest",
					"kabkota-csv",
					written(
						"dinkes_2020-06-06.csv",
						"kode,tanggal,konfirmasi",
						"35.78,2020-06-05,2900",
						"35.78,2020-06-06,2954",
						"35.79,2020-06-06,11",
						"35.07,2020-06-06,120",
					),
				],
				[
					"ingest",
					"kecamatan-csv",
					written(
						"kecamatan_2020-06-06.csv",
						"kode,tanggal,konfirmasi,nama",
						"35.78.09,2020-06-06,412,Sukolilo",
						"35.78.10,2020-06-06,605,Tambaksari",
						"35.07.18,2020-06-06,14,Pakis",
						"35.07.24,2020-06-06,0,Singosari",
					),
				],
				[
					"ingest",
					"jakarta-kelurahan",
					written(
						"kelurahan_2020-06-06.json",
						JSON.stringify(
							Object.fromEntries(
								[
									["ANCOL", 31],
									["PADEMANGAN TIMUR", 57],
									["P. HARAPAN", 0],
								].map(([name, positif]) => [
									name,
									{
										"2020-06-06": {
											odp: 9,
											pdp: 4,
											positif,
											sembuh: 0,
											meninggal: 0,
										},
									},
								]),
							),
						),
					),
					written(
						"kelurahan_koordinat.json",
						JSON.stringify({
							ANCOL: [-6.1231, 106.8322],
							"PADEMANGAN TIMUR": [-6.1359, 106.8444],
							"PULAU HARAPAN": [-5.6532, 106.5782],
						}),
					),
				],
			];
		});
		page = system.page;
	});
	test.afterAll(() => system?.close());

	const rowOf = (name: string) =>
		page.getByTestId("area-table").locator(".ag-row").filter({ hasText: name });

	test("what is stated of kecamatan alone counts nobody as missing above them: map, trend and table say of whom it is", async () => {
		await page.goto(`${system.home()}/#/situasi?indicator=blc-count`);
		const words = page.getByText("Hanya per kecamatan", { exact: true });
		for (const panel of ["map-panel", "trend-panel", "table-panel"]) {
			await expect(
				page.getByTestId(panel).filter({ has: words }),
			).toBeVisible();
			await expect(
				page.getByTestId(panel).getByTestId("freshness"),
			).toBeHidden();
		}
		await expect(page.getByTestId("trend-panel")).toContainText(
			"hanya dinyatakan per kecamatan",
		);
		await expect(page.getByTestId("table-only-districts")).toBeVisible();
		await page.goto(
			`${system.home()}/#/situasi?indicator=blc-count&rows=kecamatan`,
		);
		await expect(page.getByTestId("table-only-districts")).toBeHidden();
	});

	test("are found by name, shown with figures of their own beside their neighbours, and stay in the address", async () => {
		await page.goto(`${system.home()}/#/situasi`);
		await page.keyboard.press("Control+k");
		await page
			.getByTestId("palette")
			.getByRole("combobox")
			.fill("kec. sukolilo");
		// There is one in Pati too: what it lies in tells them apart.
		await page
			.getByTestId("palette")
			.getByRole("option")
			.filter({ hasText: "Kota Surabaya · 35.78.09" })
			.click();
		const path = page.getByTestId("breadcrumb");
		await expect(path).toContainText("Sukolilo 35.78.09");
		await expect(path).toContainText("Kota Surabaya");
		await expect(page.getByTestId("kpi-value-confirmed")).toContainText("412");
		await expect(rowOf("Tambaksari")).toContainText("605");
		await expect(page.getByTestId("table-districts")).toBeVisible();
		expect(page.url()).toContain("area=35.78.09");
		await page.reload();
		await expect(page.getByTestId("kpi-value-confirmed")).toContainText("412");
		await expect(path).toContainText("Sukolilo");
		await expect(page.getByTestId("refused")).toHaveCount(0);
		await page.getByTestId("area-back").click();
		await expect(page.getByTestId("kpi-value-confirmed")).toContainText(
			"2.954",
		);
	});

	test("of a kabupaten/kota are what it opens into, each with its origin", async () => {
		await page.goto(`${system.home()}/#/situasi?area=35.78`);
		await expect(rowOf("Kota Surabaya")).toContainText("2.954");
		await page.getByTestId("table-rows").getByText("Kecamatan").click();
		await expect(rowOf("Sukolilo")).toContainText("412");
		await expect(rowOf("Kota Surabaya")).toHaveCount(0);
		expect(page.url()).toContain("rows=kecamatan");
		await expect(
			page.getByTestId("table-panel").getByTestId("freshness"),
		).toContainText("2 dari 31 kecamatan");
		await rowOf("Sukolilo").locator('[col-id="total"]').click();
		const drawer = page.getByRole("dialog");
		await expect(drawer).toContainText("412");
		await expect(drawer).toContainText("kecamatan_2020-06-06.csv");
		// What the file speaks of is named, also where the screen knows nothing of kecamatan.
		await page.getByRole("button", { name: "Tarik berkas…" }).click();
		const reach = page.getByTestId("file-reach");
		await expect(reach).toContainText("Sukolilo");
		await expect(reach).not.toContainText("#");
		await page.keyboard.press("Escape");
		await page.keyboard.press("Escape");
	});

	test("of the whole country are one table of 7,230 rows that scrolls", async () => {
		await page.goto(`${system.home()}/#/situasi?rows=kecamatan`);
		await expect(rowOf("Tambaksari, Kota Surabaya")).toContainText("605");
		const grid = page
			.getByTestId("area-table")
			.locator("[role=grid], [role=treegrid]")
			.first();
		await expect(grid).toHaveAttribute("aria-rowcount", "7231");
		await page.getByTestId("table-filter").fill("kemayoran");
		await expect(
			rowOf("Kemayoran, Kota Administrasi Jakarta Pusat"),
		).toBeVisible();
		await page.getByTestId("table-filter").fill("");
		await page.getByTestId("table-rows").getByText("Provinsi").click();
		await expect(rowOf("Jawa Timur")).toContainText("3.085");
	});

	test("of Jakarta open into their kelurahan, which are found by name and make one table of 267", async () => {
		await page.goto(`${system.home()}/#/situasi`);
		await page.keyboard.press("Control+k");
		await page.getByTestId("palette").getByRole("combobox").fill("kel. ancol");
		await page
			.getByTestId("palette")
			.getByRole("option")
			.filter({ hasText: "Kec. Pademangan · 31.72.05.1003" })
			.click();
		const path = page.getByTestId("breadcrumb");
		await expect(path).toContainText("Ancol 31.72.05.1003");
		await expect(path).toContainText("Pademangan");
		await expect(page.getByTestId("kpi-value-confirmed")).toContainText("31");
		await expect(rowOf("Pademangan Timur")).toContainText("57");
		await expect(
			page.getByTestId("table-panel").getByTestId("freshness"),
		).toContainText("2 dari 3 kelurahan");
		await rowOf("Ancol").locator('[col-id="total"]').click();
		const drawer = page.getByRole("dialog");
		await expect(drawer).toContainText("kelurahan_2020-06-06.json");
		await page.keyboard.press("Escape");
		// A kecamatan that has kelurahan opens into them, one that has none stands beside its neighbours.
		await page.goto(`${system.home()}/#/situasi?area=31.72.05`);
		await expect(rowOf("Pademangan Timur")).toContainText("57");
		await page.goto(`${system.home()}/#/situasi?area=31&rows=kelurahan`);
		await expect(rowOf("Ancol, Pademangan")).toContainText("31");
		await expect(
			page
				.getByTestId("area-table")
				.locator("[role=grid], [role=treegrid]")
				.first(),
		).toHaveAttribute("aria-rowcount", "268");
		await page.screenshot({ path: "test-results/screens/kelurahan-table.png" });
		await page.goto(`${system.home()}/#/situasi?area=35.78`);
		await expect(rowOf("Kota Surabaya")).toContainText("2.954");
		await expect(page.getByTestId("table-rows")).not.toContainText("Kelurahan");
	});

	test("are drawn on the map of the spread when it is near, unless a hand chose otherwise; a kabupaten/kota opens into them", async () => {
		const level = page.getByTestId("map-level");
		const notice = page.getByTestId("district-notice");
		await page.goto(
			`${system.home()}/#/sebaran?area=35.78&day=2020-06-06&scale=quantile`,
		);
		// None of their boundaries were imported.
		await expect(notice).toContainText("666 titik");
		await expect(level.getByRole("radio", { checked: true })).toHaveAttribute(
			"value",
			"zoom",
		);
		await expect(page.getByTestId("class-legend")).toContainText("29");
		await level.getByText("Kabupaten/kota").click();
		await expect(notice).toHaveCount(0);
		await expect(page.getByTestId("area-card-figure")).toHaveText("2.954");
		await page.getByTestId("open-districts").click();
		await expect(notice).toBeVisible();
		expect(page.url()).toContain("map=district");
		// One that reported and one that did not, each as what it is.
		for (const [code, figure] of [
			["35.78.09", "412"],
			["35.78.11", "tidak dilaporkan"],
		]) {
			await page.goto(
				`${system.home()}/#/sebaran?area=${code}&day=2020-06-06&map=district`,
			);
			await expect(page.getByTestId("area-card-figure")).toHaveText(
				figure as string,
			);
		}
		await level.getByText("Provinsi").click();
		await expect(notice).toHaveCount(0);
		// Of a kelurahan the card says what its kelurahan has, as the history below it does, and not what lies above.
		await page.goto(
			`${system.home()}/#/sebaran?area=31.72.05.1003&day=2020-06-06`,
		);
		await expect(page.getByTestId("area-card")).toContainText("Ancol");
		await expect(page.getByTestId("area-card-figure")).toHaveText("31");
	});

	test("taken together by a lasso are a sum of kecamatan, over those that reported, with the others by name", async () => {
		await page.goto(
			`${system.home()}/#/sebaran?area=35.78&day=2020-06-06&map=district`,
		);
		await expect(page.getByTestId("district-notice")).toBeVisible();
		await page.getByTestId("area-set").click();
		await page.getByTestId("area-set-lasso").click();
		const box = await page.getByTestId("sketch").boundingBox();
		if (!box) throw new Error("nothing to draw on");
		for (const [at, [x, y]] of (
			[
				[0.02, 0.02],
				[0.98, 0.02],
				[0.98, 0.98],
				[0.02, 0.98],
			] as const
		).entries()) {
			await page.mouse.move(box.x + box.width * x, box.y + box.height * y, {
				steps: 2,
			});
			if (at === 0) await page.mouse.down();
		}
		await page.mouse.up();
		// 412 of Sukolilo and 605 of Tambaksari; the kota itself, with 2.954, is none of them.
		await expect(page.getByTestId("sum-figure")).toHaveText("1.017");
		await expect(page.getByTestId("sum-more")).toContainText(/2 dari \d+/);
		await expect(page.getByTestId("sum-missing")).toContainText("Gubeng");
		await expect
			.poll(() => new URL(page.url().replace("#/", "")).searchParams.get("set"))
			.toMatch(/35\.?78/);
		// They tell on days of their own: of another one the card says so, without a list of all, and leads to where there is a sum.
		await page.keyboard.press("[");
		await expect(page.getByTestId("sum-figure")).toHaveText("tidak dilaporkan");
		await expect(page.getByTestId("sum-missing")).not.toContainText("Gubeng");
		await page.getByTestId("sum-nearest").click();
		await expect(page.getByTestId("sum-figure")).toHaveText("1.017");
		await expect(page.getByTestId("sum-missing")).toContainText("Gubeng");
	});

	test("500 of them have on the map the colours that the rule gives: values, zero, what was not reported, and the land between them, of which nothing is asked", async () => {
		const ground = MAP_COLOURS.dark;
		// A window forgets what it asked after 250 questions.
		await page.evaluate(() => performance.setResourceTimingBufferSize(10_000));
		const kinds = { value: 0, zero: 0, missing: 0, "no area": 0 };
		for (const code of ["35", "33", "35.78", "35.07"]) {
			await page.goto(
				`${system.home()}/#/sebaran?area=${code}&day=2020-06-06&map=district&scale=log`,
			);
			await expect(page.getByTestId("district-notice")).toBeVisible();
			await expect(page.locator("[data-testid=map][data-ready]")).toBeVisible();
			const { areas, districts, header, values } = await page.evaluate(
				async (code) => {
					const rows = async (path: string): Promise<AreaRow[]> =>
						(await fetch(path)).json();
					const areas = await rows("/api/areas");
					const province = areas.find((area) => area.code === code.slice(0, 2));
					// What the window asked itself of this province: it may have had the answer from before, and may be about to ask.
					const until = Date.now() + 30_000;
					const others = new Set<string>();
					do {
						const asked = performance
							.getEntriesByType("resource")
							.map(({ name }) => name)
							.filter(
								(name) =>
									name.includes("/api/spread?") &&
									name.includes("level=district") &&
									!others.has(name),
							)
							.reverse();
						for (const question of new Set(asked)) {
							const answer = await fetch(question);
							const header = JSON.parse(
								answer.headers.get("x-blc-header") ?? "{}",
							);
							if (!header.within?.includes(province?.id)) {
								others.add(question);
								continue;
							}
							const cells = header.areas * header.days;
							return {
								areas,
								districts: await rows("/api/districts"),
								header,
								// NaN is no JSON.
								values: Array.from(
									new Float64Array(await answer.arrayBuffer(), 0, cells),
									(value) => (Number.isNaN(value) ? null : value),
								),
							};
						}
						await new Promise((resolve) => setTimeout(resolve, 100));
					} while (Date.now() < until);
					throw new Error(`nothing was asked of ${code}`);
				},
				code,
			);
			const all = indexAreas([...areas, ...districts]);
			const drawn = readDistrictBoundaries(
				readBoundaries(
					JSON.parse(readFileSync(MAP_FILE, "utf8")),
					indexAreas(areas),
				),
				[],
				districtsWithin(all, header.within),
			);
			const { bounds } = header.classes as { bounds: number[] };
			const colour = colourAt({
				cube: {
					header,
					values: Float64Array.from(values, (value) => value ?? Number.NaN),
					marks: new Uint16Array(),
				},
				columnOf: Array.from({ length: header.areas }, (_, row) => row),
				bounds,
				colours: classColours("confirmed", bounds.length, ground),
				ground,
			});
			const day = header.firstDay + header.days - 1;
			const inside = drawn.parts.flatMap(({ area, row, polygon }) => {
				const [ring = []] = polygon;
				if (row < 0 || !area.code.startsWith(code)) return [];
				const middle = [0, 1].map(
					(part) =>
						ring
							.slice(1)
							.reduce((sum, corner) => sum + (corner[part] ?? 0), 0) /
						(ring.length - 1),
				) as [number, number];
				return [{ row, at: middle }];
			});
			const [west, east, south, north] = [
				Math.min(...inside.map(({ at }) => at[0])),
				Math.max(...inside.map(({ at }) => at[0])),
				Math.min(...inside.map(({ at }) => at[1])),
				Math.max(...inside.map(({ at }) => at[1])),
			];
			// Some pixels of the screen: what lies nearer to an edge is a mixture.
			const edge = (east - west) / 250;
			const around = ([x, y]: readonly [number, number]) =>
				[-edge, 0, edge].flatMap((dx) =>
					[-edge, 0, edge].map((dy) => drawn.areaAt(x + dx, y + dy)),
				);
			const cells = inside.filter(({ at }) => {
				const own = drawn.areaAt(...at);
				return own !== null && around(at).every((area) => area === own);
			});
			const between: { row: -1; at: [number, number] }[] = [];
			// Of a single one most of it lies by the coast, or by its outline.
			const tries = code.includes(".") ? 0 : 4_000;
			for (let step = 0; step < tries && between.length < 40; step++) {
				const at: [number, number] = [
					west + ((step * 0.618_034) % 1) * (east - west),
					south + ((step * 0.754_878) % 1) * (north - south),
				];
				const own = drawn.areaAt(...at);
				if (
					own?.level === "regency" &&
					own.code.startsWith(code) &&
					around(at).every((area) => area === own)
				)
					between.push({ row: -1, at });
			}
			const places = [...cells, ...between];
			const drawnNow = () =>
				page.evaluate(
					([at, places]) => window.blcFrames?.sample(at, places) ?? [],
					[day, places.map(({ at }) => at)] as const,
				);
			const isOutside = (colour: readonly number[] | undefined) =>
				!colour?.some((part) => part > 0);
			const differing = async () => {
				const found = await drawnNow();
				return places.flatMap(({ row, at }, index) => {
					// Islets far off do not set the frame: what lies outside of the picture has no colour there.
					if (isOutside(found[index])) return [];
					const own = row < 0 ? noAreaColour(ground) : colour(row, day);
					const expected = own ? [own] : ground.noData;
					const drawn = found[index] ?? [];
					return expected.some((one) =>
						one.every((part, at) => Math.abs(part - (drawn[at] ?? -9)) <= 2),
					)
						? []
						: [{ row, at, expected, drawn }];
				});
			};
			// Once the camera rests: before, less of it is in the picture.
			const inPicture = async () =>
				(await drawnNow()).filter((found) => !isOutside(found)).length;
			let before = -1;
			await expect
				.poll(
					async () => {
						const last = before;
						before = await inPicture();
						return before === last ? differing() : ["moving"];
					},
					{ timeout: 30_000, intervals: [1_000] },
				)
				.toEqual([]);
			const seen = await drawnNow();
			for (const { row } of places.filter((_, at) => !isOutside(seen[at]))) {
				const own = row < 0 ? undefined : colour(row, day);
				kinds[
					own === undefined
						? "no area"
						: own === null
							? "missing"
							: own === ground.zero
								? "zero"
								: "value"
				]++;
			}
		}
		expect(
			Object.values(kinds).reduce((sum, count) => sum + count),
		).toBeGreaterThanOrEqual(500);
		expect(Math.min(...Object.values(kinds))).toBeGreaterThan(0);
	});

	test("of Jakarta show their kelurahan as circles on the map of Sebaran, with a legend, a card at the pointer, and a way to each", async () => {
		await page.goto(`${system.home()}/#/sebaran?area=31&period=all`);
		const legend = page.getByTestId("mark-legend");
		await expect(legend).toContainText("Kelurahan");
		await expect(legend).toContainText("per kelurahan");
		const map = page.getByTestId("map");
		const box = await map.boundingBox();
		if (!box) throw new Error("no map");
		const card = page.getByTestId("hover-card");
		const isOn = async (x: number, y: number) => {
			await page.mouse.move(x, y);
			return (
				(await card.count()) > 0 &&
				/Pademangan Timur/.test(await card.innerText())
			);
		};
		let at: { x: number; y: number } | null = null;
		await expect
			.poll(
				async () => {
					for (let y = 40; y < box.height && !at; y += 24)
						for (let x = box.width * 0.25; x < box.width * 0.8 && !at; x += 24)
							if (await isOn(box.x + x, box.y + y))
								at = { x: box.x + x, y: box.y + y };
					return at !== null;
				},
				{ timeout: 60_000 },
			)
			.toBe(true);
		await expect(card).toContainText("57");
		for (const [width, height] of [
			[1366, 768],
			[1920, 1080],
		] as const) {
			await page.screenshot({
				path: `test-results/screens/kelurahan-map-${width}.png`,
			});
			await page.setViewportSize({ width, height });
			await page.waitForTimeout(600);
		}
		await page.screenshot({
			path: "test-results/screens/kelurahan-map-large.png",
		});
		await page.setViewportSize({ width: 1366, height: 768 });
		// Away from Jakarta there are none.
		await page.goto(`${system.home()}/#/sebaran?area=35&period=all`);
		await expect(legend).toHaveCount(0);
	});

	test("are seen whole at every size", async () => {
		for (const [width, height] of [
			[1366, 768],
			[1920, 1080],
			[3840, 2160],
		] as const) {
			await page.setViewportSize({ width, height });
			await page.goto(`${system.home()}/#/situasi?area=35.78&rows=kecamatan`);
			await expect(rowOf("Sukolilo")).toContainText("412");
			const tools = page.getByTestId("table-rows");
			const panel = page.getByTestId("table-panel");
			const [inner, outer] = [
				await tools.boundingBox(),
				await panel.boundingBox(),
			];
			expect((inner?.x ?? 0) + (inner?.width ?? 0)).toBeLessThanOrEqual(
				(outer?.x ?? 0) + (outer?.width ?? 0),
			);
			await page.screenshot({
				path: `test-results/screens/kecamatan-${width}.png`,
			});
		}
	});
});
