/**
 * From `npm start` (installed, built) to the first picture: with nothing there (budget 60 s on two cores, with the simulated country made
 * on the way), and again with the replica present. Then the warm start, a window opened while all of it runs: when numbers, table and map
 * stand (budget: numbers 1 s, all 2 s on two cores without other load).
 */
import { type BrowserContext, chromium } from "@playwright/test";
import playwright from "../../playwright.config.ts";
import type {} from "../../renderer/clock/frame-meter.ts";
import { browser as findBrowser } from "../browser.mjs";
import { launch } from "../fixtures/launched.ts";
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
		return { address, picture: seconds() };
	} finally {
		await page.close();
		await launched.interrupt();
	}
}

const WARM_STARTS = 7;

interface Warm {
	numbers: number;
	table: number;
	map: number;
}

/** Seconds from opening a window to each part of the picture. */
async function warmStart(
	visitor: BrowserContext,
	origin: string,
): Promise<Warm> {
	const page = await visitor.newPage();
	try {
		const begun = performance.now();
		const when = async (there: Promise<unknown>): Promise<number> => {
			await there;
			return (performance.now() - begun) / 1000;
		};
		await page.goto(origin, { waitUntil: "commit" });
		const [numbers, table, map] = await Promise.all([
			when(
				page
					.getByTestId("kpi-value-confirmed")
					.filter({ hasText: /\d/ })
					.waitFor(),
			),
			when(page.locator("[data-testid=area-table] .ag-row").first().waitFor()),
			when(page.waitForFunction(() => window.blcFrames !== undefined)),
		]);
		return { numbers, table, map };
	} finally {
		await page.close();
	}
}

/** Several windows one after the other, in a browser that has seen the program before. */
async function warmStarts(): Promise<Warm[]> {
	const launched = launch(folder.path);
	const visitor = await browser.newContext();
	try {
		const page = await visitor.newPage();
		await page.goto(await launched.address());
		await page.getByTestId("kpis").waitFor({ timeout: 120_000 });
		const { origin } = new URL(page.url());
		await page.close();
		// What the first window fetched is in the browser's cache from then on.
		await warmStart(visitor, origin);
		const found: Warm[] = [];
		for (let round = 0; round < WARM_STARTS; round++)
			found.push(await warmStart(visitor, origin));
		return found;
	} finally {
		await visitor.close();
		await launched.interrupt();
	}
}

const median = (values: number[]): number =>
	values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

try {
	const first = await firstPicture();
	const second = await firstPicture();
	const warm = await warmStarts();
	console.log(
		`first start: address after ${first.address.toFixed(1)} s, first picture after ${first.picture.toFixed(1)} s: ${(first.picture / 60).toFixed(2)} of the budget of 60 s`,
	);
	console.log(
		`second start: address after ${second.address.toFixed(1)} s, first picture after ${second.picture.toFixed(1)} s`,
	);
	console.log(
		`first picture, first start / second start: ${(first.picture / second.picture).toFixed(1)}`,
	);
	const part = (name: keyof Warm) => median(warm.map((one) => one[name]));
	console.log(
		`warm start, a window opened: numbers after ${part("numbers").toFixed(2)} s (budget 1 s), table ${part("table").toFixed(2)} s, map ${part("map").toFixed(2)} s, all ${median(warm.map((one) => Math.max(one.numbers, one.table, one.map))).toFixed(2)} s (budget 2 s; median of ${WARM_STARTS})`,
	);
} finally {
	await browser.close();
	folder.remove();
}
