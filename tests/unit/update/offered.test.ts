import { spawnSync } from "node:child_process";
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	truncateSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { offerName } from "../../../core/update/offer.ts";
import {
	type ThisProgram,
	takeOffered,
} from "../../../main/backend/update/offered.ts";
import { watchUpdates } from "../../../main/backend/update/watch.ts";

// The real one, but for an installer that still runs, as on Windows.
vi.mock("node:fs/promises", async (original) => {
	const real = await original<typeof import("node:fs/promises")>();
	return {
		...real,
		rm: async (path: string, options: object) => {
			if (path.includes("still-runs"))
				throw Object.assign(new Error("EBUSY"), { code: "EBUSY" });
			await real.rm(path, options);
		},
	};
});

const root = mkdtempSync(join(tmpdir(), "blc-update-"));
const share = join(root, "share");
const into = join(root, "updates");
const OFFER = offerName("win32", "x64");
const INSTALLER = "blc-command-0.2.0-win-x64.exe";
const program: ThisProgram = {
	version: "0.1.0",
	system: "win32",
	arch: "x64",
};
let publicKey = "";
let offer = "";

/** As the person does who makes an installer. @returns the public key that was printed */
function signAs(key: string, installer = INSTALLER): string {
	const { stdout, stderr } = spawnSync(
		process.execPath,
		["main/launch/sign-update.ts", join(share, installer), "--new-key", key],
		{ encoding: "utf8" },
	);
	const found = /public key (\S+)/.exec(stdout)?.[1];
	if (!found) throw new Error(stderr);
	return found;
}

beforeAll(() => {
	mkdirSync(share);
	writeFileSync(join(share, INSTALLER), "the installer");
	publicKey = signAs(join(root, "key.pem"));
	offer = readFileSync(join(share, OFFER), "utf8");
}, 30_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

const take = (of: Partial<ThisProgram> = {}) =>
	takeOffered({ folder: share, publicKey }, into, { ...program, ...of });

test("a newer installer that is signed is checked and brought here, and an older one that lay here goes", async () => {
	mkdirSync(into);
	writeFileSync(join(into, "blc-command-0.1.5-win-x64.exe"), "older");
	const path = join(into, INSTALLER);
	expect(await take()).toEqual({ version: "0.2.0", path });
	expect(readFileSync(path, "utf8")).toBe("the installer");
	expect(readdirSync(into)).toEqual([INSTALLER]);
});

test("an older installer that still runs keeps no newer one away", async () => {
	const running = join(into, "still-runs.exe");
	writeFileSync(running, "older");
	rmSync(join(into, INSTALLER));
	expect((await take())?.version).toBe("0.2.0");
	expect(readdirSync(into)).toContain(INSTALLER);
	rmSync(running);
});

test("an offer that went through an editor, which set its mark before it, counts: what was signed is as it was", async () => {
	writeFileSync(join(share, OFFER), `\uFEFF${offer}\r\n`);
	expect((await take())?.version).toBe("0.2.0");
	writeFileSync(join(share, OFFER), offer);
});

test("what runs already, or is newer, is not led back, and its installer stays here no longer", async () => {
	expect(readdirSync(into)).toEqual([INSTALLER]);
	expect(await take({ version: "0.2.0" })).toBeNull();
	expect(existsSync(into)).toBe(false);
	expect(await take({ version: "0.10.0" })).toBeNull();
	expect(await take({ version: null })).toBeNull();
});

test("one for another system is refused, and a folder without an offer offers nothing", async () => {
	writeFileSync(join(share, offerName("linux", "x64")), offer);
	await expect(take({ system: "linux" })).rejects.toThrow(
		"it is for win32 x64, this is linux x64",
	);
	expect(await take({ arch: "arm64" })).toBeNull();
});

test("an offer that was changed, or is signed by another key, is refused", async () => {
	writeFileSync(join(share, OFFER), offer.replace("0.2.0", "0.3.0"));
	await expect(take()).rejects.toThrow("is not signed by the key");
	signAs(join(root, "another.pem"));
	await expect(take()).rejects.toThrow("is not signed by the key");
	writeFileSync(join(share, OFFER), "<html>");
	await expect(take()).rejects.toThrow("not a signed offer");
	writeFileSync(join(share, OFFER), offer);
}, 30_000);

test("an installer that is not the one that was signed is refused, and nothing of it is kept", async () => {
	for (const other of ["the 1nstaller", "the installer and more", "short"]) {
		writeFileSync(join(share, INSTALLER), other);
		await expect(take()).rejects.toThrow("is not the file that was signed");
		expect(readdirSync(into)).toEqual([]);
	}
});

test("a folder that cannot be reached is said, and no 'nothing newer'", async () => {
	await expect(
		takeOffered({ folder: join(root, "gone"), publicKey }, into, program),
	).rejects.toThrow("ENOENT");
});

test("an offer as long as a film is refused by its length, and not read", async () => {
	// Its bytes are on no disk; as a text they would be more than a process of ours may hold.
	truncateSync(join(share, OFFER), 400 * 1024 * 1024);
	await expect(take()).rejects.toThrow("is longer than 16384 bytes");
	writeFileSync(join(share, OFFER), offer);
});

test("an installer that cannot be written here is told in the log, and ends no program", async () => {
	// As long as a name may be: the one it has while it is copied is longer.
	const long = `blc-command-0.2.0-win-x64.${"é".repeat(113)}`;
	writeFileSync(join(share, long), "the installer");
	const key = signAs(join(root, "long.pem"), long);
	const said: string[] = [];
	const watching = watchUpdates(
		{ folder: share, publicKey: key },
		into,
		program,
		(message) => said.push(message),
	);
	await expect.poll(() => watching.now().kind).toBe("fault");
	watching.close();
	expect(said).toEqual([expect.stringContaining("ENAMETOOLONG")]);
}, 30_000);
