import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { BackendOptions } from "../../../main/backend/options.ts";
import {
	HOPELESS,
	LONG_LIFE,
	restartDelay,
	supervise,
} from "../../../main/backend/supervise.ts";

const options: BackendOptions = {
	data: "data",
	hub: null,
	port: 0,
	otherPortIfTaken: false,
	secret: "s".repeat(40),
	screens: "screens",
	geography: null,
	parent: null,
};

/** A backend that does what the test says. */
class Backend {
	readonly heard: string[] = [];
	readonly options: BackendOptions;
	killed = false;
	private tell: (message: unknown) => void = () => {};
	private leave: (code: number | null) => void = () => {};

	constructor(given: BackendOptions) {
		this.options = given;
	}
	send(message: string): void {
		this.heard.push(message);
	}
	kill(): void {
		this.killed = true;
		this.leave(null);
	}
	onMessage(listener: (message: unknown) => void): void {
		this.tell = listener;
	}
	onExit(listener: (code: number | null) => void): void {
		this.leave = listener;
	}
	ready(port: number): void {
		this.says({ ready: true, origin: `http://127.0.0.1:${port}`, token: "t" });
	}
	says(message: unknown): void {
		this.tell(message);
	}
	exits(code: number): void {
		this.leave(code);
	}
}

function host() {
	const backends: Backend[] = [];
	const told: string[] = [];
	const supervised = supervise({
		options,
		fork(given) {
			const backend = new Backend(given);
			backends.push(backend);
			return backend;
		},
		onReady: ({ origin }) => told.push(`ready ${origin}`),
		onDown: (code) => told.push(`down ${code}`),
		onHopeless: (reason) => told.push(`hopeless${reason ? `: ${reason}` : ""}`),
		onUnsteady: () => told.push("unsteady"),
	});
	const newest = () => backends[backends.length - 1];
	return { backends, told, supervised, newest };
}

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

describe("restarting a backend", () => {
	test("is immediate the first time, then ever slower, and never slower than half a minute", () => {
		expect([1, 2, 3, 4].map(restartDelay)).toEqual([0, 500, 1000, 2000]);
		expect(restartDelay(100)).toBe(30_000);
	});

	test("keeps the port, so that windows find it again", () => {
		const { backends, told, newest } = host();
		newest().ready(4321);
		newest().exits(1);
		vi.runOnlyPendingTimers();
		expect(backends).toHaveLength(2);
		expect(newest().options).toMatchObject({
			port: 4321,
			otherPortIfTaken: true,
			secret: options.secret,
		});
		expect(told).toEqual(["ready http://127.0.0.1:4321", "down 1"]);
	});

	test("goes on for as long as it was ever ready in between", () => {
		const { backends, told, newest } = host();
		for (let life = 0; life < 20; life++) {
			newest().ready(4321);
			newest().exits(1);
			vi.runOnlyPendingTimers();
		}
		expect(backends).toHaveLength(21);
		expect(told).not.toContain("hopeless");
	});

	test("says that it does not stay when it becomes ready and ends at once again and again, and no more after a long life", () => {
		const { told, newest } = host();
		const live = (time: number): void => {
			newest().ready(4321);
			vi.advanceTimersByTime(time);
			newest().exits(1);
			vi.advanceTimersByTime(30_000);
		};
		for (let life = 1; life < HOPELESS; life++) live(0);
		expect(told).not.toContain("unsteady");
		live(0);
		expect(told.filter((what) => what === "unsteady")).toHaveLength(1);
		live(LONG_LIFE + 1);
		expect(told.filter((what) => what === "unsteady")).toHaveLength(1);
	});

	test("a long life makes the next end a first one", () => {
		const { backends, newest } = host();
		for (let life = 0; life < 4; life++) {
			newest().ready(4321);
			newest().exits(1);
			vi.runOnlyPendingTimers();
		}
		newest().ready(4321);
		vi.advanceTimersByTime(LONG_LIFE + 1);
		newest().exits(1);
		const before = backends.length;
		vi.advanceTimersByTime(0);
		expect(backends).toHaveLength(before + 1);
	});

	test("is said to be hopeless when it never becomes ready, and goes on quietly until it does", () => {
		const { backends, told, newest } = host();
		for (let life = 0; life < HOPELESS + 20; life++) {
			newest().exits(1);
			vi.runOnlyPendingTimers();
		}
		expect(backends).toHaveLength(HOPELESS + 21);
		expect(told.slice(0, HOPELESS)).toEqual(["down 1", "down 1", "hopeless"]);
		newest().ready(4321);
		expect(told[told.length - 1]).toBe("ready http://127.0.0.1:4321");
	});

	test("that says why it will not start is quoted at once, and tried again: the other workstation may end", () => {
		const { backends, told, newest } = host();
		newest().says({ refused: "in use by process 7" });
		newest().exits(1);
		expect(told).toEqual(["hopeless: in use by process 7"]);
		vi.runOnlyPendingTimers();
		expect(backends).toHaveLength(2);
	});
});

describe("asking and ending", () => {
	test("an address for one more window is asked of the backend, and asked again of the next one when it dies", async () => {
		const { newest, supervised } = host();
		const address = supervised.newEntry();
		newest().ready(4321);
		expect(newest().heard).toEqual(["token"]);
		newest().exits(1);
		vi.runOnlyPendingTimers();
		newest().ready(4321);
		expect(newest().heard).toEqual(["token"]);
		newest().says({ token: "fresh" });
		expect(await address).toBe("http://127.0.0.1:4321/enter?token=fresh");
	});

	test("what is no message of a backend is passed over", () => {
		const { told, newest } = host();
		for (const message of [null, 1, "ready", {}, { ready: false }])
			newest().says(message);
		expect(told).toEqual([]);
	});

	test("a backend told to end is not started again", async () => {
		const { backends, newest, supervised } = host();
		newest().ready(4321);
		const ended = supervised.end();
		expect(newest().heard).toEqual(["end"]);
		newest().exits(0);
		await ended;
		vi.runOnlyPendingTimers();
		expect(backends).toHaveLength(1);
	});

	test("a backend that does not end is killed", async () => {
		const { newest, supervised } = host();
		newest().ready(4321);
		const ended = supervised.end();
		vi.runOnlyPendingTimers();
		await ended;
		expect(newest().killed).toBe(true);
	});

	test("ending between two lives starts no other", async () => {
		const { backends, newest, supervised } = host();
		newest().ready(4321);
		newest().exits(1);
		await supervised.end();
		vi.runOnlyPendingTimers();
		expect(backends).toHaveLength(1);
	});
});
