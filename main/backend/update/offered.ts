import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { isOlder, isVersion } from "../../../core/feed/client.ts";
import { readJson } from "../../../core/reading/json.ts";
import { Offer, offerName, SignedOffer } from "../../../core/update/offer.ts";
import { renameWhenFree } from "../../../machine/files/durable-file.ts";
import { isSignedBy } from "../../../machine/signing/signing-key.ts";
import { pinKey } from "../sync/head.ts";

/** What is offered in a folder, and whose signature counts. */
export interface UpdateSource {
	readonly folder: string;
	/** 32 bytes in base64. */
	readonly publicKey: string;
}

export interface ThisProgram {
	/** Null: not known, as in a checkout; nothing is newer then. */
	readonly version: string | null;
	readonly system: string;
	readonly arch: string;
}

/** An offer is one short line; what is longer (bytes) is none, and is not read. */
const LONGEST_OFFER = 16_384;

/** An offer that is not what it should be: nothing of it is kept. */
export class UpdateFault extends Error {
	override readonly name = "UpdateFault";
}

/**
 * Reads what an offer says, once it is found to be signed by the key.
 * @returns null where it offers nothing newer than what runs
 * @throws UpdateFault when it is signed by another key, was changed, or is for another system
 */
export function readOffer(
	bytes: Uint8Array,
	publicKey: string,
	program: ThisProgram,
): Offer | null {
	const key = pinKey(publicKey);
	// What is around the signed text may have gone through an editor, which sets a mark before it.
	const read = readJson(bytes);
	const signed = SignedOffer.safeParse("fault" in read ? null : read.value);
	if (!signed.success) throw new UpdateFault("it is not a signed offer");
	if (!isSignedBy(signed.data, key))
		throw new UpdateFault(
			`it is not signed by the key ${key.id}, or was changed`,
		);
	const said = Offer.safeParse(parsed(signed.data.payload));
	if (!said.success || !isVersion(said.data.version))
		throw new UpdateFault("what is signed in it is no offer of this form");
	const offer = said.data;
	if (offer.system !== program.system || offer.arch !== program.arch)
		throw new UpdateFault(
			`it is for ${offer.system} ${offer.arch}, this is ${program.system} ${program.arch}`,
		);
	// An older one is signed too: whoever can write to the folder must not lead back to its faults.
	if (program.version === null || !isOlder(program.version, offer.version))
		return null;
	return offer;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

/**
 * Looks into the folder, and brings the installer of a newer version into a folder of this account. It is checked while it is copied: what
 * lies there afterwards is what was signed, whatever becomes of the one in the network.
 * @param into where installers are kept; those of other versions go
 * @returns the version and where its installer lies; null: nothing newer is offered, and no installer is kept
 * @throws UpdateFault, or an error of the file system when the folder cannot be reached
 */
export async function takeOffered(
	source: UpdateSource,
	into: string,
	program: ThisProgram,
): Promise<{ version: string; path: string } | null> {
	const name = offerName(program.system, program.arch);
	let bytes: Uint8Array;
	try {
		const path = join(source.folder, name);
		const { size } = await stat(path);
		if (size > LONGEST_OFFER)
			throw new UpdateFault(`${name} is longer than ${LONGEST_OFFER} bytes`);
		bytes = await readFile(path);
	} catch (error) {
		// The folder is there and offers nothing.
		if (
			(error as NodeJS.ErrnoException).code === "ENOENT" &&
			(await stat(source.folder)).isDirectory()
		) {
			await remove(into);
			return null;
		}
		throw error;
	}
	const offer = readOffer(bytes, source.publicKey, program);
	if (offer === null) {
		await remove(into);
		return null;
	}
	await mkdir(into, { recursive: true, mode: 0o700 });
	const path = join(into, offer.file);
	for (const kept of await readdir(into))
		if (kept !== offer.file) await remove(join(into, kept));
	if ((await digestOf(path)) !== offer.sha256)
		await copyChecked(join(source.folder, offer.file), path, offer);
	return { version: offer.version, path };
}

/** Removes what is of no use any more. Windows removes no installer that still runs: the next look does. */
async function remove(path: string): Promise<void> {
	await rm(path, { recursive: true, force: true }).catch(() => {});
}

async function digestOf(path: string): Promise<string | null> {
	const hash = createHash("sha256");
	try {
		for await (const part of createReadStream(path)) hash.update(part);
	} catch {
		return null;
	}
	return hash.digest("hex");
}

async function copyChecked(
	from: string,
	to: string,
	{ bytes, sha256, file }: Offer,
): Promise<void> {
	const part = `${to}.part`;
	const hash = createHash("sha256");
	let length = 0;
	/** Not more of it than was signed: it may be anything. */
	async function* signed(pieces: AsyncIterable<Buffer>) {
		for await (const piece of pieces) {
			length += piece.length;
			if (length > bytes) return;
			hash.update(piece);
			yield piece;
		}
	}
	try {
		await pipeline(
			createReadStream(from),
			signed,
			createWriteStream(part, { mode: 0o600 }),
		);
		if (length !== bytes || hash.digest("hex") !== sha256)
			throw new UpdateFault(`${file} is not the file that was signed`);
		renameWhenFree(part, to);
	} catch (error) {
		await remove(part);
		throw error;
	}
}
