/**
 * How far apart four displays change: browser contexts of their own, each with a clock of the system that is wrong by seconds, show one playlist,
 * and one presenter leads them. Read is the first frame of each with another scene, and with an order, by the one clock of this machine.
 */
import { type BrowserContext, chromium, type Page } from "@playwright/test";
import playwright from "../../playwright.config.ts";
import { browser as findBrowser } from "../browser.mjs";
import { median } from "../fixtures/slope.ts";
import { provincesFile, writeMadeFile } from "../fixtures/spring-2020.ts";
import { openSystem } from "../fixtures/system.ts";

const DISPLAYS = 4;
const CHANGES = 10;
const ORDERS = 20;
const STANDS = 8;

declare global {
	interface Window {
		/** What came when (ms since 1970, by the clock of the machine): scenes and orders. */
		blcSeen?: { what: string; detail: string; at: number }[];
	}
}

/** In the page, before anything of it: its clock is wrong, and what its wall marks is written down. */
function watchMarks(wrongBy: number): void {
	const real = Date.now;
	Date.now = () => real() + wrongBy;
	const seen: Window["blcSeen"] = [];
	window.blcSeen = seen;
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

/** For each change that all displays saw: the time from the first to the last of them. */
function skews(
	all: NonNullable<Window["blcSeen"]>[],
	what: string,
	within: number,
): number[] {
	const [first = [], ...others] = all;
	return first
		.filter((mark) => mark.what === what)
		.flatMap((mark) => {
			const times = others.map(
				(marks) =>
					marks
						.filter((one) => one.what === what && one.detail === mark.detail)
						.map(({ at }) => at)
						.toSorted(
							(a, b) => Math.abs(a - mark.at) - Math.abs(b - mark.at),
						)[0],
			);
			const known = [mark.at, ...times].filter((at) => at !== undefined);
			if (known.length < all.length) return [];
			const apart = Math.max(...known) - Math.min(...known);
			return apart < within ? [apart] : [];
		});
}

function say(what: string, found: readonly number[]): void {
	console.log(
		`${what}: ${found.length} seen by all ${DISPLAYS}; from the first display to the last: median ${median([...found]).toFixed(1)} ms, longest ${Math.max(...found).toFixed(1)} ms (to be kept: 50 ms)`,
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
	const origin = new URL(system.page.url()).origin;
	const storageState = await system.page.context().storageState();
	await system.page.goto("about:blank");
	const displays: Page[] = [];
	for (let at = 0; at < DISPLAYS; at++) {
		const context = await engine.newContext({
			storageState,
			viewport: { width: 960, height: 540 },
		});
		contexts.push(context);
		const page = await context.newPage();
		await page.addInitScript(watchMarks, (at - 1.5) * 3_000);
		await page.goto(`${origin}/#/dinding?wall=1&show=playlist.ukur`);
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
		skews(await read(), "wall-scene", STANDS * 500),
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
		await first.waitForTimeout(2_500);
	}
	const marks = await read();
	say("orders of a presenter", skews(marks, "wall-show", 2_000));
	say("scenes that a presenter brought", skews(marks, "wall-scene", 2_000));
} finally {
	for (const context of contexts) await context.close();
	await system.close();
	await engine.close();
}
