import { mayAt, type Session } from "../../core/api/session.ts";

/** Says for whom it is: a query or a command of the table. */
type Asking = Parameters<typeof mayAt>[1];

/** Who sits at this window, as the backend last said; null before its first word. */
let session: Session | null = null;
/** Until these are settled somebody else may be sitting down. */
const changing = new Set<Promise<unknown>>();

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
	while (changing.size > 0) await Promise.all(changing);
	return mayHere(asking);
}

/** Nothing is asked for a person until this is settled, and who sits here has then been told (`sitsHere`). */
export function somebodyElseSitsDown(until: Promise<unknown>): void {
	const mine: Promise<unknown> = until
		.catch(() => {})
		.then(() => changing.delete(mine));
	changing.add(mine);
}
