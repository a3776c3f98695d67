import { mayAt, type Session } from "../../core/api/session.ts";

/** Says for whom it is: a query or a command of the table. */
type Asking = Parameters<typeof mayAt>[1];

/** Who sits at this window, as the backend last said; null before its first word. */
let session: Session | null = null;
/** Until this is settled somebody else may be sitting down. */
let changing: Promise<unknown> | null = null;

/** The backend says who sits here. */
export function sitsHere(told: Session): void {
	session = told;
}

/** Whether whoever sits here may have it. Before the backend has said who it is, everything may be asked: it decides. */
export function mayHere(asking: Asking): boolean {
	return session === null || mayAt(session, asking);
}

/** The same; while somebody else sits down it is waited for who that is. */
export async function mayHereNow(asking: Asking): Promise<boolean> {
	if (asking.role === "anyone") return true;
	while (changing) await changing;
	return mayHere(asking);
}

/** Nothing is asked for a person until this is settled, and who sits here has then been told (`sitsHere`). */
export function somebodyElseSitsDown(until: Promise<unknown>): void {
	const settled = until.then(
		() => {},
		() => {},
	);
	const mine = settled.then(() => {
		if (changing === mine) changing = null;
	});
	changing = mine;
}
