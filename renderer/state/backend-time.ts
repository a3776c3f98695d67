import { BackendTime } from "../../core/api/show.ts";
import {
	type Asked,
	clockOffset,
	withAnswer,
} from "../../core/wall/clock-offset.ts";
import { ask } from "./ask.ts";

/** Asked so often one after the other (ms) at first, and then. */
const AT_FIRST = { times: 8, every: 60 };
const EVERY = 10_000;

/** By a clock that is never set: what the system's says may jump. */
const own = (): number => performance.now();

let answers: readonly Asked[] = [];
let offset = Date.now() - own();
/** Who needs it now. */
let needed = 0;
let waiting: ReturnType<typeof setTimeout> | undefined;

/** The time of the backend (ms since 1970-01-01 UTC); of this machine until it was asked. */
export function backendNow(): number {
	return own() + offset;
}

/** When a moment of the backend's clock comes by `performance.now`. */
export function ownTime(moment: number): number {
	return moment - offset;
}

async function measure(): Promise<void> {
	try {
		const sent = own();
		const { now: said } = await ask(BackendTime, {});
		answers = withAnswer(answers, { sent, said, received: own() });
		offset = clockOffset(answers)?.offset ?? offset;
	} catch {
		// Nobody answers: what is known of its clock holds.
	}
}

/** Keeps time with the backend until what is returned is called. */
export function keepTime(): () => void {
	needed++;
	if (needed === 1) {
		let times = 0;
		const again = async () => {
			await measure();
			times++;
			if (needed > 0)
				waiting = setTimeout(
					again,
					times < AT_FIRST.times ? AT_FIRST.every : EVERY,
				);
		};
		void again();
	}
	return () => {
		needed--;
		if (needed === 0) clearTimeout(waiting);
	};
}

/** Does something at a moment of the backend's clock, never before it. @returns gives it up */
export function atMoment(moment: number, work: () => void): () => void {
	let waiting: ReturnType<typeof setTimeout>;
	const look = () => {
		const left = moment - backendNow();
		if (left <= 0) work();
		else waiting = setTimeout(look, left);
	};
	waiting = setTimeout(look, Math.max(0, moment - backendNow()));
	return () => clearTimeout(waiting);
}
