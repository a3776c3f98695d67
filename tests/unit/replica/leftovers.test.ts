import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
	removeLeftovers,
	switchTo,
} from "../../../main/backend/replica/location.ts";

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
