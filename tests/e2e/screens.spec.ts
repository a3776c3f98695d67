import { readFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { provincesFile, writeMadeFile } from "../fixtures/spring-2020.ts";
import { type OpenSystem, openSystem, TESTER } from "../fixtures/system.ts";

/** From a laptop to a wall. */
const SIZES = [
	[1366, 768],
	[1920, 1080],
	[3840, 2160],
] as const;

/** A laptop of 1366 x 768 at 150 %. */
const ENLARGED = { width: 911, height: 512 };

/** Texts that a person sees only a part of. */
function cut(page: Page): Promise<string[]> {
	return page.evaluate(() =>
		[...document.querySelectorAll<HTMLElement>("#root *")].flatMap((one) => {
			const says =
				one instanceof HTMLInputElement
					? one.value || one.placeholder
					: [...one.childNodes].some(
								({ nodeType, textContent }) =>
									nodeType === Node.TEXT_NODE && textContent?.trim(),
							)
						? one.textContent
						: null;
			if (!says || !one.checkVisibility({ visibilityProperty: true }))
				return [];
			if (one.closest(".unseen, [class*=ag-aria]")) return [];
			const style = getComputedStyle(one);
			if (style.display === "inline") return [];
			const hides = (overflow: string) => overflow !== "visible";
			const isCut =
				(hides(style.overflowX) && one.scrollWidth > one.clientWidth + 1) ||
				(style.overflowY === "hidden" &&
					one.scrollHeight > one.clientHeight + 2);
			return isCut ? [says] : [];
		}),
	);
}

test.describe("the screens", () => {
	let system: OpenSystem;
	let page: Page;

	/** Shows an area on the last day but six, as a link would. */
	const show = async (more: string): Promise<void> => {
		await page.evaluate((hash) => {
			location.hash = hash;
		}, `#/situasi?day=2020-06-01&${more}`);
		await expect(page.getByTestId("kpis")).toHaveAttribute(
			"data-day",
			String(Date.parse("2020-06-01") / 86_400_000),
		);
	};

	test.beforeAll(async ({ browser }) => {
		test.setTimeout(300_000);
		system = await openSystem(browser, (folder) => [
			[
				"ingest",
				"covid19goid-provinsi",
				writeMadeFile(folder, provincesFile("2020-06-08")),
			],
		]);
		page = system.page;
	});
	test.afterAll(() => system?.close());

	for (const language of ["id", "en"] as const)
		test(`the header is one line with the longest name of a place and every word of its choices whole (${language})`, async () => {
			for (const [width, height] of SIZES) {
				await page.setViewportSize({ width, height });
				// Kab. Kepulauan Siau Tagulandang Biaro.
				await show(`area=71.09&measure=new7per100k&lang=${language}`);
				await expect(page.getByTestId("breadcrumb")).toContainText("Biaro");
				const tops = await page.evaluate(() => {
					const middles = [
						...document.querySelectorAll("[data-testid=header] > *"),
					].map((one) => {
						const { top, bottom } = one.getBoundingClientRect();
						return Math.round((top + bottom) / 2);
					});
					return Math.max(...middles) - Math.min(...middles);
				});
				expect(tops, `${width}`).toBeLessThan(4);
				await expect.poll(() => cut(page), `${width}`).toEqual([]);
			}
		});

	test("a laptop at 150 % scrolls down and not sideways: every tile can be read and the day stays in sight", async () => {
		await page.setViewportSize(ENLARGED);
		for (const language of ["id", "en"]) {
			await show(`area=ID&lang=${language}`);
			const tiles = await page
				.getByTestId("kpis")
				.locator(":scope > [data-testid^=kpi-]")
				.evaluateAll((all) =>
					all.map((one) => one.getBoundingClientRect().width),
				);
			expect(tiles.length).toBeGreaterThan(4);
			expect(Math.min(...tiles)).toBeGreaterThan(110);
			const scrolls = await page.evaluate(() => {
				const { scrollHeight, scrollWidth, clientWidth } =
					document.documentElement;
				return { down: scrollHeight, sideways: scrollWidth - clientWidth };
			});
			expect(scrolls.down).toBeGreaterThan(ENLARGED.height * 2);
			expect(scrolls.sideways).toBe(0);
			await expect.poll(() => cut(page)).toEqual([]);
			for (const testId of ["map-panel", "trend-panel", "table-panel"]) {
				await page.getByTestId(testId).scrollIntoViewIfNeeded();
				const bar = await page.getByTestId("timeline").boundingBox();
				expect(bar && Math.round(bar.y + bar.height)).toBe(ENLARGED.height);
			}
			await page.evaluate(() => scrollTo(0, 0));
		}
	});

	test("in a bright room the map is bright too, at once and on paper in every room", async () => {
		await page.setViewportSize({ width: 1366, height: 768 });
		await show("area=ID&lang=id");
		await expect(page.locator("[data-testid=map][data-ready]")).toBeVisible();
		/** Mean brightness of the map as it is drawn, of 255. */
		const brightness = (canvas: string) =>
			page.evaluate((selector) => {
				const drawn = document.querySelector<HTMLCanvasElement>(selector);
				const small = document.createElement("canvas");
				small.width = small.height = 16;
				const ink = small.getContext("2d");
				if (!drawn || !ink) return null;
				ink.drawImage(drawn, 0, 0, 16, 16);
				const { data } = ink.getImageData(0, 0, 16, 16);
				return data.reduce((sum, one) => sum + one, 0) / data.length;
			}, canvas);
		const map = ".maplibregl-canvas";
		await expect.poll(() => brightness(map)).toBeLessThan(120);
		// Paper takes what was drawn when the page hears of it, without waiting for a frame.
		const paper = await page.evaluate(async () => {
			window.dispatchEvent(new Event("beforeprint"));
			await Promise.resolve();
			return document.querySelectorAll(".map-paper").length;
		});
		expect(paper).toBe(1);
		expect(await brightness(".map-paper")).toBeGreaterThan(180);
		await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
		await expect(page.locator(".map-paper")).toHaveCount(0);
		await expect.poll(() => brightness(map)).toBeLessThan(120);
		/** Whether the mean of seven days stands on the trend in the colour that the room gives it. */
		const trendIsOfTheRoom = () =>
			page.evaluate(() => {
				const drawn = document.querySelector<HTMLCanvasElement>(
					"[data-testid=trend-chart] canvas",
				);
				const ink = document.createElement("canvas").getContext("2d");
				if (!drawn || !ink) return null;
				ink.fillStyle = getComputedStyle(document.documentElement)
					.getPropertyValue("--chart-mean")
					.trim();
				ink.fillRect(0, 0, 1, 1);
				const [red, green, blue] = ink.getImageData(0, 0, 1, 1).data;
				const { width, height } = drawn;
				const data = drawn
					.getContext("2d")
					?.getImageData(0, 0, width, height).data;
				if (!data) return null;
				for (let at = 0; at < data.length; at += 4)
					if (
						data[at] === red &&
						data[at + 1] === green &&
						data[at + 2] === blue
					)
						return true;
				return false;
			});
		const choose = (theme: "light" | "dark") =>
			page.evaluate(async (theme) => {
				await fetch("/api/command", {
					method: "POST",
					headers: { "content-type": "application/json" },
					body: JSON.stringify({
						id: crypto.randomUUID(),
						name: "change-settings",
						basedOn: null,
						request: { theme },
					}),
				});
			}, theme);
		await choose("light");
		await expect.poll(() => brightness(map)).toBeGreaterThan(180);
		const legend = page.getByTestId("map-legend");
		await expect(legend).toHaveCSS("color", "rgb(20, 32, 43)");
		await expect.poll(trendIsOfTheRoom).toBe(true);
		await choose("dark");
		await expect.poll(() => brightness(map)).toBeLessThan(120);
		await expect.poll(trendIsOfTheRoom).toBe(true);
	});

	test("a person draws map, trend and table larger by hand or keys: kept over a reload, and twice pressed as they first stood", async () => {
		await page.setViewportSize({ width: 1366, height: 768 });
		await show("area=ID&lang=id");
		const kept = () =>
			JSON.parse(
				readFileSync(`${system.folder}/workstation/workspace.json`, "utf8"),
			).people[TESTER].panels as Record<string, number>;
		const size = async (panel: string) => {
			const box = await page.getByTestId(panel).boundingBox();
			return { width: box?.width ?? 0, height: box?.height ?? 0 };
		};
		const before = await size("map-panel");
		const across = page.getByTestId("divider-situasi-across");
		await expect(across).toHaveAccessibleName("Batas antara peta dan tabel");
		await across.focus();
		for (let times = 0; times < 6; times++)
			await page.keyboard.press("ArrowLeft");
		await expect.poll(() => kept()["situasi-across"]).toBeCloseTo(0.56, 2);
		expect((await size("map-panel")).width).toBeLessThan(before.width - 60);
		// The keys moved the line, and not the day.
		await expect(page.getByTestId("kpis")).toHaveAttribute(
			"data-day",
			String(Date.parse("2020-06-01") / 86_400_000),
		);
		const down = page.getByTestId("divider-situasi-down");
		const line = await down.boundingBox();
		if (!line) throw new Error("the line has no place");
		const [x, y] = [line.x + line.width / 2, line.y + line.height / 2];
		await page.mouse.move(x, y);
		await page.mouse.down();
		await page.mouse.move(x, y - 20);
		await page.mouse.move(x, y - 60);
		await page.mouse.up();
		await expect.poll(() => kept()["situasi-down"]).toBeLessThan(0.56);
		const drawn = await size("map-panel");
		expect(drawn.height).toBeLessThan(before.height - 40);
		await page.reload();
		await expect(page.getByTestId("map-panel")).toBeVisible();
		await expect
			.poll(async () => Math.round((await size("map-panel")).width))
			.toBe(Math.round(drawn.width));
		expect((await size("map-panel")).height).toBeCloseTo(drawn.height, -1);
		await across.dblclick();
		await expect.poll(() => Object.keys(kept())).toEqual(["situasi-down"]);
		await page.getByTestId("rail-pengaturan").click();
		await page.getByTestId("settings-standard-layout").click();
		await expect.poll(() => kept()).toEqual({});
		await expect(page.getByTestId("settings-standard-layout")).toBeDisabled();
		await page.goBack();
		await expect
			.poll(async () => Math.round((await size("map-panel")).width))
			.toBe(Math.round(before.width));
	});

	test("no figure of the table is cut, however large and whether its row is the chosen one", async () => {
		await page.route("**/api/table?*", async (route) => {
			const answer = await route.fetch();
			const table = await answer.json();
			table.rows.forEach((row: Record<string, unknown>, at: number) => {
				row.value = at % 2 ? 1_234_567.5 : 3;
				row.per100k = at % 2 ? 12_345.678 : 4.5;
				row.week = {
					...(row.week as object),
					value: at % 2 ? 123_456.5 : 1,
					per100k: at % 2 ? 1_234.567 : 0.25,
				};
			});
			await route.fulfill({ response: answer, json: table });
		});
		// What is kept of other answers would be shown instead of these.
		await page.reload();
		for (const [width, height] of SIZES) {
			await page.setViewportSize({ width, height });
			for (const area of ["ID", "71.09"]) {
				await show(`area=${area}&measure=new7per100k&lang=id`);
				await expect(
					page.locator(".ag-row [col-id=total]").filter({ hasText: "1.234.5" }),
				).not.toHaveCount(0);
				const cutCells = () =>
					page
						.locator(".ag-row .ag-cell, .ag-header-cell-text")
						.evaluateAll((cells) =>
							cells.flatMap((cell) => {
								const [inner] = cell.getElementsByClassName("ag-cell-value");
								const text = (inner ?? cell) as HTMLElement;
								return text.scrollWidth > text.clientWidth + 1
									? [text.textContent]
									: [];
							}),
						);
				await expect.poll(cutCells, `${width} ${area}`).toEqual([]);
			}
		}
		await page.unroute("**/api/table?*");
		await page.reload();
	});

	test("a person's columns are kept: their order, their widths and which there are, until they are put back", async () => {
		await page.setViewportSize({ width: 1920, height: 1080 });
		await show("area=35&indicator=confirmed&lang=id");
		const head = (name: string) =>
			page.locator(`.ag-header-cell[col-id="${name}"]`);
		const heads = () =>
			page
				.locator(".ag-header-cell")
				.evaluateAll((all) =>
					all
						.sort(
							(a, b) =>
								a.getBoundingClientRect().left - b.getBoundingClientRect().left,
						)
						.map((one) => one.getAttribute("col-id")),
				);
		const standard = [
			"name",
			"code",
			"total",
			"new7",
			"per100k",
			"new7per100k",
			"marks",
		];
		await expect.poll(heads).toEqual(standard);
		const width = async () =>
			Math.round((await head("total").boundingBox())?.width ?? 0);
		// The window has just got another size: the grid divides its columns anew a moment later.
		let standardWidth = 0;
		await expect
			.poll(
				async () => {
					const before = standardWidth;
					standardWidth = await width();
					return standardWidth === before;
				},
				{ intervals: [400] },
			)
			.toBe(true);
		await page.getByTestId("table-columns").click();
		await expect(page.getByTestId("table-columns-standard")).toBeDisabled();
		await page.getByTestId("table-column-code").click();
		await page.keyboard.press("Escape");
		await expect(head("code")).toHaveCount(0);
		// Drawn to another place.
		const [from, to] = [
			await head("new7").boundingBox(),
			await head("new7per100k").boundingBox(),
		];
		if (!from || !to) throw new Error("a head has no place");
		const y = from.y + from.height / 2;
		await page.mouse.move(from.x + from.width / 2, y);
		await page.mouse.down();
		await page.mouse.move(from.x + from.width, y, { steps: 4 });
		await page.mouse.move(to.x + to.width / 2, y, { steps: 8 });
		await page.mouse.up();
		const drawn = ["name", "total", "per100k", "new7per100k", "new7", "marks"];
		await expect.poll(heads).toEqual(drawn);
		// Drawn wider.
		const before = await width();
		const box = await head("total").boundingBox();
		if (!box) throw new Error("the head has no place");
		await page.mouse.move(box.x + box.width - 1, y);
		await page.mouse.down();
		await page.mouse.move(box.x + box.width + 39, y, { steps: 5 });
		await page.mouse.up();
		await expect.poll(width).toBeGreaterThan(before + 30);
		const wide = await width();
		await page.waitForTimeout(500);
		await page.reload();
		await expect(head("total")).toBeVisible();
		await expect.poll(heads).toEqual(drawn);
		await expect.poll(width).toBe(wide);
		// In another language and for another indicator it is the same table.
		await show("area=35&indicator=deaths&lang=en");
		await expect.poll(heads).toEqual(drawn);
		await page.getByTestId("table-columns").click();
		await page.getByTestId("table-columns-standard").click();
		await page.keyboard.press("Escape");
		await expect.poll(heads).toEqual(standard);
		await expect.poll(width).toBe(standardWidth);
	});

	test("the widest day of a year stands whole in the day bar, in both languages", async () => {
		await page.setViewportSize({ width: 1366, height: 768 });
		for (const [language, words] of [
			["id", "30 Sep 2020"],
			["en", "30 Sept 2020"],
		]) {
			await show(`area=ID&lang=${language}`);
			const input = page.getByTestId("timeline").locator("input").first();
			await expect(input).toBeVisible();
			const fits = await input.evaluate((element, text) => {
				const field = element as HTMLInputElement;
				const style = getComputedStyle(field);
				const ink = document.createElement("canvas").getContext("2d");
				if (!ink) throw new Error("no canvas");
				ink.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
				const room =
					field.clientWidth -
					Number.parseFloat(style.paddingLeft) -
					Number.parseFloat(style.paddingRight);
				return room - ink.measureText(text).width;
			}, words as string);
			expect(fits, words).toBeGreaterThan(0);
		}
	});
});
