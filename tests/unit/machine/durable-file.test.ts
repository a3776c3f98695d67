import type fs from "node:fs";
import {
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
	createFile,
	removeFilesUnlessHeld,
	removeSecondNames,
	removeUnlessHeld,
	removeWhenFree,
	renameWhenFree,
	replaceFile,
	syncFolder,
} from "../../../machine/files/durable-file.ts";

let folder = "none";
/** What was brought onto the disk, in its order; and how the machine fails next. */
let synced: string[] = [];
let renameRefusals = 0;
let removeRefusals = 0;
let removeFault: string | null = null;
let syncFailure: string | null = null;
let writeFailure: string | null = null;
vi.mock("node:fs", async (original) => {
	const real = await original<typeof fs>();
	const failing = (code: string) => Object.assign(new Error(code), { code });
	const open = new Map<number, string>();
	return {
		...real,
		openSync(path: string, flags: string) {
			const file = real.openSync(path, flags);
			open.set(file, path);
			return file;
		},
		fsyncSync(file: number) {
			if (syncFailure) throw failing(syncFailure);
			real.fsyncSync(file);
			synced.push(open.get(file) ?? "");
		},
		writeFileSync(path: string, content: string, options: { flush?: true }) {
			real.writeFileSync(path, writeFailure ? "ha" : content, options);
			if (writeFailure) throw failing(writeFailure);
			if (options?.flush) synced.push(path);
		},
		renameSync(from: string, to: string) {
			if (renameRefusals-- > 0) throw failing("EPERM");
			real.renameSync(from, to);
			synced.push(`renamed ${to}`);
		},
		rmSync(path: string, options: { force?: boolean }) {
			if (path.startsWith(folder) && removeFault) throw failing(removeFault);
			if (path.startsWith(folder) && removeRefusals-- > 0)
				throw failing("EBUSY");
			real.rmSync(path, options);
		},
	};
});

