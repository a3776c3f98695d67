import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { pointAt } from "../fixtures/inset.ts";
import {
	jawaTimurFile,
	provincesFile,
	writeMadeFile,
} from "../fixtures/spring-2020.ts";
import {
	type OpenSystem,
	openSystem,
	startScreens,
} from "../fixtures/system.ts";

const SIZES = [
	{ width: 1366, height: 768 },
	{ width: 1920, height: 1080 },
	{ width: 3840, height: 2160 },
];

interface Drawn {
	/** Of areas, and of seas and neighbours. */
	names: { text: string; area: boolean; box: DOMRect }[];
	covers: { what: string; box: DOMRect }[];
	map: DOMRect;
}

/** The names on the map and the boxes over it, as the browser drew them. */
function drawn(page: Page): Promise<Drawn> {
	return page.evaluate(() => {
		const box = (element: Element) => element.getBoundingClientRect().toJSON();
		return {
			names: [
				...document.querySelectorAll("[data-testid=map-labels] text"),
			].map((text) => ({
				text: text.textContent ?? "",
				area: text.hasAttribute("data-area"),
				box: box(text),
			})),
			covers: [...document.querySelectorAll("[data-covers-map]")]
				.filter((one) => one.checkVisibility({ visibilityProperty: true }))
				.map((one) => ({ what: one.className, box: box(one) })),
			map: box(document.querySelector("[data-testid=map]") as Element),
		};
	});
}

/** Letters may reach this much over their line (px). */
const OVERHANG = 2;

function touching(a: DOMRect, b: DOMRect): boolean {
	return (
		a.left < b.right - OVERHANG &&
		b.left < a.right - OVERHANG &&
		a.top < b.bottom - OVERHANG &&
		b.top < a.bottom - OVERHANG
	);
}

