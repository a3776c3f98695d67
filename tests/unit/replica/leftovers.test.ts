import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
	newReplicaPath,
	removeAsideBut,
	removeLeftovers,
	setAside,
	switchTo,
} from "../../../main/backend/replica/location.ts";
import { ofProvince } from "../../../main/backend/replica/replica-database.ts";

test("cleaning up spares the replica that came into use meanwhile", () => {
	const folder = mkdtempSync(join(tmpdir(), "blc-leftovers-"));
	try {
		for (const name of ["before", "meanwhile", "halfway"])
			writeFileSync(join(folder, `replica.${name}.db`), "");
		switchTo(folder, join(folder, "replica.meanwhile.db"));
		// The one in use as it was known when cleaning up began; none, when there was none yet.
		removeLeftovers(folder, join(folder, "replica.before.db"));
		expect(readdirSync(folder).sort()).toEqual([
			"replica.before.db",
			"replica.json",
			"replica.meanwhile.db",
		]);
		removeLeftovers(folder, null);
		expect(readdirSync(folder).sort()).toEqual([
			"replica.json",
			"replica.meanwhile.db",
		]);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});

test("nothing of the country or of another province stays beside the replica of a province, a damaged one neither", () => {
	const folder = mkdtempSync(join(tmpdir(), "blc-leftovers-"));
	const put = (snapshot: string): string => {
		const path = newReplicaPath(folder, "0f0f0f0f-1", snapshot);
		for (const suffix of ["", "-wal"]) writeFileSync(path + suffix, "");
		return path;
	};
	try {
		const [theirs, own] = [`${ofProvince("3")}-7`, `${ofProvince("35")}-8`];
		setAside(folder, put("a-snapshot"));
		setAside(folder, put(theirs));
		removeAsideBut(folder, ofProvince("35"));
		expect(readdirSync(folder)).toEqual([]);
		setAside(folder, put(own));
		const kept = readdirSync(folder);
		removeAsideBut(folder, ofProvince("35"));
		expect(kept).toHaveLength(2);
		expect(readdirSync(folder)).toEqual(kept);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});
