/** JavaScript time of a frame of the map while the history plays, against the same map standing still. Budget: at most 1.15 times. */
import { chromium } from "@playwright/test";
import playwright from "../../playwright.config.ts";
import type {} from "../../renderer/clock/frame-meter.ts";
import { browser as findBrowser } from "../browser.mjs";
import { openScreens, startHub, temporaryFolder } from "../fixtures/system.ts";

const ROUNDS = 9;
const MILLISECONDS = 6000;

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
	await screens.page.waitForTimeout(5000);
	await screens.page.keyboard.press("Home");
	const ratios: number[] = [];
	for (let round = 1; round <= ROUNDS; round++) {
		const still = await screens.page.evaluate(
			(ms) => window.blcFrames?.still(ms),
			MILLISECONDS,
		);
		const playing = await screens.page.evaluate(
			(ms) => window.blcFrames?.playing(ms),
			MILLISECONDS,
		);
		if (!still || !playing) throw new Error("the map is gone");
		const ratio = playing.medianMilliseconds / still.medianMilliseconds;
		ratios.push(ratio);
		console.log(
			`round ${round}: still ${still.medianMilliseconds.toFixed(2)} ms of script a frame (${still.frames} frames), playing ${playing.medianMilliseconds.toFixed(2)} ms (${playing.frames} frames), ratio ${ratio.toFixed(2)}`,
		);
		await screens.page.keyboard.press("Home");
	}
	ratios.sort((a, b) => a - b);
	console.log(
		`514 areas, playing / still: median ${ratios[Math.floor(ROUNDS / 2)].toFixed(2)} (budget 1.15)`,
	);
} finally {
	await screens.close();
	await browser.close();
	await hub.stop();
	folder.remove();
}
