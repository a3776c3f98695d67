import type pg from "pg";
import { refusalOf } from "../../core/api/command-message.ts";
import { RestoreFile, WithdrawFile } from "../../core/api/decisions.ts";
import { type AreaCode, NATION } from "../../core/areas/codes.ts";
import { dayInWib } from "../../core/series/day.ts";
import {
	restoreFile,
	WithdrawalError,
	withdrawFile,
} from "../intake/withdraw.ts";
import { subjectOfDecision } from "../store/decision.ts";
import { areasOfFile, type FoundFile } from "../store/withdrawal.ts";
import { type By, type Performed, performer, Refused } from "./perform.ts";

export const withdrawing = performer(
	WithdrawFile,
	(client, { file, reason }, { now }) =>
		changed(client, file, () =>
			withdrawFile(client, file, { day: dayInWib(now), reason }),
		),
	areasSpoken,
);

export const restoring = performer(
	RestoreFile,
	(client, { file }, { now }) =>
		changed(client, file, () =>
			restoreFile(client, file, { day: dayInWib(now) }),
		),
	areasSpoken,
);

/** Of a file that speaks of nobody whose it is cannot be told: to somebody of a province it is not there. */
async function areasSpoken(
	client: pg.PoolClient,
	{ file }: { file: number },
	{ person }: By,
): Promise<AreaCode[]> {
	const areas = (await areasOfFile(client, file)) as AreaCode[];
	if (areas.length === 0 && person.scope !== NATION)
		throw new Refused(refusalOf("unknown-file", { file: `#${file}` }));
	return areas;
}

/** What a file's withdrawal or return changed; each is the other's inverse. */
async function changed(
	client: pg.PoolClient,
	file: number,
	change: () => Promise<FoundFile>,
): Promise<Performed> {
	try {
		const { name, withdrawn } = await change();
		const now = withdrawn !== null;
		return {
			// Whoever withdraws a decision changes what it was about.
			subject: (await subjectOfDecision(client, file)) ?? `file:${file}`,
			areas: (await areasOfFile(client, file)) as AreaCode[],
			before: { file: name, withdrawn: !now },
			after: { file: name, withdrawn: now },
			inverse: {
				name: now ? RestoreFile.name : WithdrawFile.name,
				request: { file, reason: "taken back" },
			},
		};
	} catch (error) {
		if (error instanceof WithdrawalError && error.because)
			throw new Refused(error.because);
		throw error;
	}
}
