import type pg from "pg";
import { refusalOf } from "../../core/api/command-message.ts";
import {
	ApproveRelease,
	DiscardRelease,
	WithdrawRelease,
} from "../../core/api/releases.ts";
import {
	publicSince,
	type ReleaseStep,
	refusedStep,
	releaseStatus,
} from "../../core/release/release-status.ts";
import { addReleaseStep, releasesOfDataset } from "../store/releases.ts";
import { type By, type Performed, performer, Refused } from "./perform.ts";

/** Takes a step of a release, or refuses it. Nothing takes it back: what is public is withdrawn, and stays known to whoever read it. */
async function take(
	client: pg.PoolClient,
	number: number,
	kind: ReleaseStep["kind"],
	note: string,
	{ person, now, command }: By,
): Promise<Performed> {
	const releases = await releasesOfDataset(client);
	const release = releases.find((one) => one.number === number);
	if (!release)
		throw new Refused(refusalOf("unknown-release", { release: number }));
	const step = { kind, note, at: now, person: person.name };
	const refused = refusedStep(release.steps, step);
	const status = releaseStatus(release.steps);
	if (refused === "own")
		throw new Refused(refusalOf("release-own", { release: number }));
	if (refused === "status")
		throw new Refused(refusalOf("release-status", { release: number }));
	const seen = releases
		.filter(({ steps }) => publicSince(steps) !== null)
		.map((one) => one.number);
	// It was not held against a release that anybody can have read since.
	const unseen = seen.find((one) => !release.against.includes(one));
	if (kind === "approve" && unseen !== undefined)
		throw new Refused(
			refusalOf("release-outdated", { release: number, other: unseen }),
		);
	await addReleaseStep(client, number, {
		...{ ...step, display: person.display, command },
	});
	return {
		subject: `release:${number}`,
		areas: [],
		before: { release: number, releaseStatus: status },
		after: {
			release: number,
			releaseStatus: releaseStatus([...release.steps, step]),
		},
		inverse: null,
	};
}

export const approvingRelease = performer(
	ApproveRelease,
	(client, { release, reason }, by) =>
		take(client, release, "approve", reason, by),
);

export const discardingRelease = performer(
	DiscardRelease,
	(client, { release, reason }, by) =>
		take(client, release, "discard", reason, by),
);

export const withdrawingRelease = performer(
	WithdrawRelease,
	(client, { release, reason }, by) =>
		take(client, release, "withdraw", reason, by),
);
