import type { HubAccess } from "./hub-access.ts";
import type { SignIns } from "./sign-in.ts";

/** So often (ms) the hub is asked whether those who are signed in still are: somebody may have been taken off the list. */
const EVERY = 30_000;

/** Asks the hub from time to time about everybody signed in here. While it is away nobody is signed out. */
export function confirmSignIns(
	hub: HubAccess,
	signIns: SignIns,
	every = EVERY,
): { close(): void } {
	const timer = setInterval(async () => {
		for (const token of signIns.tokens())
			try {
				if ((await hub.session(token)) === null) signIns.ended(token);
			} catch {
				return;
			}
	}, every);
	timer.unref();
	return { close: () => clearInterval(timer) };
}
