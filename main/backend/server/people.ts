import type { Person } from "../../../core/access/person.ts";
import type { Session } from "../../../core/api/session.ts";
import { type HubAccess, HubAway } from "../hub/hub-access.ts";
import type { SignedIn, SignIns } from "../hub/sign-in.ts";
import type { Outbox } from "../outbox/outbox.ts";
import { Refusal } from "../query/refusal.ts";
import { guestAt, isOfHere, type PartHere } from "./part-of-country.ts";

/** What a workstation needs for people. */
export interface People {
	signIns: SignIns;
	/** Null: the workstation's folder cannot be written; whoever signs in only looks. */
	outbox: Outbox | null;
	/** Where a damaged outbox was put aside when this backend started; null when it was whole. */
	setAside: string | null;
	/** Null: no hub is configured. */
	hub: HubAccess | null;
	/** Something was ordered or somebody signed in: what waits may be sent. */
	wake(): void;
}

/** Who signed in at a window and may be here; null: nobody. */
export function signedInHere(
	{ signIns }: People,
	session: string,
	part: PartHere,
): SignedIn | null {
	const signedIn = signIns.of(session);
	return signedIn && isOfHere(signedIn.person, part) ? signedIn : null;
}

/** Who sits at a window: whoever signed in there, in an exercise a guest, else null. */
export function personAt(
	people: People,
	session: string,
	part: PartHere,
): Person | null {
	const signedIn = signedInHere(people, session, part);
	if (signedIn) return signedIn.person;
	const { dataset } = part;
	// Before there is a dataset there is nothing to keep from anybody.
	return dataset === null || dataset.exercise ? guestAt(part) : null;
}

export function sessionAt(
	people: People,
	session: string,
	part: PartHere,
): Session {
	const signedIn = signedInHere(people, session, part);
	const { dataset } = part;
	return {
		person: signedIn?.person ?? null,
		offline: signedIn !== null && signedIn.token === null,
		endsAt: signedIn?.endsAt ?? null,
		ended: people?.signIns.endedAt(session) ?? null,
		exercise: dataset?.exercise ?? false,
		outbox: !people.outbox
			? { kind: "none" }
			: people.setAside === null
				? { kind: "kept" }
				: { kind: "damaged", setAside: people.setAside },
	};
}

/**
 * What the hub answers the person at a window.
 * @param bytes of a file that is given to it; without them it is only asked
 * @throws Refusal when nobody is signed in, or the hub is away or refuses
 */
export async function askHub(
	people: People,
	{ session, part }: { session: string; part: PartHere },
	path: string,
	bytes?: Uint8Array,
): Promise<unknown> {
	const token = signedInHere(people, session, part)?.token;
	if (!people.hub || !token)
		throw new Refusal(
			401,
			"no-person",
			"Expected a person who has signed in while the hub could be asked.",
		);
	try {
		const { status, body } = await (bytes
			? people.hub.give(token, path, bytes)
			: people.hub.read(token, path));
		if (status === 200) return body;
		if (status === 401) people.signIns.ended(token);
		throw new Refusal(
			status === 401 ? 401 : status === 404 ? 404 : 403,
			status === 401
				? "no-person"
				: status === 404
					? "not-found"
					: "not-allowed",
			`the hub answers ${status}`,
		);
	} catch (error) {
		if (!(error instanceof HubAway)) throw error;
		throw new Refusal(503, "hub-away", error.message);
	}
}
