import { expect, test } from "vitest";
import { machineSetting } from "../../../main/desktop/hub-setting.ts";

const settingOf = (...given: Parameters<typeof machineSetting>) =>
	machineSetting(...given).hub;

/** The setting of a checkout with one file. */
const hubSetting = (
	environment: Record<string, string | undefined>,
	file: Uint8Array | undefined,
) => settingOf(environment, [{ path: "hub.json", bytes: file }], false);

const bytes = (text: string) => new TextEncoder().encode(text);
const key = Buffer.alloc(32, 7).toString("base64");

test("the environment of `npm start` comes before the administrator's file", () => {
	expect(
		hubSetting(
			{ BLC_HUB_URL: "http://127.0.0.1:9", BLC_HUB_KEY: key },
			bytes(`{"url":"http://127.0.0.1:8","publicKey":"${key}"}`),
		),
	).toEqual({ url: "http://127.0.0.1:9", publicKey: key });
});
test("the administrator's file is used when the environment says nothing", () => {
	expect(
		hubSetting({}, bytes(`{"url":"https://hub.example","publicKey":"${key}"}`)),
	).toEqual({ url: "https://hub.example", publicKey: key });
});
test("the mark that Notepad puts before a text is no part of the setting", () => {
	expect(
		hubSetting(
			{},
			bytes(`\uFEFF{"url":"https://hub.example","publicKey":"${key}"}\r\n`),
		),
	).toEqual({ url: "https://hub.example", publicKey: key });
});
test.each<readonly [string, Uint8Array, RegExp]>([
	[
		"UTF-16, as PowerShell writes it",
		Buffer.from("\uFEFF{}", "utf16le"),
		/UTF-16/,
	],
	[
		"a comma too many",
		bytes('{"url":"https://hub.example",}'),
		/hub\.json, 1: expected JSON/,
	],
	[
		"an address too many",
		bytes('{"url":"https://a.example","url":"https://b.example"}'),
		/hub\.json, 1: expected each name once/,
	],
	["a list", bytes("[1]"), /hub\.json: expected \{"url"/],
	[
		"the number of its key",
		bytes('{"url":"https://hub.example","publicKey":"q83vEjRWeJA="}'),
		/publicKey: found 8 bytes in base64, expected the hub's public key: 44 characters/,
	],
	[
		"a key as a PEM file",
		bytes(
			'{"url":"https://hub.example","publicKey":"-----BEGIN PUBLIC KEY-----"}',
		),
		/found a key as a PEM file/,
	],
	[
		"the hub's private key",
		bytes(
			'{"url":"https://hub.example","publicKey":"-----BEGIN PRIVATE KEY-----"}',
		),
		/found a private key, which belongs to the hub alone/,
	],
	[
		"half of it",
		bytes('{"url":"https://hub.example"}'),
		/hub\.json: publicKey: /,
	],
	["nothing", bytes("{}"), /hub\.json: url: /],
	...[
		"hub.blc.go.id:8443",
		"ftp://hub.example",
		"file:///C:/hub",
		"https:hub.example",
		"https://rina:rahasia@hub.example",
		"https://hub.example/?rahasia=1",
		"https://hub.example/#rahasia",
		"https://rahasia:hub",
	].map(
		(url) =>
			[
				`the address ${url}`,
				bytes(JSON.stringify({ url, publicKey: key })),
				/^hub\.json: url: expected an address as https:\/\/hub\.example:8443(?!.*rahasia)/,
			] as const,
	),
	...["rahasia é€ ".repeat(5), " rahasia".repeat(5), "rahasia\n".repeat(5)].map(
		(credential) =>
			[
				`the credential ${JSON.stringify(credential)}`,
				bytes(
					JSON.stringify({
						url: "https://hub.example",
						publicKey: key,
						credential,
					}),
				),
				/^hub\.json: credential: expected (?!.*rahasia)/,
			] as const,
	),
	...["walls", "update", "credentials", "rahasia"].map(
		(name) =>
			[
				`the name ${name} beside a good hub`,
				bytes(
					JSON.stringify({
						url: "https://hub.example",
						publicKey: key,
						[name]: "rahasia",
					}),
				),
				/^hub\.json: expected no other names than url, publicKey, credential, snapshot, updates, proxy, wall$/,
			] as const,
	),
	[
		"a misspelt name within a wall",
		bytes('{"wall": {"page": "#/situasi", "pages": "#/sebaran"}}'),
		/^hub\.json: wall: expected no other names than page$/,
	],
	[
		"a misspelt name beside a wall alone",
		bytes('{"wall": {"page": "#/situasi"}, "ulr": "https://hub.example"}'),
		/expected no other names than url, /,
	],
])(
	"of a hub.json that holds %s it is said what is wrong",
	(_, file, reason) => {
		expect(() => hubSetting({}, file)).toThrow(reason);
	},
);
test("no setting at all means no hub", () => {
	expect(hubSetting({}, undefined)).toBeNull();
});
test.each([
	[{ BLC_HUB_URL: "http://127.0.0.1:9" }, undefined],
	[{ BLC_HUB_KEY: key }, undefined],
	[{}, "{"],
	[{}, '{"url":"https://hub.example"}'],
	[{}, `{"url":"not an address","publicKey":"${key}"}`],
])('half a setting is an error, never "no hub": %j %j', (environment, file) => {
	expect(() =>
		hubSetting(environment, file === undefined ? file : bytes(file)),
	).toThrow();
});

const file = (path: string, url: string | null) => ({
	path,
	bytes:
		url === null ? undefined : bytes(`{"url":"${url}","publicKey":"${key}"}`),
});
const MACHINE = "https://machine.example";
const OWN = "https://own.example";
const EVIL = { BLC_HUB_URL: "https://evil.example", BLC_HUB_KEY: key };

test("an installed application follows the machine's file, whatever the data folder or a variable says", () => {
	const files = [file("machine", MACHINE), file("own", OWN)];
	expect(settingOf(EVIL, files, true)?.url).toBe(MACHINE);
	expect(
		settingOf(EVIL, [file("machine", null), file("own", OWN)], true)?.url,
	).toBe(OWN);
	expect(
		settingOf(EVIL, [file("machine", null), file("own", null)], true),
	).toBeNull();
	expect(settingOf({ BLC_HUB_KEY: key }, [], true)).toBeNull();
});
test("a machine's file that cannot be read is not passed over for another", () => {
	const broken = { path: "machine", bytes: bytes("{") };
	expect(() => settingOf({}, [broken, file("own", OWN)], true)).toThrow(
		/^machine, 1: /,
	);
});
test("a machine's file that says only what hangs there leaves the hub to the account's", () => {
	const wall = { page: "#/situasi?wall=1" };
	const machine = { path: "machine", bytes: bytes(JSON.stringify({ wall })) };
	expect(machineSetting({}, [machine, file("own", OWN)], true)).toMatchObject({
		wall,
		hub: { url: OWN },
	});
	expect(machineSetting({}, [machine], true)).toMatchObject({
		wall,
		hub: null,
	});
});
test("an account's broken file stops no machine that is told its hub by its own", () => {
	function* files() {
		yield file("machine", MACHINE);
		throw new Error("the account's file was read");
	}
	expect(settingOf({}, files(), true)?.url).toBe(MACHINE);
});
test("a credential that no header carries is a fault also in the environment, and not repeated", () => {
	expect(() =>
		settingOf(
			{ BLC_HUB_CREDENTIAL: "rahasia é€ ".repeat(5) },
			[file("machine", MACHINE)],
			true,
		),
	).toThrow(/^BLC_HUB_CREDENTIAL: expected (?!.*rahasia)/);
});
test("a credential may come from the environment, which is the account's own", () => {
	const credential = "c".repeat(40);
	const own = [file("machine", MACHINE)];
	expect(settingOf({ BLC_HUB_CREDENTIAL: credential }, own, true)).toEqual({
		url: MACHINE,
		publicKey: key,
		credential,
	});
});
