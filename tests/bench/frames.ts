/**
 * Script of a frame of the map while the history plays, against the same map drawn once a frame while time stands still: budget 1.1 times,
 * at 514 kabupaten/kota and at all 7,230 kecamatan. What is counted is time of the processor, not of the clock: by software the window
 * waits for its pictures, and other work on the machine is none of the map's. Time of the page goes on by a sixtieth of a second with each
 * frame, as on a screen, however long software draws: at five days a second one frame in twelve brings another day. Beside it a playback
 * in which every frame does. Then the same land drawn by deck.gl alone, moved in time as
 * the map does it and by accessors with `updateTriggers`; a cold map of all kecamatan over two years up to the screen; and, where there is
 * a graphics card, frames a second and its own time.
 */
import { type BrowserContext, chromium, type Page } from "@playwright/test";
import playwright from "../../playwright.config.ts";
import type {} from "../../renderer/clock/frame-meter.ts";
import { browser as findBrowser } from "../browser.mjs";
import { openScreens, startHub, temporaryFolder } from "../fixtures/system.ts";
import { frameScript } from "./drawing/frame-script.ts";
import type { Way } from "./drawing/layer-page.ts";
import { openBenchPage } from "./drawing/served.ts";

const ROUNDS = 9;
/** In one of them, at the rate of a screen, another day comes. */
const FRAMES = 12;
/** Milliseconds from frame to frame: of a screen, and so that each brings another day at five days a second. */
const STEPS = { screen: 1000 / 60, day: 200 };
/** Until what is drawn has been read, and panels that came with it. */
const SETTLED = 8_000;
const SIZE = { width: 1024, height: 640 };
const DAYS = 730;

const FRAMES_OF_A_CARD = 240;

const WAYS = ["still", "playing", "daily"] as const;
const WORDS = {
	still: "still",
	playing: "playing",
	daily: "a day each frame",
};

declare global {
	interface Window {
		/** Milliseconds by which time of the page goes on with each frame. */
		blcStep?: number;
	}
}

/** Time of the page by its frames. */
function countFrames(step: number): void {
	let now = performance.now();
	window.blcStep = step;
	performance.now = () => now;
	const next = () => {
		now += window.blcStep ?? step;
		requestAnimationFrame(next);
	};
	next();
}

const median = (values: number[]): number =>
	values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** What draws, and whether that is a graphics card. */
async function rendererOf(
	page: Page,
): Promise<{ name: string; isCard: boolean }> {
	const name = await page.evaluate(() => {
		const gl = document.createElement("canvas").getContext("webgl2");
		const named = gl?.getExtension("WEBGL_debug_renderer_info");
		return String(
			gl && named && gl.getParameter(named.UNMASKED_RENDERER_WEBGL),
		);
	});
	return { name, isCard: !/swiftshader|llvmpipe|software/i.test(name) };
}

/** Milliseconds that the graphics card spends on a picture of the map, by its own clock; null where it tells none. */
async function cardMilliseconds(page: Page): Promise<number | null> {
	return page.evaluate(async () => {
		const canvas = document.querySelector<HTMLCanvasElement>(
			"[data-testid=map] canvas.maplibregl-canvas",
		);
		const gl = canvas?.getContext("webgl2");
		const timer = gl?.getExtension("EXT_disjoint_timer_query_webgl2");
		const meter = window.blcFrames;
		if (!gl || !timer || !meter) return null;
		const found: number[] = [];
		for (let picture = 0; picture < 20; picture++) {
			const query = gl.createQuery();
			gl.beginQuery(timer.TIME_ELAPSED_EXT, query);
			meter.draw();
			gl.endQuery(timer.TIME_ELAPSED_EXT);
			for (let frame = 0; frame < 60; frame++) {
				await new Promise(requestAnimationFrame);
				if (!gl.getQueryParameter(query, gl.QUERY_RESULT_AVAILABLE)) continue;
				found.push(gl.getQueryParameter(query, gl.QUERY_RESULT) / 1e6);
				break;
			}
			gl.deleteQuery(query);
		}
		found.sort((a, b) => a - b);
		return found[Math.floor(found.length / 2)] ?? null;
	});
}

