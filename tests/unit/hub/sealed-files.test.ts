import {
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readTold, rememberTold } from "../../../hub/publish/epoch.ts";
import { signingKey } from "../../../hub/publish/signing.ts";
import type { Queryable } from "../../../hub/store/publication.ts";
import { auditHead, noteAuditHead } from "../../../hub/write/audit-head.ts";

let folder: string;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), "blc-sealed-"));
	signingKey(folder);
	rememberTold(folder, null, {
		...{ epoch: "8c1f6b3e-6a52-4a25-9f51-0d9c4f9d3c11", seq: 12 },
		...{ chain: "ab".repeat(32), issued: "2026-11-25T10:00:00.000Z" },
	});
	const trail = {
		query: () => ({ rows: [{ number: 5, hash: "cd".repeat(32) }] }),
	} as unknown as Queryable;
	await noteAuditHead(trail, folder);
});

afterAll(() => rmSync(folder, { recursive: true }));

it("says of a file that breaks off where it does, and nothing of what stands there: one of them holds a password", () => {
	const path = join(folder, "published.json");
	const whole = readFileSync(path, "utf8");
	for (const text of [
		whole.replace("{", '{"password": rahasia,'),
		whole.replace("{", '{"password": "x" "rahasia",'),
	]) {
		writeFileSync(path, text);
		expect(() => readTold(folder)).toThrow(/is not JSON(?!.*rahasia)/);
	}
	writeFileSync(path, whole);
});

it.each([
	["published.json", () => readTold(folder)],
	["audit-head.json", () => auditHead(folder)],
	["signing-key.pem", () => signingKey(folder).publicKey],
	["public-key.txt", () => signingKey(folder).publicKey],
])(
	"never believes %s of another content when one of its bits has flipped",
	(name, read) => {
		const before = read();
		const path = join(folder, name);
		const whole = readFileSync(path);
		const kept = readdirSync(folder).sort();
		const believed: number[] = [];
		for (let bit = 0; bit < whole.length * 8; bit++) {
			const damaged = Buffer.from(whole);
			damaged[bit >> 3] ^= 1 << (bit & 7);
			writeFileSync(path, damaged);
			try {
				if (!isDeepStrictEqual(read(), before)) believed.push(bit);
			} catch (error) {
				const { name, message } = error as Error;
				if (name !== "UnreadableFile" || !message.includes(path)) throw error;
			}
			// Left for a person to look at, or written anew as it was.
			const left = readFileSync(path);
			if (!left.equals(damaged) && !left.equals(whole)) believed.push(bit);
		}
		expect(believed).toEqual([]);
		writeFileSync(path, whole);
		expect(read()).toEqual(before);
		expect(readdirSync(folder).sort()).toEqual(kept);
	},
);
