import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	judge,
	loopbackNames,
	type RequestOrigin,
} from "../../../main/backend/server/guard.ts";

const PORT = 4321;
const own: RequestOrigin = {
	method: "GET",
	host: "127.0.0.1:4321",
	origin: undefined,
	site: "same-origin",
	navigation: false,
};
const of = (change: Partial<RequestOrigin>) =>
	judge({ ...own, ...change }, loopbackNames(PORT));

describe("which requests are for us and from us", () => {
	test("our own page may read and write", () => {
		expect(of({})).toBe("ok");
		expect(of({ method: "POST", origin: "http://127.0.0.1:4321" })).toBe("ok");
		expect(
			of({
				method: "POST",
				host: "localhost:4321",
				origin: "http://localhost:4321",
			}),
		).toBe("ok");
	});

	test("an address typed, and a link followed from elsewhere, open the page", () => {
		expect(of({ site: "none", navigation: true })).toBe("ok");
		expect(of({ site: "cross-site", navigation: true })).toBe("ok");
	});

	test("a name that resolves to this machine is refused whatever else is right", () => {
		fc.assert(
			fc.property(fc.webAuthority({ withPort: true }), (host) => {
				fc.pre(host !== "127.0.0.1:4321" && host !== "localhost:4321");
				expect(of({ host })).toBe("wrong-host");
			}),
		);
		for (const host of [
			undefined,
			"",
			"127.0.0.1",
			"127.0.0.1:4321.evil.example",
			"[::1]:4321",
			"127.0.0.1:04321",
			"LOCALHOST:4321 ",
		])
			expect([host, of({ host })]).toEqual([host, "wrong-host"]);
	});

	test("a write that does not say where it comes from is refused", () => {
		for (const method of ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
			expect(of({ method, origin: undefined })).toBe("wrong-origin");
	});

	test("any other origin is refused, for reading too", () => {
		fc.assert(
			fc.property(fc.webUrl(), (url) => {
				expect(of({ origin: new URL(url).origin })).toBe("wrong-origin");
			}),
		);
		for (const origin of [
			"null",
			"",
			"http://127.0.0.1:4322",
			"https://127.0.0.1:4321",
			"http://127.0.0.1:4321/",
			"http://localhost:4321",
		])
			expect([origin, of({ origin })]).toEqual([origin, "wrong-origin"]);
	});

	test("a program on another port of this machine is not us, though it shares our cookies", () => {
		expect(of({ site: "same-site" })).toBe("wrong-origin");
		expect(of({ site: "cross-site" })).toBe("wrong-origin");
		expect(
			of({
				method: "POST",
				site: "cross-site",
				navigation: true,
				origin: "null",
			}),
		).toBe("wrong-origin");
	});
});
