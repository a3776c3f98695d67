import {
	mkdtempSync,
	rmSync,
	symlinkSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { folderLooks } from "../../../hub/roads/folder.ts";

let folder: string;
let now = Date.UTC(2020, 3, 20, 5);

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), "folder-looks-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** @param age seconds since it was written */
function put(name: string, text: string, age = 60): void {
	const file = path.join(folder, name);
	writeFileSync(file, text);
	utimesSync(file, now / 1000 - age, now / 1000 - age);
}

describe("files of a folder", () => {
	it("are read when their turn comes and no earlier, so that a folder may hold more than the memory", async () => {
		const look = folderLooks(folder, () => now);
		put("a.csv", "one");
		put("b.csv", "two");
		await look();
		const { whole } = await look();
		expect(whole.map(({ name }) => name)).toEqual(["a.csv", "b.csv"]);
		expect(whole.some((one) => "bytes" in one)).toBe(false);
		expect(Buffer.from((await whole[0]?.read()) as Uint8Array)).toEqual(
			Buffer.from("one"),
		);
		// Written anew, or a link in its place, before its turn: another file, which is looked at anew.
		put("b.csv", "three", 30);
		expect(await whole[1]?.read()).toBeNull();
		whole[0]?.done(Infinity);
		expect((await look()).whole).toEqual([]);
		const [later] = (await look()).whole;
		expect(Buffer.from((await later?.read()) as Uint8Array).toString()).toBe(
			"three",
		);
		rmSync(path.join(folder, "b.csv"));
		symlinkSync(path.join(folder, "a.csv"), path.join(folder, "b.csv"));
		expect(await later?.read()).toMatchObject({ file: "b.csv" });
		now += 1000;
	});
});
