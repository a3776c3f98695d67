import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { createGuard, isLoopback } from "../../../hub/publish/guard.ts";

const file = (name: string): string =>
	readFileSync(
		new URL(`../../fixtures/tls/${name}`, import.meta.url).pathname,
		"utf8",
	);
const credential = "a credential of more than 32 characters";

const ANY = { version: null, schema: 1 };

const asked = (
	guard: ReturnType<typeof createGuard>,
	headers: Record<string, string | undefined>,
): number | null => guard((name) => headers[name])?.status ?? null;

it.each([
	["127.0.0.1:8417", null],
	["localhost", null],
	["[::1]:8417", null],
	["attacker.example:8417", 403],
	["127.0.0.1.attacker.example", 403],
	["localhost.attacker.example:8417", 403],
	["hub.example", 403],
	["127.0.0.1@attacker.example", 403],
	["", 403],
	[undefined, 403],
])("answers on this machine a request for %s: %s", (host, status) => {
	expect(asked(createGuard(undefined, ANY), { host })).toBe(status);
});

it.each([
	[{}, null],
	[{ "sec-fetch-mode": "cors" }, null],
	[{ "sec-fetch-site": "none" }, null],
	[{ "sec-fetch-site": "cross-site" }, 403],
	[{ "sec-fetch-site": "same-origin" }, 403],
	[{ origin: "https://attacker.example" }, 403],
	[{ origin: "null" }, 403],
	[{ origin: "http://127.0.0.1:8417" }, 403],
])(
	"answers no web page, whatever its page is called: %o: %s",
	(headers, status) => {
		const guard = createGuard(undefined, ANY);
		expect(asked(guard, { host: "127.0.0.1:8417", ...headers })).toBe(status);
	},
);

it.each([
	["hub.example:8417", `Bearer ${credential}`, null],
	["127.0.0.1:8417", `Bearer ${credential}`, null],
	["hub.example", undefined, 401],
	["hub.example", "Bearer wrong", 401],
	["hub.example", credential, 401],
	["localhost", undefined, 401],
	["attacker.example", `Bearer ${credential}`, 403],
])(
	"answers other machines by a name of its certificate and with the credential: %s, %s: %s",
	(host, authorization, status) => {
		const guard = createGuard(
			{
				cert: file("hub.crt"),
				key: file("hub.key"),
				credential,
			},
			ANY,
		);
		expect(asked(guard, { host, authorization })).toBe(status);
	},
);

it("knows which addresses other machines can reach", () => {
	expect(["127.0.0.1", "::1", "localhost"].every(isLoopback)).toBe(true);
	expect(
		["0.0.0.0", "::", "192.168.1.5", "127.evil", "hub.example"].some(
			isLoopback,
		),
	).toBe(false);
});

it.each([
	["0.2.0 schema=8", null],
	["0.10.0 schema=9", null],
	["0.1.9 schema=8", 426],
	["0.2.0-beta.1 schema=8", 426],
	["0.2.0 schema=7", 426],
	["0 schema=8", 426],
	[undefined, null],
	["curl/8", null],
])(
	"tells a workstation that is older than what it needs that it is, and answers who is none: %s: %s",
	(client, status) => {
		const guard = createGuard(undefined, { version: "0.2.0", schema: 8 });
		expect(asked(guard, { host: "localhost", "blc-client": client })).toBe(
			status,
		);
	},
);
