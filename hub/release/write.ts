import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type pg from "pg";
import type { ReleaseNote } from "../../core/release/release-facts.ts";
import {
	releaseFiles,
	withdrawnFiles,
} from "../../core/release/release-files.ts";
import {
	publicSince,
	releaseStatus,
} from "../../core/release/release-status.ts";
import { SITE_FILES } from "../../core/release/site-words.ts";
import {
	removeUnlessHeld,
	renameWhenFree,
	syncFolder,
} from "../../machine/files/durable-file.ts";
import { signText } from "../../machine/signing/signing-key.ts";
import { loadSiteFiles } from "../../resources/site/load.ts";
import { signingKey } from "../publish/signing.ts";
import {
	releaseContent,
	type StoredRelease,
	storedReleases,
} from "../store/releases.ts";
import { ReleaseError } from "./build.ts";

export const CHECKSUMS = "SHA256SUMS";
export const SIGNATURE = "SHA256SUMS.sig.json";

/**
 * Writes a public release, or the note in the place of one that was withdrawn, into a folder that is not there yet: the same bytes each time, but
 * for a withdrawal in between, and for what the version of this program says around the counts.
 * @returns the names of its files
 * @throws ReleaseError when it is not public, or the folder is there
 */
export async function writeRelease(
	db: { pool: pg.Pool },
	dataFolder: string,
	number: number,
	folder: string,
): Promise<string[]> {
	const target = resolve(folder);
	if (existsSync(target))
		throw new ReleaseError(`${folder} is there already: name a new folder`);
	const all = await storedReleases(db.pool);
	const release = all.find((one) => one.number === number);
	const at = release && publicSince(release.steps);
	if (!release || at === null || at === undefined)
		throw new ReleaseError(
			`release ${number} is not public: two people approve it first (\`hub release approve\`)`,
		);
	const withdrawn = releaseStatus(release.steps) === "withdrawn";
	// What is noted of exercises is none of the country's, nor the other way round.
	const notes = notesOf(
		all.filter(({ exercise }) => exercise === release.exercise),
	);
	const facts = {
		...{ number, at, seq: release.seq, exercise: release.exercise },
		// What came later is in the notes of later releases, but for its own withdrawal.
		notes: notes.filter(
			(note) => note.at <= at || (withdrawn && note.release === number),
		),
	};
	const files = withdrawn
		? withdrawnFiles(facts)
		: releaseFiles(
				await releaseContent(db.pool, number, release.recipe),
				facts,
			);
	for (const [name, text] of loadSiteFiles())
		if (!withdrawn || name === SITE_FILES.style) files.set(name, text);
	const sums = [...files]
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(
			([name, text]) =>
				`${createHash("sha256").update(text).digest("hex")}  ${name}\n`,
		)
		.join("");
	const key = signingKey(dataFolder);
	const { signature } = signText(sums, key.privateKey);
	files.set(CHECKSUMS, sums);
	files.set(
		SIGNATURE,
		`${JSON.stringify({ algorithm: "ed25519", file: CHECKSUMS, key: key.publicKey, signature }, null, "\t")}\n`,
	);
	place(target, files);
	return [...files.keys()];
}

/** Whole or not at all. */
function place(target: string, files: ReadonlyMap<string, string>): void {
	mkdirSync(dirname(target), { recursive: true });
	const made = mkdtempSync(join(dirname(target), `.${basename(target)}-`));
	try {
		const inside = join(made, "release");
		mkdirSync(inside, { mode: 0o755 });
		for (const [name, text] of files)
			writeFileSync(join(inside, name), text, { mode: 0o644, flush: true });
		syncFolder(inside);
		renameWhenFree(inside, target);
		syncFolder(dirname(target));
	} finally {
		removeUnlessHeld(made);
	}
}

/** What everybody is told of releases, in the order in which it happened. */
export function notesOf(releases: readonly StoredRelease[]): ReleaseNote[] {
	return releases
		.flatMap(({ number, corrects, note, steps }): ReleaseNote[] => {
			const at = publicSince(steps);
			if (at === null) return [];
			const gone = steps.find(({ kind }) => kind === "withdraw");
			return [
				corrects === null
					? { at, release: number, kind: "released", note }
					: { at, release: number, kind: "corrected", of: corrects, note },
				...(gone
					? [
							{
								...{ at: gone.at, release: number, note: gone.note },
								kind: "withdrawn" as const,
							},
						]
					: []),
			];
		})
		.sort((a, b) => a.at - b.at || a.release - b.release);
}
