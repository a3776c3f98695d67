import { existsSync, readFileSync, writeFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { onePicture, pmtiles } from "../fixtures/pmtiles.ts";
import { provincesFile, writeMadeFile } from "../fixtures/spring-2020.ts";
import {
	type OpenScreens,
	openScreens,
	type RunningHub,
	startHub,
	temporaryFolder,
} from "../fixtures/system.ts";

/** How a workstation is drawn, and how a person left it, over reloads, restarts, damage and a move to another workstation. */
test.describe("settings and workspace", () => {
	test.describe.configure({ mode: "serial" });

	const folder = temporaryFolder();
	const home = `${folder.path}/workstation`;
	let hub: RunningHub;
	let screens: OpenScreens;
	let page: Page;

	const open = async (
		browser: Parameters<typeof openScreens>[0],
		at = home,
	): Promise<void> => {
		screens = await openScreens(browser, at, hub);
		page = screens.page;
		await expect(page.getByTestId("rail")).toBeVisible({ timeout: 60_000 });
	};
	const settings = async (): Promise<void> => {
		await page.getByTestId("rail-pengaturan").click();
		await expect(page.getByTestId("settings-panel")).toBeVisible();
	};
	const choose = (name: string, value: string) =>
		page
			.getByTestId(`settings-${name}`)
			.getByRole("radio", { name: value, exact: true })
			.check();
	const root = () =>
		page.evaluate(() => ({
			lang: document.documentElement.lang,
			theme: document.documentElement.dataset.mantineColorScheme,
			density: document.documentElement.dataset.density,
			contrast: document.documentElement.dataset.contrast,
		}));
	const OURS = {
		lang: "en",
		theme: "light",
		density: "desk",
		contrast: "strong",
	};
	const DEFAULTS = {
		lang: "id",
		theme: "dark",
		density: "room",
		contrast: "ordinary",
	};

	test.beforeAll(async ({ browser }) => {
		test.setTimeout(300_000);
		hub = await startHub(`${folder.path}/hub`);
		await hub.command(
			"ingest",
			"covid19goid-provinsi",
			writeMadeFile(folder.path, provincesFile("2020-06-08")),
		);
		await hub.command("publish");
		await open(browser);
	});
	test.afterAll(async () => {
		await screens?.close();
		await hub?.stop();
		folder.remove();
	});

	test("what is chosen is there at once, after a reload and after a restart of the workstation", async ({
		browser,
	}) => {
		expect(await root()).toEqual(DEFAULTS);
		await settings();
		await choose("theme", "Ruang terang");
		await choose("density", "Meja");
		await choose("contrast", "Kuat");
		await choose("clock", "WIT");
		await choose("language", "English");
		await expect.poll(root).toEqual(OURS);
		await page.reload();
		await expect(page.getByTestId("settings-panel")).toBeVisible();
		expect(await root()).toEqual(OURS);
		await screens.close();
		await open(browser);
		await expect.poll(root).toEqual(OURS);
		await page.getByTestId("person").click();
		await expect(page.getByText(/until .* WIT$/)).toBeVisible();
		await page.keyboard.press("Escape");
	});

	test("the rail stays narrow and the next window begins where the last one was", async ({
		browser,
	}) => {
		// Of the window that is open: another opens in between.
		const rail = () => page.getByTestId("rail");
		await page.evaluate(() => {
			location.hash = "#/situasi?area=35&indicator=deaths";
		});
		await expect(page.getByTestId("breadcrumb")).toContainText("Jawa Timur");
		const path = `${home}/workspace.json`;
		const kept = () => (existsSync(path) ? readFileSync(path, "utf8") : "");
		await rail().getByRole("button").click();
		await expect.poll(kept).toContain('"railCollapsed": true');
		await expect.poll(kept).toContain("area=35");
		await screens.close();
		await open(browser);
		await expect(page.getByTestId("breadcrumb")).toContainText("Jawa Timur");
		expect(page.url()).toContain("indicator=deaths");
		await expect(rail()).toHaveAttribute("data-narrow");
		await rail().getByRole("button").click();
		await expect.poll(kept).toContain('"railCollapsed": false');
	});

	test("an export brings the same to another workstation, and what it replaced there is put back", async ({
		browser,
	}) => {
		await settings();
		const saving = page.waitForEvent("download");
		await page.getByTestId("settings-export").click();
		const file = `${folder.path}/export.json`;
		await (await saving).saveAs(file);
		await screens.close();

		await open(browser, `${folder.path}/another`);
		expect(await root()).toEqual(DEFAULTS);
		await settings();
		await page.locator("input[type=file]").setInputFiles({
			name: "photo.json",
			mimeType: "application/json",
			buffer: Buffer.from('{"kind":"photo"}'),
		});
		await expect(page.getByTestId("settings-refused")).toContainText(
			"Tidak ada yang diubah",
		);
		expect(await root()).toEqual(DEFAULTS);
		await page.locator("input[type=file]").setInputFiles(file);
		await expect.poll(root).toEqual(OURS);
		await expect(page.getByTestId("settings-imported")).toBeVisible();
		await page.reload();
		await page.getByTestId("settings-take-back").click();
		await expect.poll(root).toEqual(DEFAULTS);
		await expect(page.getByTestId("settings-take-back")).toBeHidden();
		await screens.close();
	});

	test("a damaged file is put aside whole and named with what to do, and can be replaced by an import", async ({
		browser,
	}) => {
		const damaged = readFileSync(`${home}/settings.json`, "utf8").slice(0, 40);
		writeFileSync(`${home}/settings.json`, damaged);
		await open(browser);
		await expect.poll(root).toEqual(DEFAULTS);
		const banner = page.getByTestId("settings-banner");
		await expect(banner).toContainText(/settings\.json\.damaged-\d{4}/);
		await expect(banner).toContainText("impor");
		const [path = ""] =
			/\/\S+settings\.json\.damaged-[\dTZ-]+/.exec(
				(await banner.textContent()) ?? "",
			) ?? [];
		expect(readFileSync(path, "utf8")).toBe(damaged);
		await banner.getByRole("button", { name: "Buka Pengaturan" }).click();
		await expect(page.getByTestId("settings-aside")).toContainText(path);
		await page.screenshot({
			path: "test-results/screens/settings-damaged.png",
		});
		await page
			.locator("input[type=file]")
			.setInputFiles(`${folder.path}/export.json`);
		await expect.poll(root).toEqual(OURS);
	});

	test("a base map chosen from the disk lies below the figures, names its source and asks no network; one that is damaged is named, and the built-in stays", async () => {
		const asked: string[] = [];
		page.on("request", (request) => asked.push(request.url()));
		const path = `${folder.path}/peta.pmtiles`;
		const bytes = pmtiles({
			kind: "png",
			tile: onePicture(220, 40, 40),
			attribution: "&copy; Badan Uji",
		});
		writeFileSync(path, bytes);
		/** Red less blue of the map's upper left corner: the sea is bluer than red, the picture is not. */
		const corner = () =>
			page.getByTestId("map").evaluate((map) => {
				const canvas = map.querySelector("canvas");
				const copy = document.createElement("canvas").getContext("2d");
				if (!canvas || !copy) return null;
				copy.drawImage(canvas, 2, 2, 1, 1, 0, 0, 1, 1);
				const [red = 0, , blue = 0] = copy.getImageData(0, 0, 1, 1).data;
				return Math.sign(red - blue);
			});
		const use = async (file: string) => {
			await settings();
			const form = page.getByTestId("settings-basemap");
			await form.getByRole("textbox").fill(file);
			await form.getByRole("button", { name: "Use this file" }).click();
			return form;
		};
		await expect((await use(path)).getByRole("status")).toContainText(
			"pictures, zoom 0 to 0. Source: © Badan Uji",
		);
		await page.getByTestId("rail-situasi").click();
		await expect.poll(corner).toBe(1);
		await expect(page.getByTestId("geography-notice")).toContainText(
			"© Badan Uji",
		);
		await page.screenshot({ path: "test-results/screens/basemap-file.png" });
		writeFileSync(path, bytes.subarray(0, bytes.length - 9));
		const cut = `${folder.path}/terpotong.pmtiles`;
		writeFileSync(cut, bytes.subarray(0, bytes.length - 9));
		await expect((await use(cut)).getByRole("alert")).toContainText(
			`${cut} is damaged or cut off`,
		);
		await page.getByTestId("rail-situasi").click();
		await expect.poll(corner).toBe(-1);
		await expect(page.getByTestId("geography-notice")).toContainText(
			"Base map file not in use",
		);
		await settings();
		await page
			.getByTestId("settings-basemap")
			.getByRole("button", { name: "No file" })
			.click();
		await expect(
			page.getByTestId("settings-basemap").getByRole("alert"),
		).toBeHidden();
		const origin = new URL(page.url()).origin;
		const away = asked.filter(
			(url) =>
				!url.startsWith(origin) &&
				!url.startsWith("blob:") &&
				!url.startsWith("data:"),
		);
		expect(away).toEqual([]);
		expect(asked.some((url) => url.includes("/api/basemap.pmtiles"))).toBe(
			true,
		);
	});

	test("it is worked by keys alone", async () => {
		await page.locator("body").press("g");
		await page.locator("body").press("s");
		await expect(page.getByTestId("kpis")).toBeVisible();
		await page.locator("body").press("g");
		await page.locator("body").press("p");
		const density = page.getByTestId("settings-density");
		await density.getByRole("radio", { name: "Desk" }).focus();
		await page.keyboard.press("ArrowRight");
		await expect(density.getByRole("radio", { name: "Room" })).toBeChecked();
		await expect.poll(async () => (await root()).density).toBe("room");
	});

	for (const [width, height] of [
		[1366, 768],
		[1920, 1080],
		[3840, 2160],
	] as const)
		test(`at ${width}x${height} every density and both rooms are whole${width === 1366 ? ", without a finding of axe" : ""}`, async () => {
			await page.setViewportSize({ width, height });
			for (const [density, theme] of [
				["Desk", "Dark room"],
				["Room", "Bright room"],
				["Wall", "Dark room"],
			] as const) {
				await settings();
				await choose("density", density);
				await choose("theme", theme);
				const shot = (name: string) =>
					page.screenshot({
						path: `test-results/screens/settings-${width}-${density}-${name}.png`,
					});
				await shot("settings");
				// What axe finds (colours, names, order) does not hang on the size, and takes three seconds each time.
				if (width === 1366) {
					const { violations } = await new AxeBuilder({ page }).analyze();
					expect(
						violations.map(
							({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`,
						),
					).toEqual([]);
				}
				await page.getByTestId("rail-situasi").click();
				await expect(page.getByTestId("kpis")).toBeVisible();
				await expect(page.getByTestId("trend-chart")).toBeVisible();
				await page.waitForTimeout(1000);
				await shot("situation");
			}
		});
});
