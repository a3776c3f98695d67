import type pg from "pg";
import {
	type CommandRefusal,
	refusalOf,
} from "../../core/api/command-message.ts";
import { type Day, isoFromDay } from "../../core/series/day.ts";
import { relistFacilities } from "../store/facilities.ts";
import { lockDataset } from "../store/intake.ts";
import { countedByAnother } from "../store/laboratory-counts.ts";
import { settlePositions } from "../store/positions.ts";
import { filesAlike, forgetWhatIsSaid } from "../store/said-again.ts";
import {
	beginWithdrawal,
	endWithdrawal,
	type FoundFile,
	fileOf,
} from "../store/withdrawal.ts";
import { hearEarliest } from "./said-again.ts";

/** A file that cannot be withdrawn or brought back, in words for whoever types a command. */
export class WithdrawalError extends Error {
	override name = "WithdrawalError";
	/** Null where it concerns only how a file was named at the command line. */
	readonly because: CommandRefusal | null;
	constructor(message: string, because: CommandRefusal | null = null) {
		super(message);
		this.because = because;
	}
}

/**
 * Takes what a file states out of what is known, from a day on; as known before that day everything still answers as it did. Runs in the
 * caller's transaction, and shows after the next publication.
 * @param day the day (WIB) on which it is withdrawn
 * @param reason for the record of the hub
 * @throws WithdrawalError when there is no such file, or it is withdrawn already
 */
export async function withdrawFile(
	client: pg.PoolClient,
	id: number,
	{ day, reason = "" }: { day: Day; reason?: string },
): Promise<FoundFile> {
	const file = await locked(client, id);
	if (file.withdrawn !== null)
		throw new WithdrawalError(
			`${file.name} was withdrawn on ${isoFromDay(file.withdrawn)} already`,
			refusalOf("withdrawn-already", { file: file.name, day: file.withdrawn }),
		);
	await beginWithdrawal(client, id, day, reason);
	await relistFacilities(client, id);
	await settlePositions(client, [id]);
	await hearEarliest(client, id, day);
	return { ...file, withdrawn: day };
}

/**
 * Lets a withdrawn file be known again, from a day on. Runs in the caller's transaction, and shows after the next publication.
 * @param day the day (WIB) on which it is brought back
 * @throws WithdrawalError when there is no such file, it is not withdrawn, or another bundle counts a laboratory's day of it
 */
export async function restoreFile(
	client: pg.PoolClient,
	id: number,
	{ day }: { day: Day },
): Promise<FoundFile> {
	const file = await locked(client, id);
	if (file.withdrawn === null)
		throw new WithdrawalError(
			`${file.name} is not withdrawn`,
			refusalOf("not-withdrawn", { file: file.name }),
		);
	const other = await countedByAnother(client, id);
	if (other !== null)
		throw new WithdrawalError(
			`${other} counts a laboratory's day of ${file.name} already; withdraw that one first`,
			refusalOf("counted-already", { file: file.name, other }),
		);
	const alike = await filesAlike(client, id);
	await endWithdrawal(client, id, day);
	await relistFacilities(client, id);
	await settlePositions(client, [id]);
	// Who brings back a table that is said again wants it heard beside the other.
	if (alike.some((one) => one.id === id && one.silenced === "as-repetition"))
		await forgetWhatIsSaid(client, id);
	else await hearEarliest(client, id, day);
	return { ...file, withdrawn: null };
}

async function locked(client: pg.PoolClient, id: number): Promise<FoundFile> {
	await lockDataset(client);
	const file = await fileOf(client, id);
	if (!file)
		throw new WithdrawalError(
			`there is no file #${id}`,
			refusalOf("unknown-file", { file: `#${id}` }),
		);
	return file;
}
