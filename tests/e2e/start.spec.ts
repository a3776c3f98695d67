import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { expect, type Page, test } from "@playwright/test";
import { isRunning, type Launched, launch } from "../fixtures/launched.ts";
import { temporaryFolder } from "../fixtures/system.ts";

const execute = promisify(execFile);

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
		page = await browser.newPage();
		await page.goto(await launched.address());
	});
	test.afterAll(async () => {
		await page?.close();
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

	test("a backend killed in front of the audience leaves the picture, says so, and comes back", async () => {
		test.setTimeout(120_000);
		const backend = launched
			.processes()
			.find(({ command }) => /out\/main\/backend\.js/.test(command));
		expect(backend).toBeDefined();
		process.kill(backend?.pid as number, "SIGKILL");
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
		await page.goto(await launched.address());
		await expect(page.getByTestId("kpi-value-confirmed")).toHaveText(
			/^\d{3}\.\d{3}$/,
		);
		expect(launched.output()).not.toContain("Loading the simulated country");
	});
});
