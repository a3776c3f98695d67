import type fs from "node:fs";
import {
	chmodSync,
	mkdirSync,
	mkdtempSync,
	realpathSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
	administratorsOf,
	openPlaces,
} from "../../../machine/files/unix-writers.ts";

/** The test's own folder: what lies above it, and what account runs this, is another on every machine. */
let root = "none";
/** Whose things are that are not root's. */
const owners = new Map<string, { uid: number; gid: number }>();
// The real one; only whose things are is told as the test says, since ordinary accounts can give nothing away.
vi.mock("node:fs", async (original) => {
	const real = await original<typeof fs>();
	return {
		...real,
		lstatSync(path: string, options?: { throwIfNoEntry?: boolean }) {
			const found = real.lstatSync(path, options);
			if (!found) return found;
			const at = join(path);
			const owner = owners.get(at) ?? { uid: 0, gid: 0 };
			const isAbove = at !== root && !at.startsWith(root + sep);
			return Object.assign(
				found,
				owner,
				isAbove ? { mode: found.mode & ~0o1022 } : {},
			);
		},
	};
});

test("root alone is an administrator; on macOS the groups that own its Library may write", () => {
	expect(administratorsOf("linux")).toEqual({ users: [0], groups: [] });
	expect(administratorsOf("darwin")).toEqual({ users: [0], groups: [0, 80] });
});

describe.skipIf(process.platform === "win32")(
	"a file of a machine's administrator",
	() => {
		let folder: string;
		let path: string;
		/** With their rights, whatever the account that runs this takes from what it makes. */
		const makeFolder = (...names: string[]) => {
			const made = join(root, ...names);
			mkdirSync(made);
			chmodSync(made, 0o755);
			return made;
		};
		const write = (file: string) => {
			writeFileSync(file, "{}");
			chmodSync(file, 0o644);
		};
		beforeEach(() => {
			root = realpathSync(mkdtempSync(join(tmpdir(), "blc-writers-")));
			folder = makeFolder("machine");
			path = join(folder, "hub.json");
			write(path);
		});
		afterEach(() => {
			owners.clear();
			rmSync(root, { recursive: true, force: true });
		});
		const found = (platform: NodeJS.Platform = "linux") =>
			openPlaces(path, administratorsOf(platform)).map(
				({ path: place, who, linked }) =>
					`${place.slice(root.length)}${linked ? " behind a link" : ""} ${who}`,
			);

		test("is open nowhere where it and all above it is root's and written by none, or by a group of administrators", () => {
			expect(found()).toEqual([]);
			chmodSync(folder, 0o775);
			owners.set(folder, { uid: 0, gid: 80 });
			expect(found("darwin")).toEqual([]);
			expect(found("linux")).toEqual(["/machine may be written by group 80"]);
		});
		test("is open where a group or everybody writes it, or its folder, or one above it", () => {
			chmodSync(path, 0o664);
			chmodSync(folder, 0o757);
			chmodSync(root, 0o777);
			expect(found()).toEqual([
				" may be written by group 0, may be written by everybody",
				"/machine may be written by everybody",
				"/machine/hub.json may be written by group 0",
			]);
		});
		test("is open where files of others may get a name beside it, though nobody may take away what is another's", () => {
			chmodSync(root, 0o1777);
			expect(found()).toEqual([]);
			chmodSync(folder, 0o1757);
			expect(found()).toEqual(["/machine may be written by everybody"]);
		});
		test("is open where another account owns it, its folder, or a link on its way", () => {
			for (const place of [folder, path])
				owners.set(place, { uid: 1001, gid: 1001 });
			expect(found()).toEqual([
				"/machine belongs to account 1001",
				"/machine/hub.json belongs to account 1001",
			]);
			owners.clear();
			const link = join(root, "link");
			symlinkSync("machine", link);
			path = join(link, "hub.json");
			owners.set(link, { uid: 1001, gid: 1001 });
			expect(found()).toEqual(["/link belongs to account 1001"]);
		});
		test("is looked at where links lead, one after another, and not where a link stands whose own bits say nothing", () => {
			makeFolder("a");
			chmodSync(makeFolder("b"), 0o777);
			write(join(root, "b", "kept.json"));
			symlinkSync("../b", join(root, "a", "way"));
			rmSync(path);
			symlinkSync(join(root, "a", "way", "kept.json"), path);
			expect(found()).toEqual([
				"/b behind a link may be written by group 0, may be written by everybody",
			]);
		});
		test("is looked at where the system finds it: the folder above the one that a link led to, not the one above the link", () => {
			for (const names of [
				["conf"],
				["far"],
				["far", "conf"],
				["far", "shared"],
			])
				makeFolder(...names);
			symlinkSync(join("far", "shared"), join(root, "shared"));
			write(join(root, "conf", "hub.json"));
			write(join(root, "far", "conf", "hub.json"));
			chmodSync(join(root, "far", "conf", "hub.json"), 0o666);
			rmSync(path);
			symlinkSync("../shared/../conf/hub.json", path);
			expect(realpathSync.native(path)).toBe(
				join(root, "far", "conf", "hub.json"),
			);
			expect(found()).toEqual([
				"/far/conf/hub.json behind a link may be written by group 0, may be written by everybody",
			]);
			rmSync(path);
			symlinkSync("../conf/hub.json/../hub.json", path);
			expect(() => found()).toThrow("ENOTDIR");
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
		test("of which a container does not tell whose it is, is said to be such and not to be somebody's; one that is not there is none", () => {
			for (const place of [sep, folder, path])
				owners.set(place, { uid: 65_534, gid: 65_534 });
			expect(() => found()).toThrow(
				"whose files are is not told here: / belongs to account 65534",
			);
			rmSync(path);
			expect(() => found()).toThrow("ENOENT");
		});
	},
);
