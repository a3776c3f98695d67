/**
 * `npm run wall-pictures`: makes the pictures of docs/walls.md anew, in docs/walls/, from the simulated country on a hub and a workstation of its own.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { type Browser, chromium, type Page } from "@playwright/test";
import { NEW_GRID } from "../core/wall/grid.ts";
import playwright from "../playwright.config.ts";
import { browser as findBrowser } from "./browser.mjs";
import { openScreens, startHub, temporaryFolder } from "./fixtures/system.ts";

const FOLDER = "docs/walls";
/** Of the simulated country, from its beginning on. */
const DAYS = "90";
const DESK = { width: 1366, height: 768 };
const PHONE = { width: 390, height: 844 };
/** Of one display of the wall of four, and what is dark between two: 4 mm of frames are less than this, and could not be seen here. */
const DISPLAY = { width: 760, height: 428 };
const FRAMES = 16;
/** As the files are written. */
const QUALITY = 0.82;

/** Orders something at the workstation, as the screen would. */
async function order<Answer>(
	page: Page,
	name: string,
	request: object,
): Promise<Answer> {
	const origin = new URL(page.url()).origin;
	const answer = await page.request.post(`${origin}/api/command`, {
		headers: { origin },
		data: { id: crypto.randomUUID(), name, basedOn: null, request },
	});
	if (!answer.ok()) throw new Error(`${name}: ${await answer.text()}`);
	return (await answer.json()) as Answer;
}

/** Writes pictures side by side, `columns` in a row, as one file. */
async function write(
	browser: Browser,
	name: string,
	pictures: readonly Buffer[],
	columns = 1,
): Promise<void> {
	const page = await browser.newPage();
	const url = await page.evaluate(
		async ({ pictures, columns, gap, quality }) => {
			const all = await Promise.all(
				pictures.map(async (one) => {
					const image = new Image();
					image.src = `data:image/png;base64,${one}`;
					await image.decode();
					return image;
				}),
			);
			const [{ width, height } = { width: 0, height: 0 }] = all;
			const rows = Math.ceil(all.length / columns);
			const canvas = document.createElement("canvas");
			canvas.width = columns * width + (columns - 1) * gap;
			canvas.height = rows * height + (rows - 1) * gap;
			const context = canvas.getContext("2d");
			context?.fillRect(0, 0, canvas.width, canvas.height);
			for (const [at, image] of all.entries())
				context?.drawImage(
					image,
					(at % columns) * (width + gap),
					Math.floor(at / columns) * (height + gap),
				);
			return canvas.toDataURL("image/webp", quality);
		},
		{
			pictures: pictures.map((one) => one.toString("base64")),
			...{ columns, gap: FRAMES, quality: QUALITY },
		},
	);
	await page.close();
	const bytes = Buffer.from(url.slice(url.indexOf(",") + 1), "base64");
	writeFileSync(`${FOLDER}/${name}.webp`, bytes);
	console.log(`${name}.webp: ${Math.round(bytes.length / 1024)} kB`);
}

/** Waits until a wall shows a scene and nothing of it is on its way. */
async function whole(page: Page): Promise<void> {
	await page.locator('[data-phase="shown"]').waitFor({ timeout: 120_000 });
	await page.waitForFunction(
		() => {
			const shown = document.querySelector('[data-phase="shown"]');
			const maps = shown?.querySelectorAll("[data-testid=map]") ?? [];
			return (
				shown &&
				!shown.querySelector("[data-coming]") &&
				[...maps].every(
					(map) =>
						map.hasAttribute("data-ready") &&
						(map.querySelector("[data-area]") ?? map.clientWidth < 2),
				)
			);
		},
		null,
		{ timeout: 120_000 },
	);
	// The last frame of a scene that faded in, and of names that found their place.
	await page.waitForTimeout(2_000);
}

