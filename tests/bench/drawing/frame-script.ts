import type { CDPSession, Page } from "@playwright/test";
import { DRAWING } from "./drawing-mark.ts";

/** What the thread of a window did while frames were drawn, in its own processor time: what it waited for is not in it. */
export interface FrameScript {
	/** Milliseconds of script in a frame, of half of the frames less: all of its animation callbacks and what follows on them at once. */
	readonly median: number;
	readonly frames: number;
	/** Milliseconds in a second of all that the thread did, drawn or not. */
	readonly busy: number;
}

interface TraceEvent {
	readonly name: string;
	readonly pid: number;
	readonly tid: number;
	/** Microseconds, by the clock on the wall; `tdur` by that of the thread. */
	readonly ts: number;
	readonly dur?: number;
	readonly tdur?: number;
	readonly args?: { readonly data?: { readonly message?: string } };
}

const SCRIPT = new Set(["FireAnimationFrame", "RunMicrotasks"]);

/** Runs something in a page that draws frame after frame, and reads from the browser's record what that took. */
export async function frameScript(
	page: Page,
	run: () => Promise<unknown>,
): Promise<FrameScript> {
	const session = await page.context().newCDPSession(page);
	try {
		const begun = performance.now();
		const events = await recorded(session, run);
		return readScript(events, (performance.now() - begun) / 1000);
	} finally {
		await session.detach();
	}
}

async function recorded(
	session: CDPSession,
	run: () => Promise<unknown>,
): Promise<TraceEvent[]> {
	const events: TraceEvent[] = [];
	session.on("Tracing.dataCollected", ({ value }) =>
		events.push(...(value as unknown as TraceEvent[])),
	);
	const complete = new Promise<void>((done) =>
		session.once("Tracing.tracingComplete", () => done()),
	);
	await session.send("Tracing.start", {
		transferMode: "ReportEvents",
		traceConfig: {
			includedCategories: [
				"devtools.timeline",
				"disabled-by-default-devtools.timeline",
			],
			excludedCategories: ["*"],
		},
	});
	await run();
	await session.send("Tracing.end");
	await complete;
	return events;
}

function readScript(
	events: readonly TraceEvent[],
	seconds: number,
): FrameScript {
	const of = (name: string) => events.filter((event) => event.name === name);
	const callbacks = of("FireAnimationFrame");
	const [first] = callbacks;
	if (!first) throw new Error("no frame was recorded");
	const isOurs = ({ pid, tid }: TraceEvent) =>
		pid === first.pid && tid === first.tid;
	const tasks = of("RunTask")
		.filter(isOurs)
		.sort((a, b) => a.ts - b.ts);
	const script = events
		.filter((event) => isOurs(event) && SCRIPT.has(event.name))
		.sort((a, b) => a.ts - b.ts);
	const perFrame: number[] = [];
	// Before and after what a page marks, frames go by in which nothing is drawn: on a machine with time to spare they would be the most.
	const marks = of("TimeStamp")
		.filter(({ args }) => args?.data?.message === DRAWING)
		.map(({ ts }) => ts);
	const from = marks.length > 0 ? Math.min(...marks) : 0;
	const to = marks.length > 0 ? Math.max(...marks) : Number.POSITIVE_INFINITY;
	let at = 0;
	for (const task of tasks) {
		const end = task.ts + (task.dur ?? 0);
		let spent = 0;
		let isFrame = false;
		for (; (script[at]?.ts ?? Number.POSITIVE_INFINITY) < end; at++) {
			const event = script[at] as TraceEvent;
			if (event.ts < task.ts) continue;
			isFrame ||= event.name === "FireAnimationFrame";
			spent += taken(event);
		}
		if (isFrame && end >= from && task.ts <= to) perFrame.push(spent);
	}
	perFrame.sort((a, b) => a - b);
	return {
		median: perFrame[Math.floor(perFrame.length / 2)] ?? Number.NaN,
		frames: perFrame.length,
		busy: tasks.reduce((sum, task) => sum + taken(task), 0) / seconds,
	};
}

/** Milliseconds of the processor, or by the clock on the wall where the system tells no other. */
function taken({ tdur, dur }: TraceEvent): number {
	return (tdur ?? dur ?? 0) / 1000;
}
