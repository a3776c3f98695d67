import { expect, test, vi } from "vitest";
import {
	CopyLost,
	keptWhileWritten,
} from "../../../renderer/parts/export/kept-while-written.ts";

/** A file that is gone after so many writes, as one whose folder was renamed. */
function place(goneAfter: number, goneAtClose = false) {
	const told = { writes: 0, asked: false, givenUp: false };
	const gone = () => new DOMException("not found", "NotFoundError");
	const file = new WritableStream({
		write() {
			if (++told.writes > goneAfter) throw gone();
		},
		close() {
			told.asked = true;
			if (goneAtClose) throw gone();
		},
		abort() {
			told.givenUp = true;
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
	await kept.finish();
	return (await kept.whole()).text();
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
	expect(early.told).toMatchObject({ writes: 2, asked: false });
});

test("of a film that was written where it should be nothing failed, and what was not written between two pieces is zeros", async () => {
	const kept = keptWhileWritten(place(99).file);
	expect(await writeAll(kept)).toBe(WHOLE);
	expect(kept.failure()).toBeNull();
	const apart = keptWhileWritten(place(99).file);
	await apart.into
		.getWriter()
		.write({ type: "write", position: 2, data: new Uint8Array([7]) });
	const whole = await apart.whole();
	expect([...new Uint8Array(await whole.arrayBuffer())]).toEqual([0, 0, 7]);
});

test("a film that is given up leaves nothing of it in its place, although the muxer closes what it wrote to", async () => {
	const { file, told } = place(99);
	const kept = keptWhileWritten(file);
	await kept.into.getWriter().close();
	await kept.giveUp();
	expect(told).toMatchObject({ asked: false, givenUp: true });
});

test("a copy that the browser had no room for is not taken for a film", async () => {
	const kept = keptWhileWritten(place(0).file);
	const full = new DOMException("no room", "NotReadableError");
	const read = vi.spyOn(Blob.prototype, "arrayBuffer").mockRejectedValue(full);
	try {
		const lost = await writeAll(kept).catch((reason) => reason);
		expect(lost).toBeInstanceOf(CopyLost);
		expect(lost.cause).toBe(full);
	} finally {
		read.mockRestore();
	}
});
