import {
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { crashReports } from "../../../main/backend/crash-reports.ts";
import { chosenHub } from "../../../main/backend/hub-file.ts";
import { createInstallation } from "../../../main/backend/installation.ts";
import { logEnds, withoutSecrets } from "../../../main/backend/log-ends.ts";
import type { BackendOptions } from "../../../main/backend/options.ts";

let data: string;
beforeEach(() => {
	data = mkdtempSync(join(tmpdir(), "blc-hub-"));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const hub = {
	url: "https://hub.example",
	publicKey: Buffer.alloc(32, 7).toString("base64"),
};
const none = { credential: null, snapshot: null };
const station = (follows: BackendOptions["hub"], restart: () => void) =>
	createInstallation(
		{ data, hub: follows } as BackendOptions,
		() => null,
		() => ({ kind: "none" }),
		restart,
	);

test("a hub that is chosen is kept for this account alone, followed by the next backend, and chosen once", async () => {
	let restarts = 0;
	const installation = station(null, () => restarts++);
	expect(installation.told().hub).toBeNull();
	expect(
		await installation.choose({ ...hub, publicKey: "AAAA", ...none }),
	).toEqual({ fault: "no-key" });
	// As a field of one line leaves what was pasted.
	const pem = "-----BEGIN PRIVATE KEY-----MC4CAQ-----END PRIVATE KEY-----";
	expect(installation.keyId({ key: pem })).toEqual({
		fault: "private-key",
	});
	expect(chosenHub(data)).toBeNull();
	expect(await installation.choose({ ...hub, ...none })).toMatchObject({
		keyId: expect.stringMatching(/^[0-9a-f]{16}$/),
	});
	expect(restarts).toBe(1);
	expect(chosenHub(data)).toEqual(hub);
	if (process.platform !== "win32")
		expect(statSync(join(data, "hub.json")).mode & 0o077).toBe(0);
	expect(await installation.choose({ ...hub, ...none })).toBeNull();
});
test("where a hub is followed no screen chooses another", async () => {
	const installation = station(hub, () => {});
	expect(await installation.choose({ ...hub, ...none })).toBeNull();
	expect(installation.told().hub?.url).toBe(hub.url);
});
test("a hub that is chosen leaves what else the file says of the machine", async () => {
	const path = join(data, "hub.json");
	const wall = { page: "#/situasi?wall=1" };
	writeFileSync(path, JSON.stringify({ wall }));
	expect(chosenHub(data)).toBeNull();
	expect(
		await station(null, () => {}).choose({ ...hub, ...none }),
	).toHaveProperty("keyId");
	expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({ ...hub, wall });
});
test("a folder in the place of hub.json is a fault that names it", () => {
	mkdirSync(join(data, "hub.json"));
	expect(() => chosenHub(data)).toThrow(
		/hub\.json: expected a file that can be read \(EISDIR\)$/,
	);
});
test("a hub.json that cannot be read is a fault with its line, never no hub", () => {
	writeFileSync(join(data, "hub.json"), '{\n"url": 1,\n}');
	expect(() => chosenHub(data)).toThrow(/hub\.json, 3: expected/);
});
test.each([
	'{"url": "https://hub", "credential": rahasia sekali}',
	'{"proxy": {"user": "rina", "password": "rahasia sekali}}',
	"{'credential' 'rahasia'}",
	'{"url": "https://hub",\n"credentials": rahasia}',
	'{"sandi": "x", "rahasia": 1, "rahasia": 2}',
	'{"credential": "x",\n"rahasia sekali"}',
])(
	"a hub.json that cannot be read is told with no secret of it: %s",
	(text) => {
		writeFileSync(join(data, "hub.json"), text);
		expect(() => chosenHub(data)).toThrow(
			/hub\.json(, \d)?: expected (?!.*rahasia)/,
		);
	},
);
test.each([
	["GET http://127.0.0.1:1/enter?token=abc.DEF-1 failed", "abc"],
	["authorization: Bearer s3cr3t-text", "s3cr3t"],
	['{"credential":"longsecret","url":"https://hub"}', "longsecret"],
	["password=hunter2 for rina", "hunter2"],
	["proxy-authorization: Basic cmluYTpodW50ZXIy", "cmluYTpodW50ZXIy"],
	["https://rina:hunter2@hub.example/v1/head: 401", "hunter2"],
	['"credentials": "longsecret"', "longsecret"],
	['hubCredential="two words"', "words"],
	["'passwrd': 'two words', 'url': 'x'", "words"],
	['said {\\"Credential_id\\":\\"longsecret\\",\\"url\\":1}', "longsecret"],
	['"password": "begun and cut', "cut"],
	[String.raw`password: "it's a \"quoted\" one"`, "quoted"],
	[String.raw`password: "it's a \"quoted\" one"`, "one"],
	[String.raw`{"password":"ends in \\","note":"x"}`, "ends"],
	[String.raw`'sandi': 'rina\'s own', 'url': 'x'`, "own"],
	[String.raw`"secret": "cut at a \ `.trim(), "cut"],
	["Cookie: a=b; sid=hunter2", "hunter2"],
	["set-cookie: sid=hunter2; Path=/; HttpOnly", "hunter2"],
	['{"cookie":"a=b; sid=hunter2","host":"x"}', "hunter2"],
	["'set-cookie': ['a=b', 'sid=hunter2'],", "hunter2"],
	['Cookie: a="b"; sid=hunter2', "hunter2"],
])("a bundle of logs holds no secret: %s", (line, secret) => {
	expect(withoutSecrets(line, [])).not.toContain(secret);
	expect(withoutSecrets(line, [])).toContain("…");
});
test("a secret with a quoted word in it ends where its quotes do: what stands behind it is still told", () => {
	expect(
		withoutSecrets(String.raw`{"password":"a \"b\"","code":401}`, []),
	).toBe('{"password":"…","code":401}');
	expect(
		withoutSecrets(String.raw`{\"password\":\"a b\",\"code\":401}`, []),
	).toBe(String.raw`{\"password\":\"…\",\"code\":401}`);
});
test("a line without an end, as a broken file may be told, is read through once", () => {
	for (const part of [
		String.raw`password: "\"`,
		String.raw`\"token\": \"\\`,
		"cookie: a=b; ",
		"secret-",
		"cookie ",
		'cookie: ["',
		" ".repeat(4),
	]) {
		for (const begin of ["", "password = "]) {
			const line = begin + part.repeat(20_000);
			expect(withoutSecrets(line, []).length).toBeLessThanOrEqual(line.length);
		}
	}
}, 20_000);
test("what this workstation shows its hub and its windows is in no bundle, in whatever words a program tells it", () => {
	const credential = "k".repeat(40);
	const secret = "s".repeat(40);
	const installation = createInstallation(
		{ data, hub: { ...hub, credential }, secret } as BackendOptions,
		() => null,
		() => ({ kind: "none" }),
		() => {},
	);
	for (const log of ["backend.log", "desktop.log.old"])
		writeFileSync(
			join(data, log),
			`1 it sent (${credential})\n2 signed by ${secret}, twice ${secret}\n`,
		);
	const bundle = JSON.stringify([
		installation.diagnostics(),
		installation.told(),
	]);
	expect(bundle).toContain("it sent (…)");
	expect(bundle).not.toContain(credential);
	expect(bundle).not.toContain(secret);
});
test("of a long log the end goes into a bundle, from the beginning of a line on", () => {
	const lines = Array.from({ length: 30_000 }, (_, at) => `line ${at}`);
	writeFileSync(join(data, "backend.log"), `${lines.join("\n")}\n`);
	const [log] = logEnds(data, []);
	expect(log.name).toBe("backend.log");
	expect(log.text).toMatch(/^line \d+\n[\s\S]*line 29999\n$/);
	expect(log.text.length).toBeLessThanOrEqual(200_000);
});

test("crash reports are listed by name, time and size, newest first, and nothing of what is in them", () => {
	expect(crashReports(data)).toEqual([]);
	const folder = join(data, "desktop", "Crashpad");
	for (const [name, at] of [
		["reports/old.dmp", 1_600_000_000],
		["pending/new.dmp", 1_600_000_100],
		["metadata", 1_600_000_200],
	] as const) {
		const path = join(folder, name);
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, "memory of rina");
		utimesSync(path, at, at);
	}
	expect(crashReports(data)).toEqual([
		{ name: "pending/new.dmp", at: 1_600_000_100_000, bytes: 14 },
		{ name: "reports/old.dmp", at: 1_600_000_000_000, bytes: 14 },
	]);
});
