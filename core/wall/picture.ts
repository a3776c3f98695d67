import { z } from "zod";

/** What a picture on a wall may be at most: the file as it is kept, and its pixels, of which a browser holds four bytes each. */
export const LARGEST_PICTURE = 4_000_000;
export const MOST_PIXELS = 3_840 * 3_840;
/** Pictures that a workstation keeps. */
export const MOST_PICTURES = 200;

/** A picture is called by the SHA-256 of what is kept of it. */
export const PictureId = z.string().regex(/^[0-9a-f]{64}$/);

export const PICTURE_TYPES = ["image/png", "image/webp"] as const;
export type PictureType = (typeof PICTURE_TYPES)[number];

/** A picture of which nothing is left but what is drawn. */
export interface CleanPicture {
	readonly type: PictureType;
	readonly width: number;
	readonly height: number;
	readonly bytes: Uint8Array;
}

/** Why a file is kept as no picture: it is none of the two kinds, not whole, moves, or is too large. */
export const PICTURE_REFUSALS = [
	"not-a-picture",
	"damaged",
	"moving",
	"too-large",
] as const;
export type PictureRefusal = (typeof PICTURE_REFUSALS)[number];

/**
 * A PNG or WebP without anything but its pixels: where and when it was taken, by whom and with what (EXIF, XMP, text), a second picture in it and
 * whatever stands behind its end are left out. Its form is checked, not each pixel: a browser that cannot draw it says so in its place.
 * (W3C Portable Network Graphics, third edition, 2025; RFC 9649 WebP.)
 */
export function cleanPicture(bytes: Uint8Array): CleanPicture | PictureRefusal {
	if (bytes.length > LARGEST_PICTURE) return "too-large";
	const clean = isAt(bytes, 0, PNG)
		? cleanPng(bytes)
		: isAt(bytes, 0, RIFF) && isAt(bytes, 8, WEBP)
			? cleanWebp(bytes)
			: "not-a-picture";
	if (typeof clean === "string") return clean;
	const { width, height } = clean;
	if (width === 0 || height === 0) return "damaged";
	return width * height > MOST_PIXELS ? "too-large" : clean;
}

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const RIFF = codes("RIFF");
const WEBP = codes("WEBP");
/** Chunks of a PNG that say what is drawn; all others are left out. */
const DRAWN_PNG = new Set([
	...["IHDR", "PLTE", "tRNS", "cHRM", "gAMA", "sRGB", "IDAT", "IEND"],
]);
/** Those of a WebP. */
const DRAWN_WEBP = new Set(["VP8X", "ALPH", "VP8 ", "VP8L"]);
/** Of what a VP8X says of a picture only this is left: that it is not opaque. */
const ALPHA = 0x10;
const ANIMATED = 0x02;

function codes(text: string): number[] {
	return [...text].map((letter) => letter.charCodeAt(0));
}

function isAt(
	bytes: Uint8Array,
	at: number,
	expected: readonly number[],
): boolean {
	return expected.every((code, place) => bytes[at + place] === code);
}

function nameAt(bytes: Uint8Array, at: number): string {
	return String.fromCharCode(...bytes.subarray(at, at + 4));
}

function viewOf(bytes: Uint8Array): DataView {
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
	const all = new Uint8Array(
		parts.reduce((sum, { length }) => sum + length, 0),
	);
	let at = 0;
	for (const part of parts) {
		all.set(part, at);
		at += part.length;
	}
	return all;
}

function cleanPng(bytes: Uint8Array): CleanPicture | PictureRefusal {
	const view = viewOf(bytes);
	const parts = [bytes.subarray(0, PNG.length)];
	let size: { width: number; height: number } | null = null;
	let hasPixels = false;
	for (let at = PNG.length; at + 12 <= bytes.length; ) {
		const length = view.getUint32(at);
		const name = nameAt(bytes, at + 4);
		const end = at + 12 + length;
		if (end > bytes.length) return "damaged";
		if ((name === "IHDR") !== (size === null)) return "damaged";
		if (name === "IHDR") {
			if (length !== 13) return "damaged";
			size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
		}
		if (name === "acTL") return "moving";
		if (name === "IDAT") hasPixels = true;
		if (DRAWN_PNG.has(name)) parts.push(bytes.subarray(at, end));
		if (name === "IEND")
			return size && hasPixels
				? { type: "image/png", ...size, bytes: joined(parts) }
				: "damaged";
		at = end;
	}
	return "damaged";
}

function cleanWebp(bytes: Uint8Array): CleanPicture | PictureRefusal {
	const view = viewOf(bytes);
	const end = Math.min(bytes.length, 8 + view.getUint32(4, true));
	const parts: Uint8Array[] = [];
	let stated: { width: number; height: number } | null = null;
	let drawn: { width: number; height: number } | null = null;
	for (let at = 12; at + 8 <= end; ) {
		const name = nameAt(bytes, at);
		const length = view.getUint32(at + 4, true);
		// Of an odd length one byte more is there.
		const next = at + 8 + length + (length % 2);
		if (next > end) return "damaged";
		const part = bytes.slice(at, next);
		if (name === "ANIM" || name === "ANMF") return "moving";
		if (name === "VP8X") {
			if (length < 10 || at !== 12) return "damaged";
			const flags = bytes[at + 8] as number;
			if (flags & ANIMATED) return "moving";
			part[8] = flags & ALPHA;
			stated = {
				width: int24(bytes, at + 12) + 1,
				height: int24(bytes, at + 15) + 1,
			};
		}
		if (name === "VP8 " || name === "VP8L") {
			if (drawn) return "damaged";
			drawn = name === "VP8 " ? sizeOfVp8(part) : sizeOfVp8l(part);
			if (!drawn) return "damaged";
		}
		if (DRAWN_WEBP.has(name)) parts.push(part);
		at = next;
	}
	if (!drawn) return "damaged";
	if (
		stated &&
		(stated.width !== drawn.width || stated.height !== drawn.height)
	)
		return "damaged";
	const body = joined(parts);
	const head = new Uint8Array(12);
	head.set(RIFF);
	viewOf(head).setUint32(4, 4 + body.length, true);
	head.set(WEBP, 8);
	return { type: "image/webp", ...drawn, bytes: joined([head, body]) };
}

function int24(bytes: Uint8Array, at: number): number {
	const [low = 0, middle = 0, high = 0] = bytes.subarray(at, at + 3);
	return low | (middle << 8) | (high << 16);
}

/** The size that a lossy picture states in its first frame (RFC 6386, 9.1). */
function sizeOfVp8(part: Uint8Array) {
	if (part.length < 18 || !isAt(part, 11, [0x9d, 0x01, 0x2a])) return null;
	const view = viewOf(part);
	return {
		width: view.getUint16(14, true) & 0x3fff,
		height: view.getUint16(16, true) & 0x3fff,
	};
}

/** The size that a lossless picture states (RFC 9649, 3.4). */
function sizeOfVp8l(part: Uint8Array) {
	if (part.length < 13 || part[8] !== 0x2f) return null;
	const bits = viewOf(part).getUint32(9, true);
	return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}