describe("a file that must be there after a power failure", () => {
	let path: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "blc-durable-"));
		path = join(folder, "kept.json");
		renameRefusals = removeRefusals = 0;
		syncFailure = writeFailure = null;
		writeFileSync(path, "old");
		synced = [];
	});
	afterEach(() => {
		vi.restoreAllMocks();
		removeRefusals = 0;
		rmSync(folder, { recursive: true, force: true });
	});

	test("is on the disk before it has its name, and its name after", () => {
		replaceFile(path, "new");
		expect(readFileSync(path, "utf8")).toBe("new");
		expect(synced).toEqual([
			expect.stringContaining(".tmp"),
			`renamed ${path}`,
			folder,
		]);
	});

	test.runIf(process.platform !== "win32")(
		"can be read by this account alone, whatever the one before it was",
		() => {
			replaceFile(path, "new");
			expect(statSync(path).mode & 0o777).toBe(0o600);
		},
	);

	test("stays as it was when the disk is full, and nothing lies beside it", () => {
		writeFailure = "ENOSPC";
		expect(() => replaceFile(path, "half of it is written")).toThrow("ENOSPC");
		expect(readFileSync(path, "utf8")).toBe("old");
		expect(readdirSync(folder)).toEqual(["kept.json"]);
	});

	test("is written although a scanner looks at it for a moment, as on Windows", () => {
		renameRefusals = 3;
		replaceFile(path, "new");
		expect(readFileSync(path, "utf8")).toBe("new");
	});

	test("is written so also by a thread that its host forbids to wait", () => {
		vi.spyOn(Atomics, "wait").mockImplementation(() => {
			throw new TypeError("Atomics.wait cannot be called in this context");
		});
		// However the machine's clock is set.
		vi.spyOn(Date, "now").mockImplementation(() => {
			throw new Error("the time of day was asked");
		});
		renameRefusals = 3;
		replaceFile(path, "new");
		expect(readFileSync(path, "utf8")).toBe("new");
	});

	test("is not waited for without end, and then stays as it was", () => {
		renameRefusals = Number.POSITIVE_INFINITY;
		expect(() => replaceFile(path, "new")).toThrow("EPERM");
		expect(readFileSync(path, "utf8")).toBe("old");
		expect(readdirSync(folder)).toEqual(["kept.json"]);
	});

	test("is there, or not, by what became of it, and not by what a scanner lets nobody remove beside it", () => {
		removeRefusals = Number.POSITIVE_INFINITY;
		expect(createFile(join(folder, "new.json"), "new")).toBe(true);
		expect(createFile(path, "new")).toBe(false);
		replaceFile(path, "new");
		renameRefusals = Number.POSITIVE_INFINITY;
		expect(() => replaceFile(path, "newer")).toThrow("EPERM");
		expect(readFileSync(path, "utf8")).toBe("new");
		removeRefusals = 0;
	});

	test("is never written through a name that was left of it, and that goes as soon as it can", () => {
		const key = join(folder, "key.pem");
		removeRefusals = Number.POSITIVE_INFINITY;
		createFile(key, "secret");
		expect(readdirSync(folder)).toHaveLength(3);
		createFile(key, "another");
		expect(readFileSync(key, "utf8")).toBe("secret");
		removeSecondNames(key);
		expect(readFileSync(key, "utf8")).toBe("secret");
		removeRefusals = 0;
		removeSecondNames(key);
		expect(readFileSync(key, "utf8")).toBe("secret");
		expect(
			readdirSync(folder).filter(
				(name) => readFileSync(join(folder, name), "utf8") === "secret",
			),
		).toEqual(["key.pem"]);
	});

	test("of many those that are held stay, without a long wait for each, and a folder among them is nobody's to remove", () => {
		const names = ["a", "b", "c", "photos"];
		for (const name of names.slice(0, 3)) writeFileSync(join(folder, name), "");
		mkdirSync(join(folder, "photos"));
		expect(removeFilesUnlessHeld(folder, names)).toEqual(["photos"]);
		expect(readdirSync(folder).sort()).toEqual(["kept.json", "photos"]);
		for (const name of names.slice(0, 3)) writeFileSync(join(folder, name), "");
		removeRefusals = 11;
		expect(removeFilesUnlessHeld(folder, names.slice(0, 3))).toEqual([
			...["a", "b"],
		]);
		expect(readdirSync(folder).sort()).toEqual([
			...["a", "b", "kept.json", "photos"],
		]);
	});

	test("stays where somebody writes into it, and a disk that fails is told", () => {
		removeFault = "ENOTEMPTY";
		expect(removeUnlessHeld(folder)).toBe(false);
		removeFault = "EIO";
		expect(() => removeUnlessHeld(folder)).toThrow("EIO");
		expect(() => removeFilesUnlessHeld(folder, ["a"])).toThrow("EIO");
		removeFault = null;
	});

	test("is removed although somebody looks at it for a moment, and not waited for without end", () => {
		removeRefusals = 3;
		removeWhenFree(path);
		expect(readdirSync(folder)).toEqual([]);
		removeRefusals = Number.POSITIVE_INFINITY;
		expect(() => removeWhenFree(path)).toThrow("EBUSY");
		removeRefusals = 0;
	});

	test("is not said to be there by a disk that fails, but by one that cannot sync folders", () => {
		syncFailure = "EIO";
		expect(() => replaceFile(path, "new")).toThrow("EIO");
		syncFailure = "EINVAL";
		expect(() => syncFolder(folder)).not.toThrow();
	});

	test("is written on Windows too, whose folders cannot be opened to be synced", () => {
		vi.spyOn(process, "platform", "get").mockReturnValue("win32");
		replaceFile(path, "new");
		expect(readFileSync(path, "utf8")).toBe("new");
		expect(synced).toEqual([
			expect.stringContaining(".tmp"),
			`renamed ${path}`,
		]);
	});

	test("is the one of whoever came first, when it is made", () => {
		expect(createFile(path, "second")).toBe(false);
		expect(readFileSync(path, "utf8")).toBe("old");
		expect(createFile(join(folder, "other"), "first")).toBe(true);
		expect(readdirSync(folder).sort()).toEqual(["kept.json", "other"]);
	});

	test("is removed by nobody of hub and workstation without a thought of who looks at it on Windows", () => {
		const bare = ["hub", "main", "machine"].flatMap((part) =>
			readdirSync(part, { recursive: true, encoding: "utf8" })
				.filter((name) => name.endsWith(".ts"))
				.map((name) => join(part, name))
				.filter((file) =>
					readFileSync(file, "utf8")
						.replace(/whenFree\(\(\) => rmSync\(/g, "")
						// It may stay, and is not waited for.
						.replace(/try \{\s*rmSync\([^;]*;\s*\} catch \{/g, "")
						.includes("rmSync("),
				),
		);
		// Packs the hub where it is made.
		expect(bare).toEqual([join("main", "launch", "dist-hub.ts")]);
	});

	test("goes aside whole, a folder too, as soon as it is let go", () => {
		renameRefusals = 3;
		renameWhenFree(path, `${path}.damaged`);
		expect(readdirSync(folder)).toEqual(["kept.json.damaged"]);
	});
});
