import { expect, test } from "vitest";
import { keptWhileWritten } from "../../../renderer/parts/export/kept-while-written.ts";

/** A file that is gone after so many writes, as one whose folder was renamed. */
function place(goneAfter: number, goneAtClose = false) {
	let writes = 0;
	let aborted = 0;
	const gone = () => new DOMException("not found", "NotFoundError");
	return {
		write: async () => {
			if (++writes > goneAfter) throw gone();
		},
		close: async () => {
			if (goneAtClose) throw gone();
		},
		abort: async () => void aborted++,
		told: () => ({ writes, aborted }),
	};
}
const WRITTEN = [
	[0, "headMDAT"],
	[8, "frames one "],
	[19, "frames two"],
	[4, "SIZE"],
	[2, "AD"],
] as const;
async function writeAll(kept: ReturnType<typeof keptWhileWritten>) {
	const pen = kept.into.getWriter();
	for (const [position, text] of WRITTEN)
		await pen.write({
			type: "write",
			position,
			data: new TextEncoder().encode(text),
		});
	await pen.close();
	return kept.whole().text();
}
const WHOLE = "heADSIZEframes one frames two";

test("a film whose file goes away while it is written, or as it is closed, is whole beside it, with sizes written late in their place", async () => {
	for (const gone of [place(1), place(0), place(99, true)]) {
		const kept = keptWhileWritten(gone);
		expect(await writeAll(kept)).toBe(WHOLE);
		expect((kept.failure() as DOMException).name).toBe("NotFoundError");
		// Given up once, and not written to again.
		expect(gone.told().aborted).toBe(1);
	}
	const early = place(1);
	await writeAll(keptWhileWritten(early));
	expect(early.told().writes).toBe(2);
});

test("of a film that was written where it should be nothing failed, and what was not written between two pieces is zeros", async () => {
	const kept = keptWhileWritten(place(99));
	expect(await writeAll(kept)).toBe(WHOLE);
	expect(kept.failure()).toBeNull();
	const apart = keptWhileWritten(place(99));
	await apart.into
		.getWriter()
		.write({ type: "write", position: 2, data: new Uint8Array([7]) });
	expect([...new Uint8Array(await apart.whole().arrayBuffer())]).toEqual([
		0, 0, 7,
	]);
});
