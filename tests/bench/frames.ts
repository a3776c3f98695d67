/**
 * JavaScript time of a frame of the map while the history plays, against the same map standing still: budget 1.1 times, at 514 kabupaten/kota
 * and at all 7,230 kecamatan. Then what the values of all kecamatan over two years take to become a texture.
 */
import { chromium } from "@playwright/test";
import playwright from "../../playwright.config.ts";
import type {} from "../../renderer/clock/frame-meter.ts";
import { texelsOf } from "../../renderer/parts/map/value-textures.ts";
import { decodeCube } from "../../renderer/state/cube.ts";
import { browser as findBrowser } from "../browser.mjs";
import { openScreens, startHub, temporaryFolder } from "../fixtures/system.ts";

const ROUNDS = 9;
const MILLISECONDS = 6000;
/** Until the kecamatan of the country have been read and drawn. */
const SETTLED = 12_000;

const folder = temporaryFolder();
const hub = await startHub(`${folder.path}/hub`);
await hub.command("exercise", "start", "--days", "120", "--publish");
const browser = await chromium.launch({
	...playwright.use?.launchOptions,
	executablePath: await findBrowser(),
});
const screens = await openScreens(browser, `${folder.path}/workstation`, hub);
try {
	await screens.page.setViewportSize({ width: 1024, height: 640 });
	await screens.page.waitForFunction(
		() => window.blcFrames !== undefined,
		null,
		{
			timeout: 120_000,
		},
	);
	const { page } = screens;
	const renderer = await page.evaluate(() => {
		const gl = document.createElement("canvas").getContext("webgl2");
		const named = gl?.getExtension("WEBGL_debug_renderer_info");
		return String(
			gl && named && gl.getParameter(named.UNMASKED_RENDERER_WEBGL),
		);
	});
	const isSoftware = /swiftshader|llvmpipe|software/i.test(renderer);
	console.log(
		isSoftware
			? `rendering is by software (${renderer}): frames per second say nothing of a graphics card`
			: `rendering is by ${renderer}`,
	);
	for (const [areas, address] of [
		["514 areas, Situasi", "#/situasi"],
		["514 areas, Sebaran", "#/sebaran?map=regency"],
		["7,230 areas, Sebaran", "#/sebaran?map=district"],
	] as const) {
		await page.evaluate((hash) => {
			location.hash = hash;
		}, address);
		await page.waitForTimeout(SETTLED);
		await page.locator("[data-testid=map][data-ready]").waitFor();
		await page.keyboard.press("Home");
		const ratios: number[] = [];
		for (let round = 1; round <= ROUNDS; round++) {
			const still = await page.evaluate(
				(ms) => window.blcFrames?.still(ms),
				MILLISECONDS,
			);
			const playing = await page.evaluate(
				(ms) => window.blcFrames?.playing(ms),
				MILLISECONDS,
			);
			if (!still || !playing) throw new Error("the map is gone");
			const ratio = playing.medianMilliseconds / still.medianMilliseconds;
			ratios.push(ratio);
			const rate = ({ frames }: { frames: number }) =>
				((frames * 1000) / MILLISECONDS).toFixed(1);
			console.log(
				`round ${round}: still ${still.medianMilliseconds.toFixed(2)} ms of script a frame (${rate(still)} frames a second), playing ${playing.medianMilliseconds.toFixed(2)} ms (${rate(playing)}), ratio ${ratio.toFixed(2)}`,
			);
			await page.keyboard.press("Home");
		}
		ratios.sort((a, b) => a - b);
		console.log(
			`${areas}, playing / still: median ${ratios[Math.floor(ROUNDS / 2)].toFixed(2)} (budget 1.10)`,
		);
	}
} finally {
	await screens.close();
	await browser.close();
	await hub.stop();
	folder.remove();
}

/** What a cold map of all kecamatan over two years takes before it can go to the graphics card. */
const AREAS = 7230;
const DAYS = 730;
const body = new ArrayBuffer(AREAS * DAYS * 10);
const written = new Float64Array(body, 0, AREAS * DAYS);
for (let at = 0; at < written.length; at++)
	written[at] = at % 7 === 0 ? at % 500 : Number.NaN;
const columns = Array.from({ length: AREAS }, (_, row) => row);
const took: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
	const start = performance.now();
	const cube = decodeCube(
		{
			indicator: "confirmed",
			measure: "total",
			level: "district",
			firstDay: 18_323,
			days: DAYS,
			areas: AREAS,
			seq: 1,
			pending: [],
		},
		body,
	);
	texelsOf(cube, columns);
	took.push(performance.now() - start);
}
took.sort((a, b) => a - b);
console.log(
	`7,230 areas x 730 days: answer of ${(body.byteLength / 1e6).toFixed(1)} MB to a texture of ${((AREAS * DAYS * 4) / 1e6).toFixed(1)} MB: median ${took[Math.floor(ROUNDS / 2)].toFixed(0)} ms`,
);
