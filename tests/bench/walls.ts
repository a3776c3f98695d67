/**
 * How far apart the four displays of one wall change: browser contexts of their own, each with a clock of the system that is wrong by seconds, show one
 * playlist over all of them, and one presenter leads them; at last to scenes that one of them has ready a second after the others. Read is the first frame of each with another scene, and with an order, by the one clock of this machine.
 */
import { type BrowserContext, chromium, type Page } from "@playwright/test";
import { cellsOf, NEW_GRID } from "../../core/wall/grid.ts";
import playwright from "../../playwright.config.ts";
import { browser as findBrowser } from "../browser.mjs";
import { median } from "../fixtures/slope.ts";
import { provincesFile, writeMadeFile } from "../fixtures/spring-2020.ts";
import { openSystem } from "../fixtures/system.ts";

const DISPLAYS = 4;
const CHANGES = 10;
const ORDERS = 20;
/** Seconds for which each of the three scenes stands. */
const STANDS = 8;
/** Between two orders (ms). */
const PAUSE = 2_500;
/** Areas of scenes that no display has shown before, and by how much later one display has their figures (ms). */
const UNSEEN = ["31", "32", "33", "34", "35", "36"];
const LATER = 1_000;

declare global {
	interface Window {
		/** What came when (ms since 1970, by the clock of the machine): scenes and orders. */
		blcSeen?: { what: string; detail: string; at: number }[];
		/** Frames since it was opened. */
		blcFramesSeen?: number;
	}
}

/** In the page, before anything of it: its clock is wrong, and what its wall marks is written down. */
function watchMarks(wrongBy: number): void {
	const real = Date.now;
	Date.now = () => real() + wrongBy;
	const seen: Window["blcSeen"] = [];
	window.blcSeen = seen;
	const frame = () => {
		window.blcFramesSeen = (window.blcFramesSeen ?? 0) + 1;
		requestAnimationFrame(frame);
	};
	requestAnimationFrame(frame);
	new PerformanceObserver((list) => {
		for (const mark of list.getEntries())
			if (/^wall-/.test(mark.name))
				seen.push({
					what: mark.name,
					detail: String((mark as PerformanceMark).detail),
					at: performance.timeOrigin + mark.startTime,
				});
	}).observe({ type: "mark" });
}

async function order(page: Page, name: string, request: object): Promise<void> {
	const origin = new URL(page.url()).origin;
	const answer = await page.request.post(`${origin}/api/command`, {
		headers: { origin },
		data: { id: crypto.randomUUID(), name, basedOn: null, request },
	});
	if (!answer.ok()) throw new Error(`${name}: ${await answer.text()}`);
}

/**
 * For each change that the first display saw the time from the first display to the last; infinite where one of them did not show it within half of the
 * time after which the same comes again.
 */
function skews(
	all: NonNullable<Window["blcSeen"]>[],
	what: string,
	again: number,
): number[] {
	const [first = [], ...others] = all;
	return first
		.filter((mark) => mark.what === what)
		.map((mark) => {
			const times = others.map((marks) => {
				const same = marks.filter(
					(one) => one.what === what && one.detail === mark.detail,
				);
				const apart = same.map(({ at }) => Math.abs(at - mark.at));
				const nearest = same[apart.indexOf(Math.min(...apart))];
				return nearest && Math.abs(nearest.at - mark.at) < again / 2
					? nearest.at
					: Number.POSITIVE_INFINITY;
			});
			return Math.max(mark.at, ...times) - Math.min(mark.at, ...times);
		});
}

function say(what: string, found: readonly number[]): void {
	const told = found.filter(Number.isFinite);
	console.log(
		`${what}: ${found.length}, of which ${found.length - told.length} not on all ${DISPLAYS}; ${told.length === 0 ? "nothing to measure" : `from the first display to the last: median ${median([...told]).toFixed(1)} ms, longest ${Math.max(...told).toFixed(1)} ms (to be kept: 50 ms)`}`,
	);
}

