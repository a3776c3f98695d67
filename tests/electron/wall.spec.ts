/**
 * What only the real Electron application can show of walls: the profile of a machine that is nothing but one, and the display that a window
 * filled before a restart. Run by `npm run test:electron`.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ElectronApplication, expect, test } from "@playwright/test";
import type { DesktopBridge } from "../../core/api/desktop.ts";
import { temporaryFolder } from "../fixtures/system.ts";
import { launch } from "./application.ts";

const { path: folder, remove } = temporaryFolder();
const data = join(folder, "data");
let application: ElectronApplication;

test.describe.configure({ mode: "serial" });
test.beforeAll(() => mkdirSync(data, { recursive: true }));
test.afterEach(() => application?.close());
test.afterAll(remove);

const start = async () => {
	application = await launch(data);
	return application.firstWindow();
};
/** The display that a window fills; null: none. */
const filled = () =>
	application.evaluate(({ BrowserWindow, screen }) => {
		const [window] = BrowserWindow.getAllWindows();
		return window?.isFullScreen()
			? screen.getDisplayMatching(window.getBounds()).id
			: null;
	});

test("a window fills after a restart the display that it filled before, and none once it left it", async () => {
	const page = await start();
	await page.getByTestId("choose-hub").waitFor();
	const fill = (to: number | null) =>
		page.evaluate(
			(id) => (window as unknown as { blc: DesktopBridge }).blc.fillDisplay(id),
			to,
		);
	const displays = await page.evaluate(() =>
		(window as unknown as { blc: DesktopBridge }).blc.displays(),
	);
	const last = displays.at(-1)?.id as number;
	await fill(last);
	await expect.poll(filled).toBe(last);
	await application.close();
	const again = await start();
	await again.getByTestId("choose-hub").waitFor();
	await expect.poll(filled).toBe(last);
	await again.evaluate(() =>
		(window as unknown as { blc: DesktopBridge }).blc.fillDisplay(null),
	);
	await expect.poll(filled).toBe(null);
	await application.close();
	await (await start()).getByTestId("choose-hub").waitFor();
	expect(await filled()).toBe(null);
});

test("a machine that is nothing but a wall fills the screen with its page, without a menu, and nothing closes it but the end of the application", async () => {
	writeFileSync(
		join(data, "hub.json"),
		// As Notepad saves it.
		`\uFEFF${JSON.stringify({ wall: { page: "#/situasi?wall=1" } })}`,
	);
	const page = await start();
	await expect.poll(() => page.url()).toMatch(/#\/situasi\?.*wall=1/);
	const state = () =>
		application.evaluate(({ BrowserWindow, Menu }) => {
			const windows = BrowserWindow.getAllWindows();
			return {
				windows: windows.length,
				kiosk: windows.every((window) => window.isKiosk()),
				menu: Menu.getApplicationMenu() !== null,
			};
		});
	const wall = { windows: 1, kiosk: true, menu: false };
	expect(await state()).toEqual(wall);
	await application.evaluate(({ BrowserWindow }) =>
		BrowserWindow.getAllWindows()[0]?.close(),
	);
	for (const keys of ["Control+w", "Control+r", "F11", "Control+Shift+i"])
		await page.keyboard.press(keys);
	expect(await state()).toEqual(wall);
	await expect
		.poll(() =>
			application.evaluate(({ powerSaveBlocker }) =>
				[0, 1, 2, 3].some((id) => powerSaveBlocker.isStarted(id)),
			),
		)
		.toBe(true);
});

test("its renderer that is killed comes back to its page, and nobody is asked", async () => {
	const page = await start();
	await expect.poll(() => page.url()).toContain("wall=1");
	await application.evaluate(({ BrowserWindow, dialog }) => {
		dialog.showMessageBoxSync = () => {
			throw new Error("somebody was asked");
		};
		dialog.showMessageBox = dialog.showMessageBoxSync as never;
		BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
	});
	const log = () => readFileSync(join(data, "desktop.log"), "utf8");
	await expect.poll(log).toMatch(/renderer (?:crashed|killed)/);
	await expect
		.poll(() =>
			application.evaluate(({ BrowserWindow }) => {
				const contents = BrowserWindow.getAllWindows()[0]?.webContents;
				return contents?.isCrashed() ? "" : contents?.getURL();
			}),
		)
		.toContain("wall=1");
	expect(log()).not.toContain("somebody was asked");
});

test("once nobody says that it is a wall, it opens as any other", async () => {
	rmSync(join(data, "hub.json"));
	const page = await start();
	await page.getByTestId("choose-hub").waitFor();
	expect(
		await application.evaluate(({ BrowserWindow }) =>
			BrowserWindow.getAllWindows()[0]?.isKiosk(),
		),
	).toBe(false);
});