test.describe("the map", () => {
	let system: OpenSystem;
	let page: Page;

	test.beforeAll(async ({ browser }) => {
		test.setTimeout(300_000);
		system = await openSystem(browser, (folder) => [
			["ingest", "jatim-kabkota", writeMadeFile(folder, jawaTimurFile())],
			[
				"ingest",
				"covid19goid-provinsi",
				writeMadeFile(folder, provincesFile("2020-06-14")),
			],
		]);
		page = system.page;
	});
	test.afterAll(() => system?.close());

	const show = async (address: string): Promise<void> => {
		await page.evaluate((hash) => {
			location.hash = hash;
		}, `#/situasi?${address}`);
		await expect(page.getByTestId("map")).toHaveAttribute(
			"data-ready",
			"true",
			{
				timeout: 60_000,
			},
		);
	};

	/** Orders a value as the form does; with the hub away it waits. */
	const decide = async (area: string, value: number): Promise<void> => {
		const taken = await page.evaluate(
			async ([area, value, day]) => {
				const { status } = await fetch("/api/command", {
					method: "POST",
					headers: { "content-type": "application/json" },
					body: JSON.stringify({
						id: crypto.randomUUID(),
						name: "override-value",
						basedOn: null,
						request: {
							indicator: "confirmed",
							area,
							day,
							value,
							source: "Surat Dinkes",
							until: null,
							reason: "Rekap malam menyusul",
						},
					}),
				});
				return status;
			},
			[area, value, Date.parse("2020-04-12") / 86_400_000] as const,
		);
		expect(taken).toBeLessThan(300);
	};

	for (const size of SIZES)
		test(`names all 34 provinces at ${size.width} x ${size.height}, and no name touches another, a box or the edge`, async () => {
			await page.setViewportSize(size);
			await show("area=ID&day=2020-04-12&lang=id");
			await expect
				.poll(async () => {
					const { names, covers, map } = await drawn(page);
					const wrong = names.flatMap(({ text, box }, at) => [
						...names
							.slice(at + 1)
							.filter((other) => touching(box, other.box))
							.map((other) => `${text} on ${other.text}`),
						...covers
							.filter((cover) => touching(box, cover.box))
							.map(({ what }) => `${text} under ${what}`),
						...(box.left < map.left - OVERHANG ||
						box.right > map.right + OVERHANG ||
						box.top < map.top - OVERHANG ||
						box.bottom > map.bottom + OVERHANG
							? [`${text} beyond the map`]
							: []),
					]);
					return {
						names: names.filter(({ area }) => area).length,
						around: names.some(({ text }) => text === "Malaysia"),
						wrong,
					};
				})
				.toEqual({ names: 34, around: true, wrong: [] });
			// Nothing on the panel is cut.
			const cut = await page
				.getByTestId("map-panel")
				.evaluate((panel) =>
					[...panel.querySelectorAll("span, button, p, h2, h3, li")]
						.filter(
							(one) =>
								one.checkVisibility({ visibilityProperty: true }) &&
								!one.classList.contains("unseen") &&
								one.scrollWidth > one.clientWidth + 1 &&
								getComputedStyle(one).overflowX !== "visible",
						)
						.map((one) => one.textContent),
				);
			expect(cut).toEqual([]);
		});

	test("counts the kabupaten/kota that it shows, not those of something else", async () => {
		await page.setViewportSize({ width: 1366, height: 768 });
		const hint = page.getByTestId("map-hint");
		await show("area=ID&day=2020-04-12");
		await expect(hint).toContainText("Hanya 38 dari 514 kab/kota");
		await show("area=35&day=2020-04-12");
		await expect(hint).toBeHidden();
		await show("area=31&day=2020-04-12");
		await expect(hint).toContainText("Tidak satu pun dari 6 kab/kota");
		await expect(hint.getByRole("button")).toHaveText("Tampilkan provinsi");
	});

	test("shows Jakarta and Java larger: pointed at, worked by keys, entered", async () => {
		await show("area=ID&day=2020-04-12");
		const java = page.getByTestId("map-inset-java");
		await java.getByRole("button", { name: "Kota Surabaya" }).hover();
		await expect(page.getByTestId("hover-card")).toContainText("Kota Surabaya");
		await expect(page.getByTestId("hover-card")).toContainText("180");
		await page.mouse.move(0, 0);
		const jakarta = page.getByTestId("map-inset-jakarta");
		await expect(jakarta.getByRole("button")).toHaveCount(6);
		await jakarta.getByRole("button", { name: "Jakarta Selatan" }).focus();
		await page.keyboard.press("ArrowUp");
		await expect(jakarta.locator(":focus")).not.toHaveAccessibleName(/Selatan/);
		await expect(page.getByTestId("hover-card")).toContainText("Jakarta");
		await page.keyboard.press("Enter");
		await expect(page.getByRole("heading", { level: 1 })).toContainText(
			"DKI Jakarta",
		);
		await expect(jakarta).toHaveCount(0);
	});

	test("frames Jawa Timur without its far islets, names them, and takes them in when asked", async () => {
		await show("area=35&day=2020-04-12");
		const islets = page.getByTestId("map-outside");
		await expect(islets).toContainText("Sumenep");
		await expect(islets).toHaveAttribute("aria-pressed", "false");
		await islets.click();
		await expect(islets).toHaveAttribute("aria-pressed", "true");
	});

	test("a workstation without a hub asks which it shall follow, shows what its key is known by, and follows it", async () => {
		const folder = join(system.folder, "no-hub");
		const screens = await startScreens(folder, null);
		const fresh = await page.context().newPage();
		try {
			await fresh.goto(screens.address);
			const form = fresh.getByTestId("choose-hub");
			await expect(form).toBeVisible();
			const { url, publicKey } = system.hub;
			await form.getByLabel("Alamat hub").fill(url);
			const key = form.getByLabel("Kunci publik hub");
			await key.fill(publicKey.slice(4));
			await form.getByRole("button", { name: "Periksa kunci" }).click();
			await expect(form).toContainText("Ini bukan kunci publik hub");
			const file = join(system.folder, "given-hub.json");
			writeFileSync(file, `\uFEFF${JSON.stringify({ url, publicKey })}`);
			await form.locator("input[type=file]").setInputFiles(file);
			await expect(key).toHaveValue(publicKey);
			await form.getByRole("button", { name: "Periksa kunci" }).click();
			const id = createHash("sha256")
				.update(Buffer.from(publicKey, "base64"))
				.digest("hex")
				.slice(0, 16);
			await expect(form.locator("output")).toHaveText(
				id.match(/.{4}/g)?.join(" ") ?? "",
			);
			await fresh.screenshot({
				path: "test-results/screens/choose-hub.png",
			});
			// What was brought on a stick is looked at before anything is kept.
			const stick = join(system.folder, "stick");
			await form.getByLabel(/stik USB/).fill(stick);
			await form.getByRole("button", { name: /ikuti hub ini/ }).click();
			await expect(form.getByRole("alert")).toContainText("head.json");
			await system.hub.command("snapshot", stick);
			await form.getByRole("button", { name: /ikuti hub ini/ }).click();
			await expect(fresh.getByTestId("sign-in")).toBeVisible({
				timeout: 30_000,
			});
			expect(
				JSON.parse(readFileSync(join(folder, "hub.json"), "utf8")),
			).toEqual({ url, publicKey, snapshot: stick });
			expect(readFileSync(join(folder, "backend.log"), "utf8")).toContain(
				`came from ${stick}`,
			);
		} finally {
			await fresh.close();
			await screens.stop();
		}
	});

	test("makes its map anew after the graphics card was lost, with its colours and names", async () => {
		await show("area=35&day=2020-04-12");
		const names = page.locator("[data-testid=map-labels] text[data-area]");
		await expect(names.first()).toBeVisible();
		const lost = await page
			.getByTestId("map")
			.locator("canvas")
			.first()
			.elementHandle();
		await lost?.evaluate((canvas: HTMLCanvasElement) =>
			canvas
				.getContext("webgl2")
				?.getExtension("WEBGL_lose_context")
				?.loseContext(),
		);
		await expect
			.poll(() => lost?.evaluate((canvas) => canvas.isConnected))
			.toBe(false);
		const drawn = page.getByTestId("map").locator("canvas").first();
		await expect(drawn).toBeVisible();
		await expect
			.poll(() =>
				drawn.evaluate((canvas: HTMLCanvasElement) =>
					canvas.getContext("webgl2")?.isContextLost(),
				),
			)
			.toBe(false);
		await expect(page.getByTestId("map")).toHaveAttribute("data-ready", "true");
		await expect(names.first()).toBeVisible();
	});

	test("keeps nothing of a map whose graphics card was lost", async () => {
		await show("area=35&day=2020-04-12");
		const map = page.getByTestId("map");
		const devtools = await page.context().newCDPSession(page);
		/** Canvases of maps that the page holds, in the document or not; what nothing holds is collected first. */
		const held = async () => {
			const { result } = await devtools.send("Runtime.evaluate", {
				expression: "HTMLCanvasElement.prototype",
				objectGroup: "held",
			});
			const { objects } = await devtools.send("Runtime.queryObjects", {
				prototypeObjectId: result.objectId ?? "",
				objectGroup: "held",
			});
			const { result: counted } = await devtools.send(
				"Runtime.callFunctionOn",
				{
					objectId: objects.objectId,
					functionDeclaration:
						"function () { return this.filter((one) => one.matches('.maplibregl-canvas')).length }",
					returnByValue: true,
				},
			);
			await devtools.send("Runtime.releaseObjectGroup", {
				objectGroup: "held",
			});
			return counted.value as number;
		};
		// Some are held by what tests before did.
		const before = await held();
		for (let loss = 0; loss < 3; loss++) {
			const lost = await map
				.locator("canvas.maplibregl-canvas")
				.elementHandle();
			await lost?.evaluate((canvas) =>
				(canvas as HTMLCanvasElement)
					.getContext("webgl2")
					?.getExtension("WEBGL_lose_context")
					?.loseContext(),
			);
			await expect
				.poll(() => lost?.evaluate((canvas) => canvas.isConnected))
				.toBe(false);
			await lost?.dispose();
			await expect(map).toHaveAttribute("data-ready", "true");
		}
		// One more may still be held by what the page did last.
		await expect.poll(held).toBeLessThanOrEqual(before + 1);
		await devtools.detach();
	});

	test("in the desktop application fills the display that is chosen, and keeps the screen of a wall awake", async () => {
		await page.evaluate(() => {
			const called: unknown[] = [];
			Object.assign(window, {
				called,
				blc: {
					displays: async () => [
						{
							id: 7,
							label: "Dinding",
							width: 3840,
							height: 2160,
							primary: false,
						},
					],
					fillDisplay: async (id: unknown) => void called.push(id),
					keepAwake: async (on: unknown) => void called.push(on),
				},
			});
		});
		const called = () =>
			page.evaluate(() => (window as unknown as { called: unknown[] }).called);
		await page.keyboard.press("Control+K");
		await page.getByTestId("palette").getByRole("combobox").fill("dinding");
		await page
			.getByRole("option", { name: /Isi layar Dinding \(3.840 × 2.160\)/ })
			.click();
		await expect.poll(called).toEqual([7]);
		await show("area=35&day=2020-04-12&wall=1");
		await expect.poll(called).toEqual([7, true]);
		await show("area=35&day=2020-04-12");
		await expect.poll(called).toEqual([7, true, false]);
		await page.evaluate(() => {
			Object.assign(window, { blc: undefined });
		});
	});

	test("the palette says what this program is and saves a file for whoever looks after it, without figures", async () => {
		await show("area=35&day=2020-04-12");
		const run = async (name: string) => {
			await page.keyboard.press("Control+K");
			await page.getByTestId("palette").getByRole("combobox").fill(name);
			await page.getByRole("option", { name }).first().click();
		};
		await run("Tentang aplikasi ini");
		const about = page.getByTestId("about");
		await expect(about).toContainText(system.hub.url);
		await about.getByRole("button", { name: "Lisensi" }).click();
		await page.getByLabel(/^Cari di antara/).fill("maplibre");
		await page.getByText(/^maplibre-gl .* BSD-3-Clause$/).click();
		await expect(page.getByTestId("licences")).toContainText("Copyright");
		await page.screenshot({ path: "test-results/screens/about.png" });
		await page.keyboard.press("Escape");
		const download = page.waitForEvent("download");
		await run("Simpan berkas diagnostik");
		const file = await (await download).path();
		const bundle = JSON.parse(readFileSync(file, "utf8"));
		expect(bundle.installation.hub.url).toBe(system.hub.url);
		expect(bundle.synchronisation.kind).toBe("idle");
		expect(Object.keys(bundle.publication)).toEqual(["epoch", "seq"]);
	});

	test("answers an area that is not there in words, and does not keep it in the address", async () => {
		await show("area=99.99&day=2020-04-12");
		await expect(page.getByText(/99\.99/).first()).toBeVisible();
		await expect.poll(() => page.url()).not.toContain("99.99");
	});

	test("shows a decision that waits for the hub over the figure: on the map, in the row, on the card and in the tile", async () => {
		await show("area=35&day=2020-04-12");
		await expect(page.getByTestId("map-waiting")).toHaveCount(0);
		await system.hub.stop();
		await decide("35.78", 199);
		await expect(page.getByTestId("map-waiting")).toHaveCount(1);
		const row = page.locator('.ag-row:has-text("Kota Surabaya")');
		await expect(row.locator('[col-id="total"]')).toHaveText("180");
		await expect(row.locator('[col-id="pending"]')).toHaveText(
			"→ 199 menunggu",
		);
		await show("area=35.78&day=2020-04-12");
		await expect(page.getByTestId("kpi-value-confirmed")).toHaveText("180");
		await expect(
			page.getByTestId("kpis").getByTestId("pending-value"),
		).toHaveText("→ 199 menunggu");
		const map = await page.getByTestId("map").boundingBox();
		if (!map) throw new Error("the map has no place");
		// The map may still be on its way to the city, under a mouse that rests.
		let moved = 0;
		await expect(async () => {
			await page.mouse.move(
				map.x + map.width / 2 + (moved++ % 2),
				map.y + map.height / 2,
			);
			await expect(page.getByTestId("hover-card")).toContainText(
				"→ 199 menunggu",
				{ timeout: 500 },
			);
		}).toPass();

		// The same of a province, where the map shows provinces.
		await decide("35", 400);
		await show("area=ID&day=2020-04-12&map=province");
		await expect(page.getByTestId("map-waiting")).toHaveCount(1);
		const province = page.locator('.ag-row:has-text("Jawa Timur")');
		await expect(province.locator('[col-id="pending"]')).toHaveText(
			"→ 400 menunggu",
		);
		await pointAt(page, "Jawa Timur", "java");
		await expect(page.getByTestId("hover-card")).toContainText(
			"→ 400 menunggu",
		);
		await pointAt(page, "DKI Jakarta", "jakarta");
		await expect(page.getByTestId("hover-card")).toContainText("DKI Jakarta");
	});
});
