import { expect, test } from "vitest";
import { HubAway } from "../../../main/backend/hub/hub-access.ts";
import {
	createHubClient,
	Unreachable,
} from "../../../main/backend/sync/hub-client.ts";
import { chromiumFetch } from "../../../main/desktop/chromium-fetch.ts";

/** Asks a hub for its head where Chromium fails with this. */
async function asked(failure: string): Promise<Error> {
	const before = globalThis.fetch;
	globalThis.fetch = chromiumFetch(() => Promise.reject(new Error(failure)));
	try {
		await createHubClient({
			hubUrl: "https://hub.example",
			requestTimeout: 5000,
			stallTimeout: 5000,
			signal: new AbortController().signal,
		}).head();
		throw new Error("answered");
	} catch (error) {
		return error as Error;
	} finally {
		globalThis.fetch = before;
	}
}

test.each([
	["net::ERR_CERT_DATE_INVALID", "has expired"],
	["net::ERR_CERT_COMMON_NAME_INVALID", "for another name"],
	["net::ERR_CERT_AUTHORITY_INVALID", "does not know the authority"],
	["net::ERR_CERT_REVOKED", "does not know the authority"],
	["net::ERR_SSL_PROTOCOL_ERROR", "does not speak https"],
])(
	"a line that is not safe is said as in a browser's host: %s",
	async (failure, words) => {
		const error = await asked(failure);
		expect(error).toMatchObject({ code: "secure-line" });
		expect(error.message).toContain(words);
	},
);

test.each([
	["net::ERR_CONNECTION_REFUSED", true],
	["net::ERR_PROXY_CONNECTION_FAILED", true],
	["net::ERR_NAME_NOT_RESOLVED", true],
	["net::ERR_INTERNET_DISCONNECTED", true],
	["net::ERR_CONNECTION_RESET", false],
	["net::ERR_EMPTY_RESPONSE", false],
])(
	"a hub that is away is away, and a command counts as never sent only where there was no connection: %s",
	async (failure, never) => {
		expect(await asked(failure)).toBeInstanceOf(Unreachable);
		const cause = await chromiumFetch(() => Promise.reject(new Error(failure)))(
			"https://hub.example",
		).catch((error) => error);
		expect(new HubAway("away", { cause }).neverSent).toBe(never);
	},
);

test("what is no failure of the network stays what it is, and an answer is handed on with what was asked", async () => {
	const stop = new DOMException("The operation was aborted", "AbortError");
	await expect(
		chromiumFetch(() => Promise.reject(stop))("https://hub.example"),
	).rejects.toBe(stop);
	const sent: unknown[] = [];
	const answer = await chromiumFetch(async (...args) => {
		sent.push(args);
		return new Response("the hub");
	})("https://hub.example/v1/head", { redirect: "error" });
	expect(await answer.text()).toBe("the hub");
	expect(sent).toEqual([
		["https://hub.example/v1/head", { redirect: "error" }],
	]);
});