/** One map of the application: still and playing in turn, each first in every other round. */
async function ofTheMap(
	page: Page,
	what: string,
	address: string,
	isCard: boolean,
): Promise<void> {
	await page.evaluate((hash) => {
		location.hash = hash;
	}, address);
	await page.waitForTimeout(SETTLED);
	await page.locator("[data-testid=map][data-ready]").waitFor();
	const ratios = { playing: [] as number[], daily: [] as number[] };
	for (let round = 1; round <= ROUNDS; round++) {
		const found = { still: Number.NaN, playing: Number.NaN, daily: Number.NaN };
		const words = [];
		for (const way of round % 2 ? WAYS : WAYS.toReversed()) {
			await page.keyboard.press("Home");
			await page.waitForTimeout(500);
			await page.evaluate(
				(step) => {
					window.blcStep = step;
				},
				way === "daily" ? STEPS.day : STEPS.screen,
			);
			const { median, frames, busy } = await frameScript(page, () =>
				page.evaluate(([way, frames]) => window.blcFrames?.[way](frames), [
					way === "still" ? "still" : "playing",
					FRAMES,
				] as const),
			);
			found[way] = median;
			words.push(
				`${WORDS[way]} ${median.toFixed(2)} ms of script a frame (${frames} frames, all that the thread does ${busy.toFixed(0)} ms a second)`,
			);
		}
		for (const way of ["playing", "daily"] as const)
			ratios[way].push(found[way] / found.still);
		console.log(`round ${round}: ${words.join(", ")}`);
	}
	console.log(
		`${what}, playing / still: ${median(ratios.playing).toFixed(2)} (budget 1.10); where every frame brings another day ${median(ratios.daily).toFixed(2)} (medians of ${ROUNDS})`,
	);
	if (!isCard) return;
	const begun = performance.now();
	await page.evaluate(
		(frames) => window.blcFrames?.playing(frames),
		FRAMES_OF_A_CARD,
	);
	const seconds = (performance.now() - begun) / 1000;
	const spent = await cardMilliseconds(page);
	console.log(
		`${what}: ${(FRAMES_OF_A_CARD / seconds).toFixed(0)} frames a second, ${spent === null ? "the graphics card tells no time" : `${spent.toFixed(2)} ms of the graphics card for a picture`}`,
	);
}

/** deck.gl alone, with the land of a level. */
async function ofDeck(page: Page, level: "regency" | "district") {
	const { areas, corners } = await page.evaluate(async (level) => {
		const found = await window.blcLayers?.prepare(level);
		if (!found) throw new Error("the page of the bench did not start");
		return found;
	}, level);
	const ways: readonly Way[] = ["still", "uniform", "accessors"];
	const found = new Map<Way, number[]>(ways.map((way) => [way, []]));
	for (let round = 0; round < ROUNDS; round++)
		for (const way of ways) {
			const { median } = await frameScript(page, () =>
				page.evaluate(([way, frames]) => window.blcLayers?.draw(way, frames), [
					way,
					FRAMES,
				] as const),
			);
			found.get(way)?.push(median);
		}
	const of = (way: Way) => median(found.get(way) ?? []);
	console.log(
		`${areas.toLocaleString("en")} areas (${corners.toLocaleString("en")} corners) by deck.gl alone, script of a frame: still ${of("still").toFixed(2)} ms, a day as a uniform ${of("uniform").toFixed(2)} ms (${(of("uniform") / of("still")).toFixed(2)} times still), accessors with updateTriggers ${of("accessors").toFixed(2)} ms (${(of("accessors") / of("still")).toFixed(1)} times; medians of ${ROUNDS})`,
	);
}

/** A map of two years of all kecamatan that has nothing yet. */
async function ofACold(page: Page, isCard: boolean) {
	const rounds = [];
	for (let round = 0; round < ROUNDS; round++)
		rounds.push(
			await page.evaluate((days) => {
				const found = window.blcLayers?.cold(days);
				if (!found) throw new Error("the page of the bench did not start");
				return found;
			}, DAYS),
		);
	const areas = 7230;
	console.log(
		`${areas.toLocaleString("en")} kecamatan x ${DAYS} days, cold: an answer of ${((areas * DAYS * 10) / 1e6).toFixed(1)} MB, a texture of ${((areas * DAYS * 4) / 1e6).toFixed(1)} MB; given to the graphics card after ${median(rounds.map(({ toTexture }) => toTexture)).toFixed(0)} ms, on the screen after ${median(rounds.map(({ toScreen }) => toScreen)).toFixed(0)} ms (medians of ${ROUNDS}${isCard ? "" : ", drawn by software"})`,
	);
}

const folder = temporaryFolder();
const hub = await startHub(`${folder.path}/hub`);
await hub.command("exercise", "start", "--days", "120", "--publish");
const browser = await chromium.launch({
	...playwright.use?.launchOptions,
	executablePath: await findBrowser(),
});
const screens = await openScreens(browser, `${folder.path}/workstation`, hub);
try {
	const { page } = screens;
	await page.setViewportSize(SIZE);
	await page.waitForFunction(() => window.blcFrames !== undefined, null, {
		timeout: 120_000,
	});
	const { name, isCard } = await rendererOf(page);
	console.log(
		isCard
			? `drawn by ${name}`
			: `drawn by software (${name}): frames a second and the time of a graphics card cannot be told here`,
	);
	await page.evaluate(countFrames, STEPS.screen);
	for (const [what, address] of [
		["514 areas, Situasi", "#/situasi"],
		["514 areas, Sebaran", "#/sebaran?map=regency"],
		["7,230 areas, Sebaran", "#/sebaran?map=district"],
	] as const)
		await ofTheMap(page, what, address, isCard);

	const layers = await openBenchPage(
		page.context() as BrowserContext,
		screens.home(),
		`${import.meta.dirname}/drawing/layer-page.ts`,
	);
	await layers.setViewportSize(SIZE);
	await layers.waitForFunction(() => window.blcLayers !== undefined);
	await ofDeck(layers, "regency");
	await ofDeck(layers, "district");
	await ofACold(layers, isCard);
} finally {
	await screens.close();
	await browser.close();
	await hub.stop();
	folder.remove();
}
