import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { promisify } from "node:util";
import { expect, type Locator, type Page, test } from "@playwright/test";
import {
	AREA_GROUPS,
	type AreaGroup,
	codesOfGroup,
} from "../../core/areas/groups.ts";
import { dayOfFrame } from "../../renderer/parts/export/frame-schedule.ts";
import { cameraOn } from "../../renderer/parts/map/framed-camera.ts";
import {
	toMercator,
	WORLD_AT_ZOOM_0,
} from "../../renderer/parts/map/mercator.ts";
import { loadAreas } from "../../resources/areas/load.ts";
import {
	datesInFilm,
	filmFacts,
	letWriteFiles,
	writtenFile,
} from "../fixtures/film.ts";
import { linesOfPdf } from "../fixtures/jspdf-lines.ts";
import { type Launched, launch } from "../fixtures/launched.ts";
import { cutOff, isRunning } from "../fixtures/processes.ts";
import { sheetIn } from "../fixtures/read-workbook.ts";
import { temporaryFolder } from "../fixtures/system.ts";

const execute = promisify(execFile);

/**
 * Types into a field of a box that has just come. The box takes the focus to its first field up to a frame after it is seen (Mantine's `trapFocus`), and
 * what is typed faster than that, as no person can, would stand there.
 */
const typed = (field: Locator, text: string) =>
	expect(async () => {
		await field.fill(text);
		await expect(field).toHaveValue(text, { timeout: 500 });
	}).toPass({ timeout: 30_000 });

/** Corners of a line that goes round all of some points, so many pixels off: the convex hull (Andrew 1979), pushed away from its middle. */
function around(
	points: readonly { x: number; y: number }[],
	off: number,
): { x: number; y: number }[] {
	const sorted = points.toSorted((a, b) => a.x - b.x || a.y - b.y);
	const half = (all: readonly { x: number; y: number }[]) => {
		const kept: { x: number; y: number }[] = [];
		for (const point of all) {
			while (kept.length >= 2) {
				const [a, b] = kept.slice(-2);
				const turn =
					(b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x);
				if (turn > 0) break;
				kept.pop();
			}
			kept.push(point);
		}
		return kept.slice(0, -1);
	};
	const hull = [...half(sorted), ...half(sorted.toReversed())];
	const middle = {
		x: hull.reduce((sum, { x }) => sum + x, 0) / hull.length,
		y: hull.reduce((sum, { y }) => sum + y, 0) / hull.length,
	};
	return hull.map(({ x, y }) => {
		const far = Math.hypot(x - middle.x, y - middle.y) || 1;
		return {
			x: x + ((x - middle.x) / far) * off,
			y: y + ((y - middle.y) / far) * off,
		};
	});
}

