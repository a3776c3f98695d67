import {
	mkdtempSync,
	readdirSync,
	rmSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
	type CleanPicture,
	cleanPicture,
	LARGEST_PICTURE,
	MOST_PICTURES,
} from "../../../core/wall/picture.ts";
import { openKeptPictures } from "../../../main/backend/workspace/kept-pictures.ts";

const SECRET = "GPS -6.2088 106.8456 iPhone milik Rina";

function pngChunk(name: string, data: Uint8Array | string): Buffer {
	const body = Buffer.concat([Buffer.from(name, "latin1"), Buffer.from(data)]);
	const chunk = Buffer.alloc(body.length + 8);
	chunk.writeUInt32BE(body.length - 4, 0);
	body.copy(chunk, 4);
	chunk.writeUInt32BE(crc32(body), body.length + 4);
	return chunk;
}

function png(width: number, height: number, ...between: Buffer[]): Buffer {
	const head = Buffer.alloc(13);
	head.writeUInt32BE(width, 0);
	head.writeUInt32BE(height, 4);
	head.set([8, 0, 0, 0, 0], 8);
	return Buffer.concat([
		Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
		pngChunk("IHDR", head),
		...between,
		pngChunk("IDAT", deflateSync(Buffer.alloc((width + 1) * height))),
		pngChunk("IEND", ""),
	]);
}

function webpChunk(name: string, data: Uint8Array | string): Buffer {
	const body = Buffer.from(data);
	const chunk = Buffer.alloc(8 + body.length + (body.length % 2));
	chunk.write(name, 0, "latin1");
	chunk.writeUInt32LE(body.length, 4);
	body.copy(chunk, 8);
	return chunk;
}

function webp(...chunks: Buffer[]): Buffer {
	const body = Buffer.concat([Buffer.from("WEBP"), ...chunks]);
	const head = Buffer.alloc(8);
	head.write("RIFF");
	head.writeUInt32LE(body.length, 4);
	return Buffer.concat([head, body]);
}

/** A picture that states its size and nothing else: form is checked, not pixels. */
function vp8l(width: number, height: number): Buffer {
	const data = Buffer.alloc(6);
	data[0] = 0x2f;
	data.writeUInt32LE((width - 1) | ((height - 1) << 14), 1);
	return webpChunk("VP8L", data);
}

function vp8x(width: number, height: number, flags: number): Buffer {
	const data = Buffer.alloc(10);
	data[0] = flags;
	data.writeUIntLE(width - 1, 4, 3);
	data.writeUIntLE(height - 1, 7, 3);
	return webpChunk("VP8X", data);
}

const cleaned = (bytes: Uint8Array): CleanPicture => {
	const clean = cleanPicture(bytes);
	if (typeof clean === "string") throw new Error(clean);
	return clean;
};
const holds = (bytes: Uint8Array, text: string) =>
	Buffer.from(bytes).includes(text);

