import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * Who may ask: whoever opened the address with a one-time token, and holds the cookie it was exchanged for. Cookies are signed with a
 * secret of the host, so that a window stays signed in when its backend is restarted.
 */
export interface Sessions {
	/** A token for one more entry. */
	newToken(): string;
	/** Exchanges a token for the value of a session cookie; null when the token was never given or is used up. */
	enter(token: string): string | null;
	/** The id of the session, when the value of its cookie is one of ours; else null. */
	idOf(cookie: string | undefined): string | null;
}

const BYTES = 32;

/**
 * @param secret the host's secret, the same over restarts
 * @param token the first one-time token, when the host has chosen it
 */
export function createSessions(secret: string, token?: string): Sessions {
	const tokens = new Set<string>();
	if (token !== undefined) tokens.add(digest(token));
	return {
		newToken() {
			const fresh = randomBytes(BYTES).toString("base64url");
			tokens.add(digest(fresh));
			return fresh;
		},
		enter(given) {
			// Looked up by its digest: the time taken tells nothing about the tokens.
			if (!tokens.delete(digest(given))) return null;
			const id = randomBytes(BYTES).toString("base64url");
			return `${id}.${sign(id)}`;
		},
		idOf(cookie) {
			const [id, signature, ...rest] = (cookie ?? "").split(".");
			if (!id || !signature || rest.length > 0) return null;
			const expected = Buffer.from(sign(id));
			const found = Buffer.from(signature);
			return expected.length === found.length &&
				timingSafeEqual(expected, found)
				? id
				: null;
		},
	};

	function digest(text: string): string {
		return createHmac("sha256", secret).update(`token ${text}`).digest("hex");
	}

	function sign(id: string): string {
		return createHmac("sha256", secret)
			.update(`session ${id}`)
			.digest("base64url");
	}
}

/** A secret or token of 256 random bits. */
export function newSecret(): string {
	return randomBytes(BYTES).toString("base64url");
}
