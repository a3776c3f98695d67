/**
 * What only the real Electron application can show: every call of the bridge, an export, print, displays, a backend and a renderer that are
 * killed, a second start. Run by `npm run test:electron`, where Electron's binary is to be had.
 */
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
	type ElectronApplication,
	expect,
	type Page,
	test,
} from "@playwright/test";
import type { DesktopBridge } from "../../core/api/desktop.ts";
import { DESKTOP_CHANNELS } from "../../core/api/desktop-channels.ts";
import { FILE_ENDING } from "../../core/workspace/file-ending.ts";
import { cutOff } from "../fixtures/processes.ts";
import { temporaryFolder } from "../fixtures/system.ts";
import { ARGUMENTS, electron, environment, launch } from "./application.ts";

const { path: folder, remove } = temporaryFolder();
const data = join(folder, "data");
let application: ElectronApplication;
let page: Page;

const log = (): string => readFileSync(join(data, "desktop.log"), "utf8");

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
	mkdirSync(data, { recursive: true });
	application = await launch(data);
	page = await application.firstWindow();
	await page.getByTestId("choose-hub").waitFor();
});
test.afterAll(async () => {
	await application?.close();
	remove();
});

/** Calls the bridge as a page does. */
const bridge = <T>(call: (blc: DesktopBridge) => Promise<T>): Promise<T> =>
	page.evaluate(
		`(${call.toString()})(window.blc)` as never,
	) as unknown as Promise<T>;

test("the page has the calls of the bridge, and nothing of Node or Electron", async () => {
	expect(
		await page.evaluate(() => [
			...Object.keys((window as { blc?: object }).blc ?? {}).sort(),
			typeof (window as { require?: unknown }).require,
			typeof (window as { process?: unknown }).process,
		]),
	).toEqual([
		...Object.keys(DESKTOP_CHANNELS).sort(),
		...["undefined", "undefined"],
	]);
});

test("it names the displays that the system names", async () => {
	const known = await application.evaluate(({ screen }) =>
		screen.getAllDisplays().map(({ id }) => id),
	);
	const told = await bridge((blc) => blc.displays());
	expect(told.map(({ id }) => id)).toEqual(known);
	expect(told.filter(({ primary }) => primary)).toHaveLength(1);
});

test("an export is written where the person says, and nothing where they cancel", async () => {
	const file = join(folder, "ekspor.csv");
	const answering = (filePath: string) =>
		application.evaluate(({ dialog }, path) => {
			dialog.showSaveDialog = async () => ({
				canceled: path === "",
				filePath: path,
			});
		}, filePath);
	const save = () =>
		bridge((blc) =>
			blc.save({ name: "ekspor.csv", bytes: new TextEncoder().encode("a;b") }),
		);
	await answering(file);
	expect(await save()).toEqual({ saved: true, problem: null });
	expect(readFileSync(file, "utf8")).toBe("a;b");
	await answering("");
	expect(await save()).toEqual({ saved: false, problem: null });
	await answering(join(folder, "no", "such", "folder.csv"));
	expect((await save()).problem).toContain("folder.csv");
});

test("it prints this window, here into a PDF in the place of the system's dialog", async () => {
	await application.evaluate(({ BrowserWindow }) => {
		const { webContents } = BrowserWindow.getAllWindows()[0] as never as {
			webContents: Electron.WebContents;
		};
		webContents.print = (_options, done) =>
			void webContents
				.printToPDF({})
				.then((pdf) => done?.(pdf.length > 1000, "empty"));
	});
	await bridge((blc) => blc.print());
});

test("it keeps the screen awake for as long as it is asked to", async () => {
	const blocked = () =>
		application.evaluate(({ powerSaveBlocker }) =>
			[0, 1, 2, 3].some((id) => powerSaveBlocker.isStarted(id)),
		);
	await bridge((blc) => blc.keepAwake(true));
	expect(await blocked()).toBe(true);
	await bridge((blc) => blc.keepAwake(false));
	expect(await blocked()).toBe(false);
});

test("a window fills each display and leaves it", async () => {
	for (const { id } of await bridge((blc) => blc.displays())) {
		await page.evaluate(
			(to) => (window as unknown as { blc: DesktopBridge }).blc.fillDisplay(to),
			id,
		);
		await expect
			.poll(() =>
				application.evaluate(({ BrowserWindow, screen }) => {
					const [window] = BrowserWindow.getAllWindows();
					return window?.isFullScreen()
						? screen.getDisplayMatching(window.getBounds()).id
						: null;
				}),
			)
			.toBe(id);
	}
	await bridge((blc) => blc.fillDisplay(null));
	await expect
		.poll(() =>
			application.evaluate(({ BrowserWindow }) =>
				BrowserWindow.getAllWindows()[0]?.isFullScreen(),
			),
		)
		.toBe(false);
});

test("a file that is opened while it runs is handed to its page once, by a second start that ends", async () => {
	const file = join(folder, `adegan.${FILE_ENDING}`);
	writeFileSync(file, "kosong");
	// In the place of the page's own listener, until it is loaded again.
	await page.evaluate(() => {
		const here = window as unknown as {
			blc: DesktopBridge;
			handed: Promise<unknown>;
		};
		here.handed = new Promise((resolve) => {
			here.blc.onOpenedFile(() => void here.blc.openedFile().then(resolve));
		});
	});
	const second = spawn(electron, [...ARGUMENTS, file], {
		env: environment(data),
	});
	await new Promise((ended) => second.once("exit", ended));
	expect(
		await page.evaluate(
			() => (window as unknown as { handed: Promise<unknown> }).handed,
		),
	).toEqual({
		name: `adegan.${FILE_ENDING}`,
		text: "kosong",
		problem: null,
	});
	expect(await bridge((blc) => blc.openedFile())).toBeNull();
});

test("the backend uses Electron's network, and comes back when it is killed", async () => {
	expect(log()).not.toContain("the network of Electron cannot be used");
	const [pid] = await application.evaluate(({ app }) =>
		app
			.getAppMetrics()
			.filter(({ name }) => name === "BLC backend")
			.map((metric) => metric.pid),
	);
	cutOff(pid as number);
	await expect.poll(log).toContain("starting it again");
	// It listens a while after that was written.
	await expect(async () => {
		await page.reload();
		await expect(page.getByTestId("choose-hub")).toBeVisible({
			timeout: 5_000,
		});
	}).toPass({ timeout: 60_000 });
});

test("a renderer that is killed is loaded again", async () => {
	await application.evaluate(({ BrowserWindow }) =>
		BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
	);
	await expect.poll(log).toContain("renderer");
	await expect
		.poll(() =>
			application.evaluate(
				({ BrowserWindow }) =>
					BrowserWindow.getAllWindows()[0]?.webContents.isCrashed() === false,
			),
		)
		.toBe(true);
});

test("a second start ends at once, and leaves the first as it is", async () => {
	const second = spawn(electron, ARGUMENTS, { env: environment(data) });
	await new Promise((ended) => second.once("exit", ended));
	expect(
		await application.evaluate(
			({ BrowserWindow }) => BrowserWindow.getAllWindows().length,
		),
	).toBe(1);
});
