import { expect, type Locator, type Page, test } from "@playwright/test";
import {
	cutOff,
	family,
	freeze,
	NO_FREEZING,
	thaw,
} from "../fixtures/processes.ts";
import { provincesFile, writeMadeFile } from "../fixtures/spring-2020.ts";
import { type OpenSystem, openSystem } from "../fixtures/system.ts";

/** The process of the backend of a browser host that this test started: the child of a child of ours. */
function backendProcess(): number {
	const hosts = family(process.pid).filter(
		({ parent, command }) =>
			parent === process.pid && command.includes("browser.js"),
	);
	const backend = hosts
		.flatMap(({ pid }) => family(pid))
		.find(({ command }) => command.includes("backend.js"));
	if (!backend) throw new Error("the browser host has no backend");
	return backend.pid;
}

/** Orders something at the workstation, as the screen would; what is answered. */
async function order<Answer = unknown>(
	page: Page,
	name: string,
	request: object,
): Promise<Answer> {
	const { status, body } = await page.evaluate(
		async ([name, request]) => {
			const answer = await fetch("/api/command", {
				method: "POST",
				headers: { "content-type": "application/json" },
				body: JSON.stringify({
					id: crypto.randomUUID(),
					name,
					basedOn: null,
					request,
				}),
			});
			return { status: answer.status, body: await answer.json() };
		},
		[name, request] as const,
	);
	expect([name, status]).toEqual([name, 200]);
	return body as Answer;
}

/** Takes something by its middle, or by a corner, and lays it down elsewhere. */
async function drag(
	page: Page,
	what: Locator,
	by: { x: number; y: number },
): Promise<void> {
	const box = await what.boundingBox();
	if (!box) throw new Error("not there");
	const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
	await page.mouse.move(at.x, at.y);
	await page.mouse.down();
	await page.mouse.move(at.x + by.x / 2, at.y + by.y / 2, { steps: 4 });
	await page.mouse.move(at.x + by.x, at.y + by.y, { steps: 4 });
	await page.mouse.up();
}

/** Another window of the same workstation in a process of its own: what stands still in one does not in the other. */
async function apart(page: Page): Promise<Page> {
	const browser = page.context().browser();
	if (!browser) throw new Error("no browser");
	const storageState = await page.context().storageState();
	return (await browser.newContext({ storageState })).newPage();
}

