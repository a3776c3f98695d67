import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	createSessions,
	newSecret,
} from "../../../main/backend/server/session.ts";

describe("sessions", () => {
	test("a token is exchanged once, and only one that was given", () => {
		const sessions = createSessions(newSecret());
		const token = sessions.newToken();
		expect(sessions.enter(`${token}x`)).toBeNull();
		const cookie = sessions.enter(token);
		expect(cookie).not.toBeNull();
		expect(sessions.enter(token)).toBeNull();
		expect(sessions.idOf(cookie ?? "")).not.toBeNull();
	});

	test("a cookie holds over a restart with the same secret and with no other", () => {
		const secret = newSecret();
		const before = createSessions(secret);
		const cookie = before.enter(before.newToken()) ?? "";
		expect(createSessions(secret).idOf(cookie)).not.toBeNull();
		expect(createSessions(newSecret()).idOf(cookie)).toBeNull();
	});

	test("nothing else is a cookie", () => {
		const sessions = createSessions(newSecret());
		const cookie = sessions.enter(sessions.newToken()) ?? "";
		const [id, signature] = cookie.split(".");
		for (const other of [
			undefined,
			"",
			".",
			id,
			`${id}.`,
			`.${signature}`,
			`${signature}.${id}`,
			`${cookie}.`,
			`${cookie}=`,
			cookie.toUpperCase(),
		])
			expect([other, sessions.idOf(other)]).toEqual([other, null]);
		fc.assert(
			fc.property(fc.string(), (text) => {
				expect(sessions.idOf(text)).toBeNull();
				expect(sessions.enter(text)).toBeNull();
			}),
		);
	});
});
