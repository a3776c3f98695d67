import { useEffect, useState } from "react";
import { CurrentState } from "../../../core/api/state.ts";
import { ask } from "../../state/ask.ts";
import { hearRefusal, useConnection } from "../../state/connection.ts";

/** Asked each so often (ms), and given so long to answer, twice: together less than the ten seconds within which a wall says that nobody answers. */
const EVERY = 1_500;
const PATIENCE = 3_000;
/** A window that draws a map may be busy for that long: an answer that came meanwhile is then heard in this time (ms). */
const GRACE = 500;

/** Asks once whether the backend answers. */
async function isThere(): Promise<boolean> {
	const end = new AbortController();
	let waiting = setTimeout(() => {
		waiting = setTimeout(() => end.abort(), GRACE);
	}, PATIENCE);
	try {
		await ask(CurrentState, {}, end.signal);
		return true;
	} catch (reason) {
		hearRefusal(reason);
		return false;
	} finally {
		clearTimeout(waiting);
	}
}

/**
 * Since when the backend has not been heard (ms since 1970-01-01 UTC); null while it answers. A line that stands open says nothing of a backend that hangs: it is asked.
 */
export function useSilentSince(): number | null {
	const lostAt = useConnection((connection) => connection.lostAt);
	const [silent, setSilent] = useState<number | null>(null);
	useEffect(() => {
		let over = false;
		let heard = Date.now();
		let failures = 0;
		let waiting: ReturnType<typeof setTimeout>;
		const look = async () => {
			const there = await isThere();
			if (over) return;
			if (there) {
				heard = Date.now();
				failures = 0;
				setSilent(null);
			} else {
				failures++;
				if (failures > 1) setSilent(heard);
			}
			waiting = setTimeout(look, failures === 1 ? 0 : EVERY);
		};
		void look();
		return () => {
			over = true;
			clearTimeout(waiting);
		};
	}, []);
	return lostAt ?? silent;
}
