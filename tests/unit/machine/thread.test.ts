import { afterEach, expect, test } from "vitest";
import { Thread, type ThreadOptions } from "../../../machine/thread/thread.ts";
import type { WorkingMethods } from "../../fixtures/working-thread.ts";

const started: Thread<WorkingMethods, number, string>[] = [];
afterEach(() => Promise.all(started.splice(0).map((one) => one.close())));

function thread(options: Partial<ThreadOptions<WorkingMethods, string>> = {}) {
	const one = new Thread<WorkingMethods, number, string>({
		file: new URL("../../fixtures/working-thread.ts", import.meta.url),
		name: "the working thread",
		...options,
	});
	started.push(one);
	return one;
}

test("each call gets its own answer and its own progress, in the order in which they came", async () => {
	const heard: string[] = [];
	const one = thread({ onEvent: (event) => heard.push(event) });
	const answers = await Promise.all(
		[1, 2, 3].map((of) =>
			one.call("double", of, {
				onProgress: (progress) => heard.push(`${of} is at ${progress}`),
			}),
		),
	);
	expect(answers).toEqual([2, 4, 6]);
	expect(heard).toEqual([
		"doubling 1",
		"1 is at 1",
		"doubling 2",
		"2 is at 2",
		"doubling 3",
		"3 is at 3",
	]);
	expect(one.waiting).toBe(0);
});

test("what a call fails with keeps its name, its words and its code, and the thread lives on", async () => {
	const one = thread();
	await expect(one.call("fail", "E_TEST")).rejects.toMatchObject({
		name: "RangeError",
		message: "not possible",
		code: "E_TEST",
	});
	expect(await one.call("double", 4)).toBe(8);
});

test("a call under way is told to stop and answers; one that waits is stopped without being begun", async () => {
	const one = thread();
	const running = new AbortController();
	const waiting = new AbortController();
	const first = one.call("wait", undefined, {
		signal: running.signal,
		onProgress: () => running.abort(),
	});
	const second = one.call("wait", undefined, { signal: waiting.signal });
	const third = one.call("double", 5);
	waiting.abort();
	await expect(second).rejects.toMatchObject({ name: "CallStopped" });
	expect(await first).toBe("stopped");
	expect(await third).toBe(10);
});

test("a thread that dies leaves nobody waiting: the call fails, and every later one too", async () => {
	const one = thread();
	const calls = [one.call("die"), one.call("double", 1)];
	for (const call of calls)
		await expect(call).rejects.toThrow("the working thread ended during die");
	await expect(one.call("double", 2)).rejects.toMatchObject({
		name: "ThreadEnded",
	});
});

test("where it restarts only the call over which it died fails, and the next one is given what it needs anew", async () => {
	let starts = 0;
	const one = thread({ restarts: true, give: () => `start ${++starts}` });
	const died = one.call("die");
	const next = one.call("word");
	await expect(died).rejects.toMatchObject({ name: "ThreadEnded" });
	expect(await next).toBe("start 2");
});

test("closing fails what has no answer yet", async () => {
	const one = thread({ restarts: true });
	const call = one.call("wait");
	const closed = expect(call).rejects.toThrow("was closed");
	await one.close();
	await closed;
	await expect(one.call("double", 1)).rejects.toThrow("was closed");
});

test("a file that cannot be run fails the call with what was wrong with it", async () => {
	const lost: string[] = [];
	const one = thread({
		file: new URL("../../fixtures/no-such-thread.ts", import.meta.url),
		onLost: (error) => lost.push(error.message),
	});
	const failed = await one.call("double", 1).catch((error: Error) => error);
	expect(failed).toMatchObject({ name: "ThreadEnded" });
	expect(String((failed as Error).cause)).toContain("no-such-thread");
	expect(lost).toHaveLength(1);
});

test("memory that is handed over with a call is the thread's from when the call is begun, and no copy of it", async () => {
	const one = thread();
	const [first, second] = [new Uint8Array(8), new Uint8Array(9)];
	const calls = [first, second].map((bytes) =>
		one.call("measure", bytes, { give: [bytes.buffer] }),
	);
	expect([first.byteLength, second.byteLength]).toEqual([0, 9]);
	expect(await Promise.all(calls)).toEqual([8, 9]);
	expect(second.byteLength).toBe(0);
});

test("a thread is ended only once its modules are loaded: ended while it loads a native one it takes the process with it", async () => {
	for (const end of ["close", "kill"] as const) {
		const loaded = new Int32Array(new SharedArrayBuffer(4));
		const one = thread({ give: () => loaded });
		one.start();
		await one[end]();
		expect(loaded[0], end).toBe(1);
	}
});

test("a thread whose modules do not load is ended all the same", async () => {
	const one = new Thread({
		file: new URL("./no-such-thread.ts", import.meta.url),
		name: "a thread that is not there",
	});
	one.start();
	await one.close();
});
