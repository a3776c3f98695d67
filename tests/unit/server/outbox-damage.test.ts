import {
	cpSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import type { Person } from "../../../core/access/person.ts";
import { createRandom } from "../../../core/statistics/random.ts";
import { createSignIns } from "../../../main/backend/hub/sign-in.ts";
import { createOutbox } from "../../../main/backend/outbox/outbox.ts";
import { openOutbox } from "../../../main/backend/outbox/outbox-database.ts";

/** Random bits that are flipped, one in each run. */
const FLIPS = Number(process.env.OUTBOX_FLIPS ?? 60);
const NOW = 1_795_000_000_000;
const folder = mkdtempSync(join(tmpdir(), "blc-outbox-"));
afterAll(() => rmSync(folder, { recursive: true }));

const rina: Person = {
	...{ name: "rina", display: "Rina S.", role: "data-manager" as const },
	scope: "32" as Person["scope"],
};
const nobody = () => {};
const hub = {
	signIn: async () => ({
		...{ kind: "signed-in" as const, token: "token-of-rina" },
		...{ person: rina, endsAt: NOW + 3_600_000 },
	}),
} as unknown as Parameters<typeof createSignIns>[1];

/** What a workstation believes of its file: what it would send, and for whom it answers. */
function believed(path: string): { sent: unknown; signedIn: unknown } {
	let opened: ReturnType<typeof openOutbox>;
	try {
		opened = openOutbox(path);
	} catch (error) {
		// Left as it is; the workstation goes on without orders, and says so.
		expect(String(error)).toContain("newer program");
		return { sent: "refused", signedIn: null };
	}
	const { database, setAside } = opened;
	try {
		const outbox = createOutbox(database, nobody);
		outbox.entries(NOW);
		return {
			sent: setAside === null ? outbox.firsts() : "set aside",
			signedIn: createSignIns(database, null, nobody, () => NOW).of("cookie"),
		};
	} finally {
		database.close();
	}
}

it("neither sends nor shows anything else when one bit of the outbox has flipped: the file is put aside, or somebody signs in again", async () => {
	const good = join(folder, "good.db");
	const { database } = openOutbox(good);
	const outbox = createOutbox(database, nobody);
	for (let i = 0; i < 40; i++)
		outbox.add(
			{
				id: `00000000-0000-4000-8000-${String(i).padStart(12, "0")}`,
				...{ name: "override-value", basedOn: 7 },
				request: { indicator: "confirmed", area: "32.73", value: 100 + i },
			},
			rina,
			NOW,
		);
	const signIns = createSignIns(database, hub, nobody, () => NOW);
	await signIns.signIn("cookie", "rina", "sandi yang panjang");
	database.close();
	const before = believed(good);
	expect(before).toMatchObject({
		sent: [{ message: { request: { value: 100 } } }],
		signedIn: { person: rina },
	});

	const bytes = readFileSync(good);
	const random = createRandom(Number(process.env.OUTBOX_SEED ?? 3));
	for (let run = 0; run < FLIPS; run++) {
		const path = join(folder, "run.db");
		const damaged = Buffer.from(bytes);
		const bit = Math.floor(random.uniform() * bytes.length * 8);
		damaged[bit >> 3] ^= 1 << (bit & 7);
		writeFileSync(path, damaged);
		const now = believed(path);
		expect([before.sent, "set aside", "refused"], `bit ${bit}`).toContainEqual(
			now.sent,
		);
		expect([before.signedIn, null], `bit ${bit}`).toContainEqual(now.signedIn);
		if (now.sent === "set aside") {
			const aside = `${path}.damaged-1`;
			expect(readFileSync(aside).equals(damaged), `bit ${bit}`).toBe(true);
			rmSync(aside);
		}
		rmSync(path);
	}
	// An intact one is opened as it was.
	cpSync(good, join(folder, "copy.db"));
	expect(believed(join(folder, "copy.db"))).toEqual(before);
});
