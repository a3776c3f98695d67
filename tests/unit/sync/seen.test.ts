import {
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
	readSeen,
	type Seen,
	writeSeen,
} from "../../../main/backend/sync/seen.ts";

let folder: string;
let path: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "blc-seen-"));
	path = join(folder, "seen.json");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const seen: Seen = {
	epoch: "11111111-2222-4333-8444-555555555555",
	seq: 12,
	issued: "2020-04-12T10:00:00.000Z",
	retired: ["00000000-2222-4333-8444-555555555555"],
	key: "fedcba9876543210",
};
const GIVEN = "0123456789abcdef";

describe("the memory of what was seen of a hub", () => {
	it("is what was written, and never seen only when there is no file", () => {
		expect(readSeen(path, GIVEN)).toBeNull();
		writeSeen(path, seen);
		expect(readSeen(path, GIVEN)).toEqual(seen);
	});

	it("survives the damage of either copy, whatever the bit", () => {
		writeSeen(path, seen);
		for (const copy of [path, `${path}.copy`]) {
			const whole = readFileSync(copy);
			for (let bit = 0; bit < whole.length * 8; bit += 7) {
				const bytes = Buffer.from(whole);
				bytes[bit >> 3] ^= 1 << (bit & 7);
				writeFileSync(copy, bytes);
				expect(readSeen(path, GIVEN)).toEqual(seen);
			}
			writeFileSync(copy, whole);
		}
	});

	it.each<[string, (copy: string) => void]>([
		["torn", (copy) => writeFileSync(copy, '{"seen":{"epo')],
		["emptied", (copy) => writeFileSync(copy, "")],
		[
			"no file at all",
			(copy) => {
				rmSync(copy);
				mkdirSync(copy);
			},
		],
		[
			"changed",
			(copy) =>
				writeFileSync(
					copy,
					readFileSync(copy, "utf8").replace('"seq":12', '"seq":11'),
				),
		],
	])("is not taken for never seen when it is %s", (_, damage) => {
		writeSeen(path, seen);
		damage(path);
		damage(`${path}.copy`);
		expect(() => readSeen(path, GIVEN)).toThrow(
			/cannot be read.*not followed/s,
		);
		// One copy that is gone beside one that is unreadable is no reason to trust anybody either.
		rmSync(`${path}.copy`, { recursive: true });
		expect(() => readSeen(path, GIVEN)).toThrow(/cannot be read/);
	});

	it("of an earlier version is still understood: it was signed by the key that was given", () => {
		const { key: _, ...earlier } = seen;
		writeFileSync(path, JSON.stringify(earlier));
		expect(readSeen(path, GIVEN)).toEqual({ ...earlier, key: GIVEN });
	});
});
