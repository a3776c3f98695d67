/**
 * From `npm start` (installed, built) to the first picture: with nothing there (budget 60 s on two cores, with the simulated country made
 * on the way), and again with the replica present. Then the warm start, a window opened while all of it runs: when numbers, table and map
 * stand (budget: numbers 1 s, all 2 s on two cores without other load), in a browser without a profile, which keeps no compiled code, and
 * in one with a profile, as a person's browser or the desktop application has. Last, a step of a day with the window's thread slowed down
 * six times (budget 1 s until nothing moves any more).
 */
import { type BrowserContext, chromium, type Page } from "@playwright/test";
import playwright from "../../playwright.config.ts";
import type {} from "../../renderer/clock/frame-meter.ts";
import { browser as findBrowser } from "../browser.mjs";
import { type Launched, launch } from "../fixtures/launched.ts";
import { temporaryFolder } from "../fixtures/system.ts";

const folder = temporaryFolder();
const browser = await chromium.launch({
	...playwright.use?.launchOptions,
	executablePath: await findBrowser(),
});

/** Seconds from the start to the address, and to figures with a map behind them. */
async function firstPicture(): Promise<{ address: number; picture: number }> {
	const begun = performance.now();
	const seconds = () => (performance.now() - begun) / 1000;
	const launched = launch(folder.path);
	const page = await browser.newPage();
	try {
		const target = await launched.address();
		const address = seconds();
		await page.goto(target);
		await page
			.getByTestId("kpi-value-confirmed")
			.filter({ hasText: /\d/ })
			.waitFor({ timeout: 300_000 });
		await page.waitForFunction(() => window.blcFrames !== undefined, null, {
			timeout: 120_000,
		});
		const picture = seconds();
		await complete(launched, page);
		return { address, picture };
	} finally {
		await page.close();
		await launched.interrupt();
	}
}

/** The facilities of the country follow: what is measured after it is measured of all of it, and of a machine at rest. */
async function complete(launched: Launched, page: Page): Promise<void> {
	if (launched.output().includes("Loading the simulated country"))
		await launched.complete();
	await page
		.getByTestId("exercise-follows")
		.waitFor({ state: "detached", timeout: 120_000 });
}

const WARM_STARTS = 7;

interface Warm {
	numbers: number;
	table: number;
	/** Coloured, not only begun. */
	map: number;
}

/** Notes in the page when each part stands; nothing is asked of the page meanwhile, which would slow it down. */
function watch(): void {
	const parts = {
		numbers: () =>
			/\d/.test(
				document.querySelector('[data-testid="kpi-value-confirmed"]')
					?.textContent ?? "",
			),
		table: () =>
			document.querySelector('[data-testid="area-table"] .ag-row') !== null,
		map: () =>
			document.querySelector('[data-testid="map"][data-ready]') !== null,
	};
	const timer = setInterval(() => {
		const noted = performance.getEntriesByType("mark").map(({ name }) => name);
		const missing = Object.entries(parts).filter(
			([name]) => !noted.includes(`bench:${name}`),
		);
		if (missing.length === 0) clearInterval(timer);
		for (const [name, stands] of missing)
			if (stands()) performance.mark(`bench:${name}`);
	}, 10);
}

/** Seconds from opening a window to each part of the picture. */
async function warmStart(
	visitor: BrowserContext,
	origin: string,
): Promise<Warm> {
	const page = await visitor.newPage();
	try {
		await page.addInitScript(watch);
		const begun = Date.now();
		await page.goto(origin, { waitUntil: "commit" });
		for (;;) {
			await page.waitForTimeout(500);
			const [opened, marks] = await page.evaluate(() => [
				performance.timeOrigin,
				performance
					.getEntriesByType("mark")
					.map(({ name, startTime }) => [name, startTime] as const),
			]);
			const at = new Map(marks);
			const part = (name: keyof Warm): number =>
				(opened + (at.get(`bench:${name}`) ?? Number.NaN) - begun) / 1000;
			const found = {
				numbers: part("numbers"),
				table: part("table"),
				map: part("map"),
			};
			if (!Object.values(found).some(Number.isNaN)) return found;
		}
	} finally {
		await page.close();
	}
}

/** Several windows one after the other, in a browser that has seen the program before. */
async function warmStarts(
	visitor: BrowserContext,
	origin: string,
): Promise<Warm[]> {
	// What the first window fetched is in the browser's cache from then on; compiled code is kept of what was run twice.
	for (let time = 0; time < 3; time++) await warmStart(visitor, origin);
	const found: Warm[] = [];
	for (let round = 0; round < WARM_STARTS; round++)
		found.push(await warmStart(visitor, origin));
	return found;
}