/** `npm start` on a machine without a display: the simulated country from nothing to the screen, and what happens to it there. */
test.describe("npm start with the simulated country", () => {
	test.skip(process.platform !== "linux", "reads the process list of Linux");
	test.describe.configure({ mode: "serial" });

	const folder = temporaryFolder();
	let launched: Launched;
	let page: Page;

	const shot = (name: string) =>
		page.screenshot({ path: `test-results/screens/${name}.png` });

	test.beforeAll(async ({ browser }) => {
		test.setTimeout(300_000);
		launched = launch(folder.path);
		// A film is played by a page of its own beside this one, in its context.
		page = await (await browser.newContext()).newPage();
		await page.goto(await launched.address());
	});
	test.afterAll(async () => {
		await page?.context().close();
		await launched?.interrupt();
		folder.remove();
	});

	test("the first picture comes by itself, labelled as an exercise", async () => {
		test.setTimeout(300_000);
		await expect(page.getByTestId("kpis")).toBeVisible({ timeout: 240_000 });
		await expect(page.getByTestId("exercise-banner")).toContainText("LATIHAN");
		await expect(page.getByTestId("kpi-value-confirmed")).toHaveText(
			/^\d{3}\.\d{3}$/,
			{ timeout: 120_000 },
		);
		await expect(
			page.getByTestId("map").locator("canvas").first(),
		).toBeVisible();
		// What every window reads before it draws: cut by which screens share it, it came in forty files.
		const built = readFileSync("out/renderer/index.html", "utf8");
		expect(built.match(/modulepreload|<script/g)?.length).toBeLessThan(10);
	});

	test("the kecamatan, hospitals, laboratories and warehouses follow by themselves, and until they are there every screen says so", async () => {
		test.setTimeout(300_000);
		const following = page.getByTestId("exercise-follows");
		await expect(following).toContainText(
			"Kecamatan dan kelurahan masih disiapkan · Rumah sakit, lab, dan gudang masih disiapkan",
		);
		await launched.complete();
		await expect(following).toHaveCount(0, { timeout: 120_000 });
	});

	test("the screen holds at the sizes of a laptop, a workstation and a wall, in both languages", async () => {
		test.setTimeout(300_000);
		for (const [width, height] of [
			[1366, 768],
			[1920, 1080],
			[3840, 2160],
		]) {
			await page.setViewportSize({ width, height });
			await page.waitForTimeout(3000);
			await shot(`latihan-${width}x${height}`);
			const overflow = await page.evaluate(
				() =>
					document.documentElement.scrollWidth -
					document.documentElement.clientWidth,
			);
			expect(overflow, `scrolls sideways at ${width}x${height}`).toBe(0);
		}
		await page.setViewportSize({ width: 1366, height: 768 });
		await page.getByTestId("language").getByText("EN").click();
		await expect(page.getByTestId("kpi-confirmed")).toContainText("Confirmed");
		await shot("latihan-english");
		await page.getByTestId("language").getByText("ID").click();
		await expect(page.getByTestId("kpi-confirmed")).toContainText("Konfirmasi");
	});

	test("a row of the table leads to the province, the breadcrumb back", async () => {
		await page.getByTestId("area-table").getByText("Jawa Timur").click();
		await expect(page.getByTestId("breadcrumb")).toContainText("Jawa Timur");
		await shot("latihan-jawa-timur");
		await page.getByTestId("area-back").click();
		await expect(page.getByTestId("breadcrumb")).not.toContainText(
			"Jawa Timur",
		);
	});

	test("playing moves the day, and the keyboard stops it", async () => {
		await page.getByTestId("date-input").fill("2020-06-01");
		await page.keyboard.press("Enter");
		const day = () => page.getByTestId("kpis").getAttribute("data-day");
		await expect.poll(day).toBe(String(Date.parse("2020-06-01") / 86_400_000));
		await page.getByTestId("play").click();
		await expect
			.poll(async () => Number(await day()), { timeout: 60_000 })
			.toBeGreaterThan(Date.parse("2020-06-05") / 86_400_000);
		await page.getByTestId("play").click();
		const asked = () =>
			page.evaluate(() =>
				new URLSearchParams(location.hash.split("?")[1]).get("day"),
			);
		// The address and the figures follow the map within moments; then nothing moves any more.
		await page.waitForTimeout(1000);
		const stopped = await asked();
		await expect
			.poll(day)
			.toBe(String(Date.parse(String(stopped)) / 86_400_000));
		await page.waitForTimeout(2000);
		expect(await asked()).toBe(stopped);
	});

	test("the table leaves as a CSV that Indonesian Excel reads", async () => {
		const download = page.waitForEvent("download");
		await page.getByTestId("table-export").click();
		const menu = page.getByRole("menuitem").first();
		if (await menu.isVisible().catch(() => false)) await menu.click();
		const file = await download;
		expect(file.suggestedFilename()).toMatch(/\.csv$/);
		const stream = await file.createReadStream();
		let text = "";
		for await (const chunk of stream) text += chunk;
		expect(text.split("\n")[0]).toContain(";");
		expect(text).toContain("Jawa Timur");
	});

	test("a presenter plays from the first case to the last day, compares 1 June with 1 December, draws a lasso, and takes Jabodetabek home as a film whose frames show their dates", async () => {
		test.setTimeout(240_000);
		const dayOf = (iso: string) => String(Date.parse(iso) / 86_400_000);
		const open = (more: string) =>
			page.evaluate((hash) => {
				location.hash = hash;
			}, `#/sebaran?${more}`);
		const card = page.getByTestId("area-card");
		await page.setViewportSize({ width: 1366, height: 768 });
		await open("day=2020-03-02&speed=20");
		await expect(page.locator("[data-testid=map][data-ready]")).toBeVisible();
		await expect(card).toHaveAttribute("data-day", dayOf("2020-03-02"));
		await page.keyboard.press("Space");
		await expect(card).toHaveAttribute("data-day", dayOf("2020-12-26"), {
			timeout: 90_000,
		});
		await expect(page.getByTestId("play")).toHaveAttribute(
			"aria-label",
			"Putar",
		);

		await open("day=2020-12-01&compare=side&against=2020-06-01");
		const figure = (side: string) => page.getByTestId(`figure-${side}`).first();
		await expect(figure("left")).toHaveText(/\d/);
		await expect(figure("right")).toHaveText(/\d/);
		/** What the rows of the table below an area say of a day, by their codes. */
		const told = (parent: string, day: string) =>
			page.evaluate(
				async ([parent, day]) => {
					const areas = (await (await fetch("/api/areas")).json()) as {
						id: number;
						code: string;
					}[];
					const id = areas.find(({ code }) => code === parent)?.id;
					const table = await (
						await fetch(`/api/table?indicator=confirmed&area=${id}&day=${day}`)
					).json();
					return (table.rows as { area: number; value: number | null }[]).map(
						({ area, value }) => ({
							code: areas.find((one) => one.id === area)?.code ?? "",
							value: value ?? 0,
						}),
					);
				},
				[parent, day] as const,
			);
		const sumOf = (rows: readonly { value: number }[]) =>
			rows.reduce((sum, { value }) => sum + value, 0);
		const written = (value: number) => value.toLocaleString("id-ID");
		// Of the nation a figure of its own: in the sum of its provinces are cases that it does not count.
		const nation = (day: string) =>
			page.evaluate(async (day) => {
				const areas = (await (await fetch("/api/areas")).json()) as {
					id: number;
					code: string;
				}[];
				const id = areas.find(({ code }) => code === "ID")?.id;
				const answer = await fetch(
					`/api/figures?indicator=confirmed&area=${id}&day=${day}`,
				);
				return (await answer.json()).value as number;
			}, day);
		await expect(figure("left")).toHaveText(
			written(await nation("2020-06-01")),
		);
		await expect(figure("right")).toHaveText(
			written(await nation("2020-12-01")),
		);

		// How full a hospital is, where that comes from: the number of the list is the one that is explained.
		await open("day=2020-12-01&area=31&marks=hospitals");
		await page.getByTestId("mark-list-hospitals").click();
		const full = page
			.getByTestId("mark-list")
			.getByRole("row")
			.nth(1)
			.getByRole("button")
			.last();
		const share = (await full.innerText()).match(/\d+/)?.[0] ?? "none";
		await full.click();
		await expect(page.getByTestId("explain-value")).toContainText(share);
		await expect(page.getByTestId("explain-facility-terms")).toContainText("÷");
		await page.keyboard.press("Escape");
		await expect(page.getByTestId("explain-value")).toBeHidden();
		// Of a frame that stands in the address it is known where on the screen a place lies.
		const frame = [106.2, -6.8, 107.6, -5.4] as const;
		await open(`day=2020-12-01&area=32&map=regency&camera=${frame.join("_")}`);
		await expect(card).toContainText("Jawa Barat");
		await page.getByTestId("area-set").click();
		await page.getByTestId("area-set-lasso").click();
		const box = await page.getByTestId("sketch").boundingBox();
		if (!box) throw new Error("nothing to draw on");
		const places = loadAreas();
		const wanted = new Set(
			codesOfGroup(
				AREA_GROUPS.find(({ key }) => key === "jabodetabek") as AreaGroup,
				places.map(({ code }) => ({ code, unknownPlace: false })),
			),
		);
		expect(wanted.size).toBe(14);
		const camera = cameraOn(
			{ west: frame[0], south: frame[1], east: frame[2], north: frame[3] },
			box,
		);
		const [middleX, middleY] = toMercator(...camera.center);
		const world = WORLD_AT_ZOOM_0 * 2 ** camera.zoom;
		const seats = places.flatMap(({ code, lng, lat }) => {
			if (!wanted.has(code) || lng === null || lat === null) return [];
			const [x, y] = toMercator(lng, lat);
			return [
				{
					x: box.x + box.width / 2 + (x - middleX) * world,
					y: box.y + box.height / 2 + (y - middleY) * world,
				},
			];
		});
		const round = around(seats, 8);
		await page.mouse.move(round[0].x, round[0].y);
		await page.mouse.down();
		for (const { x, y } of [...round, round[0]]) await page.mouse.move(x, y);
		await page.mouse.up();
		await expect(page.getByTestId("sum-more")).toContainText("14 dari 14");
		const rows = (
			await Promise.all(
				["31", "32", "36"].map((code) => told(code, "2020-12-01")),
			)
		).flat();
		const sum = sumOf(rows.filter(({ code }) => wanted.has(code)));
		await expect(page.getByTestId("sum-figure")).toHaveText(written(sum));
		// By its name it is the same set.
		const drawn = new URL(page.url()).hash;
		await page.getByTestId("area-set").click();
		await page.getByTestId("area-set-group").click();
		await page.getByRole("option", { name: "Jabodetabek" }).click();
		await page.keyboard.press("Escape");
		await expect(page.getByTestId("sum-more")).toContainText("14 dari 14");
		expect(new URL(page.url()).hash).toBe(drawn);

		await letWriteFiles(page);
		await page.getByTestId("map-export").click();
		await page.getByTestId("map-export-film").click();
		const film = page.getByTestId("film");
		await film.getByLabel("Dari", { exact: true }).fill("2020-11-30");
		await film.getByLabel("Sampai", { exact: true }).fill("2020-12-01");
		for (const [label, option] of [
			["Ukuran", "1280 × 720"],
			["Hari per detik", "10"],
			["Gambar per detik", "24"],
		] as const) {
			await film.getByRole("combobox", { name: label }).click();
			await page.getByRole("option", { name: option, exact: true }).click();
		}
		await page.getByTestId("film-start").click();
		await expect(film).toHaveAttribute("data-state", "done", {
			timeout: 120_000,
		});
		const made = await writtenFile(page);
		expect(made.name).toMatch(/^LATIHAN_blc-sebaran_32_confirmed_/);
		const { times, width, height } = await filmFacts(made.bytes);
		expect([width, height, times.length]).toEqual([1280, 720, 5]);
		const lapse = {
			from: 0,
			to: 1,
			daysPerSecond: 10,
			framesPerSecond: 24,
		};
		expect(
			await datesInFilm(
				page,
				{ ...made, times },
				{
					dates: ["30 Nov 2020", "1 Des 2020"],
					isExercise: true,
				},
			),
		).toEqual(times.map((_, frame) => dayOfFrame(lapse, frame)));
		await page.getByTestId("film-cancel").click();
		await page.evaluate(() => {
			location.hash = "#/situasi";
		});
		await expect(page.getByTestId("kpis")).toBeVisible();
	});

	test("a planner finds what is short, plans who is sent what, pins one line and takes it back, a second person approves, and the order leaves as a workbook that adds up", async () => {
		test.setTimeout(480_000);
		const become = async (role: string) => {
			await page.getByTestId("person").click();
			await page.getByTestId(`role-${role}`).click();
		};
		await become("planner");
		await page.evaluate(() => {
			location.hash = "#/logistik?area=ID&view=kekurangan";
		});
		await expect(page.getByTestId("shortage-matrix")).toContainText(
			"Jawa Timur",
			{ timeout: 60_000 },
		);
		await page.evaluate(() => {
			location.hash = "#/logistik?area=ID&view=kirim";
		});
		const found = page.getByTestId("plan-found");
		await expect(found).toBeVisible({ timeout: 60_000 });
		const plan = () => found.getAttribute("data-plan");
		const before = await plan();
		const pin = page.locator("[data-testid^=pin-open-]").first();
		const place = (await pin.getAttribute("data-testid"))?.split("-").at(-1);
		const sent = page.getByTestId(`plan-sent-${place}`);
		await pin.click();
		await page.getByTestId(`pin-units-${place}`).fill("120");
		await page.getByTestId(`pin-apply-${place}`).click();
		await expect(sent).toHaveText("120");
		await page.getByTestId("pin-undo").click();
		await expect.poll(plan).toBe(before);
		await page.getByTestId("pin-redo").click();
		await expect(sent).toHaveText("120");
		await page.getByTestId("plan-draft").click();
		await page.getByTestId("plan-draft-form-reason").fill("rapat pagi");
		await page.getByTestId("plan-draft-form-order").click();
		const orders = page.getByTestId("order");
		await expect(orders).toHaveCount(34, { timeout: 150_000 });
		// Whoever wrote them is offered no approval.
		await expect(page.getByTestId("orders-approve")).toBeHidden();
		await become("administrator");
		await page.getByTestId("orders-approve").click();
		await page.getByTestId("orders-approve-form-reason").fill("disetujui");
		await page.getByTestId("orders-approve-form-order").click();
		await expect(
			page.locator('[data-testid="order"][data-status="approved"]'),
		).toHaveCount(34, { timeout: 150_000 });
		await orders.first().getByRole("button").first().click();
		const download = page.waitForEvent("download");
		await page.getByTestId("paper-xlsx-SPPB").click();
		const file = await download;
		expect(file.suggestedFilename()).toMatch(
			/^LATIHAN_SPPB-GUDANG-ID-2020-\d{4}\.xlsx$/,
		);
		const sheet = sheetIn(readFileSync(await file.path()));
		expect(sheet[0]?.[0]).toMatch(/^LATIHAN/);
		const lines = sheet.filter(
			(row) => typeof row[0] === "number" && typeof row[3] === "number",
		);
		expect(lines.length).toBeGreaterThan(0);
		for (const [, , , ordered, issued, left] of lines)
			expect(Number(issued) + Number(left)).toBe(ordered);
		const printing = page.waitForEvent("download");
		await page.getByTestId("paper-pdf-SPPB").click();
		const paper = await printing;
		expect(paper.suggestedFilename()).toMatch(
			/^LATIHAN_SPPB-GUDANG-ID-2020-\d{4}\.pdf$/,
		);
		const shown = linesOfPdf(readFileSync(await paper.path()));
		expect(shown.filter((text) => text.startsWith("LATIHAN"))).not.toEqual([]);
		expect(
			shown.filter((text) =>
				/^SPPB\/GUDANG-ID\/2020\/\d{4} · 1\/\d+$/.test(text),
			),
		).toHaveLength(1);
		// The same lines as in the workbook, and two who sign.
		for (const [, item] of lines)
			expect(shown.join(" ")).toContain(String(item).split(" ")[0]);
		for (const role of ["Yang memerintahkan", "Kepala gudang"])
			expect(shown).toContain(role);
		await page.evaluate(() => {
			location.hash = "#/situasi?area=ID";
		});
		await expect(page.getByTestId("kpis")).toBeVisible();
	});

	test("a province decides among its own: it sees no other, stops what one hospital is sent, its own second person approves, and what leaves with lot and expiry arrives in part", async () => {
		test.setTimeout(480_000);
		const open = (hash: string) =>
			page.evaluate((to) => {
				location.hash = to;
			}, hash);
		const become = async (role: string) => {
			await page.getByTestId("person").click();
			await page.getByTestId(`role-${role}`).click();
			await expect(page.getByTestId("plan-panel")).toContainText(
				"Kalimantan Utara",
			);
		};
		await open("#/logistik?area=65&view=kirim");
		await become("planner-65");
		// The country is not theirs any more.
		await expect(page.getByTestId("breadcrumb")).not.toContainText("Indonesia");
		const found = page.getByTestId("plan-found");
		await expect(found).toBeVisible({ timeout: 120_000 });
		// Its tier is its own, and nobody else's stock is told.
		await expect(page.getByTestId("plan-tier")).toHaveCount(0);
		await open("#/logistik?area=64&view=kirim");
		await expect(page.locator("body")).toContainText("“64” tidak ada");
		await open("#/logistik?area=65&view=kirim");
		const forbid = page.locator("[data-testid^=pin-forbid-]").first();
		const stopped = (await forbid.getAttribute("data-testid"))
			?.split("-")
			.at(-1);
		await expect(page.getByTestId(`plan-sent-${stopped}`)).not.toHaveText("0");
		await forbid.click();
		await expect(page.getByTestId(`plan-sent-${stopped}`)).toHaveText("0", {
			timeout: 60_000,
		});
		await page.getByTestId("plan-draft").click();
		await page.getByTestId("plan-draft-form-reason").fill("rapat dinkes");
		await page.getByTestId("plan-draft-form-order").click();
		const own = page.locator(
			'[data-testid="order"][data-number^="GUDANG-65/"]',
		);
		const drafts = own.and(page.locator('[data-status="draft"]'));
		await expect(drafts.first()).toBeVisible({ timeout: 150_000 });
		// What the centre gave it, it is told of too; what others are given not.
		await expect(
			page.getByTestId("order").filter({ hasNotText: "Kalimantan Utara" }),
		).toHaveCount(0);
		await expect(page.getByTestId("orders-approve")).toBeHidden();
		await become("administrator");
		await expect(drafts.first()).toBeVisible({ timeout: 60_000 });
		await expect(page.getByTestId("orders-approve")).toBeHidden();
		await become("administrator-65");
		await page.getByTestId("orders-approve").click({ timeout: 60_000 });
		await page.getByTestId("orders-approve-form-reason").fill("disetujui");
		await page.getByTestId("orders-approve-form-order").click();
		await expect(drafts).toHaveCount(0, { timeout: 150_000 });
		await become("planner-65");
		const approved = own.and(page.locator('[data-status="approved"]'));
		const number = await approved.first().getAttribute("data-number", {
			timeout: 60_000,
		});
		const order = page.locator(
			`[data-testid="order"][data-number="${number}"]`,
		);
		await order.getByRole("button").first().click();
		await expect(order).toContainText("Gudang Latihan Kalimantan Utara →");
		await page.getByTestId("order-send").click();
		const lots = page.locator("[data-testid^=order-lot-]");
		const expiries = page.locator("[data-testid^=order-expires-]");
		// Of the first item two lots leave at once.
		const amount = page
			.getByTestId("order-send-form")
			.getByRole("row")
			.nth(1)
			.getByRole("textbox")
			.last();
		const waiting = Number((await amount.inputValue()).replaceAll(".", ""));
		await page.locator("[data-testid^=order-more-]").first().click();
		for (let at = 0; at < (await lots.count()); at++)
			await typed(lots.nth(at), `L-${at}`);
		const second = page
			.getByTestId("order-send-form")
			.getByRole("row")
			.nth(2)
			.getByRole("textbox")
			.last();
		await typed(second, "2");
		await typed(page.getByTestId("order-send-form-reason"), "truk pagi");
		// What is no day is not sent as none, and a day is written as the house writes it.
		await expiries.first().fill("31/13/2021");
		await expect(page.getByTestId("order-send-form-order")).toBeDisabled();
		await expiries.first().fill("30/6/2021");
		await expiries.first().blur();
		await expect(expiries.first()).toHaveValue("30 Jun 2021");
		// More than waits is not sent.
		await expect(page.getByTestId("order-send-form-order")).toBeDisabled();
		await amount.fill(String(waiting - 2));
		// What is typed is asked about before another view takes its place.
		await page.getByTestId("logistics-views").getByText("Kekurangan").click();
		await page.getByTestId("draft-stay").click();
		await expect(expiries.first()).toHaveValue("30 Jun 2021");
		await page.getByTestId("order-send-form-order").click();
		await expect(order).toHaveAttribute("data-status", "sent", {
			timeout: 60_000,
		});
		await page.getByTestId("order-receive").click();
		const units = page
			.getByTestId("order-receive-form")
			.getByRole("textbox")
			.first();
		const sent = Number((await units.inputValue()).replaceAll(".", ""));
		await typed(units, String(sent - 1));
		await typed(page.getByTestId("order-receive-form-reason"), "satu rusak");
		await page.getByTestId("order-receive-form-order").click();
		await expect(order).toHaveAttribute("data-status", "received-part", {
			timeout: 60_000,
		});
		await page.getByTestId("order-close").click();
		await page.getByTestId("order-close-form-reason").fill("tidak menyusul");
		await page.getByTestId("order-close-form-order").click();
		await expect(order).toHaveAttribute("data-status", "closed", {
			timeout: 60_000,
		});
		await expect(order).toContainText("1 tidak sampai");
		const minutes = async (name: string) => {
			const handover = page.waitForEvent("download");
			await page.getByTestId(`paper-xlsx-${name}`).click();
			return sheetIn(readFileSync(await (await handover).path()))
				.filter((row) => typeof row[0] === "number")
				.map((row) => row.slice(3));
		};
		const lot = ["L-0", "30 Jun 2021"];
		expect(sent).toBe(waiting - 2);
		const arrived = await minutes("BAST-1");
		expect(arrived[0]).toEqual([...lot, sent - 1, sent, sent - 1, 1]);
		expect(arrived[1]?.[0]).toBe("L-1");
		for (const [, , now, out, inAll, way] of arrived) {
			expect(now).toBe(inAll);
			expect(Number(inAll) + Number(way)).toBe(out);
		}
		expect(await minutes("BAST-2")).toEqual([[...lot, sent, sent - 1, 1]]);
		expect((await minutes("SBBK-1")).slice(0, 2)).toEqual([
			[...lot, sent],
			["L-1", "–", 2],
		]);
		await open("#/situasi?area=65");
		await page.getByTestId("person").click();
		await page.getByTestId("role-planner").click();
		await open("#/situasi?area=ID");
		await expect(page.getByTestId("kpis")).toBeVisible();
	});

	test("a doubtful count is refused on the screen, a warehouse is found by name, numbers of laboratories and scenarios tell their origin, and a referral leads to its hospital", async () => {
		test.setTimeout(240_000);
		const open = (hash: string) =>
			page.evaluate((to) => {
				location.hash = to;
			}, hash);
		await page.getByTestId("person").click();
		await page.getByTestId("role-planner").click();
		await open("#/logistik?area=35&view=diragukan");
		await page
			.getByTestId("held-table")
			.locator(".ag-row")
			.first()
			.click({ timeout: 60_000 });
		await page.getByTestId("held-refuse").click();
		await page.getByTestId("held-refuse-form-reason").fill("ditelepon");
		await page.getByTestId("held-refuse-form-order").click();
		await expect(page.getByTestId("held-standing")).toContainText(
			"LATIHAN: perencana logistik, nasional",
			{ timeout: 60_000 },
		);

		await page.keyboard.press("Control+k");
		await page
			.getByTestId("palette")
			.getByRole("combobox")
			.fill("gudang latihan jawa timur");
		await expect(page.getByTestId("palette")).toContainText("GUDANG-35");
		await page.keyboard.press("Enter");
		await expect(page.getByTestId("facility-about")).toContainText(
			"Gudang Latihan Jawa Timur",
			{ timeout: 90_000 },
		);

		await open("#/logistik?area=35&view=laboratorium");
		/** Rows of the table that are lower than their text, or much higher, once nothing moves. */
		const unfit = () =>
			page.getByTestId("laboratory-table").evaluate((table) => {
				const rows = [...table.querySelectorAll(".ag-row")];
				return rows.length === 0
					? "no rows"
					: rows.flatMap((row) => {
							const text = Math.max(
								...[
									...row.querySelectorAll(".ag-cell-wrapper, .ag-cell-value"),
								].map((cell) => {
									const range = document.createRange();
									range.selectNodeContents(cell);
									return range.getBoundingClientRect().height;
								}),
							);
							const { height } = row.getBoundingClientRect();
							return height < text || height > 2 * text
								? [{ height, text }]
								: [];
						});
			});
		const window = page.viewportSize();
		for (const size of [{ width: 1920, height: 1080 }, window])
			if (size) {
				await page.setViewportSize(size);
				await expect.poll(unfit, { timeout: 60_000 }).toEqual([]);
			}
		await page
			.getByTestId("laboratory-table")
			.locator(".ag-row .ag-cell[col-id=wait]")
			.first()
			.click({ timeout: 90_000 });
		/** The origin of a number opens and tells something, and is closed again; one stands ready in each part of the screen. */
		const tells = async (what: string) => {
			const origin = page.getByTestId("origin").filter({ hasText: what });
			await expect(origin).toHaveCount(1);
			await page.keyboard.press("Escape");
			await expect(origin).toHaveCount(0);
		};
		await tells("menunggu ÷ kapasitas tanpa reagen");

		// Patients ahead by a fit, which tells its doubling time; what they need opens to what it was reckoned by.
		await open("#/logistik?area=35&view=kebutuhan");
		await page.getByTestId("census-way").click();
		await page
			.getByRole("option", { name: "CHIME, waktu berlipat dua", exact: true })
			.click();
		await page.getByTestId("census-doubling").fill("6");
		await page.getByTestId("patients-reckon").click();
		await expect(page.getByTestId("patients-told")).toContainText(
			"Kasus berlipat dua tiap 6,00 hari",
			{ timeout: 90_000 },
		);
		const workers = page.locator("[data-need=inpatientWorkers]");
		await workers.getByRole("button").click({ timeout: 90_000 });
		await expect(
			page.locator("[data-need=inpatientWorkers] + tr"),
		).toContainText("jam kerja per pasien ÷ jam giliran");

		await open("#/logistik?area=35&view=skenario");
		await page.getByTestId("scenario-new").click();
		await page.getByTestId("scenario-preset-held").click();
		await page
			.getByTestId("scenario-number-netNeed")
			.first()
			.click({ timeout: 60_000 });
		await tells("terbitan");

		await open("#/rujukan?area=35.78");
		await page
			.getByTestId("referral-list")
			.locator(".ag-row")
			.first()
			.click({ timeout: 90_000 });
		await page.getByTestId("referral-open").click();
		await expect(page.getByTestId("facility-about")).toContainText("Surabaya", {
			timeout: 90_000,
		});
		await open("#/situasi?area=ID");
		await expect(page.getByTestId("kpis")).toBeVisible();
	});

	test("a backend killed in front of the audience leaves the picture, says so, and comes back", async () => {
		test.setTimeout(120_000);
		const backend = launched
			.processes()
			.find(({ command }) => /out\/main\/backend\.js/.test(command));
		expect(backend).toBeDefined();
		cutOff(backend?.pid as number);
		await expect(page.getByTestId("stale-banner")).toBeVisible({
			timeout: 30_000,
		});
		await expect(page.getByTestId("kpi-value-confirmed")).toBeVisible();
		await expect(page.getByTestId("stale-banner")).toBeHidden({
			timeout: 60_000,
		});
	});

	test("the next day of the exercise reaches the open screen by itself", async () => {
		test.setTimeout(240_000);
		await page.keyboard.press("End");
		const day = async () =>
			Number(await page.getByTestId("kpis").getAttribute("data-day"));
		await expect.poll(day).toBe(Date.parse("2020-12-26") / 86_400_000);
		await execute(process.execPath, [
			"hub/cli.ts",
			"exercise",
			"next-day",
			"--publish",
			"--data",
			`${folder.path}/hub`,
		]);
		await expect
			.poll(day, { timeout: 60_000 })
			.toBe(Date.parse("2020-12-27") / 86_400_000);
	});

	test("Ctrl-C ends every process and leaves the database clean; the next start shows the same at once", async () => {
		test.setTimeout(120_000);
		const family = launched.processes();
		expect(family.length).toBeGreaterThan(3);
		expect(await launched.interrupt()).toBe(0);
		await expect
			.poll(() => family.filter(({ pid }) => isRunning(pid)))
			.toEqual([]);
		expect(existsSync(`${folder.path}/hub/postgres/postmaster.pid`)).toBe(
			false,
		);
		launched = launch(folder.path);
		// By its address: where the official was last is told where settings are, and follows from how fast the tests before were.
		await page.goto(
			new URL("#/situasi?area=ID", await launched.address()).href,
		);
		await expect(page.getByTestId("kpi-value-confirmed")).toHaveText(
			/^\d{3}\.\d{3}$/,
		);
		expect(launched.output()).not.toContain("Loading the simulated country");
	});
});