const browser = await chromium.launch({
	...playwright.use?.launchOptions,
	executablePath: process.env.CHROME_BIN ?? (await findBrowser()),
});
const folder = temporaryFolder();
mkdirSync(folder.path);
mkdirSync(FOLDER, { recursive: true });
const hub = await startHub(`${folder.path}/hub`);
await hub.command("exercise", "start", "--days", DAYS, "--publish");
const screens = await openScreens(browser, `${folder.path}/workstation`, hub);
const { page } = screens;
try {
	await page.setViewportSize(DESK);
	await page.getByTestId("kpis").waitFor({ timeout: 120_000 });
	const origin = new URL(page.url()).origin;
	const go = async (hash: string) => {
		await page.goto("about:blank");
		await page.goto(`${origin}/${hash}`);
	};
	const shoot = async (name: string) =>
		write(browser, name, [await page.screenshot()]);

	await go("#/dinding?part=scenes&of=siap-kasus-baru");
	await page.getByTestId("stage").getByTestId("trend-panel").waitFor();
	await page
		.locator("[data-testid=map][data-ready] svg text")
		.first()
		.waitFor();
	await page.waitForTimeout(2_000);
	await shoot("scene");
	await page.getByTestId("edit-scene").click();
	await page.getByTestId("tile-trend").getByTestId("grip").focus();
	await page.waitForTimeout(2_000);
	await shoot("edit");

	const frames = (FRAMES * NEW_GRID.picture.width) / DISPLAY.width;
	const { width } = NEW_GRID.picture;
	await order(page, "keep-grid", {
		...{ ...NEW_GRID, id: "aula", name: "Dinding aula" },
		picture: { width, height: (width * DISPLAY.height) / DISPLAY.width },
		gap: { across: frames, down: frames },
		...{ spans: true, show: "scene.siap-nasional" },
	});
	const storageState = await page.context().storageState();
	const cells = ["1-1", "1-2", "2-1", "2-2"];
	const pictures: Buffer[] = [];
	const signs: Buffer[] = [];
	for (const cell of cells) {
		const context = await browser.newContext({
			...{ storageState, viewport: DISPLAY },
		});
		const display = await context.newPage();
		await display.goto(
			`${origin}/#/dinding?wall=1&show=grid.aula.${cell}&name=TV%20${cell}`,
		);
		await whole(display);
		pictures.push(await display.screenshot());
		await order(page, "order-show", { do: "sign", on: true });
		await display.getByTestId("display-sign").waitFor();
		signs.push(await display.screenshot());
		await order(page, "order-show", { do: "sign", on: false });
		await context.close();
	}
	await write(browser, "wall", pictures, 2);
	await write(browser, "numbers", signs, 2);

	// As it is while they show something: without maps, of which four at once would be drawn by software.
	const grid = {
		...{ ...NEW_GRID, id: "aula", name: "Dinding aula", spans: false },
		own: {
			"1-1": "scene.siap-kematian",
			"1-2": "scene.siap-laju",
			"2-1": "scene.siap-laboratorium",
		},
	};
	await order(page, "keep-grid", grid);
	const contexts = [];
	for (const cell of cells.slice(0, 3)) {
		const context = await browser.newContext({
			...{ storageState, viewport: DISPLAY },
		});
		contexts.push(context);
		const display = await context.newPage();
		await display.goto(
			`${origin}/#/dinding?wall=1&show=grid.aula.${cell}&name=TV%20${cell}`,
		);
		await display.locator('[data-phase="shown"]').waitFor();
	}
	await go("#/dinding?part=grids&of=aula");
	await page.getByTestId("cell-1-2").click();
	await page.waitForTimeout(4_000);
	await shoot("desk");
	for (const context of contexts) await context.close();

	await order(page, "listen-on-lan", {
		...{ on: true, address: "127.0.0.1", port: 0 },
	});
	await go("#/dinding?part=devices");
	await page.getByTestId("pair-name").fill("TV kiri");
	await page.getByTestId("pair-device").click();
	await page.getByTestId("pair-code").waitFor();
	await shoot("pair");
	await order(page, "listen-on-lan", {
		...{ on: false, address: "127.0.0.1", port: 0 },
	});

	await page.setViewportSize(PHONE);
	await order(page, "order-show", {
		...{ do: "run", playlist: "siap-pagi", entry: 3, paused: true },
	});
	await go("#/dinding?wall=1&remote=1");
	await page.getByTestId("presenter").waitFor();
	await page.waitForTimeout(2_000);
	await shoot("remote");
} finally {
	await screens.close();
	await hub.stop();
	await browser.close();
	folder.remove();
}
