import type { Query, QueryClient } from "@tanstack/react-query";
import type { Asked, Command } from "../../core/api/route.ts";
import type { Session } from "../../core/api/session.ts";
import { CurrentSession } from "../../core/api/session.ts";
import { keptAs, keyOf } from "./answer-key.ts";
import { afterOrders, ask, order } from "./ask.ts";
import { mayHere, somebodyElseSitsDown } from "./seat.ts";

const SESSION = keyOf(CurrentSession, {});

/** As whom this window was last told to show itself. */
let shownTo: Session | null = null;
/** Of several at once the last has the say: it asked last. */
let turn = 0;

/**
 * Makes old what was read from some of these; null: everything but what has a version of its own.
 * @param atStart nothing that is on its way was asked before the backend first spoke
 */
export function makeOld(
	queries: QueryClient,
	changed: readonly string[] | null,
	atStart = false,
): void {
	const isOld = (query: Query) => {
		const kept = keptAs(query);
		if (!kept || !mayHere(kept)) return false;
		// Who sits here has then just been asked.
		if (
			query.queryKey[0] === SESSION[0] &&
			(changed === null || changed.includes("session"))
		)
			return false;
		return changed === null
			? kept.reads.length > 0
			: kept.reads.some((read) => changed.includes(read));
	};
	// A first answer on its way may have been read before the change. Asked for again it would be waited for, and be taken for the new one.
	if (!atStart)
		void queries.cancelQueries({
			predicate: (query) => query.state.data === undefined && isOld(query),
		});
	void queries.invalidateQueries({ predicate: isOld });
}

/**
 * Somebody else may sit here: asks who does, and only then for anything of theirs. What was asked for whoever sat here before is given up,
 * and what the one who sits here now may not see is gone.
 * @param everything whether all answers are old, also when the same person sits here as before
 * @param ordered in this window; until it has ended nothing is asked for anybody
 */
export async function seatAnew(
	queries: QueryClient,
	everything: boolean,
	ordered?: Promise<unknown>,
): Promise<void> {
	let mine = 0;
	// A window that was open before there was a dataset has shown itself to somebody without ever being told anew who.
	const known = queries.getQueryData<Session>(SESSION) ?? null;
	const told = (async () => {
		if (ordered) {
			await giveUp(queries);
			await ordered.catch(() => {});
		}
		turn += 1;
		mine = turn;
		// An answer on its way may be of the time before; at the start there is no such time.
		if (shownTo) await queries.cancelQueries({ queryKey: SESSION });
		return queries.fetchQuery({
			queryKey: SESSION,
			queryFn: ({ signal }) => ask(CurrentSession, {}, signal),
			staleTime: 0,
			retry: false,
		});
	})();
	somebodyElseSitsDown(told);
	const now = await told.catch(() => null);
	if (now && mine === turn) {
		const atStart = shownTo === null;
		const before = shownTo ?? known;
		shownTo = now;
		const other = before !== null && !isSame(before, now);
		if (other) await leave(queries, before, now);
		makeOld(queries, everything || other ? null : ["session"], atStart);
	}
	// What was given up for an order that changed nothing is asked for again.
	if (ordered)
		await queries.refetchQueries(
			{
				type: "active",
				stale: true,
				predicate: (query) => mayHere(keptAs(query) ?? { role: "anyone" }),
			},
			{ cancelRefetch: false },
		);
}

/** Orders that somebody else sits here, or nobody: after what was ordered by whoever sat here has its answer. */
export function orderSeat<C extends Command>(
	queries: QueryClient,
	command: C,
	asked: Asked<C>,
) {
	const ordered = afterOrders().then(() => order(command, asked));
	void seatAnew(queries, false, ordered);
	return ordered;
}

function isSame(one: Session, other: Session): boolean {
	return (
		one.exercise === other.exercise &&
		JSON.stringify(one.person) === JSON.stringify(other.person)
	);
}

/** What is on its way to a person is not waited for any more. */
function giveUp(queries: QueryClient): Promise<void> {
	return queries.cancelQueries({
		predicate: (query) => (keptAs(query)?.role ?? "anyone") !== "anyone",
	});
}

async function leave(
	queries: QueryClient,
	before: Session,
	now: Session,
): Promise<void> {
	await giveUp(queries);
	const elsewhere = before.person?.scope !== now.person?.scope;
	for (const query of queries.getQueryCache().findAll()) {
		const kept = keptAs(query);
		if (!kept) continue;
		if ((elsewhere && kept.keeps !== "open") || !mayHere(kept)) query.reset();
	}
}