test.describe("the walls", () => {
	let system: OpenSystem;
	let page: Page;

	const show = (hash: string) =>
		page.evaluate((to) => {
			location.hash = to;
		}, hash);

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
		// By the link: what Situasi opens on is chosen by then, and writes no address any more.
		await page.getByTestId("rail").getByText("Dinding").click();
		await page.getByTestId("wall-list").waitFor();
	});
	test.afterAll(() => system?.close());

	test("a scene is built by dragging and by keys, kept over a reload, and taken back", async () => {
		await page.setViewportSize({ width: 1600, height: 900 });
		await show("#/dinding");
		await expect(page.getByTestId("wall-list").locator("li")).toHaveCount(10);
		await page.getByTestId("new-scene").click();
		await page.getByTestId("scene-name").fill("Pagi di Posko");
		for (const kind of ["Tren", "Jam WIB, WITA, WIT"]) {
			await page.getByTestId("add-panel").click();
			await page.getByRole("menuitem", { name: kind }).click();
		}
		const trend = page.getByTestId("tile-trend");
		const clock = page.getByTestId("tile-clock");
		const place = (tile: Locator) =>
			tile.getByTestId("grip").getAttribute("aria-label");
		expect(await place(trend)).toMatch(/kolom 1 baris 1, 6 × 4$/);
		expect(await place(clock)).toMatch(/kolom 7 baris 1, 6 × 4$/);

		const stage = await page.getByTestId("editor").boundingBox();
		if (!stage) throw new Error("no stage");
		const [column, row] = [stage.width / 12, stage.height / 8];
		await drag(page, clock, { x: 0, y: row * 4 });
		await expect.poll(() => place(clock)).toMatch(/kolom 7 baris 5, 6 × 4$/);
		await drag(page, trend.locator(".react-resizable-handle"), {
			x: column * 3,
			y: 0,
		});
		await expect.poll(() => place(trend)).toMatch(/kolom 1 baris 1, 9 × 4$/);
		await clock.getByTestId("grip").focus();
		await page.keyboard.press("Shift+ArrowUp");
		await page.keyboard.press("ArrowLeft");
		await expect.poll(() => place(clock)).toMatch(/kolom 6 baris 5, 6 × 3$/);
		// Over the other it does not go.
		await page.keyboard.press("ArrowUp");
		await expect.poll(() => place(clock)).toMatch(/kolom 6 baris 5, 6 × 3$/);

		await trend.getByTestId("grip").focus();
		await page.getByTestId("panel-indicator").click();
		await page.getByRole("option", { name: "Meninggal" }).click();
		await page.getByTestId("save-scene").click();
		await expect(page.getByTestId("stage")).toContainText("Meninggal");
		await page.reload();
		const entry = page.getByTestId("wall-list").getByText("Pagi di Posko");
		await expect(entry).toBeVisible();
		await expect(page.getByTestId("stage")).toContainText("Meninggal");

		await page.getByTestId("wall-take-back").click();
		await expect(entry).toHaveCount(0);
	});

	test("a playlist goes from scene to scene and nobody sees an empty panel; nothing of the house stands around it", async () => {
		const panel = (kind: string, x: number, address: string) => ({
			...{ id: `p${x}`, kind, address, text: "Halo", staleAfter: null },
			place: { x, y: 0, width: 6, height: 8 },
		});
		for (const [id, indicator] of [
			["satu", "confirmed"],
			["dua", "deaths"],
		])
			await order(page, "keep-scene", {
				...{ id, name: `Adegan ${id}` },
				panels: [
					panel("map", 0, `#/situasi?map=province&indicator=${indicator}`),
					panel("trend", 6, `#/situasi?indicator=${indicator}`),
				],
				notes: `Tentang ${id}`,
			});
		await order(page, "keep-playlist", {
			...{ id: "uji", name: "Uji", transition: "fade", hours: [] },
			entries: [
				{ scene: "satu", seconds: 6 },
				{ scene: "dua", seconds: 6 },
			],
		});
		await show("#/dinding?wall=1&show=playlist.uji");
		const shown = page.locator('[data-phase="shown"]');
		await expect(shown.getByTestId("trend-panel")).toBeVisible();
		await expect(page.getByTestId("rail")).toHaveCount(0);
		await expect(page.getByTestId("header")).toHaveCount(0);
		// From the first whole scene on.
		await expect(shown.locator("[data-coming]")).toHaveCount(0);
		const seen = await page.evaluate(
			() =>
				new Promise<{ names: string[]; empty: number; canvases: number }>(
					(resolve) => {
						const names: string[] = [];
						let empty = 0;
						let canvases = 0;
						const look = setInterval(() => {
							const layer = document.querySelector('[data-phase="shown"]');
							if (!layer || layer.querySelector("[data-coming]")) empty++;
							const name = layer?.getAttribute("aria-label") ?? "";
							if (names.at(-1) !== name) names.push(name);
							canvases = Math.max(
								canvases,
								document.querySelectorAll("canvas.maplibregl-canvas").length,
							);
							if (names.length < 4) return;
							clearInterval(look);
							resolve({ names, empty, canvases });
						}, 50);
					},
				),
		);
		expect(new Set(seen.names)).toEqual(new Set(["Adegan satu", "Adegan dua"]));
		expect(seen.empty).toBe(0);
		expect(seen.canvases).toBeLessThanOrEqual(2);
	});

	test("a wall alone whose scenes are not ready in their time says that it is behind, and is not held by entries that are too short", async () => {
		for (const [id, indicator] of [
			["sembuh", "recovered"],
			["aktif", "active"],
		])
			await order(page, "keep-scene", {
				...{ id, name: `Adegan ${id}`, notes: "" },
				panels: [
					{
						...{ id: "p", kind: "trend", text: "", staleAfter: null },
						address: `#/situasi?indicator=${indicator}`,
						place: { x: 0, y: 0, width: 12, height: 8 },
					},
				],
			});
		await order(page, "keep-playlist", {
			...{ id: "sempit", name: "Sempit", transition: "fade", hours: [] },
			entries: ["satu", "sembuh", "aktif"].map((scene) => ({
				...{ scene, seconds: 6 },
			})),
		});
		const held = Promise.withResolvers<void>();
		await page.route(/api\/series.*(recovered|active)/, async (route) => {
			await held.promise;
			await route.fallback();
		});
		await show("#/dinding?wall=1&show=playlist.sempit");
		const trouble = page.getByTestId("wall-trouble");
		await expect(trouble).toContainText("tertinggal: Adegan", {
			timeout: 40_000,
		});
		// Longer than any of them is on the wall, yet it does not stand still.
		const shown = page.locator('[data-phase="shown"]');
		const seen = (await shown.getAttribute("data-scene")) ?? "";
		await expect(shown).not.toHaveAttribute("data-scene", seen, {
			timeout: 60_000,
		});
		held.resolve();
		await page.unroute(/api\/series.*(recovered|active)/);
		await expect(trouble).toHaveCount(0, { timeout: 40_000 });
	});

	test("in another language a panel shows the same map: it is not made anew", async () => {
		const wrong: string[] = [];
		const heard = (error: Error) => wrong.push(error.message);
		page.on("pageerror", heard);
		await show("#/dinding?wall=1&show=scene.satu&lang=id");
		const shown = page.locator('[data-phase="shown"][data-scene="satu"]');
		const map = shown.locator("[data-testid=map][data-ready] canvas").first();
		await map.waitFor();
		await map.evaluate((canvas) => {
			canvas.dataset.same = "yes";
		});
		await show("#/dinding?wall=1&show=scene.satu&lang=en");
		await expect(page.locator("html")).toHaveAttribute("lang", "en");
		await expect(shown.getByTestId("trend-panel")).toContainText("Confirmed");
		await expect(shown.locator("canvas[data-same=yes]")).toHaveCount(1);
		expect(wrong).toEqual([]);
		page.off("pageerror", heard);
		await show("#/dinding?wall=1&show=scene.satu&lang=id");
		await expect(page.locator("html")).toHaveAttribute("lang", "id");
	});

	test("a backend that hangs or dies is seen on the wall, and it heals without hands", async () => {
		// Without a map: drawn in software it takes all of a small machine.
		await show("#/dinding?wall=1&show=scene.siap-kematian");
		await expect(page.locator('[data-phase="shown"]')).toHaveAttribute(
			"data-scene",
			"siap-kematian",
		);
		const trouble = page.getByTestId("wall-trouble");
		await expect(trouble).toHaveCount(0);
		const hung = NO_FREEZING ? [] : [backendProcess()];
		freeze(hung);
		try {
			if (!NO_FREEZING) await expect(trouble).toBeVisible();
			await expect(page.locator('[data-phase="shown"]')).toBeVisible();
		} finally {
			thaw(hung);
		}
		await expect(trouble).toHaveCount(0);
		cutOff(backendProcess());
		await expect(trouble).toBeVisible();
		await expect(trouble).toHaveCount(0);
		await expect(page.locator('[data-phase="shown"]')).toBeVisible();
	});

	test("a phone leads a wall: next, black, an area that is pointed at; a backend that is killed and the phone that goes change nothing on it", async () => {
		await show("#/dinding?wall=1");
		const shown = page.locator('[data-phase="shown"]');
		await expect(shown).toHaveCount(1);
		const phone = await apart(page);
		try {
			await phone.setViewportSize({ width: 390, height: 844 });
			await phone.goto(
				`${new URL(page.url()).origin}/#/dinding?wall=1&remote=1`,
			);
			await phone.getByTestId("show-scene").click();
			await phone.getByRole("option", { name: /Kematian/ }).click();
			await expect(shown).toHaveAttribute("data-scene", "siap-kematian");
			// Nothing of it lies beside the phone's screen.
			expect(
				await phone.evaluate(
					() => document.querySelector("main")?.scrollWidth ?? 0,
				),
			).toBeLessThanOrEqual(390);
			await expect(phone.getByTestId("presenter")).toContainText(
				"Kematian mengikuti kasus",
			);
			await phone.getByTestId("show-next").click();
			await expect(shown).toHaveAttribute("data-scene", "siap-laju");
			await phone.getByTestId("show-now").click();
			await phone.keyboard.press("PageUp");
			await expect(shown).toHaveAttribute("data-scene", "siap-kematian");

			const wall = page.getByTestId("wall");
			await phone.keyboard.press("b");
			await expect(wall).toHaveAttribute("data-black");
			await phone.keyboard.press("b");
			await expect(wall).not.toHaveAttribute("data-black");
			// What is pointed at is marked in a list too: in one that holds the area, on the only day of the file that is shown.
			await order(page, "keep-scene", {
				...{ id: "urut", name: "Urutan provinsi", notes: "" },
				panels: [
					{
						...{ id: "p", kind: "ranking", address: "#/situasi" },
						...{ text: "", staleAfter: null },
						place: { x: 0, y: 0, width: 6, height: 8 },
					},
				],
			});
			await order(page, "keep-playlist", {
				...{ id: "urutan", name: "Urutan", transition: "fade", hours: [] },
				entries: [{ scene: "urut", seconds: 60 }],
			});
			await phone.getByRole("combobox", { name: "Daftar putar" }).click();
			await phone.getByRole("option", { name: "Urutan", exact: true }).click();
			await expect(shown).toHaveAttribute("data-scene", "urut");
			await phone.getByTestId("show-area").fill("Nusa Tenggara Timur");
			await phone
				.getByRole("option", { name: /Nusa Tenggara Timur · 53/ })
				.click();
			await phone.getByTestId("show-point").click();
			await expect(page.getByTestId("wall-pointed")).toContainText(
				"Nusa Tenggara Timur",
			);
			await expect(
				shown.locator("li[data-pointed]", { hasText: "Nusa Tenggara Timur" }),
			).toBeVisible();

			cutOff(backendProcess());
			await expect(phone.getByTestId("presenter-lost")).toBeVisible();
			await expect(phone.getByTestId("presenter-lost")).toHaveCount(0);
			await expect(page.getByTestId("wall-trouble")).toHaveCount(0);
			await expect(shown).toHaveAttribute("data-scene", "urut");
			await expect(page.getByTestId("wall-pointed")).toBeVisible();
		} finally {
			await phone.context().close();
		}
		await expect(shown).toHaveAttribute("data-scene", "urut");
		await order(page, "order-show", { do: "end" });
		await expect(page.getByTestId("wall-pointed")).toHaveCount(0);
	});

	test("a display and a phone are paired over the network with codes from the desk; the phone leads the display; what is revoked says so and shows nothing more", async () => {
		test.setTimeout(300_000);
		const lan = await order<{ origins: string[] }>(page, "listen-on-lan", {
			...{ on: true, address: "127.0.0.1", port: 0 },
		});
		expect(lan.origins[0]).toMatch(/^https:\/\/127\.0\.0\.1:/);
		const browser = page.context().browser();
		if (!browser) throw new Error("no browser");
		const paired = async (
			kind: string,
			name: string,
			viewport: { width: number; height: number },
		) => {
			const { addresses } = await order<{ addresses: string[] }>(
				page,
				"pair-device",
				{ kind, name },
			);
			const context = await browser.newContext({
				ignoreHTTPSErrors: true,
				viewport,
			});
			const device = await context.newPage();
			await device.goto(addresses[0] ?? "");
			await device.getByRole("button", { name: /Sambungkan/ }).click();
			return device;
		};
		const display = await paired("display", "TV aula", {
			...{ width: 1366, height: 768 },
		});
		const phone = await paired("remote", "HP penyaji", {
			...{ width: 390, height: 844 },
		});
		try {
			const shown = display.locator('[data-phase="shown"]');
			await expect(shown).toHaveCount(1);
			await expect(phone.getByTestId("presenter")).toBeVisible();
			// Nothing of the house stands around either.
			for (const device of [display, phone]) {
				await expect(device.getByTestId("rail")).toHaveCount(0);
				await expect(device.getByTestId("header")).toHaveCount(0);
			}
			await phone.getByTestId("show-scene").click();
			await phone.getByRole("option", { name: /Situasi nasional/ }).click();
			// Drawn by software, beside two more pages.
			await expect(shown.locator("[data-testid=map][data-ready]")).toBeVisible({
				timeout: 120_000,
			});
			await display.screenshot({
				path: "test-results/screens/paired-map.png",
			});
			await phone.getByTestId("show-scene").click();
			await phone.getByRole("option", { name: /Kematian/ }).click();
			await expect(shown).toHaveAttribute("data-scene", "siap-kematian");
			await phone.screenshot({
				path: "test-results/screens/paired-remote.png",
			});
			await display.screenshot({
				path: "test-results/screens/paired-display.png",
			});
			// What the models say is given to a display too, by the choice of the address that was pinned.
			await order(page, "keep-scene", {
				...{ id: "model", name: "Model", notes: "" },
				panels: (
					[
						["rt-map", 0, 0, "#/epidemi"],
						["plan-map", 6, 0, "#/logistik?view=kirim"],
						["rt", 0, 4, "#/epidemi?window=14&interval=li"],
						["projection", 6, 4, "#/epidemi?view=proyeksi"],
					] as const
				).map(([kind, x, y, address]) => ({
					...{ id: kind, kind, address, text: "", staleAfter: null },
					place: { x, y, width: 6, height: 4 },
				})),
			});
			const { devices: here } = await page.evaluate(async () =>
				(await fetch("/api/devices")).json(),
			);
			for (const { id, kind, name } of here as Record<string, string>[])
				if (kind === "display")
					await order(page, "change-device", { id, name, show: "scene.model" });
			await phone.getByTestId("show-end").click();
			await expect(shown).toHaveAttribute("data-scene", "model", {
				timeout: 120_000,
			});
			await expect(shown.getByTestId("reproduction-panel")).toContainText(
				"jendela 14 hari, interval serial Li 2020",
			);
			// These files tell too little for a projection or a plan: both say so, and nothing is refused to a display.
			await expect(shown.getByTestId("projection-panel")).toContainText(
				"Empat minggu ke depan",
			);
			await expect(shown.locator("[data-coming]")).toHaveCount(0, {
				timeout: 60_000,
			});
			await expect(shown.getByTestId("no-plan-panel")).toContainText(
				"Tidak ada yang dapat direncanakan",
			);
			await expect(shown.getByTestId("reproduction-legend")).toBeVisible({
				timeout: 60_000,
			});
			await expect(shown.getByRole("alert")).toHaveCount(0);
			await display.screenshot({
				path: "test-results/screens/paired-models.png",
			});
			const { devices } = await page.evaluate(async () =>
				(await fetch("/api/devices")).json(),
			);
			for (const { id } of devices as { id: string }[])
				await order(page, "revoke-device", { id });
			await expect(shown).toHaveCount(0);
			await expect(display.getByTestId("revoked")).toBeVisible();
			await expect(phone.getByTestId("revoked")).toBeVisible();
		} finally {
			await order(page, "order-show", { do: "end" });
			await order(page, "listen-on-lan", {
				...{ on: false, address: "127.0.0.1", port: 0 },
			});
			await display.context().close();
			await phone.context().close();
		}
	});

	test("four displays of the network are one wall: one scene goes on behind their frames, each shows its number and then its own scene, and one that is revoked is seen at the desk", async () => {
		test.setTimeout(420_000);
		const panel = (
			kind: string,
			x: number,
			y: number,
			width: number,
			height: number,
			address = "#/situasi",
		) => ({
			...{ id: kind, kind, address, text: "", staleAfter: null },
			place: { x, y, width, height },
		});
		await order(page, "keep-scene", {
			...{ id: "bentang", name: "Bentang", notes: "" },
			panels: [
				// Without a map: drawn in software by four windows it takes all of a small machine.
				panel("kpi", 0, 0, 12, 2),
				panel("ranking", 0, 2, 6, 6),
				panel("trend", 6, 2, 6, 6),
			],
		});
		// At this size of the windows a millimetre is a pixel.
		const [width, height, gap] = [640, 360, 40];
		const grid = {
			...{ id: "empat", name: "Empat", columns: 2, rows: 2 },
			...{ picture: { width, height }, gap: { across: gap, down: gap } },
			...{ spans: true, show: "scene.bentang", own: {} },
		};
		await order(page, "keep-grid", grid);
		const lan = { on: true, address: "127.0.0.1", port: 0 };
		await order(page, "listen-on-lan", lan);
		const browser = page.context().browser();
		if (!browser) throw new Error("no browser");
		const cells = ["1-1", "1-2", "2-1", "2-2"];
		const displays: Page[] = [];
		try {
			for (const cell of cells) {
				const { addresses } = await order<{ addresses: string[] }>(
					page,
					"pair-device",
					{ kind: "display", name: `TV ${cell}`, show: `grid.empat.${cell}` },
				);
				const context = await browser.newContext({
					...{ ignoreHTTPSErrors: true, viewport: { width, height } },
				});
				const display = await context.newPage();
				displays.push(display);
				await display.goto(addresses[0] ?? "");
				await display.getByRole("button", { name: /Sambungkan/ }).click();
			}
			const [upper, right, lower, last] = displays as [Page, Page, Page, Page];
			await show("#/dinding?part=grids&of=empat");
			for (const display of displays)
				await expect(
					display.locator('[data-phase="shown"][data-scene="bentang"]'),
				).toBeVisible();
			await order(page, "order-show", { do: "sign", on: true });
			for (const [at, display] of displays.entries())
				await expect(
					display.getByTestId("display-sign").locator("output"),
				).toHaveText(String(at + 1));
			await order(page, "order-show", { do: "sign", on: false });

			// What is laid out lies where the other display's part of it goes on: a picture and a frame farther.
			const boxOf = async (display: Page, what: string) => {
				const box = await display.locator(what).first().boundingBox();
				if (!box) throw new Error(`no ${what}`);
				return box;
			};
			const trend = '[data-phase="shown"] [data-testid="trend-panel"]';
			const tile = '[data-phase="shown"] [data-testid="kpi-deaths"]';
			await expect(upper.locator(tile)).toBeVisible();
			const [above, below] = [
				await boxOf(right, trend),
				await boxOf(last, trend),
			];
			expect(Math.abs(above.x - below.x)).toBeLessThan(1);
			expect(Math.abs(above.y - below.y - height - gap)).toBeLessThan(1);
			// No figure lies behind a frame, which would make another one of it.
			const tiles = await upper
				.locator('[data-phase="shown"] [data-testid^="kpi-value-"]')
				.evaluateAll((all) =>
					all.map((one) => {
						const { left, right } = one.getBoundingClientRect();
						return [left, right];
					}),
				);
			expect(tiles.length).toBeGreaterThan(1);
			for (const [from = 0, to = 0] of tiles)
				expect(to <= width || from >= width + gap).toBe(true);
			for (const [at, display] of displays.entries())
				await display.screenshot({
					path: `test-results/screens/wall-${cells[at]}.png`,
				});
			const state = (cell: string) =>
				page.getByTestId(`cell-${cell}`).getByTestId("cell-state");
			for (const cell of cells)
				await expect(page.getByTestId(`cell-${cell}`)).toContainText(
					`TV ${cell}`,
				);

			// One that has not ready what comes is waited for, then keeps what it shows whole and says so, and comes after.
			await order(page, "keep-scene", {
				...{ id: "berikut", name: "Berikut", notes: "" },
				panels: [panel("trend", 0, 0, 12, 8, "#/situasi?indicator=deaths")],
			});
			const held = Promise.withResolvers<void>();
			await right.route(/api\/series/, async (route) => {
				await held.promise;
				await route.fallback();
			});
			await order(page, "keep-grid", { ...grid, show: "scene.berikut" });
			await Promise.all([
				right.waitForFunction(
					() =>
						/tertinggal: Berikut/.test(
							document.querySelector("[data-testid=wall-trouble]")
								?.textContent ?? "",
						) &&
						document
							.querySelector('[data-phase="shown"]')
							?.getAttribute("data-scene") === "bentang",
				),
				expect(state("1-2")).toContainText("tertinggal"),
			]);
			const next = '[data-phase="shown"][data-scene="berikut"]';
			for (const display of [upper, lower, last])
				await expect(display.locator(next)).toBeVisible();
			held.resolve();
			await expect(right.locator(next)).toBeVisible();
			await expect(right.getByTestId("wall-trouble")).toHaveCount(0);

			const own = ["kematian", "laju", "usia-sumber", "laboratorium"];
			await order(page, "keep-grid", {
				...{ ...grid, spans: false },
				own: Object.fromEntries(
					cells.map((cell, at) => [cell, `scene.siap-${own[at]}`]),
				),
			});
			for (const [at, display] of displays.entries())
				await expect(display.locator('[data-phase="shown"]')).toHaveAttribute(
					"data-scene",
					`siap-${own[at]}`,
				);
			await expect(page.getByTestId("cell-1-2")).toContainText(
				"Angka reproduksi",
			);
			await page.screenshot({ path: "test-results/screens/wall-desk.png" });

			const { devices } = await page.evaluate(async () =>
				(await fetch("/api/devices")).json(),
			);
			const { id } = (devices as { id: string; name: string }[]).find(
				(one) => one.name === "TV 2-1",
			) as { id: string };
			await order(page, "revoke-device", { id });
			await expect(lower.getByTestId("revoked")).toBeVisible();
			await expect(page.getByTestId("cell-2-1")).not.toContainText("TV 2-1");
			await expect(state("2-1")).not.toHaveText("baik");
			await expect(last.locator('[data-phase="shown"]')).toBeVisible();
		} finally {
			const { devices } = await page.evaluate(async () =>
				(await fetch("/api/devices")).json(),
			);
			for (const { id } of devices as { id: string }[])
				await order(page, "revoke-device", { id });
			await order(page, "listen-on-lan", { ...lan, on: false });
			await order(page, "remove-grid", { id: "empat" });
			for (const display of displays) await display.context().close();
		}
	});

	test("a wall whose page stands still for a while is called out at the desk while it stands, and heals", async () => {
		await show("#/dinding?wall=1&show=scene.siap-kematian&name=Aula");
		const desk = await apart(page);
		try {
			await desk.goto(`${new URL(page.url()).origin}/#/dinding`);
			const windows = desk.getByTestId("wall-windows");
			await expect(windows).toContainText("Aula");
			// Of this window alone: one whose browser was ended by a test before is rightly told as frozen for a while.
			const frozen = desk
				.getByTestId("wall-frozen")
				.filter({ hasText: "Aula" });
			await expect(frozen).toHaveCount(0);
			const blocked = page.evaluate(() => {
				const end = performance.now() + 30_000;
				while (performance.now() < end);
			});
			// After how many seconds is counted by a clock of its own (tests/unit/wall/show): a small machine shows it when it can.
			await expect(frozen).toHaveCount(1, { timeout: 28_000 });
			await blocked;
			await expect(frozen).toHaveCount(0);
			await show("#/dinding");
			await expect(windows.filter({ hasText: "Aula" })).toHaveCount(0);
		} finally {
			await desk.context().close();
		}
	});

	test("a map whose graphics context is lost comes back by itself, with no more than two contexts", async () => {
		await show("#/dinding?wall=1&show=scene.satu");
		const shown = page.locator('[data-phase="shown"][data-scene="satu"]');
		const ready = shown.locator("[data-testid=map][data-ready]");
		await ready.waitFor();
		await shown
			.locator("canvas.maplibregl-canvas")
			.first()
			.evaluate((canvas) => {
				canvas.dataset.lost = "yes";
				(canvas as HTMLCanvasElement)
					.getContext("webgl2")
					?.getExtension("WEBGL_lose_context")
					?.loseContext();
			});
		await expect(page.locator("canvas[data-lost=yes]")).toHaveCount(0);
		await ready.waitFor();
		expect(
			await page.locator("canvas.maplibregl-canvas").count(),
		).toBeLessThanOrEqual(2);
	});

	test("Esc leads back to the desk", async () => {
		await show("#/dinding?wall=1&show=scene.siap-kematian");
		await page.getByTestId("wall").waitFor();
		await page.keyboard.press("Escape");
		await expect(page.getByTestId("rail")).toBeVisible();
		await expect(page.getByTestId("wall-list")).toBeVisible();
	});
});
