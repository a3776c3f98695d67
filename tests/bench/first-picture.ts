/**
 * From `npm start` (installed, built) to the first picture: with nothing there (budget 60 s on two cores, with the simulated country made
 * on the way), and again with the replica present.
 */
import { chromium } from "@playwright/test";
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

try {
	const first = await firstPicture();
	const second = await firstPicture();
	console.log(
		`first start: address after ${first.address.toFixed(1)} s, first picture after ${first.picture.toFixed(1)} s: ${(first.picture / 60).toFixed(2)} of the budget of 60 s`,
	);
	console.log(
		`second start: address after ${second.address.toFixed(1)} s, first picture after ${second.picture.toFixed(1)} s`,
	);
	console.log(
		`first picture, first start / second start: ${(first.picture / second.picture).toFixed(1)}`,
	);
} finally {
	await browser.close();
	folder.remove();
}