const SLOWER = 6;
const STEPS = 7;

/** Seconds from a key to the last thing that moved because of it, of a window whose thread is slowed down. */
async function stepsOfADay(page: Page): Promise<number[]> {
	const throttle = await page.context().newCDPSession(page);
	await throttle.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
	await page.evaluate(() => {
		let key = 0;
		let last = 0;
		addEventListener(
			"keydown",
			({ timeStamp }) => {
				key = timeStamp;
				last = timeStamp;
			},
			{ capture: true },
		);
		new MutationObserver(() => {
			last = performance.now();
		}).observe(document.body, {
			subtree: true,
			childList: true,
			attributes: true,
			characterData: true,
		});
		new PerformanceObserver((list) => {
			for (const { startTime, duration } of list.getEntries())
				last = Math.max(last, startTime + duration);
		}).observe({ type: "longtask" });
		Object.assign(window, { benchStep: () => ({ key, last }) });
	});
	const found: number[] = [];
	// The first is not counted: it compiles.
	for (let step = 0; step <= STEPS; step++) {
		const before = await page.getByTestId("kpis").getAttribute("data-day");
		await page.keyboard.press("ArrowLeft");
		await page.waitForTimeout(4_000);
		const after = await page.getByTestId("kpis").getAttribute("data-day");
		if (after === before) throw new Error("the day did not move");
		const { key, last } = await page.evaluate(() =>
			(
				window as unknown as { benchStep(): { key: number; last: number } }
			).benchStep(),
		);
		if (step > 0) found.push((last - key) / 1000);
	}
	return found;
}

/** What a browser does with the program while it runs. */
async function visits(): Promise<{
	incognito: Warm[];
	profile: Warm[];
	steps: number[];
}> {
	const launched = launch(folder.path);
	const closing: { close(): Promise<void> }[] = [];
	try {
		const enter = async (visitor: BrowserContext, address: string) => {
			const page = await visitor.newPage();
			await page.goto(address);
			await page
				.locator('[data-testid="map"][data-ready]')
				.waitFor({ timeout: 120_000 });
			return page;
		};
		const incognito = await browser.newContext();
		closing.push(incognito);
		const first = await enter(incognito, await launched.address());
		const { origin } = new URL(first.url());
		await first.close();
		const found = await warmStarts(incognito, origin);

		const visitor = await chromium.launchPersistentContext(
			`${folder.path}/browser`,
			{
				...playwright.use?.launchOptions,
				executablePath: await findBrowser(),
				viewport: { width: 1280, height: 720 },
			},
		);
		closing.push(visitor);
		// Whoever has come in once stays by a cookie: the address that lets in works once.
		await visitor.addCookies(await incognito.cookies());
		const profile = await warmStarts(visitor, origin);
		await visitor.close();

		const page = await enter(incognito, origin);
		await page.waitForTimeout(5_000);
		return { incognito: found, profile, steps: await stepsOfADay(page) };
	} finally {
		for (const one of closing.reverse()) await one.close();
		await launched.interrupt();
	}
}

const median = (values: number[]): number =>
	values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

try {
	const first = await firstPicture();
	const second = await firstPicture();
	const { incognito, profile, steps } = await visits();
	console.log(
		`first start: address after ${first.address.toFixed(1)} s, first picture after ${first.picture.toFixed(1)} s: ${(first.picture / 60).toFixed(2)} of the budget of 60 s`,
	);
	console.log(
		`second start: address after ${second.address.toFixed(1)} s, first picture after ${second.picture.toFixed(1)} s`,
	);
	console.log(
		`first picture, first start / second start: ${(first.picture / second.picture).toFixed(1)}`,
	);
	for (const [where, warm] of [
		["no profile", incognito],
		["a profile", profile],
	] as const) {
		const part = (name: keyof Warm) =>
			median(warm.map((one) => one[name])).toFixed(2);
		const all = warm.map(({ numbers, table, map }) =>
			Math.max(numbers, table, map),
		);
		console.log(
			`warm start, a window opened in a browser with ${where}: numbers after ${part("numbers")} s (budget 1 s), table ${part("table")} s, map ${part("map")} s, all ${median(all).toFixed(2)} s (budget 2 s; median of ${WARM_STARTS})`,
		);
	}
	console.log(
		`a step of a day at ${SLOWER} times slower: ${median(steps).toFixed(2)} s until nothing moves (budget 1 s; median of ${STEPS})`,
	);
} finally {
	await browser.close();
	folder.remove();
}
