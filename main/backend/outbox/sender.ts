import {
	type CommandMessage,
	refusalOf,
} from "../../../core/api/command-message.ts";
import { type HubAccess, HubAway } from "../hub/hub-access.ts";
import type { SignIns } from "../hub/sign-in.ts";
import { retryDelay } from "../sync/retry.ts";
import type { Outbox } from "./outbox.ts";

const LEAST_PAUSE = 1_000;
const LONGEST_PAUSE = 60_000;
/** How often a command that is done but not published is asked about (ms). */
const ASK_AGAIN = 5_000;

/** So often the hub may fail at a command by a fault of its own before it is given up, so that what comes after it is sent. */
const MOST_FAULTS = 6;

/** Commands asked about in one request: as many as the hub answers for. */
const ASKED_AT_ONCE = 500;

/** Sends what waits, one after the other, for ever. */
export interface Sender {
	/** Something may have changed: look now. */
	wake(): void;
	close(): Promise<void>;
}

/** Why a command waits, for the tray (texts of these keys in renderer/i18n). */
export const WAITS = { hub: "hub-away", person: "sign-in" } as const;

export function createSender(options: {
	outbox: Outbox;
	hub: HubAccess;
	signIns: SignIns;
	report: (message: string) => void;
	/** The epoch of the log that the hub publishes now; null: not known yet. */
	epoch: () => string | null;
	clock?: () => number;
	random?: () => number;
}): Sender {
	const { outbox, hub, signIns } = options;
	const clock = options.clock ?? Date.now;
	let closed = false;
	let failures = 0;
	/** How often the hub failed at a command, since this process began. */
	const faults = new Map<string, number>();
	let timer: NodeJS.Timeout | undefined;
	let wanted = false;
	let working: Promise<void> | null = null;

	/** Sends the first command that can be sent. @returns when to look again (ms); null: when woken */
	async function sendNext(): Promise<number | null> {
		const asked = await askAfterRestore();
		const next = firstOfSomebodyHere();
		if (!next) return asked ? askUnpublished() : later();
		const { message, token } = next;
		outbox.sending(message.id);
		try {
			const answer = await hub.order(token, message);
			failures = 0;
			if (answer.kind === "done") outbox.done(answer.done, clock());
			else if (answer.refusal.code === "no-session") {
				signIns.ended(token);
				outbox.notSent(message.id);
				outbox.met(message.id, WAITS.person);
			} else outbox.refused(message.id, answer.refusal, clock());
			return 0;
		} catch (error) {
			options.report(`outbox: ${String(error)}`);
			if (error instanceof HubAway && error.neverSent)
				outbox.notSent(message.id);
			outbox.met(message.id, WAITS.hub);
			if (
				error instanceof HubAway &&
				error.failed &&
				(await isGivenUp(message.id, token))
			)
				return 0;
			return later();
		}
	}

	/** A hub that answers otherwise and fails at this command again and again will not do it: it ends in the tray, with words. */
	async function isGivenUp(id: string, token: string): Promise<boolean> {
		const tries = (faults.get(id) ?? 0) + 1;
		faults.set(id, tries);
		if (tries < MOST_FAULTS) return false;
		try {
			// It may have failed after it had done it.
			const done = await hub.outcome(token, id);
			if (done) outbox.done(done, clock());
			else outbox.refused(id, refusalOf("hub-fault", { tries }), clock());
			faults.delete(id);
			failures = 0;
			return true;
		} catch (error) {
			// Nothing is answered: the hub is away, whatever it says.
			options.report(`outbox: ${String(error)}`);
			return false;
		}
	}

	/**
	 * A hub that begins another epoch was restored, perhaps to a time before what it had carried out: it is asked for all of that once. What
	 * waits is sent meanwhile.
	 * @returns false when the hub could not be asked
	 */
	async function askAfterRestore(): Promise<boolean> {
		const epoch = options.epoch();
		if (epoch === null || epoch === outbox.askedIn()) return true;
		const ids = outbox.carriedOut();
		try {
			while (ids.length > 0) {
				const [token] = signIns.tokens();
				// Whoever signs in wakes this.
				if (token === undefined) return true;
				const done = await hub.outcomes(token, ids.slice(0, ASKED_AT_ONCE));
				if (done === null) {
					signIns.ended(token);
					continue;
				}
				const held = new Map(done.map((one) => [one.id, one]));
				for (const id of ids.splice(0, ASKED_AT_ONCE)) {
					const answer = held.get(id);
					if (answer) outbox.done(answer, clock());
					else outbox.recalled(id, clock());
				}
			}
			outbox.wasAskedIn(epoch);
			return true;
		} catch (error) {
			options.report(`outbox: ${String(error)}`);
			return false;
		}
	}

	/** Of each person the first goes first: what comes after may build on it. Nobody waits for somebody else to sign in. */
	function firstOfSomebodyHere(): {
		message: CommandMessage;
		token: string;
	} | null {
		for (const { message, person, problem } of outbox.firsts()) {
			const token = signIns.tokenOf(person);
			if (token !== null) return { message, token };
			if (problem !== WAITS.person) outbox.met(message.id, WAITS.person);
		}
		return null;
	}

	/** @returns a pause (ms) that grows from failure to failure */
	function later(): number {
		failures++;
		return retryDelay(
			failures,
			LEAST_PAUSE,
			LONGEST_PAUSE,
			(options.random ?? Math.random)(),
		);
	}

	/** As `sendNext`. What cannot be kept here (the disk is full) is asked of the hub again: it does nothing twice. */
	async function look(): Promise<number | null> {
		try {
			return await sendNext();
		} catch (error) {
			options.report(`outbox: ${String(error)}`);
			return later();
		}
	}

	async function askUnpublished(): Promise<number | null> {
		const ids = outbox.unpublished();
		if (ids.length === 0) return null;
		for (const entry of outbox.entries(clock())) {
			if (!ids.includes(entry.id)) continue;
			const token = signIns.tokenOf(entry.person);
			if (token === null) continue;
			try {
				const done = await hub.outcome(token, entry.id);
				if (done) outbox.done(done, clock());
			} catch (error) {
				options.report(`outbox: ${String(error)}`);
			}
		}
		return outbox.unpublished().length > 0 ? ASK_AGAIN : null;
	}

	function wake(): void {
		if (closed) return;
		wanted = true;
		clearTimeout(timer);
		working ??= (async () => {
			while (wanted && !closed) {
				wanted = false;
				let pause: number | null = 0;
				while (pause === 0 && !closed) pause = await look();
				if (pause !== null && !wanted && !closed)
					timer = setTimeout(wake, pause);
			}
			working = null;
		})();
	}

	wake();
	return {
		wake,
		async close() {
			closed = true;
			clearTimeout(timer);
			await working;
		},
	};
}