const launch = playwright.use?.launchOptions ?? {};
const engine = await chromium.launch({
	...launch,
	executablePath: process.env.CHROME_BIN ?? (await findBrowser()),
});
const system = await openSystem(engine, (folder) => [
	[
		"ingest",
		"covid19goid-provinsi",
		writeMadeFile(folder, provincesFile("2020-06-08")),
	],
]);
const contexts: BrowserContext[] = [];
try {
	const panel = (kind: string, x: number, address: string) => ({
		...{ id: `p${x}`, kind, address, text: "", staleAfter: null },
		place: { x, y: 0, width: 6, height: 8 },
	});
	const ids = ["satu", "dua", "tiga"];
	const of = ["confirmed", "deaths", "recovered"];
	for (const [at, id] of ids.entries())
		await order(system.page, "keep-scene", {
			...{ id, name: id, notes: "" },
			panels: [
				panel("trend", 0, `#/situasi?indicator=${of[at]}`),
				panel("ranking", 6, `#/situasi?indicator=${of[at]}`),
			],
		});
	await order(system.page, "keep-playlist", {
		...{ id: "ukur", name: "Ukur", transition: "cut", hours: [] },
		entries: ids.map((scene) => ({ scene, seconds: STANDS })),
	});
	const grid = { ...NEW_GRID, id: "ukur", name: "Ukur" };
	await order(system.page, "keep-grid", { ...grid, show: "playlist.ukur" });
	const origin = new URL(system.page.url()).origin;
	const storageState = await system.page.context().storageState();
	await system.page.goto("about:blank");
	const displays: Page[] = [];
	for (const [at, { key }] of cellsOf(grid).entries()) {
		const context = await engine.newContext({
			storageState,
			viewport: { width: 960, height: 540 },
		});
		contexts.push(context);
		const page = await context.newPage();
		await page.addInitScript(watchMarks, (at - 1.5) * 3_000);
		await page.goto(`${origin}/#/dinding?wall=1&show=grid.ukur.${key}`);
		await page.locator('[data-phase="shown"]').waitFor();
		displays.push(page);
	}
	// Until each has asked for the time and drawn a scene.
	await displays[0]?.waitForTimeout(STANDS * 2_000);
	const forget = () =>
		Promise.all(
			displays.map((page) =>
				page.evaluate(() => {
					window.blcSeen?.splice(0);
				}),
			),
		);
	const read = () =>
		Promise.all(
			displays.map((page) => page.evaluate(() => window.blcSeen ?? [])),
		);
	await forget();
	await displays[0]?.waitForTimeout(CHANGES * STANDS * 1_000);
	say(
		"scenes of a playlist, by the clock",
		skews(await read(), "wall-scene", ids.length * STANDS * 1_000),
	);
	await forget();
	const first = displays[0] as Page;
	for (let at = 0; at < ORDERS; at++) {
		await order(first, "order-show", {
			do: "run",
			playlist: "ukur",
			entry: at % ids.length,
			paused: true,
		});
		await first.waitForTimeout(PAUSE);
	}
	const marks = await read();
	const frames = await Promise.all(
		displays.map((page) =>
			page.evaluate(() => performance.now() / (window.blcFramesSeen ?? 1)),
		),
	);
	console.log(
		`a frame takes ${frames.map((one) => one.toFixed(0)).join(", ")} ms on these displays: they cannot change closer together than that`,
	);
	say(
		"orders of a presenter",
		skews(marks, "wall-show", Number.POSITIVE_INFINITY),
	);
	say(
		"scenes that a presenter brought",
		skews(marks, "wall-scene", ids.length * PAUSE),
	);
	await displays[DISPLAYS - 1]?.route(/api\/(series|table)/, async (route) => {
		await new Promise((done) => setTimeout(done, LATER));
		await route.fallback();
	});
	for (const area of UNSEEN)
		await order(first, "keep-scene", {
			...{ id: `area-${area}`, name: area, notes: "" },
			panels: [panel("trend", 0, `#/situasi?area=${area}`)],
		});
	await order(first, "keep-playlist", {
		...{ id: "baru", name: "Baru", transition: "cut", hours: [] },
		entries: UNSEEN.map((area) => ({ scene: `area-${area}`, seconds: 60 })),
	});
	await forget();
	// Not in their order: the one that comes next anyway is ready before it is asked for.
	for (let at = 0; at < UNSEEN.length; at++) {
		const entry = (at * 5) % UNSEEN.length;
		const run = { do: "run", playlist: "baru", entry, paused: true };
		await order(first, "order-show", run);
		await first.waitForTimeout(PAUSE + 2 * LATER);
	}
	say(
		`scenes that one display has ready ${LATER} ms after the others`,
		skews(await read(), "wall-scene", Number.POSITIVE_INFINITY),
	);
} finally {
	for (const context of contexts) await context.close();
	await system.close();
	await engine.close();
}
