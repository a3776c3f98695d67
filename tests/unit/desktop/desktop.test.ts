import {
	chmodSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	realpathSync,
	renameSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { DesktopBridge } from "../../../core/api/desktop.ts";
import { DESKTOP_CHANNELS } from "../../../core/api/desktop-channels.ts";
import type * as unixWriters from "../../../machine/files/unix-writers.ts";
import { onDisk } from "../../../main/desktop/on-disk.ts";
import { fileAmong } from "../../../main/desktop/opened-file.ts";
import { display, electronDouble } from "../../fixtures/electron-double.ts";

/** Of whoever runs this; who has no name either. */
const uid = process.getuid?.() ?? 0;

const EVENTS = ["uncaughtException", "SIGINT", "SIGTERM"] as const;
const ORIGIN = "http://127.0.0.1:4321";

let data: string;
let electron: ReturnType<typeof electronDouble>;
let before: Map<string, Set<unknown>>;

beforeEach(() => {
	data = mkdtempSync(join(tmpdir(), "blc-desktop-"));
	vi.stubEnv("BLC_DATA", data);
	vi.stubEnv("BLC_HUB_URL", undefined);
	vi.stubEnv("BLC_HUB_KEY", undefined);
	electron = electronDouble();
	before = new Map(
		EVENTS.map((event) => [event, new Set(process.listeners(event as never))]),
	);
	vi.resetModules();
	vi.doMock("electron", () => electron.module);
});
afterEach(() => {
	for (const event of EVENTS)
		for (const listener of process.listeners(event as never))
			if (!before.get(event)?.has(listener))
				process.removeListener(event, listener as never);
	vi.useRealTimers();
	vi.unstubAllEnvs();
	vi.doUnmock("electron");
	rmSync(data, { recursive: true, force: true });
});

/** Starts the application as Electron does. */
async function start(): Promise<void> {
	await import("../../../main/desktop/desktop.ts");
	await settle();
}
const settle = async () => {
	for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};
const backend = () => electron.backends[electron.backends.length - 1];
const window = () => electron.windows[0];
const log = () => readFileSync(join(data, "desktop.log"), "utf8");
const shown = () => decodeURIComponent(window().webContents.url);

async function ready(port = 4321): Promise<void> {
	backend().emit("message", {
		ready: true,
		origin: `http://127.0.0.1:${port}`,
		token: "t",
	});
	await settle();
}
/** The page is there, as after its entry. */
function arrived(): void {
	window().webContents.url = `${ORIGIN}/#/situasi`;
}

describe("starting", () => {
	test("a window opens on the backend's entry, and crash reports stay on this machine", async () => {
		await start();
		expect(electron.windows).toHaveLength(0);
		await ready();
		expect(window().webContents.url).toBe(`${ORIGIN}/enter?token=t`);
		expect(electron.said).toEqual(["crashes: upload false"]);
		expect(electron.app.done).toContain("3d");
	});

	test("the screens have the same address after the next start", async () => {
		await start();
		await ready();
		vi.resetModules();
		await start();
		const [, , options] = backend().given;
		const { BLC_BACKEND } = (options?.env ?? {}) as NodeJS.ProcessEnv;
		expect(JSON.parse(BLC_BACKEND ?? "")).toMatchObject({
			port: 4321,
			otherPortIfTaken: true,
		});
	});

	test.each([
		["darwin", ["appMenu", "Sunting · Edit"]],
		["win32", ["Sunting · Edit", "Tampilan · View"]],
	] as const)(
		"its first menu on %s is the one that this system takes for its first",
		async (platform, first) => {
			vi.spyOn(process, "platform", "get").mockReturnValue(platform);
			await start();
			vi.restoreAllMocks();
			const menu = electron.menu() as unknown as {
				role?: string;
				label?: string;
			}[];
			expect(menu.slice(0, 2).map(({ role, label }) => role ?? label)).toEqual(
				first,
			);
		},
	);

	test("a second start of the application opens nothing and shows the first", async () => {
		await start();
		await ready();
		electron.app.emit("second-instance", {}, ["blc-command"], "/");
		expect(window().done).toEqual(["restore", "focus"]);
		electron.app.first = false;
		vi.resetModules();
		await start();
		expect(electron.app.done).toContain("quit");
		expect(electron.windows).toHaveLength(1);
	});

	test("a hub.json that cannot be read is said in a window with file and line, and read again until it can be", async () => {
		const path = join(data, "hub.json");
		writeFileSync(path, '{\n "url": "https://hub.example",\n}\n');
		vi.useFakeTimers();
		await start();
		expect(shown()).toContain(`${path}, 3: expected `);
		expect(shown()).toContain("tidak dapat dibaca");
		expect(shown()).toContain("cannot be read");
		expect(electron.backends).toHaveLength(0);
		writeFileSync(path, '{"url": "https://hub.example", "publicKey": "AAAA"}');
		await vi.advanceTimersByTimeAsync(2_000);
		expect(shown()).toContain("publicKey: found 3 bytes in base64");
		const publicKey = Buffer.alloc(32, 7).toString("base64");
		writeFileSync(
			path,
			JSON.stringify({ url: "https://hub.example", publicKey }),
		);
		await vi.advanceTimersByTimeAsync(2_000);
		expect(electron.backends).toHaveLength(1);
		await ready();
		backend().emit("message", { token: "fresh" });
		await settle();
		expect(window().webContents.url).toBe(`${ORIGIN}/enter?token=fresh`);
		expect(electron.windows).toHaveLength(1);
		expect(electron.app.done).not.toContain("exit 1");
	});
});

describe("the machine's hub.json on Windows", () => {
	const WRITERS = "../../../machine/files/windows-writers.ts";
	const MACHINE_FILE = "../../../main/desktop/machine-file.ts";
	afterEach(() => {
		vi.restoreAllMocks();
		vi.doUnmock(WRITERS);
		vi.doUnmock(MACHINE_FILE);
	});
	/** One that names a hub, and who may change it. @returns its path, and for which Windows was asked who may */
	const open = (writers: () => string[] | Promise<string[]>) => {
		// As the system itself names it: its folder for temporary files may be reached by a link, or by a short name.
		const root = realpathSync.native(data);
		const path = join(root, "machine", "hub.json");
		mkdirSync(join(root, "machine"));
		const publicKey = Buffer.alloc(32, 7).toString("base64");
		const url = "https://evil.example";
		writeFileSync(path, JSON.stringify({ url, publicKey }));
		const asked: string[] = [];
		vi.doMock(WRITERS, () => ({
			ordinaryWriters: async (file: string) => {
				asked.push(file);
				return writers();
			},
			accountNames: async (numbers: string[]) => numbers,
		}));
		vi.doMock(MACHINE_FILE, async (original) => ({
			...(await original<object>()),
			machineFolders: () => [join(root, "none"), join(root, "machine")],
		}));
		vi.spyOn(process, "platform", "get").mockReturnValue("win32");
		return { path, asked };
	};
	test("that ordinary accounts may change is followed by nobody, but said in a window until it is closed to them", async () => {
		let writers = ["Users"];
		const { path, asked } = open(() => writers);
		vi.useFakeTimers();
		await start();
		await settle();
		expect(shown()).toContain("open to Users. ");
		expect(shown()).toContain("akun biasa");
		expect(log()).toContain(`${path}: expected a file that administrators`);
		expect(electron.backends).toHaveLength(0);
		writers = [];
		await vi.advanceTimersByTimeAsync(2_000);
		expect(electron.backends).toHaveLength(1);
		expect(asked).toEqual([path, path]);
	});
	test("of which Windows does not answer is said to be asked about again, with nothing to change, and ever more seldom though its reasons come in turn", async () => {
		let times = 0;
		const { asked } = open(() =>
			Promise.reject(new Error(times++ % 2 === 0 ? "late" : "failed")),
		);
		vi.useFakeTimers();
		await start();
		await vi.advanceTimersByTimeAsync(2_000);
		expect(shown()).toContain("Windows belum menjawab");
		expect(shown()).toContain("is asked again: failed");
		expect(shown()).not.toContain("takeown");
		expect(electron.backends).toHaveLength(0);
		await vi.advanceTimersByTimeAsync(3_600_000);
		expect(asked.length).toBeLessThan(130);
	});
	test("that lies behind a link is said to do so, and not that others may change it", async () => {
		const { path } = open(() => []);
		const folder = dirname(path);
		renameSync(folder, `${folder} elsewhere`);
		symlinkSync(`${folder} elsewhere`, folder, "junction");
		vi.useFakeTimers();
		await start();
		await settle();
		expect(shown()).toContain("di balik sebuah tautan");
		expect(shown()).not.toContain("akun biasa");
	});
	test("about which Windows answers late is said to be asked about after two seconds, until the screens come", async () => {
		let answer = (_: string[]): void => {};
		open(
			() =>
				new Promise<string[]>((resolve) => {
					answer = resolve;
				}),
		);
		vi.useFakeTimers();
		await start();
		await vi.advanceTimersByTimeAsync(1_999);
		expect(electron.windows).toHaveLength(0);
		await vi.advanceTimersByTimeAsync(1);
		expect(shown()).toContain("Windows sedang ditanya");
		// A minute for each question, and there may be a second one, and another drive.
		expect(shown()).toContain("beberapa menit");
		answer([]);
		await vi.advanceTimersByTimeAsync(0);
		expect(electron.backends).toHaveLength(1);
		await ready();
		backend().emit("message", { token: "fresh" });
		await settle();
		expect(window().webContents.url).toBe(`${ORIGIN}/enter?token=fresh`);
		expect(electron.windows).toHaveLength(1);
	});
	test("that is read at once opens no window that says so", async () => {
		open(() => []);
		vi.useFakeTimers();
		await start();
		await vi.advanceTimersByTimeAsync(10_000);
		expect(electron.backends).toHaveLength(1);
		expect(electron.windows).toHaveLength(0);
	});
	test("that nobody closes starts a program of Windows ever more seldom, and is followed half a minute after it was closed", async () => {
		let writers = ["Users"];
		const { asked } = open(() => writers);
		vi.useFakeTimers();
		await start();
		await vi.advanceTimersByTimeAsync(3_600_000);
		expect(asked.length).toBeGreaterThan(60);
		expect(asked.length).toBeLessThan(130);
		writers = [];
		await vi.advanceTimersByTimeAsync(30_000);
		expect(electron.backends).toHaveLength(1);
	});
});

test.skipIf(process.platform === "win32")(
	"the machine's hub.json of Linux that others may change is followed by nobody, but said in a window until it is root's alone",
	async () => {
		const MACHINE_FILE = "../../../main/desktop/machine-file.ts";
		const WRITERS = "../../../machine/files/unix-writers.ts";
		const machine = realpathSync(data);
		const path = join(machine, "machine.d", "hub.json");
		mkdirSync(dirname(path));
		chmodSync(dirname(path), 0o755);
		const publicKey = Buffer.alloc(32, 7).toString("base64");
		writeFileSync(
			path,
			JSON.stringify({ url: "https://machine.example", publicKey }),
		);
		chmodSync(path, 0o666);
		vi.doMock(MACHINE_FILE, async (original) => ({
			...(await original<object>()),
			machineFolders: () => [dirname(path)],
		}));
		// Whoever runs this, in the place of root; what lies above is another on every machine.
		vi.doMock(WRITERS, async (original) => {
			const real = await original<typeof unixWriters>();
			const administrators = { users: [0, uid], groups: [] };
			return {
				...real,
				openPlaces: (file: string) =>
					real
						.openPlaces(file, administrators)
						.filter(({ path: place }) => place.startsWith(machine)),
			};
		});
		try {
			vi.useFakeTimers();
			await start();
			expect(shown()).toContain(`${path} may be written by`);
			expect(shown()).toContain("akun biasa");
			expect(electron.backends).toHaveLength(0);
			chmodSync(path, 0o644);
			await vi.advanceTimersByTimeAsync(2_000);
			const [, , options] = backend().given;
			expect(JSON.stringify(options?.env)).toContain("https://machine.example");
		} finally {
			vi.doUnmock(MACHINE_FILE);
			vi.doUnmock(WRITERS);
		}
	},
);

describe("a machine that hangs on a wall", () => {
	const written = (more: object) =>
		writeFileSync(
			join(data, "hub.json"),
			JSON.stringify({
				url: "https://hub.example",
				publicKey: Buffer.alloc(32, 7).toString("base64"),
				...more,
			}),
		);
	test("opens its page filling the screen, left by no key, when its account signs in", async () => {
		written({ wall: { page: "#/situasi?wall=1" } });
		electron.app.isPackaged = true;
		vi.spyOn(process, "platform", "get").mockReturnValue("win32");
		await start();
		vi.restoreAllMocks();
		await ready();
		expect(window().given.kiosk).toBe(true);
		expect(window().webContents.url).toBe(
			`${ORIGIN}/enter?token=t#/situasi?wall=1`,
		);
		expect(electron.app.done).toContain("at sign-in: true");
	});
	test("is closed by no key, has no menu, and ends when the system or its account says so", async () => {
		written({ wall: { page: "#/situasi?wall=1" } });
		await start();
		await ready();
		expect(electron.menu()).toBeNull();
		window().close();
		expect(window().isDestroyed()).toBe(false);
		electron.app.emit("before-quit", {});
		window().close();
		expect(window().isDestroyed()).toBe(true);
	});
	test("shows its page over the whole screen also where a page of the host had to be shown first", async () => {
		writeFileSync(join(data, "hub.json"), "{");
		vi.useFakeTimers();
		await start();
		expect(shown()).toContain("tidak dapat dibaca");
		written({ wall: { page: "#/situasi?wall=1" } });
		await vi.advanceTimersByTimeAsync(2_000);
		expect(window().done).toContain("kiosk true");
		await ready();
		backend().emit("message", { token: "fresh" });
		await settle();
		expect(window().webContents.url).toBe(
			`${ORIGIN}/enter?token=fresh#/situasi?wall=1`,
		);
	});
	test("is asked nothing when a page with something unsent goes", async () => {
		written({ wall: { page: "#/situasi?wall=1" } });
		await start();
		await ready();
		let left = false;
		window().webContents.emit("will-prevent-unload", {
			preventDefault: () => {
				left = true;
			},
		});
		expect(left).toBe(true);
		expect(electron.said).not.toContain("asked");
	});
	test("starts no more by itself on Windows once nobody says that it is a wall", async () => {
		written({});
		electron.app.isPackaged = true;
		vi.spyOn(process, "platform", "get").mockReturnValue("win32");
		await start();
		vi.restoreAllMocks();
		expect(electron.app.done).toContain("at sign-in: false");
	});
	test("says name and password of hub.json to a proxy that asks, once, and to nobody else", async () => {
		const answers: (string | undefined)[][] = [];
		const asked = (isProxy: boolean, firstAuthAttempt: boolean): void => {
			electron.app.emit(
				"login",
				{ preventDefault() {} },
				null,
				{ firstAuthAttempt },
				{ isProxy, host: "proxy.example", port: 8080 },
				(...given: string[]) => answers.push(given),
			);
		};
		written({ proxy: { user: "blc", password: "rahasia" } });
		await start();
		expect(backend().given[2]).toMatchObject({
			respondToAuthRequestsFromMainProcess: true,
		});
		asked(true, true);
		asked(true, false);
		asked(false, true);
		expect(answers).toEqual([["blc", "rahasia"], [], []]);
		expect(log()).toContain("proxy proxy.example:8080 refuses");
		expect(log()).not.toContain("rahasia");
	});
	test("is none where nobody says so", async () => {
		written({});
		await start();
		await ready();
		expect(window().given.kiosk).toBe(false);
		expect(electron.menu()).not.toBeNull();
		window().close();
		expect(window().isDestroyed()).toBe(true);
		expect(electron.app.done).not.toContain("at sign-in: true");
	});
	test("whose page is written wrongly says so with its file, as of the hub", async () => {
		written({ wall: { page: "https://elsewhere.example" } });
		await start();
		expect(shown()).toContain("hub.json: wall: page: expected");
	});
	test("hands its backend where updates are offered", async () => {
		const updates = {
			folder: "\\\\server\\blc",
			publicKey: Buffer.alloc(32, 9).toString("base64"),
		};
		written({ updates });
		await start();
		const env = backend().given[2]?.env as Record<string, string>;
		expect(JSON.parse(env.BLC_BACKEND)).toMatchObject({ updates });
	});
});

describe("a backend that dies", () => {
	test("three times before it is ready is said in a page of the host, never in a dialog, and goes on", async () => {
		vi.useFakeTimers();
		await start();
		for (let life = 0; life < 6; life++) {
			backend().emit("exit", 1);
			await vi.advanceTimersByTimeAsync(30_000);
		}
		expect(electron.backends).toHaveLength(7);
		expect(electron.windows).toHaveLength(1);
		expect(shown()).toContain("terus mencoba sendiri");
		expect(shown()).toContain(join(data, "backend.log"));
		await ready();
		backend().emit("message", { token: "fresh" });
		await settle();
		expect(window().webContents.url).toBe(`${ORIGIN}/enter?token=fresh`);
		expect(electron.said).toEqual(["crashes: upload false"]);
	});

	test("of an error of V8 opens no dialog: it is heard, logged and restarted", async () => {
		await start();
		await ready();
		expect(() =>
			backend().emit("error", "FatalError", "heap", "{}"),
		).not.toThrow();
		backend().stderr.emit("data", Buffer.from("out of memory\n"));
		vi.useFakeTimers();
		backend().emit("exit", 5);
		await vi.advanceTimersByTimeAsync(1);
		expect(electron.backends).toHaveLength(2);
		expect(log()).toMatch(/FatalError at heap[\s\S]*out of memory/);
	});

	test("while a page is shown leaves it its last picture", async () => {
		await start();
		await ready();
		arrived();
		vi.useFakeTimers();
		for (let life = 0; life < 5; life++) {
			backend().emit("exit", 1);
			await vi.advanceTimersByTimeAsync(30_000);
		}
		expect(window().webContents.url).toBe(`${ORIGIN}/#/situasi`);
	});

	test("while the renderer is gone says so in its window, and then brings back the page that was there", async () => {
		await start();
		await ready();
		window().webContents.emit("did-navigate", {});
		arrived();
		vi.useFakeTimers();
		for (let life = 0; life < 3; life++) {
			backend().emit("exit", 1);
			await vi.advanceTimersByTimeAsync(30_000);
		}
		expect(shown()).toBe(`${ORIGIN}/#/situasi`);
		window().webContents.emit(
			"render-process-gone",
			{},
			{ reason: "crashed", exitCode: 5 },
		);
		backend().emit("exit", 1);
		await vi.advanceTimersByTimeAsync(30_000);
		expect(shown()).toContain("terus mencoba sendiri");
		window().webContents.emit("did-navigate", {});
		await ready();
		for (let asked = 0; asked < 2; asked++)
			backend().emit("message", { token: `fresh${asked}` });
		await settle();
		expect(window().webContents.url).toMatch(/#\/situasi$/);
	});

	test("keeps what fails in a page in the log, once, without the token of an entry", async () => {
		await start();
		await ready();
		const { webContents } = window();
		const fault = (what: string) => ({
			level: "error",
			message: `${what} at /enter?token=secret ${"x".repeat(600)}`,
			sourceId: `${ORIGIN}/assets/index.js?token=secret`,
			lineNumber: 7,
		});
		for (let frame = 0; frame < 3; frame++)
			webContents.emit("console-message", fault("TypeError: map is undefined"));
		webContents.emit("console-message", {
			...fault("hello"),
			level: "info",
		});
		expect(log().match(/TypeError: map is undefined/g)).toHaveLength(1);
		expect(log()).toContain("(/assets/index.js:7)");
		for (let tile = 0; tile < 60; tile++)
			webContents.emit("console-message", fault(`tile ${tile}`));
		expect(log().match(/page: /g)).toHaveLength(51);
		expect(log()).toContain("more faults of it are not kept");
		webContents.emit("did-navigate", {});
		webContents.emit("console-message", fault("TypeError: map is undefined"));
		expect(log().match(/TypeError: map is undefined/g)).toHaveLength(2);
		expect(log()).not.toContain("secret");
		expect(log()).not.toContain("hello");
	});

	test("soon after it was ready, again and again, is said where its page never came", async () => {
		await start();
		vi.useFakeTimers();
		for (let life = 0; life < 3; life++) {
			await ready();
			window().webContents.emit(
				"did-fail-load",
				{},
				-102,
				"refused",
				`${ORIGIN}/enter?token=t`,
				true,
			);
			backend().emit("exit", 1);
			await vi.advanceTimersByTimeAsync(30_000);
		}
		expect(shown()).toContain("terus mencoba sendiri");
		expect(shown()).toContain(join(data, "backend.log"));
		expect(log()).toContain("ends again and again");
	});

	test("and had to take another port brings its windows there, to the same place", async () => {
		await start();
		await ready();
		arrived();
		backend().emit("exit", 1);
		await vi.waitFor(() => expect(electron.backends).toHaveLength(2));
		await ready(5555);
		backend().emit("message", { token: "fresh" });
		await settle();
		expect(window().webContents.url).toBe(
			"http://127.0.0.1:5555/enter?token=fresh#/situasi",
		);
	});
});

describe("a page", () => {
	test("that does not load, or whose renderer is gone, is loaded again", async () => {
		await start();
		await ready();
		arrived();
		vi.useFakeTimers();
		const { webContents } = window();
		for (const happen of [
			() =>
				webContents.emit("did-fail-load", {}, -102, "refused", ORIGIN, true),
			() =>
				webContents.emit(
					"render-process-gone",
					{},
					{ reason: "oom", exitCode: 9 },
				),
		]) {
			const loads = webContents.done.length;
			happen();
			await vi.advanceTimersByTimeAsync(500);
			backend().emit("message", { token: "fresh" });
			await settle();
			expect(webContents.done).toHaveLength(loads + 1);
		}
		expect(log()).toMatch(/did not load: refused[\s\S]*renderer oom/);
	});

	test("whose renderer crashes again and again is loaded ever more slowly, with no dialog, and at once after a good hour", async () => {
		await start();
		await ready();
		arrived();
		vi.useFakeTimers();
		const { webContents } = window();
		const loads = () => webContents.done.length;
		/** How long (ms) until it is loaded after one more crash. */
		const crash = async (): Promise<number> => {
			const before = loads();
			const at = Date.now();
			webContents.emit(
				"render-process-gone",
				{},
				{ reason: "crashed", exitCode: 5 },
			);
			while (loads() === before) {
				await vi.advanceTimersByTimeAsync(250);
				backend().emit("message", { token: "fresh" });
				await settle();
			}
			return Date.now() - at;
		};
		await vi.advanceTimersByTimeAsync(3_600_000);
		const waits: number[] = [];
		for (let life = 0; life < 12; life++) waits.push(await crash());
		expect(waits[0]).toBeLessThanOrEqual(250);
		expect(waits).toEqual(waits.toSorted((one, other) => one - other));
		expect(waits.slice(-2)).toEqual([30_000, 30_000]);
		await vi.advanceTimersByTimeAsync(3_600_000);
		expect(await crash()).toBeLessThanOrEqual(250);
		expect(electron.said).toEqual(["crashes: upload false"]);
	});

	test("on a wall that does not answer for half a minute is loaded again without a question", async () => {
		await start();
		await ready();
		arrived();
		electron.call(DESKTOP_CHANNELS.keepAwake, true, window());
		vi.useFakeTimers();
		window().emit("unresponsive");
		await vi.advanceTimersByTimeAsync(20_000);
		window().emit("responsive");
		await vi.advanceTimersByTimeAsync(60_000);
		expect(window().webContents.done).not.toContain("crash");
		window().emit("unresponsive");
		await vi.advanceTimersByTimeAsync(30_001);
		expect(window().webContents.done).toContain("crash");
		expect(electron.said).not.toContain("asked");
	});

	test("before a person that does not answer is asked about, and stays when they wait", async () => {
		await start();
		await ready();
		arrived();
		vi.useFakeTimers();
		window().emit("unresponsive");
		await vi.advanceTimersByTimeAsync(30_001);
		expect(electron.said).toContain("asked");
		expect(window().webContents.done).not.toContain("crash");
		electron.answers.button = 1;
		window().emit("unresponsive");
		await vi.advanceTimersByTimeAsync(30_001);
		expect(window().webContents.done).toContain("crash");
	});

	test("goes nowhere but to its own origin, and opens only listed sites outside", async () => {
		await start();
		await ready();
		const prevented = (url: string): boolean => {
			let is = false;
			window().webContents.emit("will-navigate", {
				url,
				preventDefault: () => {
					is = true;
				},
			});
			return is;
		};
		expect(prevented(`${ORIGIN}/#/sebaran`)).toBe(false);
		expect(prevented("https://evil.example/")).toBe(true);
		for (const url of ["https://evil.example/", "https://covid19.go.id/x"])
			expect(window().webContents.openHandler({ url } as never)).toEqual({
				action: "deny",
			});
		expect(electron.opened).toEqual(["https://covid19.go.id/x"]);
	});
});

describe("the bridge", () => {
	test("answers only the main frame of our own pages", async () => {
		await start();
		await ready();
		arrived();
		for (const frame of [
			{ url: "https://evil.example/", parent: null },
			{ url: `${ORIGIN}/`, parent: {} },
			{ url: "data:text/html,x", parent: null },
		])
			expect(() =>
				electron.call(DESKTOP_CHANNELS.displays, undefined, window(), frame),
			).toThrow(/refused/);
	});

	test("saves where the person says, and says nothing of what they cancelled", async () => {
		await start();
		await ready();
		arrived();
		const request = { name: "a.csv", bytes: new Uint8Array([65]) };
		const save = () => electron.call(DESKTOP_CHANNELS.save, request, window());
		expect(await save()).toEqual({ saved: false, problem: null });
		electron.answers.savePath = join(data, "a.csv");
		expect(await save()).toEqual({ saved: true, problem: null });
		expect(readFileSync(join(data, "a.csv"), "utf8")).toBe("A");
		electron.answers.savePath = join(data, "none", "a.csv");
		expect(await save()).toMatchObject({ saved: false });
		expect(() =>
			electron.call(
				DESKTOP_CHANNELS.save,
				{ ...request, name: "../a.csv" },
				window(),
			),
		).toThrow();
	});

	test("prints, and says itself when it cannot", async () => {
		await start();
		await ready();
		arrived();
		await electron.call(DESKTOP_CHANNELS.print, undefined, window());
		expect(window().webContents.done).toContain("print");
		window().webContents.printer = "no paper";
		await electron.call(DESKTOP_CHANNELS.print, undefined, window());
		expect(electron.said.join()).toContain("no paper");
	});

	test("keeps the screen awake until the last window that asked for it is closed", async () => {
		await start();
		await ready();
		arrived();
		const awake = (on: boolean) =>
			electron.call(DESKTOP_CHANNELS.keepAwake, on, window());
		awake(true);
		awake(true);
		expect(electron.blockers.size).toBe(1);
		awake(false);
		expect(electron.blockers.size).toBe(0);
		awake(true);
		window().close();
		expect(electron.blockers.size).toBe(0);
	});
});

describe("a file that a person opens with the application", () => {
	const take = (of = window()) =>
		electron.call(DESKTOP_CHANNELS.openedFile, undefined, of);
	const written = (name: string): string => {
		const path = join(data, name);
		writeFileSync(path, '{"kind": "blc-scenes"}');
		return path;
	};

	test("is handed to the page once: one of a second start, at which the page is told, and one of macOS before it is ready", async () => {
		await start();
		const event = { preventDefault: vi.fn() };
		electron.app.emit("open-file", event, written("mac.blc"));
		expect(event.preventDefault).toHaveBeenCalled();
		await ready();
		arrived();
		expect(await take()).toEqual({
			name: "mac.blc",
			text: '{"kind": "blc-scenes"}',
			problem: null,
		});
		expect(await take()).toBeNull();
		// An editor sets a mark before it, which a page that opens a file by itself is not given either.
		writeFileSync(written("second.blc"), '\uFEFF{"kind": "blc-scenes"}');
		electron.app.emit(
			"second-instance",
			{},
			["blc-command.exe", "--original-process-start-time=1", "second.blc"],
			data,
		);
		expect(window().webContents.done).toContain(
			`sent ${DESKTOP_CHANNELS.onOpenedFile}`,
		);
		expect(await take()).toMatchObject({
			name: "second.blc",
			text: '{"kind": "blc-scenes"}',
		});
	});

	test("that is gone or too long is said, and what is none of ours is passed over", async () => {
		await start();
		await ready();
		arrived();
		const open = (path: string) =>
			electron.app.emit("second-instance", {}, ["blc", path], data);
		open("gone.blc");
		expect(await take()).toMatchObject({
			text: null,
			problem: expect.stringContaining("ENOENT"),
		});
		writeFileSync(join(data, "long.blc"), Buffer.alloc(4_000_001));
		open("long.blc");
		expect(await take()).toMatchObject({
			problem: expect.stringContaining("4000001"),
		});
		open("hub.json");
		expect(await take()).toBeNull();
	});
});

// As the system that tests writes a path.
const HOME = resolve("/home/rina");
const TWO_WORDS = join(HOME, "dua kata.blc");
test.each([
	[["blc", resolve("/tmp/a.blc")], resolve("/tmp/a.blc")],
	[["blc", "--flag", "a.BLC"], join(HOME, "a.BLC")],
	[["blc", pathToFileURL(TWO_WORDS).href], TWO_WORDS],
	[["blc", "--user-data-dir=x.blc"], null],
	[["blc", "."], null],
	[["blc", "file:///home%2Frina/a.blc"], null],
])("among the arguments %j the file is %j", (given, file) => {
	expect(fileAmong(given.slice(1), HOME)).toBe(file);
});

describe("what a page is given", () => {
	test("is one frozen object that calls the main process by its channels, and hears of a file alone", async () => {
		await import("../../../preload/bridge.ts");
		const { exposed, invoked, listeners } = electron.page;
		const blc = exposed.get("blc") as DesktopBridge;
		expect(Object.isFrozen(blc)).toBe(true);
		expect(Object.keys(blc).sort()).toEqual(
			Object.keys(DESKTOP_CHANNELS).sort(),
		);
		await blc.fillDisplay(2);
		await blc.openedFile();
		expect(invoked).toEqual([
			[DESKTOP_CHANNELS.fillDisplay, 2],
			[DESKTOP_CHANNELS.openedFile],
		]);
		const [first, second] = [vi.fn(), vi.fn()];
		blc.onOpenedFile(first);
		blc.onOpenedFile(second);
		listeners.emit(DESKTOP_CHANNELS.onOpenedFile, { sender: "electron" });
		expect(first).not.toHaveBeenCalled();
		expect(second.mock.calls).toEqual([[]]);
	});
});

describe("the backend in a utility process", () => {
	const before = globalThis.fetch;
	afterEach(() => {
		globalThis.fetch = before;
		vi.doUnmock("../../../main/backend/backend.ts");
	});

	test("asks its hub through Chromium's network stack", async () => {
		vi.doMock("../../../main/backend/backend.ts", () => ({}));
		await import("../../../main/desktop/electron-backend.ts");
		const answer = await fetch("https://hub.example/v1/head", {
			redirect: "error",
		});
		expect(await answer.text()).toBe("by Chromium");
		expect(electron.asked).toEqual([
			["https://hub.example/v1/head", { redirect: "error" }],
		]);
	});
});

describe("displays", () => {
	const laptop = display(1, "Laptop", { x: 0, y: 0, width: 1366, height: 768 });
	/** Of another scaling than the desk's. */
	const wall = display(
		2,
		"Wall",
		{ x: 1366, y: 0, width: 1920, height: 1080 },
		2,
	);
	/** What the system tells, and the time in which displays settle. */
	const attached = async (displays: (typeof wall)[], event: string) => {
		electron.screen.displays = displays;
		electron.screen.emit(event, {}, wall, ["bounds", "workArea"]);
		await vi.advanceTimersByTimeAsync(3_000);
	};
	const fill = async (id: number | null): Promise<void> => {
		const filled = electron.call(DESKTOP_CHANNELS.fillDisplay, id, window());
		await vi.advanceTimersByTimeAsync(2_000);
		await filled;
	};
	beforeEach(() => vi.useFakeTimers());

	test("a window fills a display of another scaling exactly, also out of the full screen of another", async () => {
		electron.screen.displays = [laptop, wall];
		await start();
		await ready();
		arrived();
		window().full = true;
		await fill(2);
		expect(window().bounds).toEqual(wall.bounds);
		expect(window().full).toBe(true);
		await fill(1);
		expect(window().bounds).toEqual(laptop.bounds);
		expect(window().full).toBe(true);
		await expect(
			electron.call(DESKTOP_CHANNELS.fillDisplay, 9, window()),
		).rejects.toThrow("no display 9");
		expect(
			electron.call(DESKTOP_CHANNELS.displays, undefined, window()),
		).toMatchObject([
			{ id: 1, primary: true },
			{ id: 2, label: "Wall", primary: false },
		]);
	});

	test("a system that never says that full screen was left is not waited for", async () => {
		electron.screen.displays = [laptop, wall];
		await start();
		await ready();
		arrived();
		window().full = true;
		window().setFullScreen = (flag) => {
			window().full = flag;
		};
		await fill(2);
		expect(window().bounds).toEqual(wall.bounds);
		expect(window().full).toBe(true);
	});

	test("a window comes back to the display it filled when that is switched on again, under another number or at another place", async () => {
		electron.screen.displays = [laptop, wall];
		await start();
		await ready();
		arrived();
		await fill(2);
		window().bounds = { ...laptop.bounds };
		await attached([laptop], "display-removed");
		expect(window().bounds).toEqual(laptop.bounds);
		await attached([laptop, { ...wall, id: 77 }], "display-added");
		expect(window().bounds).toEqual(wall.bounds);
		expect(window().full).toBe(true);
		const above = { ...wall, bounds: { ...wall.bounds, x: 0, y: -1080 } };
		await attached([laptop, above], "display-metrics-changed");
		expect(window().bounds).toEqual(above.bounds);
		expect(window().full).toBe(true);
		expect(log()).toContain("back on display Wall");
	});

	test("of displays that come one after another the last counts, and another in the place of the one it filled is left alone", async () => {
		electron.screen.displays = [laptop, wall];
		await start();
		await ready();
		arrived();
		await fill(2);
		window().bounds = { ...laptop.bounds };
		const moves = window().done.length;
		await attached(
			[laptop, { ...wall, id: 5, label: "Projector" }],
			"display-added",
		);
		expect(window().done).toHaveLength(moves);
		// Until all are there it stands elsewhere.
		const above = { ...wall, bounds: { ...wall.bounds, x: 0, y: -1080 } };
		electron.screen.displays = [laptop, above];
		for (let come = 0; come < 2; come++) {
			electron.screen.emit("display-added", {}, wall);
			await vi.advanceTimersByTimeAsync(1_000);
		}
		await attached([laptop, wall], "display-added");
		expect(window().bounds).toEqual(wall.bounds);
		expect(window().done.filter((what) => what === "full")).toHaveLength(2);
	});

	test("who has left full screen is not brought back by a task bar that hides", async () => {
		electron.screen.displays = [laptop, wall];
		await start();
		await ready();
		arrived();
		await fill(2);
		window().full = false;
		const moves = window().done.length;
		electron.screen.emit("display-metrics-changed", {}, laptop, ["workArea"]);
		await vi.advanceTimersByTimeAsync(3_000);
		expect(window().done).toHaveLength(moves);
	});

	test("the next start fills the same display, and none once full screen was left", async () => {
		electron.screen.displays = [laptop, wall];
		await start();
		await ready();
		arrived();
		await fill(2);
		window().close();
		vi.resetModules();
		await start();
		await ready();
		const again = electron.windows[1];
		expect(again.bounds).toEqual(wall.bounds);
		again.webContents.url = `${ORIGIN}/#/situasi`;
		await electron.call(DESKTOP_CHANNELS.fillDisplay, null, again);
		again.close();
		vi.resetModules();
		await start();
		await ready();
		expect(electron.windows[2].done).not.toContain("full");
	});

	test("a window fits a laptop of 1366 x 768 at 125 %", async () => {
		electron.screen.displays = [
			display(1, "Laptop", { x: 0, y: 0, width: 1093, height: 614 }),
		];
		await start();
		await ready();
		const { width, height, minWidth, minHeight } = window().given;
		expect({ width, height }).toEqual({ width: 1093, height: 574 });
		expect(minWidth).toBeLessThanOrEqual(1093);
		expect(minHeight).toBeLessThanOrEqual(574);
	});
});

test.each([
	[
		"/opt/BLC Command/resources/app.asar/out/main/backend.js",
		"/opt/BLC Command/resources/app.asar.unpacked/out/main/backend.js",
	],
	[
		"C:\\BLC\\resources\\app.asar\\out\\renderer",
		"C:\\BLC\\resources\\app.asar.unpacked\\out\\renderer",
	],
	["/home/rina/blc/out/main/backend.js", "/home/rina/blc/out/main/backend.js"],
])(
	"what a thread reads of a package lies beside its archive: %s",
	(path, beside) => {
		expect(onDisk(path)).toBe(beside);
	},
);
