import { expect, test } from "vitest";
import { keptWhileWritten } from "../../../renderer/parts/export/kept-while-written.ts";

/** A file that is gone after so many writes, as one whose folder was renamed. */
function place(goneAfter: number, goneAtClose = false) {
	const told = { writes: 0, asked: false };
	const gone = () => new DOMException("not found", "NotFoundError");
	const file = new WritableStream({
		write() {
			if (++told.writes > goneAfter) throw gone();
		},
		close() {
			told.asked = true;
			if (goneAtClose) throw gone();
		},
	});
	return { file, told };
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
		const kept = keptWhileWritten(gone.file);
		expect(await writeAll(kept)).toBe(WHOLE);
		expect((kept.failure() as DOMException).name).toBe("NotFoundError");
	}
	const early = place(1);
	await writeAll(keptWhileWritten(early.file));
	// Given up, and not written to again.
	expect(early.told).toEqual({ writes: 2, asked: false });
});

test("of a film that was written where it should be nothing failed, and what was not written between two pieces is zeros", async () => {
	const kept = keptWhileWritten(place(99).file);
	expect(await writeAll(kept)).toBe(WHOLE);
	expect(kept.failure()).toBeNull();
	const apart = keptWhileWritten(place(99).file);
	await apart.into
		.getWriter()
		.write({ type: "write", position: 2, data: new Uint8Array([7]) });
	expect([...new Uint8Array(await apart.whole().arrayBuffer())]).toEqual([
		0, 0, 7,
	]);
});