describe("a picture for a wall", () => {
	test("a PNG loses where and by whom it was made, and what hangs on behind its end; what is drawn stays byte for byte", () => {
		const told = png(
			...([4, 3] as const),
			pngChunk("eXIf", SECRET),
			pngChunk("tEXt", `Author\0${SECRET}`),
			pngChunk("iTXt", `XML:com.adobe.xmp\0\0\0\0\0${SECRET}`),
			pngChunk("gAMA", Buffer.from([0, 0, 177, 143])),
		);
		const clean = cleaned(Buffer.concat([told, Buffer.from(SECRET)]));
		expect(clean).toMatchObject({ type: "image/png", width: 4, height: 3 });
		expect(holds(clean.bytes, SECRET)).toBe(false);
		expect(Buffer.from(clean.bytes)).toEqual(
			png(4, 3, pngChunk("gAMA", Buffer.from([0, 0, 177, 143]))),
		);
	});

	test("a WebP too, and no longer says that it had them", () => {
		const clean = cleaned(
			webp(
				vp8x(40, 30, 0x08 | 0x04 | 0x10),
				vp8l(40, 30),
				webpChunk("EXIF", SECRET),
				webpChunk("XMP ", SECRET),
			),
		);
		expect(clean).toMatchObject({ type: "image/webp", width: 40, height: 30 });
		expect(holds(clean.bytes, SECRET)).toBe(false);
		expect(Buffer.from(clean.bytes)).toEqual(
			webp(vp8x(40, 30, 0x10), vp8l(40, 30)),
		);
		expect(cleaned(clean.bytes).bytes).toEqual(clean.bytes);
	});

	test.each([
		["a page", Buffer.from("<svg onload='alert(1)'/>"), "not-a-picture"],
		["a JPEG", Buffer.from("\xff\xd8\xff\xe1Exif", "latin1"), "not-a-picture"],
		["nothing", Buffer.alloc(0), "not-a-picture"],
		["a PNG cut off", png(4, 3).subarray(0, 60), "damaged"],
		["a PNG without an end", png(4, 3).subarray(0, -12), "damaged"],
		["a PNG that moves", png(4, 3, pngChunk("acTL", "12345678")), "moving"],
		["a PNG of no size", png(0, 3), "damaged"],
		["a WebP that moves", webp(vp8x(4, 3, 0x02), vp8l(4, 3)), "moving"],
		["a WebP of two sizes", webp(vp8x(4, 3, 0), vp8l(5, 3)), "damaged"],
		["a WebP of nothing", webp(webpChunk("EXIF", SECRET)), "damaged"],
		["more pixels than a wall has", webp(vp8l(16_000, 16_000)), "too-large"],
		["more bytes", Buffer.alloc(LARGEST_PICTURE + 1), "too-large"],
	])("%s is refused", (_, bytes, why) => {
		expect(cleanPicture(bytes)).toBe(why);
	});

	test("whatever is cut off or changed, it is refused or is a picture within the limits, and nothing is thrown", () => {
		const whole = [
			png(4, 3, pngChunk("tEXt", SECRET)),
			webp(vp8x(40, 30, 0x08), vp8l(40, 30), webpChunk("EXIF", SECRET)),
		];
		fc.assert(
			fc.property(
				fc.constantFrom(...whole),
				fc.nat(200),
				fc.array(fc.tuple(fc.nat(199), fc.nat(255)), { maxLength: 4 }),
				(picture, length, changes) => {
					const bytes = Buffer.from(picture.subarray(0, length));
					for (const [at, value] of changes)
						if (at < bytes.length) bytes[at] = value;
					const clean = cleanPicture(bytes);
					if (typeof clean === "string") return;
					expect(clean.width * clean.height).toBeGreaterThan(0);
					expect(clean.bytes.length).toBeLessThanOrEqual(bytes.length);
				},
			),
		);
	});
});

describe("the pictures of a workstation", () => {
	let folder: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "blc-pictures-"));
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));
	const open = (used: string[] = []) =>
		openKeptPictures(join(folder, "pictures"), () => new Set(used));
	const kept = (width: number, pictures = open()) => {
		const { id, became } = pictures.keep(png(width, 1));
		if (id === null) throw new Error(became);
		return id;
	};

	test("one that is given twice is kept once, and read as it was", async () => {
		const pictures = open();
		const id = kept(4, pictures);
		expect(kept(4, pictures)).toBe(id);
		expect(readdirSync(join(folder, "pictures"))).toEqual([id]);
		const read = await pictures.read(id);
		expect(read && Buffer.from(read.bytes)).toEqual(png(4, 1));
		expect(await pictures.read("0".repeat(64))).toBeNull();
	});

	test("one that was changed on the disk is shown to nobody", async () => {
		const id = kept(4);
		writeFileSync(join(folder, "pictures", id), png(5, 1));
		expect(await open().read(id)).toBeNull();
		// Given again it is there again.
		expect(kept(4)).toBe(id);
		expect(await open().read(id)).not.toBeNull();
	});

	test("one that is given again after a day stays until its scene is kept, whatever comes after it", () => {
		const again = kept(2);
		const old = new Date(Date.now() - 25 * 3_600_000);
		utimesSync(join(folder, "pictures", again), old, old);
		kept(2);
		kept(3);
		expect(readdirSync(join(folder, "pictures"))).toContain(again);
	});

	test("a process that may not keep them removes none", () => {
		const unused = kept(2);
		const old = new Date(Date.now() - 25 * 3_600_000);
		utimesSync(join(folder, "pictures", unused), old, old);
		const second = openKeptPictures(
			join(folder, "pictures"),
			() => new Set(),
			() => false,
		);
		second.keep(png(3, 1));
		expect(readdirSync(join(folder, "pictures"))).toContain(unused);
	});

	test("one that no scene shows goes after a day when another one comes; one that is shown stays", () => {
		const [shown, unused] = [kept(2), kept(3)];
		const old = new Date(Date.now() - 25 * 3_600_000);
		for (const id of [shown, unused])
			utimesSync(join(folder, "pictures", id), old, old);
		const fresh = kept(4, open([shown]));
		expect(readdirSync(join(folder, "pictures")).sort()).toEqual(
			[shown, fresh].sort(),
		);
	});

	test("there are no more than the stated number", () => {
		const first = kept(1);
		for (let at = 1; at < MOST_PICTURES; at++)
			writeFileSync(join(folder, "pictures", String(at).padStart(64, "0")), "");
		const pictures = open();
		expect(pictures.keep(png(2, 1))).toEqual({
			...{ became: "too-many", id: null },
		});
		expect(pictures.keep(png(1, 1))).toEqual({ became: "kept", id: first });
	});
});
