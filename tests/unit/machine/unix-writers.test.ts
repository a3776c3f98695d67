import {
	chmodSync,
	lchownSync,
	mkdirSync,
	mkdtempSync,
	realpathSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
	administratorsOf,
	openPlaces,
} from "../../../machine/files/unix-writers.ts";

const isWindows = process.platform === "win32";

test("root alone is an administrator; on macOS the groups that own its Library may write", () => {
	expect(administratorsOf("linux")).toEqual({ users: [0], groups: [] });
	expect(administratorsOf("darwin")).toEqual({ users: [0], groups: [0, 80] });
});

test.skipIf(isWindows)(
	"the folder in which this system keeps what holds for the machine is closed as it is installed",
	() => {
		expect(openPlaces("/etc/hosts", administratorsOf("darwin"))).toEqual([]);
	},
);

describe.skipIf(isWindows)("a file of a machine's administrator", () => {
	const { uid, gid } = userInfo();
	let root: string;
	let folder: string;
	let path: string;
	beforeEach(() => {
		root = realpathSync(mkdtempSync(join(tmpdir(), "blc-writers-")));
		folder = join(root, "machine");
		path = join(folder, "hub.json");
		mkdirSync(folder, { mode: 0o755 });
		writeFileSync(path, "{}", { mode: 0o644 });
	});
	afterEach(() => rmSync(root, { recursive: true, force: true }));
	/** Where it is open, by this account in the place of root. */
	const found = (groups: number[] = [], users = [0, uid]) =>
		openPlaces(path, { users, groups }).map(
			({ path: place, who, linked }) =>
				`${place.slice(root.length)}${linked ? " behind a link" : ""} ${who}`,
		);

	test("is open nowhere where it and all above it is root's and written by none, or by a group of administrators", () => {
		expect(found()).toEqual([]);
		chmodSync(folder, 0o775);
		expect(found([gid])).toEqual([]);
	});
	test("is open where a group or everybody writes it, or its folder, or one above it", () => {
		chmodSync(path, 0o664);
		chmodSync(folder, 0o757);
		chmodSync(root, 0o777);
		expect(found()).toEqual([
			` may be written by group ${gid}, may be written by everybody`,
			"/machine may be written by everybody",
			`/machine/hub.json may be written by group ${gid}`,
		]);
	});
	test("is open where files of others may get a name beside it, though nobody may take away what is another's", () => {
		chmodSync(root, 0o1777);
		expect(found()).toEqual([]);
		chmodSync(folder, 0o1757);
		expect(found()).toEqual(["/machine may be written by everybody"]);
	});
	test("is open where another account owns it, its folder, or a link on its way", () => {
		const other = [0, uid + 1];
		// Whoever runs this as root sees what it was given away for.
		if (uid === 0) {
			for (const place of [folder, path]) lchownSync(place, 1001, 1001);
			expect(found()).toEqual([
				"/machine belongs to account 1001",
				"/machine/hub.json belongs to account 1001",
			]);
		} else
			expect(found([], other)).toEqual(
				expect.arrayContaining([
					`/machine belongs to account ${uid}`,
					`/machine/hub.json belongs to account ${uid}`,
				]),
			);
	});
	test("is looked at where links lead, one after another, and not where a link stands whose own bits say nothing", () => {
		mkdirSync(join(root, "a"));
		mkdirSync(join(root, "b"));
		writeFileSync(join(root, "b", "kept.json"), "{}");
		chmodSync(join(root, "b"), 0o777);
		symlinkSync("../b", join(root, "a", "way"));
		rmSync(path);
		symlinkSync(join(root, "a", "way", "kept.json"), path);
		expect(found()).toEqual([
			`/b behind a link may be written by group ${gid}, may be written by everybody`,
		]);
	});
	test("that is led in a circle, or is not there, is no closed one", () => {
		rmSync(path);
		expect(() => found()).toThrow("ENOENT");
		symlinkSync(path, path);
		expect(() => found()).toThrow("circle");
		rmSync(path);
		symlinkSync(join(root, "not attached", "hub.json"), path);
		expect(() => found()).toThrow("where nothing is");
	});
});
